"""
Truth: the condition tree, its predicates, and the one formula that runs on one record and on columns.

Columns are `laborscreen.conditions.columns`; they bring numpy, which one record does not need.
"""

from laborscreen.conditions.formula import Clause
from laborscreen.conditions.levels import Evaluation, Grades
from laborscreen.conditions.operators import FITTING
from laborscreen.conditions.parties import (
    CONFIRMED,
    POSSIBLE,
    Holding,
    Party,
    PartyLists,
)
from laborscreen.conditions.program import CLAUSE_ANSWERS, BoundProgram, Program, compile_program, scanner_of
from laborscreen.conditions.row import Pattern, RowRunner, key_of
from laborscreen.conditions.trace import Traced, Tracer, reasons, undecided
from laborscreen.conditions.tree import (
    ANY_LIST,
    COMPARISONS,
    DPRK_RELATED,
    LIST_WORDS,
    ON_LISTS,
    OTHER_PROGRAMMES,
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
    "ANY_LIST",
    "CLAUSE_ANSWERS",
    "COMPARISONS",
    "CONFIRMED",
    "DPRK_RELATED",
    "FITTING",
    "LIST_WORDS",
    "ON_LISTS",
    "OTHER_PROGRAMMES",
    "POSSIBLE",
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
    "Holding",
    "Measure",
    "Not",
    "Operator",
    "Over",
    "Party",
    "PartyLists",
    "Pattern",
    "Program",
    "Quantifier",
    "RowRunner",
    "Test",
    "Traced",
    "Tracer",
    "compile_program",
    "key_of",
    "reasons",
    "scanner_of",
    "undecided",
    "walk",
]
