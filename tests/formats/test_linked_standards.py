"""
FollowTheMoney and BODS: parties are rows, and what links them becomes their owners and people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from laborscreen.conditions.parties import holdings_of
from laborscreen.formats import open_source
from laborscreen.formats.writers import FtmWriter, open_writer
from laborscreen.record import Record
from laborscreen.screening import Screener
from laborscreen.watchlists import Stake, listed_ownership
from tests.formats.conftest import read_all

Write = Callable[..., Path]


def lines(objects: Iterable[object]) -> str:
    """Return objects as JSON lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


ENTITIES = [
    {"id": "o", "schema": "Ownership",
     "properties": {"owner": ["p"], "asset": ["c"], "percentage": ["60"], "role": ["shareholder"]}},
    {"id": "c", "schema": "Company", "caption": "Vostok", "properties": {
        "name": ["ООО Восток", "Vostok LLC"], "jurisdiction": ["ru"], "country": ["ru", "cn"], "innCode": ["7707083893"],
        "address": ["Vladivostok"], "addressEntity": ["a"], "incorporationDate": ["2011-05"], "topics": ["sanction"],
        "notes": ["crew of forty"], "shoeSize": ["44"]}},
    {"id": "p", "schema": "Person", "properties": {
        "name": ["Ivan Petrov"], "citizenship": ["ru"], "birthDate": ["1970"], "ethnicity": ["x"]}},
    {"id": "h", "schema": "Organization", "properties": {"name": ["Holding"], "country": ["cy"]}},
    {"id": "o2", "schema": "Ownership", "properties": {"owner": ["h"], "asset": ["c"], "percentage": ["25-40 %"]}},
    {"id": "o3", "schema": "Ownership", "properties": {"owner": ["gone"], "asset": ["c"]}},
    {"id": "d", "schema": "Directorship", "properties": {"director": ["p"], "organization": ["c"], "role": ["CEO"]}},
    {"id": "a", "schema": "Address", "properties": {"full": ["Quay 1"], "city": ["Nakhodka"], "country": ["ru"]}},
    {"id": "v", "schema": "Vessel", "properties": {"name": ["Boat"]}},
]  # fmt: skip


def test_ftm_entities_are_joined(write: Write) -> None:
    """A company stands with its owners, its people and its addresses, wherever in the file they are told."""
    path = write("entities.ftm.json", lines(ENTITIES))
    rows, rejects, _ = read_all(path)
    assert not rejects
    assert [row["id"] for row in rows] == ["c", "p", "h"]
    assert rows[0] == {
        "id": "c", "name": "ООО Восток", "aliases": ["Vostok LLC"], "country": "ru", "founded": "2011-05",
        "identifiers": [{"scheme": "RU-INN", "value": "7707083893"}],
        "addresses": [
            {"street": "Vladivostok"}, {"street": "Quay 1", "city": "Nakhodka", "country": "ru"}, {"country": "cn"},
        ],
        "observations": [{"text": "crew of forty"}],
        "owners": [
            {"name": "Ivan Petrov", "kind": "person", "share_percent": "60"},
            {"name": "Holding", "kind": "organization", "country": "cy", "share_at_least": "25", "share_at_most": "40"},
        ],
        "people": [
            {"name": "Ivan Petrov", "position": "shareholder", "nationality": "ru", "share_percent": "60",
             "birth_date": "1970"},
            {"name": "Ivan Petrov", "position": "CEO", "nationality": "ru", "birth_date": "1970"},
        ],
    }  # fmt: skip
    assert rows[1] == {
        "id": "p",
        "name": "Ivan Petrov",
        "kind": "person",
        "nationality": "ru",
        "birth_date": "1970",
    }
    assert [list(Record.model_validate(row).notes()) for row in rows] == [[], [], []]


def test_what_ftm_holds_beside_parties_is_told(write: Write) -> None:
    """Entities that are no parties, links that lead nowhere and properties nobody read stand in the notes."""
    source = open_source(write("a.jsonl", lines(ENTITIES)))
    assert source.format == "ftm"
    list(source.batches())
    assert source.notes == (
        "entities that are no parties: 1 Address, 1 Directorship, 3 Ownership, 1 Vessel",
        'keys of entities nobody read: "shoeSize"',
        "3 links were joined to the parties they belong to",
        "1 links name a party that the file does not tell of; nobody is known of them",
    )


def test_broken_ftm_lines_are_rejected(write: Write) -> None:
    """A cut line, an entity without a name and something else are rejected rows; the others are read."""
    text = (
        lines([ENTITIES[1], {"id": "x", "schema": "Company", "properties": {}}, {"id": "y"}])
        + '{"id": "z", "sch'
    )
    rows, rejects, batches = read_all(write("a.jsonl", text))
    assert [row["id"] for row in rows] == ["c"]
    assert [(one.row, one.id) for one in rejects] == [(2, "x"), (3, "y"), (4, "")]
    assert [
        "no name" in rejects[0].reason,
        "schema" in rejects[1].reason,
        "cut off" in rejects[2].reason,
    ] == [True] * 3
    assert sum(batch.rows_read for batch in batches) == 4


def statement(
    record: str, kind: str, number: int = 1, status: str = "new", **details: object
) -> dict[str, object]:
    """Return one BODS 0.4 statement."""
    return {
        "statementId": f"{record}-{number}", "declarationSubject": "e", "statementDate": "2026-04-17", "recordId": record,
        "recordStatus": status, "recordType": kind, "recordDetails": {"isComponent": False, **details},
    }  # fmt: skip


def owned(
    record: str, party: object, *interests: dict[str, object], number: int = 1, status: str = "new"
) -> dict[str, object]:
    """Return a relationship of the entity ``e`` with a party."""
    return statement(
        record, "relationship", number, status, subject="e", interestedParty=party, interests=list(interests)
    )


FIRM = statement(
    "e", "entity", name="Acme Ltd", jurisdiction={"code": "GB"}, identifiers=[{"scheme": "GB-COH", "id": "1"}]
)
JANE = statement("j", "person", personType="knownPerson", names=[{"fullName": "Jane Smith"}],
                 nationalities=[{"code": "GB"}], birthDate="1975-06-20")  # fmt: skip
HOLDING = statement("h", "entity", name="Holding SA", jurisdiction={"code": "PA"})


def share(**told: float) -> dict[str, object]:
    """Return a shareholding."""
    return {"type": "shareholding", "share": told}


@pytest.mark.parametrize(
    ("relationships", "owners"),
    [
        ([owned("r", "h", share(exact=75))], [{"share_percent": 75.0}]),
        ([owned("r", "h", share(minimum=25, maximum=50))], [{"share_at_least": 25.0, "share_at_most": 50.0}]),
        ([owned("r", "h", share(exclusiveMinimum=50))], [{"share_at_least": 50.0}]),
        ([owned("r", "h", {"type": "shareholding"})], [{}]),
        ([owned("r", "h", {"type": "unknownInterest"})], [{}]),
        (
            [owned("r", "h", {"type": "votingRights", "share": {"exact": 75}}, share(exact=10))],
            [{"share_percent": 10.0}],
        ),
        ([owned("r", "h", {**share(exact=75), "endDate": "2020-01-01"})], []),
        ([owned("r", "h", share(exact=75)), owned("r", "h", number=2, status="closed")], []),
        (
            [owned("r", "h", share(exact=75)), owned("r", "h", share(exact=5), number=2, status="updated")],
            [{"share_percent": 5.0}],
        ),
        ([owned("r", {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner"})], []),
        ([owned("r", "nobody", share(exact=75))], []),
    ],
)
def test_bods_relationships_become_owners(
    write: Write, relationships: list[dict[str, object]], owners: list[dict[str, object]]
) -> None:
    """Shares are figures, ranges or unknown; what has ended, and who is not told, is no owner."""
    rows, rejects, _ = read_all(write("a.json", json.dumps([*relationships, FIRM, HOLDING])))
    assert not rejects
    base = {"name": "Holding SA", "kind": "organization", "country": "PA"}
    assert rows[0].get("owners", []) == [{**base, **one} for one in owners]
    assert not list(Record.model_validate(rows[0]).notes())


def test_bods_persons_stand_among_owners_and_people(write: Write) -> None:
    """An owner in person keeps citizenship and birth date; one who only directs is no owner."""
    directs = owned("d", "j", {"type": "boardMember"})
    rows, _, _ = read_all(
        write("a.json", json.dumps([FIRM, JANE, owned("r", "j", share(exact=75)), directs]))
    )
    assert rows[0]["owners"] == [{"name": "Jane Smith", "kind": "person", "share_percent": 75.0}]
    assert [(one["position"], one["nationality"]) for one in rows[0]["people"]] == [  # type: ignore[index, attr-defined]
        ("shareholding", "GB"),
        ("boardMember", "GB"),
    ]
    assert rows[1]["kind"] == "person"


def test_the_last_statement_of_a_record_counts(write: Write) -> None:
    """An updated entity is one row; a closed one is none, and both are told; older versions of BODS are refused by row."""
    later = statement("e", "entity", 2, "updated", name="Acme Holdings Ltd")
    closed = statement("h", "entity", 2, "closed", name="Holding SA")
    old = {"statementID": "s", "statementType": "entityStatement", "name": "Old"}
    source = open_source(write("a.jsonl", lines([FIRM, HOLDING, later, closed, old])))
    batches = list(source.batches())
    assert [row["name"] for batch in batches for row in batch.nested or ()] == ["Acme Holdings Ltd"]
    assert [one.reason for batch in batches for one in batch.rejects] == [
        "a statement of BODS 0.3 or older; convert it to 0.4"
    ]
    assert source.notes[:2] == (
        "2 statements are replaced by later ones of the same record",
        "1 statements close their record; it was not screened",
    )


@pytest.mark.parametrize(
    ("least", "most", "answer"), [(50.0, 75.0, "met"), (25.0, 60.0, "cannot_tell"), (0.0, 10.0, "not_met")]
)
def test_a_range_of_shares_counts_as_a_range(least: float, most: float, answer: str) -> None:
    """Half held at least by a listed owner is ownership, ten percent at most is not; what lies between cannot be told."""
    holdings = holdings_of((("X",), (None,), (None,), (None,), (least,), (most,), (None,), (), (), (), ()))
    assert holdings is not None
    stakes = [Stake("firm", "X", one.least, one.most) for one in holdings]
    rest = Stake.known("firm", "Y", 100 - most)
    assert listed_ownership("firm", [*stakes, rest], {"X": True}).answer == answer


def test_a_range_that_contradicts_itself_tells_nothing() -> None:
    """A least share above the greatest is an unknown share, in the record as in the sum."""
    holdings = holdings_of((("X",), (None,), (None,), (None,), (80.0,), (20.0,), (None,), (), (), (), ()))
    assert holdings is not None
    assert (holdings[0].least, holdings[0].most) == (0.0, 100.0)


def test_joined_files_are_screened_like_any_other(write: Write) -> None:
    """What the readers make is what a record takes."""
    screener = Screener(as_of=date(2026, 6, 30))
    for path in (
        write("a.jsonl", lines(ENTITIES)),
        write("b.json", json.dumps([FIRM, JANE, owned("r", "j", share(exact=75))])),
    ):
        rows, _, _ = read_all(path)
        assert {screener.screen(row).outcome for row in rows} <= {"routine", "incomplete"}


def test_results_as_ftm_entities(write: Write, tmp_path: Path) -> None:
    """A result is the party and its risk; read again, the party has its id and its name, and no verdict is written."""
    screener = Screener(as_of=date(2026, 6, 30))
    record = {"id": "c", "name": "ООО Восток", "workforce": [{"nationality": "KP", "headcount": 40}]}
    out = tmp_path / "out.ftm.json"
    writer = open_writer(out)
    assert isinstance(writer, FtmWriter)
    writer.write(screener.screen(record).to_dict(), "ООО Восток")
    writer.finish()
    party, risk = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert party == {
        "id": "c",
        "schema": "LegalEntity",
        "caption": "ООО Восток",
        "properties": {"name": ["ООО Восток"]},
    }
    assert (risk["schema"], risk["properties"]["entity"], risk["properties"]["status"]) == (
        "Risk",
        ["c"],
        ["refer"],
    )
    assert any(reason.startswith("LS-NAT-001: ") for reason in risk["properties"]["reason"])
    assert set(risk["properties"]) == {"entity", "authority", "status", "program", "reason", "date"}
    rows, rejects, _ = read_all(out)
    assert (rows, rejects) == ([{"id": "c", "name": "ООО Восток"}], [])
