"""
``laborscreen rules lists``: terms and exceptions out to Excel and back, with every fault at its cell.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.formats.rule_workbook import read_rule_workbook, shielded, unshielded, write_rule_workbook
from laborscreen.rulebook import load_rulebook, shipped_folder
from laborscreen.rulebook.list_edits import ENTRY
from tests.cli.conftest import Call
from tests.rulebook.packs import pack, rule

WHEN = "{any: [{field: country, is: KP}, {field: activities, mentions: own_words, if_missing: no_match}]}"
LIST = "lists:\n  - {id: own_words, title: Own words, match: whole_word, file: lists/own.csv}\n"
TERMS = 'term,language,source,note\nnight shift,en,usage,"=HYPERLINK(""x"")"\n+7 hours,en,ilo-indicators,\n'
EXCEPTIONS = """\
# Kept by the compliance desk.
exceptions:
  - {rule: ACME-1, record: V-1, reason: "Seen: lease, OK.", approver: Head, expires: 2027-01-01}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """
    A rulebook with a list in a CSV file and an exception.
    """
    made = pack(tmp_path / "own", rule(WHEN), more=LIST)
    (made / "lists").mkdir()
    (made / "lists" / "own.csv").write_text(TERMS, encoding="utf-8")
    (made / "exceptions.yaml").write_text(EXCEPTIONS, encoding="utf-8")
    return made


@pytest.fixture
def book(call: Call, folder: Path, tmp_path: Path) -> Path:
    """
    That rulebook's workbook.
    """
    path = tmp_path / "terms.xlsx"
    assert call("rules", "lists", "export", "-o", path, "--rules", folder).code == 0
    return path


def edited(book: Path, cells: dict[str, Any]) -> Path:
    """Return the workbook with cells changed, as somebody would in Excel."""
    made = openpyxl.load_workbook(book)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        made[sheet][cell] = value
    made.save(book)
    return book


def test_what_comes_back_unchanged_changes_nothing(call: Call, folder: Path, book: Path) -> None:
    """
    Source and note are kept, nothing in a cell is a formula, and importing leaves every byte as it was.
    """
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    sheet = openpyxl.load_workbook(book)["own_words"]

    ended = call("rules", "lists", "import", book, "--rules", folder)

    assert [cell.value for cell in sheet[3]] == ["'+7 hours", "en", "ilo-indicators", None]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert (ended.code, ended.out) == (0, "nothing has changed\n")
    assert {path: path.read_bytes() for path in before} == before


def test_the_shipped_lists_make_the_round_trip(call: Call, tmp_path: Path) -> None:
    """
    All shipped terms go out and come back as they were.
    """
    copy, path = tmp_path / "rules", tmp_path / "all.xlsx"
    shutil.copytree(shipped_folder(), copy)

    call("rules", "lists", "export", "-o", path, "--rules", copy)
    read = read_rule_workbook(path)

    assert read.problems == ()
    assert {sheet.list: [row.cells["term"] for row in sheet.rows] for sheet in read.lists} == {
        name: [term.text for term in made.terms] for name, made in load_rulebook(copy).lists.items()
    }


def test_edits_are_written_and_told(call: Call, folder: Path, book: Path) -> None:
    """
    A term added and an exception prolonged end in their files, comments kept; a dry run tells the files and writes none.
    """
    edited(book, {"own_words!A4": "double shift", "own_words!C4": "usage", "exceptions!E2": "2027-06-30"})

    tried = call("rules", "lists", "import", book, "--rules", folder, "--dry-run")
    untouched = (folder / "lists" / "own.csv").read_text(encoding="utf-8")
    ended = call("rules", "lists", "import", book, "--rules", folder)

    assert (tried.code, untouched) == (0, TERMS)
    assert "own_words: term added: double shift (used by ACME-1)" in ended.out
    assert (folder / "lists" / "own.csv").read_text(encoding="utf-8") == TERMS + "double shift,,usage,\n"
    assert (
        (folder / "exceptions.yaml")
        .read_text(encoding="utf-8")
        .startswith("# Kept by the compliance desk.\n")
    )
    assert str(load_rulebook(folder).exceptions[0].expires) == "2027-06-30"


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"own_words!A4": "=1+1"}, ["own_words!A4: error[formula-cell]"]),
        ({"own_words!A4": 101}, ["own_words!A4: error[number-cell]"]),
        ({"own_words!A4": "one\ntwo"}, ["own_words!A4: error[several-lines]"]),
        ({"own_words!B5": "en"}, ["own_words!A5: error[empty-value]"]),
        ({"own_words!A6": "про*паспорт"}, ["own_words!A6: error[star-inside]"]),
        ({"own_words!D1": "remark"}, ["own_words!D1: error[unknown-column]"]),
        ({"own_words!A1": None}, ["own_words!A1: error[missing-key]"]),
        ({"about!A3": "more", "about!B3": "more"}, ["about!A3: error[unknown-sheet]"]),
        ({"about!A2": None}, ["about!A2: error[empty-value]", "own_words: error[unknown-sheet]"]),
        ({"exceptions!E2": "soon, {x: 1}"}, ["exceptions!E2: error[not-a-date]"]),
        ({"exceptions!A2": "ACME-9"}, ["exceptions!A2: error[unknown-rule]"]),
        ({"exceptions!D2": None}, ["exceptions!D2: error[empty-value]"]),
    ],
)  # fmt: skip
def test_faults_stand_at_their_cell_and_nothing_is_written(
    call: Call, folder: Path, book: Path, cells: dict[str, Any], faults: list[str]
) -> None:
    """
    Formulas, numbers, missing and misspelt things are told as workbook!sheet!cell; the rulebook stays as it was.
    """
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    ended = call("rules", "lists", "import", edited(book, cells), "--rules", folder, columns=400)

    assert ended.code == 2
    for fault in faults:
        assert f"{book}!{fault}" in ended.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_is_no_such_workbook_is_refused(call: Call, folder: Path, book: Path, tmp_path: Path) -> None:
    """
    A text, another workbook, one that defines entities, and a list nobody defines end with 2 and a reason.
    """
    text = tmp_path / "text.xlsx"
    text.write_text("term\n", encoding="utf-8")
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    hostile = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(hostile, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "xl/workbook.xml":
                data = data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
            target.writestr(part, data)

    for path, told in ((text, "not a workbook"), (other, "no sheet 'about'"), (hostile, "entities")):
        ended = call("rules", "lists", "import", path, "--rules", folder)
        assert (ended.code, told in ended.err) == (2, True), ended.err
    unknown = call("rules", "lists", "import", edited(book, {"about!B2": "others"}), "--rules", folder)
    assert (unknown.code, "defines no list `others`" in unknown.err) == (2, True)


_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), max_size=12).map(
    str.strip
)
_MARKED = st.builds(
    lambda mark, text: (mark + text).strip(), st.sampled_from(["=", "'", "'=", "+", "-", "@", "''="]), _TEXTS
)


@given(_TEXTS | _MARKED)
def test_a_shielded_text_is_never_run_and_comes_back(text: str) -> None:
    """
    No cell begins as a formula does, and what was shielded is what was written.
    """
    assert unshielded(shielded(text)) == text
    assert not shielded(text).lstrip().startswith(("=", "@"))


@settings(max_examples=25, deadline=None)
@given(
    terms=st.lists(st.tuples(*[_TEXTS | _MARKED] * 4).filter(lambda row: row[0]), max_size=6),
    exceptions=st.lists(st.tuples(*[_TEXTS] * len(ENTRY)).filter(any), max_size=3),
)
def test_rows_written_are_rows_read(
    terms: list[tuple[str, ...]], exceptions: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """
    Any texts of any script, and texts that look like formulas, make the round trip.
    """
    path = tmp_path_factory.mktemp("books") / "terms.xlsx"
    write_rule_workbook(
        path, [("a_list_with_a_name_longer_than_sheets_have", "T", "exact", terms)], exceptions
    )

    read = read_rule_workbook(path)

    (sheet,) = read.lists
    columns = ("term", "language", "source", "note")
    assert read.problems == ()
    assert [tuple(row.cells.get(name, "") for name in columns) for row in sheet.rows] == terms
    assert read.exceptions is not None
    assert [tuple(row.cells.get(name, "") for name in ENTRY) for row in read.exceptions.rows] == exceptions
