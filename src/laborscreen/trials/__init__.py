"""
Proving grounds: the tests that stand beside every rule, run on the engine that screens.
"""

from laborscreen.trials.answers import Line, asked, told
from laborscreen.trials.rule_tests import DEFAULT_DAY, TestResult, TrialReport, run_tests

__all__ = ["DEFAULT_DAY", "Line", "TestResult", "TrialReport", "asked", "run_tests", "told"]
