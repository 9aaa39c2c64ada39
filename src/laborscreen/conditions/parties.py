"""
What is compared with lists of parties: a name with the facts told beside it, and who holds a share.

A name alone can only be a possible match. What agrees beside it confirms it, what disagrees refutes it, so name and facts
make one value and are judged together. Nothing else is ever concluded from a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from laborscreen.conditions.part import Part
from laborscreen.values import PartialDate

POSSIBLE = 1
"""A listed name is the same or similar: a possible match and never more."""
CONFIRMED = 2
"""The name is the same or similar and a second identifier agrees."""

_OF_THE_RECORD = (
    "kind",
    "role",
    "country",
    "nationality",
    "birth_date",
    "identifiers.scheme",
    "identifiers.value",
)
FACTS: Mapping[str, tuple[str, ...]] = {
    "name": _OF_THE_RECORD,
    "aliases": _OF_THE_RECORD,
    "people.name": ("people.nationality", "people.birth_date"),
    "owners.name": ("owners.kind", "owners.country", "owners.holds"),
    "contracts.counterparty": ("contracts.counterparty_country",),
    "workforce.employer": ("workforce.employer_country",),
    "workforce.recruiter": ("workforce.recruiter_country",),
    "payments.payee": ("payments.payee_country",),
    "payments.bank": ("payments.bank_country",),
}
"""The fields that tell more of the party whose name stands in a field."""

HOLDINGS = (
    "owners.name", "owners.kind", "owners.country", "owners.share_percent", "owners.share_at_least",
    "owners.share_at_most", "owners.holds",
    "people.name", "people.nationality", "people.birth_date", "people.share_percent",
)  # fmt: skip
"""The fields that tell who holds how much of the record's party."""

_NOT_ONES_OWN = frozenset({"ru-kpp", "kpp", "кпп"})
"""Schemes whose numbers many parties share: a KPP names the tax office and the reason of registration."""

_KIND = {"people.name": "person", "payments.bank": "organization"}
"""What a party is where its field leaves no doubt."""


@dataclass(frozen=True, slots=True)
class Party:
    """
    A party as the record tells of it.

    Args:
        names: its names as written.
        kind: ``person`` or ``organization``; None where it may be either.
        countries: of a person the citizenship, of anybody else the seat.
        birth_dates: of a person.
        identifiers: numbers in registers.
    """

    names: tuple[str, ...]
    kind: str | None = None
    countries: tuple[str, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """
    A share of the record's party, or of one of its owners.

    Args:
        group: ``owners`` or ``people``.
        entry: its number in that list.
        party: who holds it; nobody knows who where it has no name.
        percent: how much; None where that is not told.
        least: how much at least, where only a range is told.
        most: how much at most.
        of: the name of the owner that is held; empty for the record's party.
    """

    group: str
    entry: int
    party: Party
    percent: float | None
    least: float = 0.0
    most: float = 100.0
    of: str = ""


class PartyLists(Protocol):
    """What is asked of watchlists: the one arrow from conditions to listed parties, and only of this shape."""

    def standings(self, party: Party, wanted: tuple[tuple[str, ...], ...]) -> tuple[int | None, ...]:
        """
        Tell how a party stands to several sets of lists: 0 not on them, `POSSIBLE`, `CONFIRMED`; None when not loaded.
        """

    def foresee(self, parties: Sequence[Party]) -> None:
        """Look up the names of many parties at once, which is much quicker; every answer stays what it would have been."""

    def owned(self, holdings: Sequence[Holding], wanted: tuple[str, ...]) -> int | None:
        """Tell whether listed holders have the share that counts: 0, `POSSIBLE`, `CONFIRMED`; None when it cannot be told."""


def party_maker(parts: Sequence[Part]) -> Callable[[object], Party | None]:
    """
    Return what makes a party of the values of a name field's *parts*.

    Args:
        parts: the name's field, then the fields that tell more.
    """
    silent = next((part.reads.silent for part in parts if part.name == "kind"), "")
    fixed = _KIND.get(parts[0].path, "")
    names = [part.path if part.gathered else part.name for part in parts]
    seat = next((name for name in names if name.endswith("country")), "country")
    places = {name: place for place, name in enumerate(names)}
    kind_at, role_at, seat_at, nationality_at, born_at, scheme_at, number_at = (
        places.get(name, -1)  # the last value is None
        for name in (
            "kind",
            "role",
            seat,
            "nationality",
            "birth_date",
            "identifiers.scheme",
            "identifiers.value",
        )
    )

    def make(key: object) -> Party | None:
        values = (*key, None) if isinstance(key, tuple) and len(names) > 1 else (key, None)
        written = values[0]
        asked = tuple(map(str, filter(None, written if isinstance(written, tuple) else (written,))))
        if not asked:
            return None
        kind = fixed or values[kind_at] or silent or None
        if kind == silent and (values[role_at] == "freelancer" or _may_be_person(asked)):
            kind = None  # a freelancer, or who is called like a person, may well be one whose kind nobody wrote down
        country = values[nationality_at if kind == "person" else seat_at]
        numbers = _numbers(values[scheme_at], values[number_at])
        return _party(asked, None if kind is None else str(kind), country, values[born_at], numbers)

    return make


def _may_be_person(names: tuple[str, ...]) -> bool:
    from laborscreen.names.evident_person import evidently_korean_person

    return any(map(evidently_korean_person, names))


def _party(
    names: tuple[str, ...], kind: str | None, country: object, born: object, numbers: tuple[str, ...] = ()
) -> Party:
    return Party(
        names,
        kind,
        (country,) if isinstance(country, str) and len(country) == 2 else (),
        (born,) if kind == "person" and isinstance(born, PartialDate) else (),
        numbers,
    )


def _numbers(schemes: object, numbers: object) -> tuple[str, ...]:
    if not isinstance(schemes, tuple) or not isinstance(numbers, tuple):
        return ()
    pairs = zip(schemes, numbers, strict=True)
    return tuple(
        dict.fromkeys(
            str(number) for scheme, number in pairs if number and str(scheme).casefold() not in _NOT_ONES_OWN
        )
    )


def holdings_of(key: object) -> tuple[Holding, ...] | None:
    """
    Return the holdings told by the values of `HOLDINGS`; None where none is.

    An owner whose share is not told holds an unknown one; a director without a share holds none. Who stands among the
    owners and among the people with the same share is one holder. Of those who hold an owner, one without a name counts,
    too: somebody holds it, and nobody knows who.
    """
    assert isinstance(key, tuple), key
    owners, people = key[:7], key[7:]
    found: dict[tuple[str, object, str], Holding] = {}
    for entry, (name, kind, country, share, least, most, of) in enumerate(zip(*owners, strict=True)):
        if name is not None or of is not None:
            names = () if name is None else (str(name),)
            party = _party(names, kind, country, None)
            bounds = _bounds(_percent(least), _percent(most))
            holds = str(of or "")
            found[str(name or "").casefold(), share, holds.casefold()] = Holding(
                "owners", entry, party, _percent(share), *bounds, holds
            )
    for entry, (name, nationality, born, share) in enumerate(zip(*people, strict=True)):
        if name is not None and share is not None:
            party = _party((str(name),), "person", nationality, born)
            found.setdefault(
                (str(name).casefold(), share, ""), Holding("people", entry, party, _percent(share))
            )
    return tuple(found.values()) or None


def _percent(share: object) -> float | None:
    return float(share) if isinstance(share, int | float) else None


def _bounds(least: float | None, most: float | None) -> tuple[float, float]:
    """Return the range of a share; one that contradicts itself tells nothing."""
    low, high = least or 0.0, 100.0 if most is None else most
    return (low, high) if low <= high else (0.0, 100.0)
