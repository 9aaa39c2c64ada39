"""
Truth: the condition tree, its predicates, and the one formula that runs on one record and on columns.

Columns are `laborscreen.conditions.columns`; they bring numpy, which one record does not need.
"""

from laborscreen.conditions.formula import Clause
from laborscreen.conditions.levels import Evaluation, Grades
from laborscreen.conditions.operators import FITTING
from laborscreen.conditions.program import CLAUSE_ANSWERS, BoundProgram, Program, compile_program
from laborscreen.conditions.row import Pattern, RowRunner
from laborscreen.conditions.trace import Traced, Tracer, reasons, undecided
from laborscreen.conditions.tree import (
    COMPARISONS,
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Flagged,
    Measure,
    Not,
    Operator,
    Over,
    Quantifier,
    Test,
    walk,
)

__all__ = [
    "CLAUSE_ANSWERS",
    "COMPARISONS",
    "FITTING",
    "All",
    "Any",
    "AtLeast",
    "BoundProgram",
    "Clause",
    "Condition",
    "Evaluation",
    "Figure",
    "Flagged",
    "Grades",
    "Measure",
    "Not",
    "Operator",
    "Over",
    "Pattern",
    "Program",
    "Quantifier",
    "RowRunner",
    "Test",
    "Traced",
    "Tracer",
    "compile_program",
    "reasons",
    "undecided",
    "walk",
]
