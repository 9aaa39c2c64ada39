"""
Proving grounds: the tests that stand beside every rule, run on the engine that screens, and what they would notice.
"""

from laborscreen.trials.answers import Line, asked, told
from laborscreen.trials.bench import DEFAULT_DAY
from laborscreen.trials.coverage import Branch, Coverage, cover
from laborscreen.trials.mutation import Mutant, Mutations, mutate
from laborscreen.trials.rule_tests import TestResult, TrialReport, run_tests

__all__ = [
    "DEFAULT_DAY",
    "Branch",
    "Coverage",
    "Line",
    "Mutant",
    "Mutations",
    "TestResult",
    "TrialReport",
    "asked",
    "cover",
    "mutate",
    "run_tests",
    "told",
]
