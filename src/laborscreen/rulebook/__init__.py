"""
What compliance staff write: rules, term lists, guards, policy, exceptions, read strictly.

Screening needs the door alone; what serves authors (mending, comparing, explaining, packing, the schema) is imported when
it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from laborscreen.rulebook.because import Piece, fields_read, pieces_of
from laborscreen.rulebook.loading import (
    Examined,
    check_rulebook,
    examine_rulebook,
    freeze_rulebook,
    load_rulebook,
)
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
    ValueList,
    flagged_in,
)
from laborscreen.rulebook.policy import Need, Policy
from laborscreen.rulebook.shipped import shipped_folder
from laborscreen.rulebook.term import Term

if TYPE_CHECKING:
    from laborscreen.rulebook.difference import KINDS, Difference
    from laborscreen.rulebook.differences import RulebookDiff, compare_rulebooks
    from laborscreen.rulebook.english import in_english
    from laborscreen.rulebook.examples import record_of
    from laborscreen.rulebook.finding import Wish, find_rules
    from laborscreen.rulebook.fixing import Mend, Mended, mend_rulebook
    from laborscreen.rulebook.messages import Message, message_catalogue
    from laborscreen.rulebook.pack_file import Manifest, PackFile, is_pack, open_pack
    from laborscreen.rulebook.render import Renderer
    from laborscreen.rulebook.revision import is_revision, rulebook_at
    from laborscreen.rulebook.schema import SCHEMA_FILE, schema_of, schema_text
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

_LATER = {
    "Difference": "difference",
    "KINDS": "difference",
    "Manifest": "pack_file",
    "Mend": "fixing",
    "Mended": "fixing",
    "Message": "messages",
    "PackFile": "pack_file",
    "Renderer": "render",
    "RulebookDiff": "differences",
    "SCHEMA_FILE": "schema",
    "Wish": "finding",
    "compare_rulebooks": "differences",
    "find_rules": "finding",
    "in_english": "english",
    "is_pack": "pack_file",
    "is_revision": "revision",
    "mend_rulebook": "fixing",
    "message_catalogue": "messages",
    "open_pack": "pack_file",
    "record_of": "examples",
    "rulebook_at": "revision",
    "schema_of": "schema",
    "schema_text": "schema",
    "written_at": "written",
}
"""Name to the module it is imported from when it is asked for."""


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = found
    return found
