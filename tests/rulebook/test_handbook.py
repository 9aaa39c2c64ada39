"""
The page of the rulebook: complete, and what the rules say today.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from laborscreen.rulebook import load_rulebook
from laborscreen.rulebook.handbook import as_handbook

ROOT = Path(__file__).resolve().parents[2]

RULE = """
rules:
  - id: X-ABC-001
    title: Pay <below> *half*
    status: stable
    version: 1
    axis: forced_labour
    group: pay
    strength: strong
    when: {field: workforce.hours_per_day, at_least: 16}
    because: Long days
    ask: The time sheets.
    false_positives: [An emergency]
    references: [{source: ilo-indicators, where: indicator 11, says: Overtime}]
    tests:
      - {name: long, expect: match, record: {workforce: [{hours_per_day: 17}]}}
      - {name: short, expect: no_match, record: {workforce: [{hours_per_day: 8}]}}
      - {name: silent, expect: unknown, record: {}}
"""


def test_the_pages_in_docs_are_what_the_rules_say() -> None:
    """docs/rulebook.md and the table in docs/fairness.md are up to date (`make docs` writes them anew)."""
    ended = subprocess.run(
        [sys.executable, ROOT / "scripts" / "write_docs.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")


def test_every_rule_guard_and_source_has_its_heading() -> None:
    """Nothing of the shipped rulebook is left out, and every reference leads to a heading."""
    book = load_rulebook()
    headings = {line[4:] for line in as_handbook(book).splitlines() if line.startswith("### ")}

    assert headings == set(book.by_id) | {guard.id for guard in book.guards} | set(book.sources)


def test_a_rule_is_told_with_all_a_reader_asks_for(tmp_path: Path) -> None:
    """Strength, condition, innocent explanation, source and tests stand there; marks of Markdown are shown, not obeyed."""
    (tmp_path / "rules.yaml").write_text(RULE, encoding="utf-8")

    page = as_handbook(load_rulebook(tmp_path))

    assert "**Pay \\<below\\> \\*half\\***" in page
    assert "for some entry of workforce: the hours per day is at least 16 hours" in page
    assert "- Could also be: An emergency" in page
    assert "](#ilo-indicators), indicator 11: Overtime" in page
    assert "- Tests: long (match); short (no match); silent (unknown)" in page
