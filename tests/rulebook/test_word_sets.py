"""Sets of words: written once, named by the terms of other lists, wherever they are defined."""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen import Record, Screener
from laborscreen.rulebook import check_rulebook, load_rulebook

RULE = """
rules:
  - id: MY-DOC-001
    version: 1
    status: draft
    axis: forced_labour
    group: papers
    strength: strong
    title: Papers kept
    when: {field: observations.text, mentions: kept_papers}
    because: A text tells of papers that are kept
    ask: Who keeps the papers?
"""
LISTS = """
lists:
  - {id: kept_papers, title: Papers kept, match: whole_word, terms: [<papers> ... (locked up|<kept>)]}
  - {id: papers, title: Papers, match: words, terms: [passport*, identity cards]}
  - {id: kept, title: Kept, match: words, terms: [%s]}
"""


def _folder(tmp_path: Path, words: str = "seized, taken away") -> Path:
    (tmp_path / "rules.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "lists.yaml").write_text(LISTS % words, encoding="utf-8")
    return tmp_path


def _says(folder: Path, text: str) -> list[object]:
    screener = Screener(rules=folder, watchlists=(), include=("draft",))
    record = Record(id="1", name="Duval", observations=[{"text": text}])
    return [one.value for flag in screener.screen(record).flags for one in flag.evidence]


def test_a_term_finds_every_word_of_the_sets_it_names(tmp_path: Path) -> None:
    """The set may stand after the list that names it."""
    folder = _folder(tmp_path)

    assert _says(folder, "The identity cards were taken away.") == ["identity cards ... taken away"]
    assert _says(folder, "All passports are locked up.") == ["passports ... locked up"]
    assert _says(folder, "The passports are in order.") == []


def test_a_word_added_to_a_set_is_found_by_every_term_and_changes_the_digest(tmp_path: Path) -> None:
    """One line in one place; a result says by its digest that the rules were others."""
    before = load_rulebook(_folder(tmp_path)).digest
    folder = _folder(tmp_path, "seized, taken away, impounded")

    assert _says(folder, "Passports were impounded.") == ["passports ... impounded"]
    assert load_rulebook(folder).digest != before


@pytest.mark.parametrize(("most", "refused"), [(5, False), (4, True)])
def test_a_list_that_comes_to_too_many_phrases_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, refused: bool
) -> None:
    """Each phrase counts once, however often it is written: two papers, and three words for what is done with them."""
    monkeypatch.setattr("laborscreen.rulebook.list_reading.MAX_PHRASES", most)
    folder = _folder(tmp_path, "seized, taken away")
    lists = folder / "lists.yaml"
    lists.write_text(
        lists.read_text(encoding="utf-8").replace("(locked up|", "(locked up|locked up|"), encoding="utf-8"
    )

    assert ("too-many-terms" in {problem.id for problem in check_rulebook(folder)}) is refused


def test_a_set_that_is_not_there_is_told_with_the_name_that_was_meant(tmp_path: Path) -> None:
    """The place is the term's."""
    folder = _folder(tmp_path)
    text = (folder / "lists.yaml").read_text(encoding="utf-8").replace("<papers>", "<paper>")
    (folder / "lists.yaml").write_text(text, encoding="utf-8")

    (problem,) = [one for one in check_rulebook(folder) if one.id == "unknown-set"]

    assert problem.location.line == 3
    assert "papers" in problem.hint


@pytest.mark.parametrize("odd", ["<papers", "papers>", "<pa-pers>", "<документы>"])
def test_a_name_of_a_set_that_is_not_closed_or_oddly_written_is_told(tmp_path: Path, odd: str) -> None:
    """It would be looked for letter by letter, and never met."""
    folder = _folder(tmp_path)
    text = (folder / "lists.yaml").read_text(encoding="utf-8").replace("<papers>", odd)
    (folder / "lists.yaml").write_text(text, encoding="utf-8")

    (problem,) = [one for one in check_rulebook(folder) if one.id == "unknown-set"]

    assert problem.message == f"`{odd}` names no set of words"


def test_a_set_no_term_names_is_told(tmp_path: Path) -> None:
    """Like a list no rule uses."""
    folder = _folder(tmp_path)
    text = (folder / "lists.yaml").read_text(encoding="utf-8").replace("|<kept>", "|taken")
    (folder / "lists.yaml").write_text(text, encoding="utf-8")

    assert [one.message for one in check_rulebook(folder) if one.id == "unused-list"] == [
        "no rule uses the list `kept`"
    ]
