"""
OCDS: every party of every release is a row, whichever way releases are packed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from laborscreen.errors import InputError
from laborscreen.formats import limits, open_source
from laborscreen.record import Record
from tests.formats.conftest import read_all

Write = Callable[..., Path]

RELEASE = {
    "ocid": "ocds-1", "id": "r-1", "date": "2021-03-04T10:00:00Z", "tag": ["award"],
    "parties": [
        {
            "id": "B", "name": "Town of Lyon", "roles": ["buyer", "procuringEntity"],
            "address": {"countryName": "France"}, "contactPoint": {"name": "A. Clerk", "email": "a@example.org"},
        },
        {
            "id": "S", "name": "Bati Sud", "roles": ["tenderer", "supplier"],
            "identifier": {"scheme": "FR-RCS", "id": 552100554, "legalName": "Bâti Sud SARL"},
            "additionalIdentifiers": [{"scheme": "XI-LEI", "id": "001GPB6A9XPE8XJICC14"}],
            "address": {"streetAddress": "1 quai", "locality": "Nice", "postalCode": "06000", "countryName": "France"},
            "details": {"classifications": [{"scheme": "COFOG", "id": "06", "description": "Housing"}]},
            "beneficialOwners": [{"name": "B. Owner", "nationalities": ["FR"]}],
            "shareholders": [{"shareholder": {"id": "x", "name": "Holding SA"}, "shareholding": 60}],
            "memberOf": [],
        },
    ],
    "tender": {"title": "Works", "items": [{"classification": {"scheme": "CPV", "id": "45000000"}}]},
    "awards": [
        {
            "title": "Building of a school", "suppliers": [{"id": "S", "name": "Bati Sud"}],
            "items": [{"classification": {"scheme": "CPV", "id": "45214200", "description": "School buildings"}}],
        }
    ],
}  # fmt: skip


def test_a_party_becomes_a_record(write: Write) -> None:
    """Name, ids, address, roles, owners and what a supplier was hired for are read; the clerk's contact is not."""
    rows, rejects, _ = read_all(write("a.json", json.dumps(RELEASE)))
    assert not rejects
    assert rows == [
        {
            "id": "ocds-1/B", "name": "Town of Lyon", "role": "buyer", "country": "France", "as_of": "2021-03-04",
            "addresses": [{"country": "France"}],
        },
        {
            "id": "ocds-1/S", "name": "Bâti Sud SARL", "aliases": ["Bati Sud"], "role": "supplier",
            "country": "France", "as_of": "2021-03-04",
            "identifiers": [
                {"scheme": "FR-RCS", "value": "552100554"}, {"scheme": "XI-LEI", "value": "001GPB6A9XPE8XJICC14"},
            ],
            "addresses": [{"street": "1 quai", "city": "Nice", "postal_code": "06000", "country": "France"}],
            "industries": [{"label": "Housing"}, {"scheme": "CPV", "code": "45214200", "label": "School buildings"}],
            "activities": "Building of a school",
            "people": [{"name": "B. Owner", "position": "beneficial owner", "nationality": "FR"}],
            "owners": [{"name": "Holding SA", "share_percent": "60"}],
        },
    ]  # fmt: skip
    assert "a@example.org" not in json.dumps(rows)
    assert not list(Record.model_validate(rows[1]).notes())


def releases(*ids: str) -> list[dict[str, object]]:
    """Return releases with one party each."""
    return [
        {"ocid": one, "parties": [{"id": "S", "name": f"Firm {one}", "roles": ["supplier"]}]} for one in ids
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.json", releases("1")[0]),
        ("list.json", releases("1", "2")),
        ("package.json", {"uri": "u", "releases": releases("1", "2")}),
        ("packages.json", [{"releases": releases("1")}, {"releases": releases("2")}]),
        (
            "records.json",
            {"records": [{"ocid": "1", "compiledRelease": releases("1")[0], "releases": releases("1")}]},
        ),
        ("embedded.json", {"records": [{"ocid": "1", "releases": releases("1", "1")}]}),
        ("named.json", {"case one": {"provenance": "x", "release": releases("1")[0]}}),
    ],
)
def test_releases_are_found_in_every_packing(write: Write, name: str, content: object) -> None:
    """Alone, in lists, packages, lists of packages and records: each release once, compiled ones before their parts."""
    rows, rejects, _ = read_all(write(name, json.dumps(content)))
    assert not rejects
    expected = {"list.json": ["1/S", "2/S"], "package.json": ["1/S", "2/S"], "packages.json": ["1/S", "2/S"],
                "embedded.json": ["1/S", "1/S"]}  # fmt: skip
    assert [row["id"] for row in rows] == expected.get(name, ["1/S"])


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.jsonl.gz"])
def test_a_release_a_line(write: Write, name: str) -> None:
    """JSON lines of releases are read, whatever the suffix; a broken line is a rejected row between good ones."""
    import gzip

    lines = [json.dumps(releases("1")[0]), '{"ocid": "2", "parties": [', json.dumps(releases("3")[0])]
    data = ("\n".join(lines) + "\n").encode()
    if name == "a.json":  # the first two lines tell that it is one object a line
        data = ("\n".join([lines[0], lines[2], lines[1]]) + "\n").encode()
    rows, rejects, batches = read_all(write(name, gzip.compress(data) if name.endswith("gz") else data))
    assert [row["id"] for row in rows] == ["1/S", "3/S"]
    assert len(rejects) == 1
    assert "cut off" in rejects[0].reason or "not JSON" in rejects[0].reason
    assert sum(batch.rows_read for batch in batches) == 3


@pytest.mark.parametrize(
    ("release", "reason"),
    [
        ({"ocid": "x", "parties": [{"id": "S"}]}, "no name"),
        ({"ocid": "x", "parties": [{"name": "Firm"}]}, "no id"),
        ({"ocid": "x", "parties": ["Firm"]}, "no object"),
        ({"ocid": "x", "parties": {"id": "S", "name": "Firm"}}, "not a list"),
        ({"ocid": "x", "releases": [{"url": "https://example.org/r.json"}]}, "only links"),
        ({"ocid": "x", "versionedRelease": {}}, "versioned form"),
        ({}, "no release stands here"),
        (None, "no release stands here"),
        ("text", "no release stands here"),
    ],
)
def test_what_is_no_party_is_a_rejected_row(write: Write, release: object, reason: str) -> None:
    """Parties without a name and releases that hold nothing are rejected with a reason; their neighbours are read."""
    package = {"releases": [releases("1")[0], release, releases("3")[0]]}
    rows, rejects, batches = read_all(write("a.json", json.dumps(package)))
    assert [row["id"] for row in rows] == ["1/S", "3/S"]
    assert [reject.row for reject in rejects] == [2]
    assert reason in rejects[0].reason
    assert sum(batch.rows_read for batch in batches) == 3


def test_a_faulty_release_costs_only_itself(write: Write) -> None:
    """A key that stands twice in one release of a package rejects that release, not the package."""
    twice = '{"ocid": "2", "parties": [{"id": "S", "name": "A", "name": "B"}]}'
    one, three = (json.dumps(entry) for entry in releases("1", "3"))
    rows, rejects, _ = read_all(write("a.json", f'{{"releases": [{one}, {twice}, {three}]}}'))
    assert [row["id"] for row in rows] == ["1/S", "3/S"]
    assert "stands twice" in rejects[0].reason


def test_organisations_named_only_where_they_act_are_rows_too(write: Write) -> None:
    """A supplier of an award that is not among the parties is screened all the same, once."""
    release = {
        "ocid": "x",
        "parties": [{"id": "B", "name": "Town", "roles": ["buyer"]}],
        "buyer": {"id": "B", "name": "Town"},
        "awards": [
            {"suppliers": [{"id": "S", "name": "Firm"}]},
            {"suppliers": [{"id": "S", "name": "Firm"}]},
        ],
    }
    rows, _, _ = read_all(write("a.json", json.dumps(release)))
    assert [(row["id"], row["role"]) for row in rows] == [("x/B", "buyer"), ("x/S", "supplier")]


def test_keys_nobody_read_are_told(write: Write) -> None:
    """Extensions nobody reads, and values of an odd shape, stand in the notes."""
    release = {"ocid": "x", "parties": [{"id": "S", "name": "Firm", "shoe": 44, "address": "1 quai"}]}
    source = open_source(write("a.json", json.dumps(release)))
    list(source.batches())
    assert 'keys of parties nobody read: "shoe"' in source.notes
    assert any("1 values of `address`" in note for note in source.notes)


def test_a_package_longer_than_any_object_may_be_is_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package is read release by release: only one release has to fit the limit of an object."""
    monkeypatch.setattr(limits, "CHUNK", 4_096)
    monkeypatch.setattr("laborscreen.formats.bytes_in.CHUNK", 4_096)
    monkeypatch.setattr("laborscreen.formats.json_text.MAX_JSON_ROW", 20_000)
    monkeypatch.setattr("laborscreen.formats.json_file.MAX_JSON_ROW", 20_000)
    many = releases(*(str(number) for number in range(2_000)))
    path = write("a.json", json.dumps({"uri": "u", "releases": many, "license": "x"}))
    rows, rejects, _ = read_all(path)
    assert [row["id"] for row in rows] == [f"{number}/S" for number in range(2_000)]
    assert not rejects
    path.write_text(path.read_text(encoding="utf-8")[:100_000], encoding="utf-8")
    with pytest.raises(InputError, match="cut off"):
        read_all(path)


def test_reading_goes_on_after_a_position(write: Write) -> None:
    """What is read after the mark of a batch is what would have come next."""
    path = write("a.json", json.dumps({"releases": releases(*"abcdefg")}))
    whole = [row["id"] for row in read_all(path)[0]]
    first, *_ = open_source(path).batches(3)
    rest = [
        entry["id"] for batch in open_source(path).batches(2, first.position) for entry in batch.nested or ()
    ]
    assert [entry["id"] for entry in first.nested or ()] + rest == whole


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("kingfisher_collection_file.json", 200),
        ("spoonbill_releases_combined.json", 26),
        ("philgeps_release_package.json", 14),
        ("philgeps_current_state_releases.json", 14),
    ],
)
def test_real_packages(suppliers: Path, name: str, rows: int) -> None:
    """Files of four publishers: as many rows as they have parties, none rejected, all fit for a record."""
    found, rejects, _ = read_all(suppliers / "ocds" / name)
    assert (len(found), rejects) == (rows, [])
    records = [Record.model_validate(row) for row in found]
    assert {record.role for record in records} == {"supplier", "buyer"}
    assert [note for record in records for note in record.notes()] == []
