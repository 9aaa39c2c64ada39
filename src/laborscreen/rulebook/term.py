"""
The terms of a list: as they were read, or kept column by column until somebody looks at one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from laborscreen.source import Location
from laborscreen.text import TermPattern


@dataclass(frozen=True, slots=True)
class Term:
    """
    A word or code of a list.

    Args:
        text: as written.
        language: whose word it is.
        source: where it was found.
        note: why it is there.
        location: where it stands.
        spelled: the text with the words of the sets it names, ``<papers>``, in their place; elsewhere the text itself.
    """

    text: str
    language: str
    source: str
    note: str
    location: Location
    spelled: str


@dataclass(frozen=True)
class TermColumns:
    """
    What is known of the terms of a list, column by column.

    Args:
        texts: as written.
        languages: whose words they are.
        sources: where they were found.
        notes: why they are there.
        paths: the files they stand in.
        lines: the lines.
        columns: the columns.
        spelled: with the words of the sets they name.
        literals: what to look for (`TermPattern.literals`); empty for a list that is not looked for in texts.
        opens: whether more must be read there.
        tails: how the last part of a term with a gap may begin.
    """

    texts: tuple[str, ...]
    languages: Sequence[str]
    sources: Sequence[str]
    notes: Sequence[str]
    paths: Sequence[str]
    lines: Sequence[int]
    columns: Sequence[int]
    spelled: tuple[str, ...]
    literals: Sequence[Sequence[str]]
    opens: Sequence[bool]
    tails: Sequence[Sequence[str]]


class PreparedTerms(Sequence[Term]):
    """
    The terms of a list that was read before: thousands, of which a screener needs the texts alone.

    Args:
        columns: what is known of them.
    """

    def __init__(self, columns: TermColumns) -> None:
        self._columns = columns

    @property
    def texts(self) -> tuple[str, ...]:
        """The words or codes alone, spelled out."""
        return self._columns.spelled

    @property
    def patterns(self) -> tuple[TermPattern, ...]:
        """What the terms look like in a text; nothing for a list that is not looked for in texts."""
        own = self._columns
        return tuple(
            map(TermPattern, own.spelled, map(tuple, own.literals), own.opens, map(tuple, own.tails))
        )

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        own = self._columns
        places = map(Location, own.paths, own.lines, own.columns)
        return tuple(map(Term, own.texts, own.languages, own.sources, own.notes, places, own.spelled))

    @overload
    def __getitem__(self, index: int) -> Term: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Term]: ...
    def __getitem__(self, index: int | slice) -> Term | Sequence[Term]:
        return self._terms[index]

    def __len__(self) -> int:
        return len(self._columns.texts)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms)

    def __eq__(self, other: object) -> bool:
        """Tell whether the terms are the same, however they are kept."""
        if isinstance(other, PreparedTerms | tuple):
            return self._terms == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._terms)

    def __repr__(self) -> str:
        return repr(self._terms)

    def __getstate__(self) -> TermColumns:
        """Carry the columns alone."""
        return self._columns

    def __setstate__(self, columns: TermColumns) -> None:
        self._columns = columns
