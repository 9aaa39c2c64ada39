"""
Lists of which no real file is at hand, written by hand after the publishers' descriptions.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from laborscreen.errors import WatchlistError
from laborscreen.watchlists.entry import Entry, Identifier
from tests.watchlists.lists import FIXTURES, by_id, read_one, shared, written

RI = {
    "uk_sanctions_list.csv": "DPR9001",
    "uk_sanctions_list.xml": "DPR9001",
    "targets.simple.csv": "NK-demo1",
    "entities.ftm.json": "NK-demo1",
    "sdn_advanced.xml": "9001",
}


def entry_of(name: str) -> Entry:
    """Return the invented Ri Il Nam as one of the lists has him."""
    return by_id(read_one(FIXTURES / name))[RI[name]]


@pytest.mark.parametrize("name", RI)
def test_every_form_tells_the_same_of_one_person(name: str) -> None:
    """
    Kind, native name, birth date, passport and the tie to the DPRK are read from every form.
    """
    entry = entry_of(name)

    assert entry.kind == "person"
    assert "리일남" in [listed.text for listed in entry.names if listed.script == "Hang"]
    assert "1961-09-18" in entry.birth_dates
    assert "654111222" in [item.value for item in entry.identifiers]
    assert entry.dprk_related


@pytest.mark.parametrize(
    "name", ["uk_sanctions_list.csv", "uk_sanctions_list.xml", "entities.ftm.json", "sdn_advanced.xml"]
)
def test_weak_aliases_stay_weak(name: str) -> None:
    """
    A low quality alias is weak, and the others are strong.
    """
    strengths = {listed.text: listed.strength for listed in entry_of(name).names}

    assert strengths.pop("Mr X") == "weak"
    assert set(strengths.values()) == {"strong"}


@pytest.mark.parametrize(
    ("name", "date", "count"),
    [
        ("uk_sanctions_list.csv", "2026-01-28", 3),
        ("uk_sanctions_list.xml", "2026-01-28", 2),
        ("targets.simple.csv", "2026-10-02", 2),
        ("entities.ftm.json", "2026-10-02", 2),
        ("sdn_advanced.xml", "2026-10-05", 3),
    ],
)
def test_date_and_number_of_entries_are_told(name: str, date: str, count: int) -> None:
    """
    The provenance bears the publisher's date, and bystanders of a target are no entries.
    """
    reading = read_one(FIXTURES / name)

    assert (reading.provenance.file_date, reading.provenance.imported_entries) == (date, count)


def test_both_forms_of_the_uk_list_agree() -> None:
    """
    The CSV and the XML of one UK designation give the same names, dates, programmes and numbers.
    """
    table, tree = entry_of("uk_sanctions_list.csv"), entry_of("uk_sanctions_list.xml")

    assert {listed.text for listed in table.names} == {listed.text for listed in tree.names}
    assert set(table.birth_dates) == set(tree.birth_dates) == {"1961", "1961-09-18"}
    assert (table.programmes, table.nationalities, table.countries) == (
        tree.programmes,
        tree.nationalities,
        tree.countries,
    )
    assert set(table.identifiers) == set(tree.identifiers)


def test_a_uk_ship_has_its_number_and_flag() -> None:
    """
    A ship of the UK list is a vessel with its IMO number and flag.
    """
    ship = by_id(read_one(FIXTURES / "uk_sanctions_list.csv"))["RUS9002"]

    assert (ship.kind, ship.countries) == ("vessel", ("PA",))
    assert Identifier("IMO", "9990001") in ship.identifiers


def test_the_advanced_form_joins_its_tables() -> None:
    """
    Names in speaking order, programmes, documents and places are joined over their numbers.
    """
    entries = by_id(read_one(FIXTURES / "sdn_advanced.xml"))

    assert entries["9001"].name == "Il Nam RI"
    assert entries["9001"].identifiers == (Identifier("Passport", "654111222", "KP"),)
    assert {reason.by for reason in entries["9001"].dprk_reasons} >= {"nationality", "document"}
    assert entries["9002"].programmes == ("DPRK4", "NPWMD")
    assert entries["9002"].addresses == ("Dandong, China",)
    assert [(listed.text, listed.kind) for listed in entries["9002"].names][1] == ("DEMO EXPORT CO", "fka")
    assert (entries["9003"].kind, entries["9003"].countries) == ("vessel", ("KP",))


@pytest.mark.parametrize("name", ["conlist.csv", "conlist.xml"])
def test_the_closed_uk_list_is_refused_with_the_reason(name: str) -> None:
    """
    The OFSI ConList is refused in either form, and the message says since when it is closed and what to use.
    """
    with pytest.raises(WatchlistError, match="28 January 2026") as caught:
        read_one(FIXTURES / name)

    assert "UK Sanctions List" in caught.value.hint


def test_the_uk_list_is_not_taken_for_the_closed_one() -> None:
    """
    The UK Sanctions List, whose header also begins with Last Updated, is read even without the line of the report date.
    """
    assert read_one(FIXTURES / "uk_sanctions_list.csv").provenance.list == "uk-sanctions"


def test_the_uk_list_without_its_date_line_is_read_and_undated(tmp_path: Path) -> None:
    """
    Without the first line the list has no date, and says so by an empty one.
    """
    text = (FIXTURES / "uk_sanctions_list.csv").read_text("utf-8").split("\n", 1)[1]
    reading = read_one(written(tmp_path, "uk.csv", text))

    assert (reading.provenance.imported_entries, reading.provenance.file_date) == (3, "")


def test_every_designation_of_the_real_uk_list_is_read(tmp_path: Path) -> None:
    """
    The 6,349 designations of a converted UK list, put back into the XML of the publisher, are all read, 261 of them DPR.
    """
    path = tmp_path / "uk.xml"
    with gzip.open(shared("uk/uk_sanctions_list_ammitto.jsonl.gz"), "rt", encoding="utf-8") as lines:
        path.write_text("<Designations>" + "".join(map(designation, lines)) + "</Designations>", "utf-8")
    reading = read_one(path)
    dprk = [entry for entry in reading.entries if entry.id.startswith("DPR")]

    assert len(reading.entries) == 6_349
    assert Counter(entry.kind for entry in reading.entries) == {
        "person": 4_036,
        "organization": 1_647,
        "vessel": 666,
    }
    assert len(dprk) == 261
    assert all(entry.dprk_related for entry in dprk)


def designation(line: str) -> str:
    """Return one converted line as the publisher's XML."""
    record = json.loads(line)

    def element(tag: str, text: str | None) -> str:
        return f"<{tag}>{escape(text)}</{tag}>" if text else ""

    names = "".join(
        "<Name>"
        + "".join(element(f"Name{place}", name.get(f"name{place}")) for place in range(1, 7))
        + element("NameType", name["name_type"])
        + element("AliasStrength", name.get("alias_strength"))
        + "</Name>"
        for name in record["names"]["names"]
    )
    native = "".join(
        "<NonLatinName>" + element("NameNonLatinScript", name["name_non_latin_script"]) + "</NonLatinName>"
        for name in record.get("non_latin_names", {}).get("names", ())
        if name.get("name_non_latin_script")
    )
    return (
        "<Designation>"
        + element("UniqueID", record["unique_id"])
        + f"<Names>{names}</Names><NonLatinNames>{native}</NonLatinNames>"
        + element("RegimeName", record["regime_name"])
        + element("IndividualEntityShip", record["individual_entity_ship"])
        + element("OtherInformation", record.get("other_information"))
        + "</Designation>"
    )


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('{"id":"a","schema":"Person","properties":{"name":["A"]},"target":true}\n{"id":"b","sch', 2),
        ('{"id":"a","schema":"Person","properties":{"name":["A"]},"target":true}\n[1]', 2),
        ('{"id":"a","schema":"Person","properties":{"name":"A"},"target":true}\n', 1),
        ('{"id":"a","schema":"Person","properties":{"name":[]},"target":true}\n', 1),
    ],
)
def test_a_broken_line_of_json_refuses_the_file(tmp_path: Path, broken: str, line: int) -> None:
    """
    A line that is no whole entity refuses the list, with the line's number.
    """
    with pytest.raises(WatchlistError) as caught:
        read_one(written(tmp_path, "entities.ftm.json", broken))

    assert caught.value.location is not None
    assert caught.value.location.line == line
