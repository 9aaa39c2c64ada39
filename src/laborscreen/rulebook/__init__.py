"""
What compliance staff write: rules, term lists, guards, policy, exceptions, read strictly.
"""

from laborscreen.rulebook.because import Piece, fields_read, pieces_of
from laborscreen.rulebook.english import in_english
from laborscreen.rulebook.examples import record_of
from laborscreen.rulebook.loading import check_rulebook, load_rulebook
from laborscreen.rulebook.model import (
    NEVER,
    ExceptionEntry,
    Guard,
    Rates,
    Reference,
    Rule,
    Rulebook,
    RuleTest,
    Source,
    Term,
    ValueList,
    flagged_in,
)
from laborscreen.rulebook.policy import Need, Policy
from laborscreen.rulebook.render import Renderer
from laborscreen.rulebook.shipped import shipped_folder

__all__ = [
    "NEVER",
    "ExceptionEntry",
    "Guard",
    "Need",
    "Piece",
    "Policy",
    "Rates",
    "Reference",
    "Renderer",
    "Rule",
    "RuleTest",
    "Rulebook",
    "Source",
    "Term",
    "ValueList",
    "check_rulebook",
    "fields_read",
    "flagged_in",
    "in_english",
    "load_rulebook",
    "pieces_of",
    "record_of",
    "shipped_folder",
]
