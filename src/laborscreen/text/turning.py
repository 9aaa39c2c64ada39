"""
The words that may turn a mention, numbered beside the strings of the terms they are looked for with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from laborscreen.text.cue_table import Cue
from laborscreen.text.cues import triggers

_BRIEF = 4
"""Letters of the longest word that counts as brief."""


class Turning:
    """
    The triggers (see `laborscreen.text.cues.triggers`) by the numbers of their strings.

    Args:
        place: every string of the terms, and its number; a trigger that is one of them keeps that number.
    """

    def __init__(self, place: Mapping[str, int]) -> None:
        own: dict[str, int] = {}
        owners: dict[int, list[Cue]] = {}
        for cue in triggers():
            for literal in cue.pattern.literals:
                text = literal.removesuffix("*")
                number = place.get(text)
                if number is None:
                    number = own.setdefault(text, len(place) + len(own))
                owners.setdefault(number, []).append(cue)
        self.texts: Sequence[str] = list(own)
        """The strings that are no part of any term; their numbers follow those of the terms."""
        self.owners: Mapping[int, Sequence[Cue]] = owners
        """The triggers that begin with each string."""
        self.inside = frozenset(at for at, cues in owners.items() if any(cue.inside for cue in cues))
        """Strings that may stand inside a word, after other syllables."""
        self.open = frozenset(at for at, cues in owners.items() if any(cue.pattern.open for cue in cues))
        """Strings after which more must be read."""
        self.brief = frozenset(
            at
            for text, at in own.items()
            if _is_brief(text) and at not in self.inside and at not in self.open
        )
        """The smallest words that turn a mention: no, not, if."""


def _is_brief(text: str) -> bool:
    return len(text) <= _BRIEF and text.isascii() and text.isalpha()
