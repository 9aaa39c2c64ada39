"""
The faults of one reading: all of them, each with its place and its cure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from laborscreen.errors import Problem, Severity
from laborscreen.rulebook.limits import MAX_PROBLEMS, MAX_WORDS_COMPARED
from laborscreen.rulebook.nodes import Node, Text
from laborscreen.source import Location
from laborscreen.text.lookalikes import lookalikes_in
from laborscreen.text.scripts import Script, scripts_of

_LONGEST_WORD = 100  # characters; a longer one is no misspelling of anything
CURLY = "“”„«»‘’‚＂"
"""Quotation marks that word processors put in place of plain ones."""
_INVISIBLE = {
    "\u00a0": "a non-breaking space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte-order mark",
    "\u00ad": "a soft hyphen",
}


class Faults:
    """Collects problems while a rulebook is read; reading goes on after each."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Location, str], Problem] = {}
        self._left_out: list[str | None] = []
        self._words_left = MAX_WORDS_COMPARED
        self._room = {"error": MAX_PROBLEMS, "warning": MAX_PROBLEMS}
        self.full = False
        """Whether as many errors were found as are listed; reading on would serve nobody."""
        self.refused = False
        """Whether any fault found so far refuses the rulebook."""

    def leave_out(self, text: str | None) -> None:
        """Remember *text* that could not be read, or None for a file of which nothing could be."""
        self._left_out.append(text)

    def may_be_defined(self, name: str) -> bool:
        """Tell whether a name that nothing defines may stand in what could not be read."""
        return any(text is None or name in text for text in self._left_out)

    def error(
        self,
        id: str,  # noqa: A002 -- a Problem's word
        at: Node | Location,
        message: str,
        hint: str = "",
        *,
        replacement: str | None = None,
    ) -> None:
        """
        Add a fault that refuses the rulebook.

        A *replacement* stands for the whole of a node on one line; it is left out for one that runs over several.
        """
        self._add(id, at, message, hint, "error", replacement)

    def warn(self, id: str, at: Node | Location, message: str, hint: str = "") -> None:  # noqa: A002 -- a Problem's word
        """Add a habit worth a second look."""
        self._add(id, at, message, hint, "warning", None)

    def _add(
        self,
        id: str,  # noqa: A002
        at: Node | Location,
        message: str,
        hint: str,
        severity: Severity,
        replacement: str | None,
    ) -> None:
        location, length = (at.location, at.length) if isinstance(at, Node) else (at, 1)
        if not (isinstance(at, Text) and at.whole):
            replacement = None
        self.keep(Problem(id, location, message, hint, max(length, 1), severity, replacement))

    def keep(self, problem: Problem) -> None:
        """Add a problem as it stands."""
        key = (problem.id, problem.location, problem.message)
        if key in self._found:
            return
        self.refused = self.refused or problem.severity == "error"
        if self._room[problem.severity] == 0:
            self.full = self.full or problem.severity == "error"
            return
        self._room[problem.severity] -= 1
        self._found[key] = problem

    def take(self, other: Faults) -> None:
        """Add all that *other* found."""
        for problem in other.problems():
            self.keep(problem)

    def problems(self) -> tuple[Problem, ...]:
        """Return every fault in file order."""
        found = sorted(
            self._found.values(), key=lambda problem: (problem.location, problem.severity, problem.id)
        )
        if self.full:
            place = Location(found[-1].location.path)
            message = f"there are more faults; {MAX_PROBLEMS} are listed"
            found.append(Problem("too-many-problems", place, message, "mend these first"))
        return tuple(found)

    @staticmethod
    def respelled(word: str, known: Collection[str]) -> str | None:
        """Return the known word that *word* is but for look-alike letters, case, hyphens, curly quotes and hidden marks."""
        if len(word) > _LONGEST_WORD or word in known:
            return None
        spelled = _respelled(word)
        return spelled if spelled in known else None

    def meant(self, word: str, known: Iterable[str]) -> str:
        """Return a "did you mean" for an unknown *word*; letters of another alphabet and stray marks are told."""
        if len(word) > _LONGEST_WORD:
            return ""
        words = list(known)
        spelled = _respelled(word)
        if spelled != word and spelled in words:
            return f"did you mean `{spelled}`? ({_why_odd(word)})"
        if self._words_left < len(words):
            return ""
        self._words_left -= len(words)
        lower = {name.casefold(): name for name in words}
        close = get_close_matches(spelled.casefold(), lower, n=1, cutoff=0.6)
        return f"did you mean `{lower[close[0]]}`?" if close else ""


def _respelled(word: str) -> str:
    """Take off curly quotes and invisible marks; write Cyrillic and Greek twins of Latin letters as Latin."""
    kept = (
        "".join(letter for letter in word if letter not in _INVISIBLE).strip(CURLY + "\"' ").replace("-", "_")
    )
    return lookalikes_in(kept.casefold(), Script.LATIN) or kept


def _why_odd(word: str) -> str:
    for letter in word:
        if letter in _INVISIBLE:
            return f"there is {_INVISIBLE[letter]} in it"
        if letter in CURLY:
            return f"{letter} is a curly quotation mark"
        script = next(iter(scripts_of(letter)), Script.LATIN)
        if script is not Script.LATIN:
            return f"the letter {letter} in it is {script.value.capitalize()}"
    return "check the spelling"


def listed(words: Collection[str], last: str = "or", most: int = 12) -> str:
    """
    Return words as an enumeration.

    >>> listed(["direct", "strong", "context"])
    '`direct`, `strong` or `context`'
    """
    shown = [f"`{word}`" for word in list(words)[:most]]
    if len(words) > most:
        return ", ".join(shown) + " ..."
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"
