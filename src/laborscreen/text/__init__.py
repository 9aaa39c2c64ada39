"""
Letters: one spelling for what is the same to a reader, word borders in any script, and term lists looked for at once.
"""

from laborscreen.text.folding import fold, fold_with_offsets
from laborscreen.text.lookalikes import fold_lookalikes
from laborscreen.text.marks import visible
from laborscreen.text.mention import Hits, Mention, Standing
from laborscreen.text.scanner import TermList, TermScanner
from laborscreen.text.scripts import Script, ends_word, script_of, scripts_of, starts_word
from laborscreen.text.terms import TermFault, faults_of

__all__ = [
    "Hits",
    "Mention",
    "Script",
    "Standing",
    "TermFault",
    "TermList",
    "TermScanner",
    "ends_word",
    "faults_of",
    "fold",
    "fold_lookalikes",
    "fold_with_offsets",
    "script_of",
    "scripts_of",
    "starts_word",
    "visible",
]
