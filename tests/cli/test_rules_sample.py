"""
``laborscreen rules sample`` and ``rules precision``.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call


def test_a_sheet_is_drawn_once_and_read_back(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    A sheet is written, is never overwritten, and gives its counts as JSON and as a table.
    """
    sheet = tmp_path / "sheet.xlsx"
    first = call("rules", "sample", vendors, "--as-of", "2026-06-30", "-o", sheet)
    before = sheet.read_bytes()
    again = call("rules", "sample", vendors, "--as-of", "2026-06-30", "-o", sheet)
    told = json.loads(call("rules", "precision", sheet, "--json").out)

    assert (first.code, again.code) == (0, 2)
    assert sheet.read_bytes() == before
    assert told["whole"]["unlabelled"] == 1
    assert {line["side"] for line in told["lines"]} == {"over", "under"}
    assert "95% interval" in call("rules", "precision", sheet).out


def test_what_is_no_sheet_is_refused(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    Another kind of file is told of, for writing and for reading.
    """
    assert call("rules", "sample", vendors, "-o", tmp_path / "sheet.csv").code == 2
    assert call("rules", "precision", vendors).code == 2
