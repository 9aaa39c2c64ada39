"""
How problems and conditions are shown to people, and how the sentence of a rule is cut up.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.errors import Problem
from laborscreen.rulebook import Renderer, in_english, load_rulebook, pieces_of
from laborscreen.source import Location
from tests.rulebook.packs import only_rule, pack, rule, told


def test_a_problem_is_drawn_with_its_line_and_a_caret(tmp_path: Path) -> None:
    """
    The place, the line, a caret under the word, one cure.
    """
    folder = pack(tmp_path, rule("{field: contry, is: KP}"))
    (problem,) = told(folder)

    assert Renderer().render(problem).splitlines() == [
        f"{folder}/rules.yaml:9:19: error[unknown-field]: `contry` is not a record field",
        "    9 |     when: {field: contry, is: KP}",
        "      |                   ^^^^^^",
        "   hint: did you mean `country`?",
    ]


@pytest.mark.parametrize(
    ("line", "column", "length", "caret"),
    [
        ("a: 북한 노동자", 4, 2, "   ^^^^"),
        ("북한: x", 5, 1, "      ^"),
        ("e\u0301: x", 5, 1, "   ^"),
        ("a: b", 1, 99, "^^^^"),
    ],
)
def test_the_caret_stands_under_wide_letters(
    line: str, column: int, length: int, caret: str, tmp_path: Path
) -> None:
    """
    Korean and Chinese letters are two columns wide on a terminal, accents none.
    """
    path = tmp_path / "rules.yaml"
    path.write_text(line, encoding="utf-8")

    drawn = Renderer().render(Problem("x", Location(str(path), 1, column), "m", "", length)).splitlines()

    assert drawn[2] == "      | " + caret


def test_nothing_from_a_file_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    """
    Control and direction marks are shown escaped, in the line as in the message.
    """
    path = tmp_path / "rules.yaml"
    path.write_text("a: \x1b[31mred\u202e\n", encoding="utf-8")

    drawn = Renderer().render(Problem("x", Location(str(path), 1, 4), "\x1b[2J", "\u202e", 3))

    assert not {"\x1b", "\u202e"} & set(drawn)


def test_a_problem_without_a_readable_line_is_drawn_without_one(tmp_path: Path) -> None:
    """
    A file that is gone, or a fault of the whole file, has no line to show.
    """
    gone = Problem("x", Location(str(tmp_path / "gone.yaml"), 3, 1), "m", "h")

    assert len(Renderer().render(gone).splitlines()) == 2


def test_long_lines_are_cut_around_the_caret(tmp_path: Path) -> None:
    """
    One line of a hundred thousand letters does not fill the screen.
    """
    path = tmp_path / "rules.yaml"
    path.write_text("a" * 50_000 + "HERE" + "b" * 50_000, encoding="utf-8")

    _, shown, caret = Renderer().render(Problem("x", Location(str(path), 1, 50_001), "m", "", 4)).splitlines()

    start = caret.index("^")
    assert shown[start : start + 4] == "HERE"
    assert len(shown) < 200


ENGLISH = {
    "{field: country, is: KP}": ["the country is KP"],
    "{field: country, is_one_of: [KP, RU, CN]}": ["the country is KP, RU or CN"],
    "{field: remote_work.vpn, is: persistent, if_missing: no_match}": [
        "the remote work: vpn is persistent (not told counts as no)"
    ],
    "{not: {field: role, is_known: true}}": ["not: the role is told"],
    "{some: workforce, where: {field: hours_per_day, at_least: 16}}": [
        "for some entry of workforce: the hours per day is at least 16 hours"
    ],
    "{field: workforce.minder_present, is: true}": ["for some entry of workforce: “minder present” is yes"],
    "{field: founded, on_or_after: 2017-09-11}": ["the founded lies on 11 September 2017 or later"],
    "{at_least: 2, of: [{field: country, is: KP}, {field: role, is: supplier}, {field: kind, is: person}]}": [
        "at least 2 of these:",
        "  the country is KP",
        "  the role is supplier",
        "  the kind is person",
    ],
    "{share: workforce.headcount, where: {field: nationality, is_known: true}, at_least: 80}": [
        "the share of headcount of workforce is at least 80 percent, counting entries where the nationality is told"
    ],
    "{field: observations.text, mentions: extreme_hours}": [
        "for some entry of observations: the text mentions words of the list extreme_hours"
    ],
    "{field: name, on_watchlist: any}": ["the name resembles a name on any watchlist"],
    "{field: remote_work.login_countries, differs_from: remote_work.claimed_country}": [
        "one of the remote work: login countries differs from the remote work: claimed country"
    ],
}


@pytest.mark.parametrize("written", ENGLISH)
def test_a_condition_is_told_in_english(written: str, tmp_path: Path) -> None:
    """
    Each word of the language has its words in English.
    """
    assert list(in_english(only_rule(tmp_path, written).when)) == ENGLISH[written]


def test_every_shipped_rule_can_be_told_in_english() -> None:
    """
    No shipped condition is without words, and lists are told with their titles.
    """
    rulebook = load_rulebook()
    for made in rulebook.rules:
        lines = in_english(made.when, rulebook.lists)
        assert all(line.strip() for line in lines)
        assert not any("Test(" in line for line in lines)


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("plain", [("plain", False)]),
        ("{country}", [("country", True)]),
        ("in {country} on {workforce.visa}", [("in ", False), ("country", True), (" on ", False), ("workforce.visa", True)]),
        ("{{country}}", [("{country}", False)]),
        ("{country.__class__}", [("{country.__class__}", False)]),
        ("{0}{}{country!r}{country:>9}", [("{0}{}{country!r}{country:>9}", False)]),
        ("", []),
    ],
)  # fmt: skip
def test_only_names_of_fields_are_filled_in(sentence: str, pieces: list[tuple[str, bool]]) -> None:
    """
    Nothing but a field's name is ever looked up; anything else stays text.
    """
    assert [(piece.text, piece.is_field) for piece in pieces_of(sentence)] == pieces
