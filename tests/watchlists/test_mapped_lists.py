"""
Lists read with a mapping.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from laborscreen.errors import WatchlistError
from laborscreen.watchlists import Watchlist
from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.list_mapping import load_list_mapping
from tests.watchlists.lists import written

MAPPING = """
list: us-uflpa
title: UFLPA Entity List
publisher: U.S. Department of Homeland Security
licence: US public domain
file_date: 2026-09-01
columns:
  name: Name of Entity
  aliases: {column: Also known as, separator: ";"}
  kind: Type
  countries: Country
  addresses: [Street, City]
  identifiers: {CN-USCC: Credit code}
kinds: {Company: organization, Individual: person}
constants: {programmes: UFLPA}
"""
TABLE = (
    "Name of Entity,Also known as,Type,Country,Street,City,Credit code\n"
    "Demo Textile Co.,Demo Fabric; 示范纺织,company,China,1 Main Street,Dandong,91210600MA0000000X\n"
    '"NO, Norway",,Individual,NO,,,0123\n'
)


def read(folder: Path, table: str = TABLE, mapping: str = MAPPING) -> tuple[Entry, ...]:
    """Return the entries of a table read with a mapping."""
    path = written(folder, "list.csv", table)
    return tuple(Watchlist.from_files([path], mapping=written(folder, "list.yaml", mapping)).entries)


def test_a_table_is_read_as_the_mapping_says(tmp_path: Path) -> None:
    """
    Names, aliases, kind, country, address, number and constants come from their columns.
    """
    entry, other = read(tmp_path)

    assert [name.text for name in entry.names] == ["Demo Textile Co.", "Demo Fabric", "示范纺织"]
    assert (entry.kind, entry.countries, entry.programmes) == ("organization", ("CN",), ("UFLPA",))
    assert [(item.scheme, item.value) for item in entry.identifiers] == [("CN-USCC", "91210600MA0000000X")]
    assert (other.name, other.kind, other.countries, other.identifiers[0].value) == (
        "NO, Norway",
        "person",
        ("NO",),
        "0123",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    """
    Comma, semicolon, tab and bar part columns.
    """
    table = f"Name{delimiter}Ref\nDemo{delimiter}7\n"
    mapping = "list: demo\ncolumns: {name: Name, id: Ref}\n"

    assert [(entry.id, entry.name) for entry in read(tmp_path, table, mapping)] == [("7", "Demo")]


def test_a_workbook_is_read_by_the_title_of_its_sheet(tmp_path: Path) -> None:
    """
    The sheet meant is read, numbers without a point; a sheet that is not there is refused with those that are.
    """
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("List")
    for row in (["Name", "Ref"], ["Demo", 7]):
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    path = written(tmp_path, "list.xlsx", packed.getvalue())
    mapping = "list: demo\nsheet: List\ncolumns: {name: Name, id: Ref}\n"

    entries = Watchlist.from_files([path], mapping=written(tmp_path, "good.yaml", mapping)).entries

    assert [(entry.id, entry.name) for entry in entries] == [("7", "Demo")]
    with pytest.raises(WatchlistError, match="no sheet") as caught:
        Watchlist.from_files([path], mapping=written(tmp_path, "bad.yaml", mapping.replace("List", "Lost")))
    assert "Notes, List" in caught.value.hint


def test_an_id_made_of_a_row_stays_and_repeats_are_numbered(tmp_path: Path) -> None:
    """
    Without a column of ids, the same row has the same id from file to file, and one written twice is two entries.
    """
    mapping = "list: demo\ncolumns: {name: Name}\n"
    first = read(tmp_path, "Name\nA\nB\nA\n", mapping)
    second = read(tmp_path, "Name\nB\nA\n", mapping)

    assert len({entry.id for entry in first}) == 3
    assert {entry.id for entry in second} <= {entry.id for entry in first}


@pytest.mark.parametrize(
    ("table", "fault", "line"),
    [
        ("Name,Ref\nDemo\n", "1 cells", 2),
        ("Name,Ref\nDemo,1,2\n", "3 cells", 2),
        ("Name,Ref\n\n ,7\n", "no name", 3),
        ("Names,Ref\nDemo,1\n", "nowhere", 1),
        ("Name,Name,Ref\nDemo,X,1\n", "twice", 1),
        ('Name,Ref\n"Demo,1\n', "cut short", 2),
        ("Name,Ref\nDemo,1\nOther,1\n", "two entries", 0),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, table: str, fault: str, line: int
) -> None:
    """
    Ragged rows, nameless rows, missing and repeated columns, open quotation marks and repeated ids refuse the list.
    """
    with pytest.raises(WatchlistError, match=fault) as caught:
        read(tmp_path, table, "list: demo\ncolumns: {name: Name, id: Ref}\n")

    assert caught.value.location is not None
    assert caught.value.location.line == line


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        ("list: demo\ncolumns: {name: N}\ncolums: {}\n", "did you mean `columns`"),
        ("list: demo\ncolumns: {name: N, alias: A}\n", "did you mean `aliases`"),
        ("list: demo\ncolumns: {aliases: N}\n", "which column holds the `name`"),
        ("list: Demo List\ncolumns: {name: N}\n", "short name"),
        ("list: demo\nfile_date: soon\ncolumns: {name: N}\n", "file_date"),
        ("list: demo\ncolumns: {name: N}\nkinds: {Firm: company}\n", "no kind of party"),
        (
            "list: demo\ncolumns: {name: N}\nconstants: {nation: KP}\n",
            "did you mean `nationalities`|unknown constant",
        ),
        ("list: demo\nlist: demo\ncolumns: {name: N}\n", "twice"),
        ("list: &a demo\ntitle: *a\ncolumns: {name: N}\n", "anchors"),
        ("- demo\n", "names with values"),
        ("list: [\n", "not YAML"),
        ("", "names with values"),
        ("!!python/object/apply:os.system [echo]\n", "names with values|not YAML"),
    ],
)
def test_a_mapping_with_a_fault_is_refused(tmp_path: Path, mapping: str, fault: str) -> None:
    """
    Unknown keys, missing names, doubled keys, anchors and broken YAML are named, with the nearest known word.
    """
    with pytest.raises(WatchlistError, match=fault):
        load_list_mapping(written(tmp_path, "list.yaml", mapping))


def test_no_value_of_a_mapping_is_guessed_at(tmp_path: Path) -> None:
    """
    NO is Norway and 010 is text: YAML's guesses are switched off.
    """
    mapping = load_list_mapping(
        written(
            tmp_path,
            "m.yaml",
            "list: demo\ncolumns: {name: '010'}\nconstants: {countries: NO, remarks: 010}\n",
        )
    )

    assert mapping.constants == {"countries": "NO", "remarks": "010"}
