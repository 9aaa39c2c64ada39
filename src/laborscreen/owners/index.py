"""
An index of companies and those who hold them.

Each company lies as one line of JSON among the others, found by its keys; a line is parsed only where a record meets it.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from laborscreen import values
from laborscreen.owners.keys import NUMBER, Key, keys_of
from laborscreen.record import text_of


@dataclass(frozen=True, slots=True)
class Held:
    """
    A company and who holds it.

    Args:
        keys: what it is known by.
        country: where it is registered, as written; empty where that is not told.
        groups: its owners and people, as entries of a record.
    """

    keys: tuple[Key, ...]
    country: str
    groups: Mapping[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Found:
    """
    What is known of the owners of one record.

    Args:
        groups: entries to add to its lists.
        companies: the numbers of the companies in the index that it is, and of those that were followed from there.
        ambiguous: whether a number is that of several companies, so that none of them was taken.
    """

    groups: Mapping[str, list[dict[str, object]]]
    companies: tuple[int, ...] = ()
    ambiguous: bool = False


NOBODY = Found({})

FOLLOWED: Final = 100
"""Owners of a record up to which those who own its owners are followed."""

TOO_MANY: Final = f"with its holders there would be more than {FOLLOWED} owners"
"""Why those who hold an owner are not named where they are not followed."""


class OwnersIndex:
    """
    Companies by key, each with its owners and people.

    It is not changed once it is made, so that threads and processes may share it; it can be pickled.

    Args:
        companies: the companies.
    """

    def __init__(self, companies: Iterable[Held]) -> None:
        lines, starts = bytearray(), array("q", [0])
        numbers: dict[str, tuple[int, ...]] = {}
        for number, held in enumerate(companies):
            told = {
                "keys": [(key.mark, key.scheme) for key in held.keys],
                "country": _country(held.country),
                "groups": {group: list(_saying(entries)) for group, entries in held.groups.items()},
            }
            lines += orjson.dumps(told)
            starts.append(len(lines))
            for mark in dict.fromkeys(key.mark for key in held.keys):
                numbers[mark] = (*numbers.get(mark, ()), number)
        self._lines = bytes(lines)
        self._starts = starts
        self._numbers = numbers

    @property
    def marks(self) -> Container[str]:
        """The marks of all keys."""
        return self._numbers

    def __len__(self) -> int:
        """Return the number of companies."""
        return len(self._starts) - 1

    def of(self, keys: Sequence[Key], country: object = None) -> Found:
        """
        Return what is known of the owners of a record; a mere number is believed where it leads to one company only.

        Args:
            keys: what it is known by.
            country: where it is registered, as written.
        """
        taken, ambiguous = self._companies(keys, country)
        if not taken:
            return Found({}, ambiguous=True) if ambiguous else NOBODY
        groups: dict[str, list[dict[str, object]]] = {}
        for told in taken.values():
            for group, entries in told["groups"].items():
                known = groups.setdefault(group, [])
                known += [one for one in entries if one not in known]
        owners = groups.get("owners", [])
        met = dict.fromkeys(taken)
        owners += self._further(owners, met)
        return Found(groups, tuple(met))

    def _companies(self, keys: Sequence[Key], country: object) -> tuple[dict[int, dict[str, Any]], bool]:
        """Return the companies that keys lead to, and whether a number is that of several."""
        sure: dict[int, dict[str, Any]] = {}
        maybe: dict[int, dict[str, Any]] = {}
        for key in keys:
            for number in self._numbers.get(key.mark, ()):
                told = self._told(number)
                if key.mark[0] != NUMBER:
                    sure[number] = told
                    continue
                schemes = [scheme for mark, scheme in told["keys"] if mark == key.mark]
                if any(map(key.fits, schemes)) and _may_be_one(told["country"], _country(country)):
                    maybe[number] = told
        ambiguous = not sure and len(maybe) > 1
        return sure or ({} if ambiguous else maybe), ambiguous

    def _further(
        self, owners: Sequence[Mapping[str, object]], met: dict[int, None]
    ) -> list[dict[str, object]]:
        """
        Return those who own *owners*, and so on, level by level; each tells whom it holds. The companies are added to *met*.

        Only an owner whose LEI or number is told is followed. Where there would be too many, it is told of the companies
        left that their holders are not named here.
        """
        found: list[dict[str, object]] = []
        waiting = list(owners)
        while waiting:
            held = waiting.pop(0)
            name, number = held.get("name"), held.get("number")
            if not name or not number:
                continue
            companies, _ = self._companies(
                keys_of(None, [("", number)], among=self.marks), held.get("country")
            )
            above = [
                {"holds": name, **one}
                for company, told in companies.items()
                if company not in met
                for one in told["groups"].get("owners", [])
            ]
            met.update(dict.fromkeys(companies))
            if above and len(owners) + len(found) + len(above) > FOLLOWED:
                found.append({"not_named": TOO_MANY, "holds": name})
                continue
            fresh = [one for one in above if one not in owners and one not in found]
            found += fresh
            waiting += fresh
        return found

    def _told(self, number: int) -> dict[str, Any]:
        told: dict[str, Any] = orjson.loads(self._lines[self._starts[number] : self._starts[number + 1]])
        return told

    def names(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Return how some companies are known, for a person to find them: the first key of each."""
        return tuple(self._told(number)["keys"][0][0][1:] for number in numbers)


def _saying(entries: Iterable[Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """Yield entries without the cells that say nothing, which the row of a table could not keep."""
    for entry in entries:
        told = {name: value for name, value in entry.items() if not values.is_missing(value)}
        if told:
            yield told


def _country(written: object) -> str:
    """Return the country that *written* certainly is; empty where none is told, or it may be one of two."""
    if values.is_missing(written):
        return ""
    found = values.read_country(text_of(written)).value
    return "" if found is None or found == values.AMBIGUOUS else found


def _may_be_one(one: str, other: str) -> bool:
    return not one or not other or one == other
