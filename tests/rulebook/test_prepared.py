"""The prepared rulebook says what the files say, or is left alone."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from laborscreen.prepared import DamagedTableWarning
from laborscreen.rulebook import prepared
from laborscreen.rulebook.loading import prepare_shipped
from laborscreen.rulebook.prepared import PREPARED, prepared_parts
from laborscreen.rulebook.shipped import shipped_folder
from laborscreen.rulebook.term import Term, pack_terms
from laborscreen.source import Location
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
        patterns = made.patterns
        assert (patterns is not None) == (made.match == "whole_word")
        if patterns is not None:
            assert list(map(patterns.pattern, range(len(made.texts)))) == list(map(pattern_of, made.texts))


def test_lists_and_tests_survive_pickling() -> None:
    """
    A prepared list or rule is the same after it went to another process.
    """
    found = prepared_parts(shipped_folder())

    assert found is not None
    lists, rules = list(found[0].lists.values()), found[0].rules
    assert pickle.loads(pickle.dumps((lists, rules))) == (lists, rules)


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


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace(b"LS-NAT-001", b"LS-NAT-002", 1),
        lambda text: text[: len(text) // 2],
        lambda text: b"not JSON\n" + text,
        lambda text: b"[]\n" + text,
        lambda text: b"{}\n" + text,
        lambda text: b"",
    ],
)
def test_a_damaged_text_is_told_and_the_files_are_read(
    damage: Callable[[bytes], bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """
    A prepared text that was changed by a letter, cut off or overwritten is not used, and a warning and the log name it.
    """
    damaged = tmp_path / "shipped.json"
    damaged.write_bytes(damage(PREPARED.read_bytes()))
    monkeypatch.setattr(prepared, "PREPARED", damaged)

    with pytest.warns(DamagedTableWarning, match="shipped.json is damaged.*install laborscreen again"):
        assert prepared_parts(shipped_folder()) is None
    assert "damaged" in caplog.text


def test_a_run_on_a_damaged_installation_says_so_and_gives_the_same(tmp_path: Path) -> None:
    """
    The command line names the damaged or missing table on one line, without a traceback, and lists the same rules.
    """
    script = """
import sys
from pathlib import Path
from laborscreen.rulebook import prepared
if len(sys.argv) > 3:
    prepared.PREPARED = Path(sys.argv.pop())
from laborscreen.cli import main
main()
"""

    def run(*table: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-c", script, "rules", "list", *table]
        return subprocess.run(call, capture_output=True, text=True, check=True, cwd=tmp_path)

    whole, gone = run(), run("gone.json")

    assert (whole.stderr, whole.stdout) == ("", gone.stdout)
    assert gone.stderr.startswith("laborscreen: gone.json cannot be read (No such file or directory); ")
    assert gone.stderr.count("\n") == 1


def test_a_term_of_two_lines_cannot_be_packed() -> None:
    """
    Terms are kept one a line, so that one with a line break is refused rather than read as two.
    """
    term = Term("two\nlines", "en", "", "", Location("a.yaml", 1, 1), "two\nlines")

    with pytest.raises(ValueError, match="runs over a line"):
        pack_terms([term], None, ["a.yaml"])
