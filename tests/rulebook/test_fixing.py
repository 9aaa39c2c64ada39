"""
``rules check --fix``: what has one cure only is mended in place, and nothing else is touched.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import OutputError
from laborscreen.rulebook import Examined, check_rulebook, examine_rulebook, mend_rulebook
from laborscreen.rulebook.fixing import _meaning_kept
from tests.rulebook.packs import DAY, pack, rule

_BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


_BLOCK = "\n      {}\n      where: {{field: visa, is: student}}"


def mended(folder: Path) -> str:
    """Mend the one rule file of a folder and return its text."""
    mend_rulebook(folder, today=DAY).write()
    return (folder / "rules.yaml").read_bytes().decode("utf-8")


def errors_of(found: Examined) -> int:
    """Return how many errors were found."""
    return sum(problem.severity == "error" for problem in found.problems)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{field: соuntry, is: KP}", "{field: country, is: KP}"),
        ("{field: Country, is: KP}", "{field: country, is: KP}"),
        ("{fіeld: country, is: KP}", "{field: country, is: KP}"),
        ("{field: country, is-one-of: [KP]}", "{field: country, is_one_of: [KP]}"),
        ("{field: country, is: North Korea}", "{field: country, is: KP}"),
        ("{field: country, is: 'North Korea'}", "{field: country, is: KP}"),
        ("{field: country, is: “KP”}", "{field: country, is: KP}"),
        ("{field: country, is: Norway}", "{field: country, is: NO}"),
        ("{field: country, is_one_of: KP}", "{field: country, is_one_of: [KP]}"),
        ("{field: founded, before: 22.12.2019}", "{field: founded, before: 2019-12-22}"),
        ("{field: workforce.visa, is: учебная}", "{field: workforce.visa, is: student}"),
        ("{field: workforce.hours_per_day, at_least: 016}", "{field: workforce.hours_per_day, at_least: 16}"),
        ("{field: workforce.gross_pay_month, below: 1_000}", "{field: workforce.gross_pay_month, below: 1000}"),
        ("{field: activities, mentions: DPRK-Workers}", "{field: activities, mentions: dprk_workers}"),
        ("{Some: workforce, where: {field: visa, is: student}}", "{some: workforce, where: {field: visa, is: student}}"),
        ("{some: Workforce, where: {field: visa, is: student}}", "{some: workforce, where: {field: visa, is: student}}"),
        (_BLOCK.format("some:workforce"), _BLOCK.format("some: workforce")),
        ("\n      all:\n\t\t- {field: country, is: KP}", "\n      all:\n        - {field: country, is: KP}"),
    ],
)  # fmt: skip
def test_what_has_one_cure_is_mended(written: str, meant: str, tmp_path: Path) -> None:
    """
    The mended file is what a careful colleague would have written, character for character, and it is in order.
    """
    text = mended(pack(tmp_path, rule(written)))

    assert text == "rules:\n" + rule(meant)
    assert not [problem for problem in check_rulebook(tmp_path, today=DAY) if problem.severity == "error"]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("ask: Time sheets: which?", 'ask: "Time sheets: which?"'),
        ("ask: @office which?", 'ask: "@office which?"'),
        ("title: “A rule”", 'title: "A rule"'),
        ("title: A\u00a0rule", "title: A rule"),
        ("title: A\u200b rule", "title: A rule"),
        ("false_positives: A clerical error", "false_positives: [A clerical error]"),
        ("axis: Forced-Labour", "axis: forced_labour"),
        ("Owner: compliance", "owner: compliance"),
        ("valid_from: 5 March 2024", "valid_from: 2024-03-05"),
    ],
)
def test_lines_of_a_rule_are_mended(line: str, meant: str, tmp_path: Path) -> None:
    """
    So it is outside the condition.
    """
    key = line.partition(":")[0].lower()
    sound = rule("{field: country, is: KP}")
    lines = [one for one in sound.splitlines(keepends=True) if not one.strip().startswith(f"{key}:")]
    before, after = ("rules:\n" + "".join((*lines, f"    {one}\n")) for one in (line, meant))
    (tmp_path / "rules.yaml").write_text(before, encoding="utf-8")

    assert mended(tmp_path) == after


@pytest.mark.parametrize(
    "written",
    [
        "{field: countri, is: KP}",
        "{field: workforce.hours_per_day, at_least: '16 h'}",
        "{field: workforce.gross_pay_month, below: '1,000'}",
        "{field: country, is: Korea}",
        "{field: country, is: 03/04/2019}",
        "{field: founded, before: 03/04/2019}",
        "{field: country, is: KP, Is: RU}",
        "{field: workforce.hours_per_day, at_most: 16, at_least: 10}",
        "{field: activities, is_one_of: KP}",
    ],
)
def test_what_may_mean_several_things_is_left_to_people(written: str, tmp_path: Path) -> None:
    """
    A nearest guess is a hint, never a mend.
    """
    before = "rules:\n" + rule(written)

    assert mended(pack(tmp_path, rule(written))) == before


def test_comments_layout_line_ends_and_mark_stay(tmp_path: Path) -> None:
    """
    Only the faulty characters change in a file saved by a Windows editor with odd spacing and comments.
    """
    text = "# about us\nrules:   # ours\n" + rule("{ field:  country ,  is:  Norway }   # why") + "\n\n# end"
    content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    (tmp_path / "rules.yaml").write_bytes(content)
    (tmp_path / "rules.yaml").chmod(0o640)

    mend_rulebook(tmp_path, today=DAY).write()

    assert (tmp_path / "rules.yaml").read_bytes() == content.replace(b"Norway", b"NO")
    assert (tmp_path / "rules.yaml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["rules.yaml"]


def test_a_mend_says_what_it_changed(tmp_path: Path) -> None:
    """
    Each change is told with its place, what stood there and what stands there now.
    """
    (mend,) = mend_rulebook(pack(tmp_path, rule("{field: country, is: Norway}")), today=DAY).mends

    assert (mend.id, mend.before, mend.after) == ("unknown-value", "Norway", "NO")
    assert (mend.location.line, mend.location.column) == (9, 32)


def test_a_sound_entry_never_means_something_else(tmp_path: Path) -> None:
    """
    Curly quotes in a word that a sound rule or list looks for are told and left: taking them out would change what is found.
    """
    words = "lists:\n  - {id: own, title: Own, match: exact, terms: [“night”, day]}\n"
    looks = rule("{field: observations.source, is: “BBC”}", id="ACME-2")
    folder = pack(tmp_path, rule("{field: observations.source, in_list: own}"), looks, more=words)
    before = (folder / "rules.yaml").read_text(encoding="utf-8")

    assert {problem.id for problem in check_rulebook(folder, today=DAY)} == {"curly-quotes"}
    assert mended(folder) == before


def test_a_mend_beside_one_that_is_given_up_is_made(tmp_path: Path) -> None:
    """
    One change of meaning keeps no other mend from being made.
    """
    words = "lists:\n  - {id: own, title: Own, match: exact, terms: [“night”, day]}\n"
    both = (
        rule("{field: observations.source, in_list: own}"),
        rule("{field: country, is: Norway}", id="ACME-2"),
    )
    text = mended(pack(tmp_path, *both, more=words))

    assert "“night”" in text
    assert "is: NO}" in text


def test_a_file_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    """
    What somebody saved while the rulebook was read is never overwritten.
    """
    found = mend_rulebook(pack(tmp_path, rule("{field: country, is: Norway}")), today=DAY)
    (tmp_path / "rules.yaml").write_text("rules: []\n", encoding="utf-8")

    with pytest.raises(OutputError, match="changed while"):
        found.write()
    assert (tmp_path / "rules.yaml").read_text(encoding="utf-8") == "rules: []\n"
    assert [path.name for path in tmp_path.iterdir()] == ["rules.yaml"]


@pytest.mark.parametrize("path", _BROKEN, ids=lambda path: path.stem)
def test_broken_files_are_mended_without_harm(path: Path, tmp_path: Path) -> None:
    """
    Mending a broken file leaves comments and lines in place, never adds a fault, and finds nothing to do a second time.
    """
    shutil.copy(path, tmp_path / "rules.yaml")
    before = examine_rulebook(tmp_path, today=DAY)
    old = (tmp_path / "rules.yaml").read_text(encoding="utf-8")

    new = mended(tmp_path)

    after = examine_rulebook(tmp_path, today=DAY)
    assert new.count("\n") == old.count("\n")
    assert [line.partition("#")[2] for line in new.splitlines()] == [
        line.partition("#")[2] for line in old.splitlines()
    ]
    assert errors_of(after) <= errors_of(before)
    assert _meaning_kept(before, after)
    assert mend_rulebook(tmp_path, today=DAY).mends == ()


_DAMAGE = {
    "country": ["соuntry", "Country", "country\u200b", "“country”", "countri"],
    "is:": ["IS:", "is :", "is_one_of:", "iѕ:"],
    "KP": ["North Korea", "“KP”", "КНДР", "Korea", "[KP]", "kp"],
    "at_least: 16": ["at_least: 016", "at_least: 1_6", "at_least: 16,0", "at-least: 16", "at_least:16"],
    "title: A rule": [
        "title: A: rule",
        "title: @rule",
        "title:\u00a0A rule",
        "\ttitle: A rule",
        "title: “A” rule",
    ],
}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mending_is_harmless_whatever_the_damage(data: st.DataObject, tmp_path: Path) -> None:
    """
    A law: whatever is wrong with one rule, the sound one beside it says the same after mending.

    No error is added, save those that a fault of syntax hid, and mending again does nothing.
    """
    crew = "{all: [{field: country, is: KP}, {some: workforce, where: {field: hours_per_day, at_least: 16}}]}"
    damaged = rule(crew)
    for good in data.draw(st.lists(st.sampled_from(sorted(_DAMAGE)), min_size=1, max_size=3, unique=True)):
        damaged = damaged.replace(good, data.draw(st.sampled_from(_DAMAGE[good])), 1)
    folder = pack(tmp_path, damaged, rule("{field: role, is: supplier}", id="ACME-2"))
    before = examine_rulebook(folder, today=DAY)

    mended(folder)

    after = examine_rulebook(folder, today=DAY)
    sound = next(one for one in after.parts.rules if one.id == "ACME-2")
    assert sound.when == next(one for one in before.parts.rules if one.id == "ACME-2").when
    hidden = any(one.id == "yaml-syntax" for one in before.problems)
    assert hidden or errors_of(after) <= errors_of(before)
    assert mend_rulebook(folder, today=DAY).mends == ()
