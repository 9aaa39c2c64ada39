"""
Spellings of names: forms across scripts, comparison, candidate index.

::

    from laborscreen.names import compare
    compare("김정은", "Kim Jong Un", kind="person").score
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laborscreen.names.comparison import Comparison, compare
from laborscreen.names.forms import Form, forms
from laborscreen.names.identity import Identity

if TYPE_CHECKING:
    from laborscreen.names.index import Hit, NameIndex

__all__ = ["Comparison", "Form", "Hit", "Identity", "NameIndex", "compare", "forms"]


def __getattr__(name: str) -> Any:
    """Import the index, and numpy with it, when it is first asked for."""
    if name in {"NameIndex", "Hit"}:
        from laborscreen.names import index

        return getattr(index, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
