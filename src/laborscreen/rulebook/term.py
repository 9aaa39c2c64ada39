"""
The terms of a list: as they were read, or kept column by column until somebody looks at one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from laborscreen.rulebook.read_later import ReadLater
from laborscreen.source import Location
from laborscreen.text import TermPattern, TermPatterns


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


class PackedTerms(NamedTuple):
    """
    The terms of a list as a few long texts, which are read at once where a list of thousands of words is not.

    Args:
        texts: the terms as written, one a line; here and below every line is closed.
        spelled: with the words of the sets they name, one a line; an empty line stands for the term as it is written.
        literals: what to look for (`TermPattern.literals`), one term a line, parted by tabs; an empty line stands for the
            term as it is spelled. None for a list that is not looked for in texts.
        opens: a 1 for each term of which more must be read there, else a 0.
        tails: how the last part of a term with a gap may begin, one term a line, parted by tabs.
        languages: whose words they are, one a line.
        sources: where they were found, one a line.
        notes: why they are there, one a line.
        places: number of the file, line and column of each, one term a line.
        files: the files by their number.
    """

    texts: str
    spelled: str
    literals: str | None
    opens: str
    tails: str
    languages: str
    sources: str
    notes: str
    places: str
    files: Sequence[str]


class PreparedTerms(ReadLater[Term]):
    """
    The terms of a list that was read before: thousands, of which a screener needs the texts alone.

    Args:
        packed: what is known of them.
    """

    def __init__(self, packed: PackedTerms) -> None:
        super().__init__(self._terms)
        self._packed = packed

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words or codes alone, spelled out."""
        own = self._packed
        return tuple(map(_first_told, _lines(own.spelled), _lines(own.texts)))

    @property
    def patterns(self) -> TermPatterns | None:
        """What the terms look like in a text; None for a list that is not looked for in texts."""
        own = self._packed
        if own.literals is None:
            return None
        literals = list(map(_first_told, _lines(own.literals), self.texts))
        tails = [tuple(line.split("\t")) if line else () for line in _lines(own.tails)]
        return TermPatterns(self.texts, literals, list(map("1".__eq__, own.opens)), tails)

    def _terms(self) -> tuple[Term, ...]:
        own = self._packed
        files = own.files
        places = (map(int, place.split()) for place in _lines(own.places))
        return tuple(
            Term(text, language, source, note, Location(files[file], line, column), spelled)
            for text, language, source, note, (file, line, column), spelled in zip(
                _lines(own.texts),
                _lines(own.languages),
                _lines(own.sources),
                _lines(own.notes),
                places,
                self.texts,
                strict=True,
            )
        )

    def __len__(self) -> int:
        return len(self.texts)

    def __reduce__(self) -> tuple[type[PreparedTerms], tuple[PackedTerms]]:
        """Carry the long texts alone."""
        return PreparedTerms, (self._packed,)


def pack_terms(
    terms: Sequence[Term], patterns: Sequence[TermPattern] | None, files: Sequence[str]
) -> PackedTerms:
    """
    Return terms packed.

    Args:
        terms: the terms of a list.
        patterns: what they look like in a text; None for a list that is not looked for in texts.
        files: the files they stand in.

    Raises:
        ValueError: a term or a note runs over a line.
    """
    number = {path: place for place, path in enumerate(files)}
    places = [term.location for term in terms]
    literals = ["" if one.literals == (one.term,) else "\t".join(one.literals) for one in patterns or ()]
    return PackedTerms(
        _closed(term.text for term in terms),
        _closed("" if term.spelled == term.text else term.spelled for term in terms),
        None if patterns is None else _closed(literals),
        "".join(str(int(one.open)) for one in patterns or ()),
        _closed("\t".join(one.tails) for one in patterns or ()),
        _closed(term.language for term in terms),
        _closed(term.source for term in terms),
        _closed(term.note for term in terms),
        _closed(f"{number[place.path]} {place.line} {place.column}" for place in places),
        files,
    )


def _closed(lines: Iterable[str]) -> str:
    several = list(lines)
    if any("\n" in line for line in several):
        raise ValueError("a term, its source or its note runs over a line; write it in one")
    return "".join(f"{line}\n" for line in several)


def _first_told(one: str, other: str) -> str:
    return one or other


def _lines(text: str) -> list[str]:
    return text.split("\n")[:-1]
