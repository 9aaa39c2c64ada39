"""
What became of one written value: the normalised value, or unknown with a note.

Every reader of this room takes whatever stands in a cell or in JSON and gives a `Reading`. It never raises, and
it remembers the short texts it has read, since a vendor master repeats itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Concatenate, Generic, Literal, NamedTuple, ParamSpec, TypeVar

from laborscreen.text import visible

T = TypeVar("T")
P = ParamSpec("P")

LONGEST = 10_000  # characters; a longer text is no country, date or number, whatever it begins with
_REMEMBERED = 200  # characters; longer texts are read anew each time, so that the memory stays bounded
_LARGEST_CODE = 10**15  # no code or identifier that a spreadsheet keeps as a number is longer
_MEMORY = 65_536  # distinct texts remembered by each reader


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """
    One value as read.

    Args:
        value: the normalised value, or None where it is unknown.
        note: why it is unknown or uncertain, a plain sentence for a compliance officer; empty when it was read
            cleanly, and when nothing was written.
    """

    value: T | None
    note: str = ""


class ReadingSettings(NamedTuple):
    """
    What a mapping profile says about the writing habits of a file.

    Args:
        date_order: the order of day and month in all-figure dates.
        decimal_mark: the mark before the fraction of a number.
    """

    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal_mark: Literal[".", ","] | None = None


DEFAULT = ReadingSettings()


def shown(text: str, longest: int = 60) -> str:
    r"""
    Return *text* in quotation marks, on one line and with hidden marks made visible, fit for a note.

    >>> shown("North\nKorea")
    '“North Korea”'
    """
    line = visible(" ".join(text[: 2 * longest].split()))
    return f"“{line if len(line) <= longest else line[: longest - 1] + '…'}”"


def remembered(
    read: Callable[Concatenate[str, P], Reading[T]],
) -> Callable[Concatenate[object, P], Reading[T]]:
    """
    Turn a reader of text into a reader of anything that remembers the short texts it has read.

    Nothing is read from yes/no values, lists and mappings; a number is read by its figures (``408``).
    """
    by_text: Callable[..., Reading[T]] = lru_cache(maxsize=_MEMORY)(read)

    @wraps(read)
    def reader(written: object, /, *args: P.args, **kwargs: P.kwargs) -> Reading[T]:
        if type(written) is str and len(written) <= _REMEMBERED:
            return by_text(written, *args, **kwargs)
        text, note = _text_of(written)
        if text is None:
            return Reading(None, note)
        if len(text) <= _REMEMBERED:
            return by_text(text, *args, **kwargs)
        if len(text) > LONGEST:
            return Reading(None, f"longer than {LONGEST:,} characters")
        return read(text, *args, **kwargs)

    return reader


def _text_of(written: object) -> tuple[str | None, str]:
    """Return what was written as text; None, and why, where it is no text."""
    if is_nothing(written):
        return None, ""
    if isinstance(written, str):
        return str(written), ""
    if isinstance(written, bool) or not isinstance(written, int | float | Decimal):
        return None, f"a text was expected, not {type(written).__name__}"
    if not -_LARGEST_CODE <= written <= _LARGEST_CODE:
        return None, "a number was written where a word or code belongs"
    return str(int(written)) if written == int(written) else str(written), ""


def is_nothing(written: object) -> bool:
    """
    Return whether *written* is how Python, NumPy or pandas say "no value": None, NaN, NA or NaT.

    >>> is_nothing(float("nan")), is_nothing(0)
    (True, False)
    """
    if isinstance(written, float):
        return math.isnan(written)
    if isinstance(written, Decimal):
        return written.is_nan()
    return written is None or type(written).__name__ in {"NAType", "NaTType"}
