"""
Last night's results and tonight's: which of them still hold, and why each flag that is new is new.

A run writes beside its result what it was made from, part by part: each rule, guard, word list and exception by digest, each
entry of each watchlist by fingerprint (`Basis`). The next run takes over the results that must come out the same
(`Earlier`), and two results with their bases tell what changed, and because of what (`changes_between`).
"""

from laborscreen.delta.basis import Basis, basis_of, basis_path, read_basis, write_basis
from laborscreen.delta.causes import Cause
from laborscreen.delta.changes import FlagChange, RecordChange, changes_between
from laborscreen.delta.earlier import Earlier

__all__ = [
    "Basis",
    "Cause",
    "Earlier",
    "FlagChange",
    "RecordChange",
    "basis_of",
    "basis_path",
    "changes_between",
    "read_basis",
    "write_basis",
]
