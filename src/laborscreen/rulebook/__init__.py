"""
What compliance staff write: rules, term lists, guards, policy, exceptions, read strictly.
"""

from laborscreen.rulebook.because import Piece, fields_read, pieces_of
from laborscreen.rulebook.difference import KINDS, Difference
from laborscreen.rulebook.differences import RulebookDiff, compare_rulebooks
from laborscreen.rulebook.english import in_english
from laborscreen.rulebook.examples import record_of
from laborscreen.rulebook.finding import Wish, find_rules
from laborscreen.rulebook.fixing import Mend, Mended, mend_rulebook
from laborscreen.rulebook.loading import (
    Examined,
    check_rulebook,
    examine_rulebook,
    freeze_rulebook,
    load_rulebook,
)
from laborscreen.rulebook.messages import Message, message_catalogue
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
from laborscreen.rulebook.pack_file import Manifest, PackFile, is_pack, open_pack
from laborscreen.rulebook.policy import Need, Policy
from laborscreen.rulebook.render import Renderer
from laborscreen.rulebook.revision import is_revision, rulebook_at
from laborscreen.rulebook.schema import SCHEMA_FILE, schema_of, schema_text
from laborscreen.rulebook.shipped import shipped_folder
from laborscreen.rulebook.written import written_at

__all__ = [
    "KINDS",
    "NEVER",
    "SCHEMA_FILE",
    "Difference",
    "Examined",
    "ExceptionEntry",
    "Guard",
    "Manifest",
    "Mend",
    "Mended",
    "Message",
    "Need",
    "PackFile",
    "Piece",
    "Policy",
    "Rates",
    "Reference",
    "Renderer",
    "Rule",
    "RuleTest",
    "Rulebook",
    "RulebookDiff",
    "Source",
    "Term",
    "ValueList",
    "Wish",
    "check_rulebook",
    "compare_rulebooks",
    "examine_rulebook",
    "fields_read",
    "find_rules",
    "flagged_in",
    "freeze_rulebook",
    "in_english",
    "is_pack",
    "is_revision",
    "load_rulebook",
    "mend_rulebook",
    "message_catalogue",
    "open_pack",
    "pieces_of",
    "record_of",
    "rulebook_at",
    "schema_of",
    "schema_text",
    "shipped_folder",
    "written_at",
]
