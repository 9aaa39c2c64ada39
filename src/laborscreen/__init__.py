"""
Screen supplier and contractor records for DPRK labour and forced labour, and say why.

>>> from laborscreen import Screener, Record
>>> assessment = Screener().screen(Record(id="V-1", name="Papeterie Duval", country="France"))
>>> assessment.outcome
'routine'

Names are loaded at first use, so that ``import laborscreen`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laborscreen.record import Record as Record
    from laborscreen.rulebook import load_rulebook as load_rulebook
    from laborscreen.screening import Assessment as Assessment
    from laborscreen.screening import Screener as Screener
    from laborscreen.watchlists import Watchlist as Watchlist

__version__ = "0.1.0"

_HOME = {
    "Assessment": "laborscreen.screening",
    "Record": "laborscreen.record",
    "Screener": "laborscreen.screening",
    "Watchlist": "laborscreen.watchlists",
    "load_rulebook": "laborscreen.rulebook",
}

__all__ = ["Assessment", "Record", "Screener", "Watchlist", "__version__", "load_rulebook"]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
