"""
Where something was written: a file, a line, a column.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """
    A place in a file that a person can go to.

    Args:
        path: the file as the user named it.
        line: counted from 1; 0 when the whole file is meant.
        column: counted from 1; 0 when the whole line is meant.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``path:line:column``, without the parts that are not known."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)
