"""
Every field that names a party, held against the embedded lists: what must be met, and a look-alike that must not.

The listed parties are real and their names are written as a supplier's file would have them: in another script, without
the legal form, in another order.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from laborscreen import Screener

DAY = date(2026, 6, 30)


def _in_group(group: str, field: str, **more: Any) -> Any:
    return lambda name: {"name": "Meadow Works", "country": "RU", group: [{field: name, **more}]}


# Where the name stands, a record with a name there, the name to be met, and one that only resembles it.
FIELDS: list[tuple[str, Any, str, str]] = [
    ("name", lambda name: {"name": name, "country": "RU"}, "조선남강무역회사", "조선남산무역회사"),
    ("name", lambda name: {"name": name, "country": "RU"}, "김광일", "김광열"),
    ("name", lambda name: {"name": name, "country": "RU"}, "Ким Чен Ын", "Ким Ын Чен"),
    (
        "aliases[0]",
        lambda name: {"name": "Meadow Works", "country": "RU", "aliases": [name]},
        "Мокран",
        "Макрон",
    ),
    ("people[0].name", _in_group("people", "name", position="director"), "리병철", "리철병"),
    ("people[0].name", _in_group("people", "name", position="director"), "キム・ジョンウン", "キム・ヨジョン・スク"),
    ("owners[0].name", _in_group("owners", "name"), "Korea Kwangson Banking Corp", "Kwangju Banking Corp"),
    ("owners[0].name", _in_group("owners", "name", kind="person"), "Yong-chol KIM", "Yong-gun KIM SMITH"),
    ("payments[0].payee", _in_group("payments", "payee"), "Ocean Maritime Management", "Pacific Maritime Management"),
    ("payments[0].bank", _in_group("payments", "bank"), "조선광선은행", "조선강원은행"),
    ("payments[0].bank", _in_group("payments", "bank"), "Tongbang Bank", "Tongil Bank"),
    ("payments[0].bank", _in_group("payments", "bank"), "동방은행", "동일은행"),
    ("payments[0].bank", _in_group("payments", "bank"), "조선동방은행", "조선동일은행"),
    ("payments[0].payee", _in_group("payments", "payee"), "강문길 사장", "강문걸 사장"),
    (
        "contracts[0].counterparty",
        _in_group("contracts", "counterparty"),
        "Namgang Trading Corporation",
        "Nampo Trading Corporation",
    ),
    ("workforce[0].employer", _in_group("workforce", "employer"), "Mansudae Overseas Project", "Mandarin Overseas Project"),
    ("workforce[0].recruiter", _in_group("workforce", "recruiter"), "ООО Мокран", "ООО Моряк"),
]  # fmt: skip


@cache
def screener() -> Screener:
    """
    The shipped rulebook with the embedded lists.
    """
    return Screener(as_of=DAY)


def met(record: dict[str, Any]) -> dict[str, set[str]]:
    """
    Return where a record's names met a list, each place with the standings of the hits.
    """
    found: dict[str, set[str]] = {}
    for flag in screener().screen({"id": "V-1", **record}).flags:
        for one in flag.evidence:
            if one.listed is not None:
                found.setdefault(one.field, set()).add(one.listed.standing)
    return found


@pytest.mark.parametrize(
    ("place", "record", "listed", "other"), FIELDS, ids=[f"{p} {n}" for p, _, n, _ in FIELDS]
)
def test_a_listed_name_is_met_in_its_field_and_a_look_alike_is_not(
    place: str, record: Any, listed: str, other: str
) -> None:
    """
    The hit stands at the place of the name and is a possible match; a name that only looks like it is left alone.
    """
    assert met(record(listed)) == {place: {"possible match"}}
    assert met(record(other)) == {}


def test_every_field_that_names_a_party_is_tried() -> None:
    """
    No field that rules compare with lists is left out above.
    """
    from laborscreen.conditions.parties import FACTS

    tried = {place.replace("[0]", "") for place, *_ in FIELDS}
    assert tried == set(FACTS)


def test_facts_of_the_field_confirm_and_refute() -> None:
    """
    A birth date and citizenship beside a director's name confirm the hit; another birth date takes it away.
    """
    from laborscreen import Watchlist

    entry = next(
        one
        for one in Watchlist.embedded().entries
        if one.kind == "person"
        and "KP" in one.nationalities
        and any(len(born) == 10 for born in one.birth_dates)
    )
    born = next(born for born in entry.birth_dates if len(born) == 10)

    def director(birth_date: str) -> dict[str, Any]:
        told = {"name": entry.name, "nationality": "KP", "birth_date": birth_date, "position": "director"}
        return met({"name": "Meadow Works", "country": "RU", "people": [told]})

    assert "confirmed by a second identifier" in director(born)["people[0].name"]
    assert "confirmed by a second identifier" not in director("1990-02-03").get("people[0].name", set())


@pytest.mark.parametrize(
    ("born", "says"), [(None, set()), ("1984-01-08", {"possible match"}), ("1993-01-08", set())]
)
def test_a_near_name_is_for_review_only_where_the_birth_date_agrees(born: str | None, says: set[str]) -> None:
    """
    A director one letter apart from a listed person (Kim Jong Un, born 1984-01-08) is no hit unless the date is the same.
    """
    told = {"name": "Kim Song Un", "birth_date": born, "position": "director"}

    assert (
        met({"name": "Meadow Works", "country": "RU", "people": [told]}).get("people[0].name", set()) == says
    )


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        (((30, 30), (25, 25)), "55 percent"),
        (((50, 75),), "50 to 100 percent"),
        (((30, 30), (19, 19)), "not met"),
        (((0, 100),), "cannot tell"),
        (((25, 50),), "cannot tell"),
    ],
)
def test_shares_of_listed_owners_add_up(shares: tuple[tuple[int, int], ...], says: str) -> None:
    """
    Half of the company or more held by listed owners together is flagged; a range that may reach it is asked about.
    """
    names = ("Korea Kwangson Banking Corp", "Ocean Maritime Management Company")
    owners: list[dict[str, Any]] = [
        {"name": name, "share_at_least": least, "share_at_most": most}
        for name, (least, most) in zip(names, shares, strict=False)
    ]
    if all(least == most for least, most in shares):
        owners.append({"name": "Meadow Fund", "share_percent": 100 - sum(least for least, _ in shares)})
    found = screener().screen({"id": "V-1", "name": "Meadow Works", "country": "RU", "owners": owners})

    told = [
        one.seen
        for flag in found.flags
        if flag.rule == "LS-COR-002"
        for one in flag.evidence
        if one.field == "owners"
    ]
    asked = any(gap.rule == "LS-COR-002" for gap in found.gaps)
    assert told == ([says] if says.endswith("percent") else [])
    assert asked == (says == "cannot tell")
