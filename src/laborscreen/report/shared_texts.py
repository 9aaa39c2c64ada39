"""
Texts that many records repeat, kept once.

A report of 20,000 records repeats a few hundred sentences: titles, questions, what a rule compares with. Each is
written once and pointed to by its number.
"""

from __future__ import annotations

MOST_TEXTS = 50_000
MOST_CHARACTERS = 8_000_000
"""Bounds of the shared texts; what comes after them is written where it stands, so that memory stays bounded."""


class SharedTexts:
    """
    Numbers texts in the order they are first met.

    Args:
        most: how many texts are shared.
        characters: how many characters they have together.

    >>> texts = SharedTexts()
    >>> texts.number("a question"), texts.number("another"), texts.number("a question")
    (0, 1, 0)
    """

    def __init__(self, most: int = MOST_TEXTS, characters: int = MOST_CHARACTERS) -> None:
        self._numbers: dict[str, int] = {}
        self._most = most
        self._left = characters

    def number(self, text: str) -> int | str:
        """Return the number of a text; the text itself where no more are shared."""
        found = self._numbers.get(text)
        if found is not None:
            return found
        if len(self._numbers) >= self._most or len(text) > self._left:
            return text
        self._left -= len(text)
        number = self._numbers[text] = len(self._numbers)
        return number

    @property
    def texts(self) -> tuple[str, ...]:
        """The shared texts by their numbers."""
        return tuple(self._numbers)
