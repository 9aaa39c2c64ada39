"""
Term lists in CSV files, as spreadsheets write them and as people break them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.rulebook import ValueList, load_rulebook
from tests.rulebook.packs import pack, rule, told

_MORE = "lists:\n  - {id: own_words, title: Own words, match: whole_word, file: words/own.csv}\n"
_USE = rule("{field: activities, mentions: own_words}")


def _pack(folder: Path, content: bytes) -> Path:
    pack(folder, _USE, more=_MORE)
    (folder / "words").mkdir()
    (folder / "words" / "own.csv").write_bytes(content)
    return folder


def _read(folder: Path, content: bytes) -> ValueList:
    return load_rulebook(_pack(folder, content)).lists["own_words"]


@pytest.mark.parametrize(
    "content",
    [
        b"term,language,source,note\nlong shift,en,usage,\nnight shift,en,usage,\n",
        b"\xef\xbb\xbfterm;language;source;note\r\nlong shift;en;usage;\r\nnight shift;en;usage;\r\n",
        b"term\tlanguage\tsource\tnote\nlong shift\ten\tusage\t\n\n  \t\nnight shift\ten\tusage\t\n",
        b"language,term,note,source\nen,long shift,,usage\nen,night shift,,usage",
        b'term,language,source\n"long shift",en,usage\n"night shift",en,usage\n',
    ],
)
def test_a_list_is_read_however_the_spreadsheet_saved_it(content: bytes, tmp_path: Path) -> None:
    """
    Byte-order mark, separators, line ends, order of columns and blank lines make no difference.
    """
    read = _read(tmp_path, content)

    assert read.texts == ("long shift", "night shift")
    assert {(term.language, term.source) for term in read.terms} == {("en", "usage")}


def test_a_term_knows_its_line(tmp_path: Path) -> None:
    """
    Lines are counted as the editor counts them, also below a cell of two lines.
    """
    read = _read(tmp_path, b'term,note\nlong shift,"two\nlines"\nnight shift,\n')

    assert [term.location.line for term in read.terms] == [2, 4]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("empty-list", 0)),
        (b"word,term\nx,long shift\n", ("unknown-column", 1)),
        (b"term,lang\nlong shift,en\n", ("unknown-column", 1)),
        (b"term,term\nlong shift,x\n", ("duplicate-key", 1)),
        (b"term,note\nlong shift,\nlong, hard shift,en\n", ("ragged-row", 3)),
        (b"term,note\nlong shift,\n,only a note\n", ("empty-value", 3)),
        (b'term,note\nlong shift,\n"never closed,\n', ("csv-syntax", 3)),
        (b"term\nlong shift\nLong Shift\n", ("repeated-value", 3)),
        (b"term\nlong shift\n\xd1\xec\xe5\xed\xe0\n", ("not-utf-8", 3)),
        (b"term\nlong shift\nshi*ft\n", ("star-inside", 3)),
        (b"term\nlong shift\nfoo*\n", ("short-stem", 3)),
        (b"term\nlong shift\n***\n", ("empty-term", 3)),
        ("term\nlong shift\nкoрейцы на стройке\n".encode(), ("mixed-scripts", 3)),
        ("term\nlong shift\n대한민국\n".encode(), ("south-korean-term", 3)),
        (b"term\nlong shift\n" + b"x" * 300 + b"\n", ("long-term", 3)),
    ],
)  # fmt: skip
def test_a_fault_in_a_list_is_told_with_its_line(
    content: bytes, expected: tuple[str, int], tmp_path: Path
) -> None:
    """
    The file and the line are named; the rule that uses the list is not blamed.
    """
    problems = told(_pack(tmp_path, content))

    assert {(problem.id, problem.location.line) for problem in problems} == {expected}
    assert all(problem.location.path.endswith("own.csv") for problem in problems)


@pytest.mark.parametrize(
    ("field", "terms", "never_met"),
    [
        ("country", "[KP, Russia, NO]", ["Russia"]),
        ("addresses.region", "[RU-PRI, Приморский край]", ["Приморский край"]),
        ("addresses.city", "[Vladivostok, Владивосток]", ["Владивосток"]),
        ("goods.hs_code", '["HS:61", "62"]', ["62"]),
    ],
)
def test_a_term_that_no_value_can_equal_is_warned_of(
    field: str, terms: str, never_met: list[str], tmp_path: Path
) -> None:
    """
    Values are kept in their short form, so a list of other forms would never match.
    """
    match = "code_prefix" if "HS" in terms else "exact"
    more = f"lists:\n  - {{id: own, title: Own, match: {match}, terms: {terms}}}\n"
    problems = told(pack(tmp_path, rule(f"{{field: {field}, in_list: own}}"), more=more))

    assert [problem.id for problem in problems] == ["term-never-met"] * len(never_met)
    assert all(term in problem.message for term, problem in zip(never_met, problems, strict=True))
