"""
Letters: one spelling for what is the same to a reader, word borders in any script, term lists looked for at once.

The scanner is imported when it is first asked for: it alone needs numpy and the automaton.
"""

from typing import TYPE_CHECKING, Any

from laborscreen.text.folding import fold, fold_with_offsets
from laborscreen.text.lookalikes import fold_lookalikes
from laborscreen.text.marks import visible
from laborscreen.text.mention import Hits, Mention, Standing
from laborscreen.text.scripts import Script, ends_word, script_of, scripts_of, starts_word
from laborscreen.text.term_faults import TermFault, faults_of
from laborscreen.text.terms import TermPattern, TermPatterns, example_of, pattern_of
from laborscreen.text.writing import GAP, has_choice, most_phrases, parts_of

if TYPE_CHECKING:
    from laborscreen.text.scanner import TermList, TermScanner

__all__ = [
    "GAP",
    "Hits",
    "Mention",
    "Script",
    "Standing",
    "TermFault",
    "TermList",
    "TermPattern",
    "TermPatterns",
    "TermScanner",
    "ends_word",
    "example_of",
    "faults_of",
    "fold",
    "fold_lookalikes",
    "fold_with_offsets",
    "has_choice",
    "most_phrases",
    "parts_of",
    "pattern_of",
    "script_of",
    "scripts_of",
    "starts_word",
    "visible",
]


def __getattr__(name: str) -> Any:
    """Import the scanner the first time one of its names is asked for."""
    if name in ("TermList", "TermScanner"):
        from laborscreen.text import scanner

        return getattr(scanner, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
