"""
What became of one written value: the normalised value, or unknown with a note.

Every reader of this room takes whatever stands in a cell or in JSON and gives a `Reading`. It never raises, and it
remembers the short texts it has read, since a vendor master repeats itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Concatenate, Generic, Literal, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

LONGEST = 10_000  # characters; a longer text is no country, date or number, whatever it begins with
_REMEMBERED = 200  # characters; longer texts are read anew each time, so that the memory stays bounded
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


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """
    What a mapping profile says about the writing habits of a file.

    Args:
        date_order: the order of day and month in all-figure dates.
        decimal_mark: the mark before the fraction of a number.

    """

    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal_mark: Literal[".", ","] | None = None


DEFAULT = ReadingSettings()

Reader = Callable[Concatenate[object, P], Reading[T]]


def shown(text: str, longest: int = 60) -> str:
    """
    Return *text* in quotation marks, on one line, fit for a note.

    >>> shown("North\\nKorea")
    '“North Korea”'
    """
    line = " ".join(
        "".join(letter if letter.isprintable() else " " for letter in text[: 2 * longest]).split()
    )
    return f"“{line if len(line) <= longest else line[: longest - 1] + '…'}”"


def remembered(
    read: Callable[Concatenate[str, P], Reading[T]],
) -> Callable[Concatenate[object, P], Reading[T]]:
    """
    Turn a reader of text into a reader of anything that remembers the short texts it has read.

    Nothing is read from yes/no values, lists and mappings; a number is read by its digits (``408``).
    """
    by_text = lru_cache(maxsize=_MEMORY)(read)

    def reader(written: object, /, *args: P.args, **kwargs: P.kwargs) -> Reading[T]:
        if type(written) is not str:
            text = _digits_or_text(written)
            if isinstance(text, Reading):
                return text
            written = text
        if len(written) <= _REMEMBERED:
            return by_text(written, *args, **kwargs)
        if len(written) > LONGEST:
            return Reading(None, f"longer than {LONGEST:,} characters")
        return read(written, *args, **kwargs)

    reader.__name__ = read.__name__
    reader.__doc__ = read.__doc__
    return reader


def _digits_or_text(written: object) -> str | Reading[T]:
    if written is None:
        return Reading(None)
    if isinstance(written, str):
        return str(written)
    if isinstance(written, (int, float, Decimal)) and not isinstance(written, bool):
        if written != written:  # NaN, which is how frames write "nothing"
            return Reading(None)
        if abs(written) > 1e15:
            return Reading(None, "a number was written where a word or code belongs")
        return str(int(written)) if written == int(written) else str(written)
    return Reading(None, f"a text was expected, not {type(written).__name__}")
