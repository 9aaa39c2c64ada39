"""
Everything laborscreen raises on purpose.

::

    LaborscreenError
    ├── RulebookError      problems: every fault found, in file order
    ├── RecordError        which record, which field, what to do
    ├── InputError         a file that cannot be read as what it claims to be
    ├── OutputError        a result that cannot be written
    ├── WorkerError        a process that shared the work was ended from outside
    ├── WatchlistError     which list, which line
    ├── UsageError         a call or a command line that makes no sense
    └── MissingExtraError  which ``pip install laborscreen[...]`` cures it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from laborscreen.source import Location

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One fault, with its place and its cure.

    Args:
        id: a stable kebab-case name people can search for (``unknown-field``).
        location: where it stands.
        message: one plain sentence that says what is wrong.
        hint: one suggested cure, or an empty string.
        length: how many characters from the column on are meant (for the caret line).
        severity: an error refuses the file; a warning does not.
        replacement: what to write in place of the characters that are meant, where no other cure is thinkable.
    """

    id: str
    location: Location
    message: str
    hint: str = ""
    length: int = 1
    severity: Severity = "error"
    replacement: str | None = None

    def __str__(self) -> str:
        """Return the fault on one line, as compilers do."""
        cure = f" ({self.hint})" if self.hint else ""
        return f"{self.location}: {self.severity}[{self.id}]: {self.message}{cure}"


class LaborscreenError(Exception):
    """Root of everything raised on purpose."""


class RulebookError(LaborscreenError):
    """
    A rulebook was refused.

    Args:
        problems: every fault found, in file order.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[RulebookError], tuple[tuple[Problem, ...]]]:
        """Keep the problems when an error crosses a process border."""
        return type(self), (self.problems,)


class RecordError(LaborscreenError):
    """
    A record that cannot be screened.

    Args:
        message: what is wrong, in one sentence.
        field: the full path of the field, with indexes, or an empty string.
        record_id: the record's id where it is known.
        hint: what to do about it.
    """

    def __init__(self, message: str, *, field: str = "", record_id: str = "", hint: str = "") -> None:
        self.message = message
        self.field = field
        self.record_id = record_id
        self.hint = hint
        place = ": ".join(part for part in (f"record {record_id}" if record_id else "", field) if part)
        text = f"{place}: {message}" if place else message
        super().__init__(f"{text} ({hint})" if hint else text)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the parts when an error crosses a process border."""
        return _record_error, (self.message, self.field, self.record_id, self.hint)


def _record_error(message: str, field: str, record_id: str, hint: str) -> RecordError:
    return RecordError(message, field=field, record_id=record_id, hint=hint)


class _PlacedError(LaborscreenError):
    """A fault at one place."""

    def __init__(self, message: str, *, location: Location | None = None, hint: str = "") -> None:
        self.message = message
        self.location = location
        self.hint = hint
        text = f"{location}: {message}" if location else message
        super().__init__(f"{text} ({hint})" if hint else text)


class InputError(_PlacedError):
    """A file that cannot be read as what it claims to be."""


class OutputError(_PlacedError):
    """A result that cannot be written where it was asked for."""


class WorkerError(_PlacedError):
    """A process that shared the work ended before it was done."""


class WatchlistError(_PlacedError):
    """A list of parties that cannot be read, or is too old to rely on."""


class UsageError(_PlacedError):
    """A call or a command line that makes no sense as it stands."""


class MissingExtraError(LaborscreenError):
    """
    An optional dependency is needed and not installed.

    Args:
        extra: the extra that brings it (``xlsx``).
        purpose: what it is needed for, as the end of "needed to ...".
    """

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra = extra
        self.purpose = purpose
        super().__init__(f"needed to {purpose}: pip install 'laborscreen[{extra}]'")
