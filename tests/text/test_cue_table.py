"""The cues as they were prepared, and the table they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.prepared import DamagedTableWarning
from laborscreen.text import cue_table
from laborscreen.text.cue_table import PREPARED, TABLE, load_table, prepare_cues, read_table


def test_the_prepared_cues_are_what_the_table_says() -> None:
    """
    The text beside the code is what preparing the table gives today, and reading it gives what reading the table gives.
    """
    assert PREPARED.read_text(encoding="utf-8") == prepare_cues(), "write it anew with `make docs`"
    assert load_table() == read_table(TABLE.read_text(encoding="utf-8"))


def test_of_an_edited_table_nothing_prepared_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where a cue was added, it is found, whatever was prepared.
    """
    edited = tmp_path / "cues.csv"
    edited.write_text(TABLE.read_text(encoding="utf-8") + "by no stretch,en,negation\n", encoding="utf-8")
    monkeypatch.setattr(cue_table, "TABLE", edited)

    assert load_table().cues[-1].words == "by no stretch"


def test_damaged_cues_are_told_and_the_table_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A prepared table that was cut off is named, and the cues are those of its source.
    """
    damaged = tmp_path / "cues.json"
    damaged.write_bytes(PREPARED.read_bytes()[:-100])
    monkeypatch.setattr(cue_table, "PREPARED", damaged)

    with pytest.warns(DamagedTableWarning, match="cues.json is damaged"):
        found = load_table()
    assert found == read_table(TABLE.read_text(encoding="utf-8"))
