"""The prepared rulebook says what the files say, or is left alone."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from laborscreen.rulebook import prepared
from laborscreen.rulebook.loading import prepare_shipped
from laborscreen.rulebook.prepared import PREPARED, prepared_parts
from laborscreen.rulebook.shipped import shipped_folder
from laborscreen.text import pattern_of


def test_the_prepared_rulebook_is_what_the_files_say() -> None:
    """
    The text beside the code is what preparing the files gives today.
    """
    assert PREPARED.read_text(encoding="utf-8") == prepare_shipped(), "write it anew with `make docs`"


def test_reading_it_gives_what_reading_the_files_gives() -> None:
    """
    Every part is equal, of the same kind, and what a text is searched for is what the terms say.
    """
    from laborscreen.rulebook.assembly import assemble
    from laborscreen.rulebook.faults import Faults
    from laborscreen.rulebook.folder import RulebookFolder

    found = prepared_parts(shipped_folder())
    faults = Faults()
    read = assemble(RulebookFolder(shipped_folder(), faults), None, faults, trusting=True)

    assert found is not None
    assert found == (read, faults.problems())
    for one in fields(read):
        assert type(getattr(found[0], one.name)) is type(getattr(read, one.name))
    assert repr(found[0].rules) == repr(read.rules)
    for made in found[0].lists.values():
        wanted = tuple(map(pattern_of, made.texts)) if made.match == "whole_word" else ()
        assert made.patterns == wanted


def test_lists_survive_pickling() -> None:
    """
    A prepared list is the same list after it went to another process.
    """
    found = prepared_parts(shipped_folder())

    assert found is not None
    lists = list(found[0].lists.values())
    assert pickle.loads(pickle.dumps(lists)) == lists


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped rules."""
    return Path(shutil.copytree(shipped_folder(), tmp_path / "rules"))


def test_an_unchanged_copy_is_recognised(copy: Path) -> None:
    """
    Only what stands in the files counts, not where they lie; places point into the folder that is read.
    """
    found = prepared_parts(copy)

    assert found is not None
    assert all(Path(rule.location.path).is_relative_to(copy) for rule in found[0].rules)


@pytest.mark.parametrize("change", ["edit a rule", "edit a list", "add a file", "take a file away"])
def test_an_edited_rulebook_is_read(copy: Path, change: str) -> None:
    """
    Where a file was edited, added or taken away, nothing prepared is used.
    """
    a_rule, a_list = min(copy.rglob("*.yaml")), min(copy.rglob("*.csv"))
    match change:
        case "edit a rule":
            a_rule.write_bytes(a_rule.read_bytes() + b"# looked over\n")
        case "edit a list":
            a_list.write_bytes(a_list.read_bytes() + b"one more term,,,\n")
        case "add a file":
            (copy / "own.yml").write_text("rules: []\n", encoding="utf-8")
        case _:
            a_list.unlink()

    assert prepared_parts(copy) is None


def test_a_damaged_text_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """
    A prepared text that was changed by a letter is not used, and the log says so.
    """
    text = PREPARED.read_bytes()
    damaged = tmp_path / "shipped.json"
    damaged.write_bytes(text.replace(b"LS-NAT-001", b"LS-NAT-002", 1))
    monkeypatch.setattr(prepared, "PREPARED", damaged)

    assert prepared_parts(shipped_folder()) is None
    assert "damaged" in caplog.text
