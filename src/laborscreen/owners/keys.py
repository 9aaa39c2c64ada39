"""
What a company is known by in two files: its LEI, its id, its number in a register.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from laborscreen import values
from laborscreen.record import text_of

MIN_NUMBER: Final = 5
"""Letters and figures of a number below which it is that of too many companies."""

_SHARED: Final = frozenset({"RU-KPP", "KPP"})
"""Schemes whose numbers many companies share."""

_LEI_LENGTH: Final = 20
_LEI: Final = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
"""The form alone: an LEI with wrong check digits meets nobody but itself."""

_ANY: Final = frozenset({"", "REG", "ID", "TAX"})
"""Schemes that do not tell which register is meant."""

RECORD: Final = "RECORD"
"""The scheme under which a table of owners tells the id of the supplier file."""

LEI, ID, NUMBER = "L", "I", "N"


@dataclass(frozen=True, slots=True)
class Key:
    """
    One way in which a company is known.

    Args:
        mark: what is compared: the kind of key and the number, without signs and case.
        scheme: the register, where the key is a number and the register is told.
    """

    mark: str
    scheme: str = ""

    def fits(self, scheme: str) -> bool:
        """Return whether a number of another *scheme* may be the same: the registers are the same, or one is not told."""
        return self.scheme == scheme or self.scheme in _ANY or scheme in _ANY


def keys_of(
    record_id: object,
    identifiers: Iterable[tuple[object, object]],
    *,
    own_id: bool = True,
    among: Container[str] | None = None,
) -> list[Key]:
    """
    Return the keys of a company, the surest first.

    Args:
        record_id: its id.
        identifiers: scheme and number of each of its identifiers.
        own_id: whether the id is one that the other file may know.
        among: the marks that matter; keys with others are left out.

    >>> [key.mark for key in keys_of("V-1", [("LEI", "5493001KJTIIGC8Y1R12"), ("ИНН", "7707083893")])]
    ['L5493001KJTIIGC8Y1R12', 'Iv-1', 'N7707083893']
    """
    found: dict[Key, None] = {}
    numbers: list[Key] = []
    for scheme, number in identifiers:
        if number is None:
            continue
        told = text_of(number)
        bare = told.upper() if told.isalnum() else "".join(filter(str.isalnum, told.upper()))
        if _LEI.fullmatch(bare):
            mark = LEI + bare
        elif scheme == RECORD:
            mark = ID + told.strip().casefold()
        else:
            mark = NUMBER + bare
        if among is not None and mark not in among:
            continue
        if mark[0] != NUMBER:
            found[Key(mark)] = None
        elif len(bare) >= MIN_NUMBER and not values.is_missing(told):
            usual = _usual(_text(scheme))
            if usual not in _SHARED:
                numbers.append(Key(mark, usual))
    told = _text(record_id)
    marks = [LEI + told.upper()] if len(told) == _LEI_LENGTH and _LEI.fullmatch(told.upper()) else []
    marks += [ID + told.casefold()] if told and own_id else []
    found.update((Key(mark), None) for mark in marks if among is None or mark in among)
    found.update(dict.fromkeys(numbers))
    return list(found)


def entries_of(told: object) -> list[Mapping[str, object]]:
    """
    Return the entries that a record tells of a group.

    A lone one is a list of one, as it is to a record; what is no list of entries tells nothing, as it does there.
    """
    if isinstance(told, Mapping):
        return [told]
    if not isinstance(told, list | tuple) or not all(isinstance(one, Mapping) for one in told):
        return []
    return list(told)


def identifiers_of(record: Mapping[str, object]) -> list[tuple[object, object]]:
    """Return scheme and number of each identifier of a nested record."""
    return [(one.get("scheme"), one.get("value")) for one in entries_of(record.get("identifiers"))]


@lru_cache(maxsize=1_024)
def _usual(scheme: str) -> str:
    return values.identifier_scheme(scheme) if scheme else ""


def _text(value: object) -> str:
    return "" if value is None else text_of(value).strip()
