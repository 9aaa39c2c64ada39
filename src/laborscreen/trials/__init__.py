"""
Proving grounds: the tests that stand beside every rule, run on the engine that screens, and what they would notice.
"""

from laborscreen.trials.answers import Line, asked, told
from laborscreen.trials.bench import DEFAULT_DAY, Bench
from laborscreen.trials.coverage import Branch, Coverage, cover
from laborscreen.trials.deciding import Decider, Deciding, deciding
from laborscreen.trials.fairness import Member, read_members
from laborscreen.trials.impact import Example, GroupImpact, Impact, RuleImpact
from laborscreen.trials.judged_twice import impact_of
from laborscreen.trials.list_selftest import KindCount, SelfTest, Trial, self_test
from laborscreen.trials.mutation import Mutant, Mutations, mutate
from laborscreen.trials.planted_names import PlantedName, PlantedResult, look_for, read_planted
from laborscreen.trials.rule_tests import TestResult, TrialReport, run_tests

__all__ = [
    "DEFAULT_DAY",
    "Bench",
    "Branch",
    "Coverage",
    "Decider",
    "Deciding",
    "Example",
    "GroupImpact",
    "Impact",
    "KindCount",
    "Line",
    "Member",
    "Mutant",
    "Mutations",
    "PlantedName",
    "PlantedResult",
    "RuleImpact",
    "SelfTest",
    "TestResult",
    "Trial",
    "TrialReport",
    "asked",
    "cover",
    "deciding",
    "impact_of",
    "look_for",
    "mutate",
    "read_members",
    "read_planted",
    "run_tests",
    "self_test",
    "told",
]
