"""
Outputs that fail: a full disk, a place nobody may write to, Ctrl-C. The message names the cure; nothing half-written stays.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path

import pytest

from laborscreen.cli import screening_run
from tests.cli.conftest import Call
from tests.cli.test_interrupted import DAY, made, screened, small_stretches, stop_after, suppliers

__all__ = ["small_stretches", "suppliers"]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="/dev/full, /sys and file size limits are of Linux"
)


def words(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("failing", "whole"),
    [
        ("out.jsonl", False),
        ("out.csv", False),
        ("out.xlsx", False),
        ("out.jsonl.rejects.csv", False),
        ("summary.json", True),
        ("page.html", True),
    ],
)
def test_a_full_disk_ends_with_2_and_leaves_no_half_file(
    call: Call, suppliers: Path, tmp_path: Path, failing: str, whole: bool
) -> None:
    """Whichever file meets the full disk, it is named with the cure, and nothing is promised that was not kept."""
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / f"{failing}.part").symlink_to("/dev/full")
    out = folder / (failing if failing.startswith("out.") and failing.count(".") == 1 else "out.jsonl")
    ended = call(
        "screen",
        suppliers,
        "-o",
        out,
        "--summary",
        folder / "summary.json",
        "--report",
        folder / "page.html",
        *DAY,
    )

    assert ended.code == 2
    assert f"{folder / failing}: the disk is full (free some space or write elsewhere)" in words(ended.err)
    assert "--resume" not in ended.err
    assert not (folder / failing).exists()
    assert out.exists() is whole
    assert not [one for one in folder.iterdir() if one.suffix in {".part", ".lock", ".resume", ".ids"}]


@pytest.mark.usefixtures("small_stretches")
@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_a_run_that_met_a_full_disk_goes_on(call: Call, suppliers: Path, tmp_path: Path, name: str) -> None:
    """What was screened before the disk was full is kept, the message says so, and --resume ends as if nothing had been."""
    screened(call, suppliers, tmp_path / "whole" / name, "--jobs", 1)
    size = (tmp_path / "whole" / name).stat().st_size
    out = tmp_path / "parts" / name
    out.parent.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, hard))
    try:
        ended = call("screen", suppliers, "-o", out, "--jobs", 1, *DAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    left = (out.exists(), out.with_name(f"{name}.part").exists())
    again = screened(call, suppliers, out, "--jobs", 1, "--resume")

    assert (ended.code, left) == (2, (False, True))
    assert f"{out}: the file grows larger than is allowed here (write elsewhere)" in words(ended.err)
    assert f"kept in {out}.part; the same command with --resume goes on from there" in words(ended.err)
    assert again == 3
    assert made(out) == made(tmp_path / "whole" / name)


def test_the_state_of_a_run_may_meet_the_full_disk_too(
    call: Call, suppliers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where not even the state can be written, nothing is kept and nothing is promised."""
    monkeypatch.setattr(screening_run, "_SAVED_EVERY", 0.0)
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "out.jsonl.resume.new").symlink_to("/dev/full")
    ended = call("screen", suppliers, "-o", folder / "out.jsonl", "--jobs", 1, *DAY)

    assert ended.code == 2
    assert "the disk is full" in ended.err
    assert "nothing was kept" in words(ended.err)
    assert [one.name for one in folder.iterdir()] == ["out.jsonl.resume.new"]


@pytest.mark.parametrize("option", ["-o", "--summary", "--report"])
def test_a_place_nobody_may_write_to_is_named(
    call: Call, suppliers: Path, tmp_path: Path, option: str
) -> None:
    """A read-only folder ends the run with 2 and the cure."""
    suffix = ".html" if option == "--report" else ".jsonl"
    folder = Path("/sys")  # where not even the superuser may make a file
    if os.geteuid():
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o555)
    ended = call("screen", suppliers, option, folder / f"out{suffix}", *DAY)

    assert ended.code == 2
    assert "may not be written (choose another place, or close the file)" in words(ended.err)
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", ["out.jsonl", "out.xlsx"])
def test_ctrl_c_before_anything_was_kept_says_so(
    call: Call, suppliers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where there is no state to go on from, no part stays and the message speaks of no --resume."""
    monkeypatch.setattr(screening_run, "_SAVED_EVERY", 3_600.0)
    folder, waiting = tmp_path / "results", tmp_path / "waiting"
    folder.mkdir(), waiting.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(waiting))
    stop_after(monkeypatch, 1, KeyboardInterrupt())
    ended = call("screen", suppliers, "-o", folder / name, "--jobs", 1, *DAY)

    assert ended.code == 130
    assert words(ended.err) == (
        f"laborscreen: stopped; nothing was kept; {folder / name} is as it was before, and the same command begins anew"
    )
    assert not [*folder.iterdir(), *waiting.iterdir()]


def test_an_earlier_result_outlives_a_run_that_fails(
    call: Call, suppliers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Last night's result stays whole under its name when tonight's run is stopped."""
    out = tmp_path / "out.jsonl"
    screened(call, suppliers, out)
    before = out.read_bytes()
    stop_after(monkeypatch, 1, KeyboardInterrupt())
    stopped = screened(call, suppliers, out, "--as-of", "2026-07-01")

    assert stopped == 130
    assert out.read_bytes() == before
