"""
A problem as people like to read it: the place, the line, a caret, one sentence, one cure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from laborscreen.errors import Problem
from laborscreen.rulebook.limits import MAX_FILE_BYTES
from laborscreen.text import visible

_WIDEST = 110
_BEFORE = 60


class Renderer:
    """Draws problems; each file is read once."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def render(self, problem: Problem) -> str:
        """
        Return a problem in a few lines.

        The line of the file is left out where the file cannot be read or the problem is about the whole of it.
        """
        place = problem.location
        head = f"{visible(str(place))}: {problem.severity}[{problem.id}]: {visible(problem.message)}"
        drawn = [head, *self._drawn(problem)]
        if problem.hint:
            drawn.append(f"   hint: {visible(problem.hint)}")
        return "\n".join(drawn)

    def _drawn(self, problem: Problem) -> Iterable[str]:
        lines = self._lines(problem.location.path)
        number = problem.location.line
        if not 0 < number <= len(lines):
            return []
        line = lines[number - 1]
        column = problem.location.column
        start = max(0, column - 1 - _BEFORE) if len(line) > _WIDEST else 0
        shown = ("…" if start else "") + visible(line[start : start + _WIDEST])
        drawn = [f"{number:>5} | {shown.rstrip()}"]
        if column:
            before = ("…" if start else "") + visible(line[start : column - 1])
            meant = visible(line[column - 1 : column - 1 + problem.length])
            length = min(max(_width(meant), 1), _WIDEST)
            drawn.append(f"      | {' ' * _width(before)}{'^' * length}")
        return drawn

    def _lines(self, path: str) -> list[str]:
        if path not in self._files:
            try:
                with Path(path).open("rb") as stream:
                    text = stream.read(MAX_FILE_BYTES).decode("utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._files[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if text else []
        return self._files[path]


def _width(text: str) -> int:
    """Return the columns a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
