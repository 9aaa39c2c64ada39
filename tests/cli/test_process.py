"""
The program as the shell sees it: signals, pipes, terminals, hash seeds.
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from laborscreen.formats.writers import Target

PROGRAM = [sys.executable, "-m", "laborscreen"]
ESCAPE = "\x1b["


def start(*arguments: object, **more: object) -> subprocess.Popen[str]:
    """
    Start the program with its output caught.
    """
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )


def on_terminal(*arguments: object, columns: int = 100, **environment: str) -> str:
    """
    Run the program with standard error on a terminal of so many *columns*, and return what appeared there.
    """
    ours, theirs = pty.openpty()
    settings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns), **environment}
    with subprocess.Popen(
        [*PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=theirs, env=settings
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            ready, _, _ = select.select([ours], [], [], 30)
            try:
                piece = os.read(ours, 65_536) if ready else b""
            except OSError:  # the other end is closed
                piece = b""
            if not piece:
                break
            shown += piece
        process.wait(timeout=30)
    os.close(ours)
    return shown.decode()


def many(tmp_path: Path, rows: int) -> Path:
    """
    Write a file of so many rows.
    """
    path = tmp_path / "many.csv"
    lines = [f"V-{number},Supplier {number},Russia,note {number}" for number in range(rows)]
    path.write_text("\n".join(["id,name,country,remarks", *lines]) + "\n", encoding="utf-8")
    return path


def test_ctrl_c_ends_with_130_and_says_how_to_go_on(tmp_path: Path) -> None:
    """
    A run stopped in the middle leaves no file under the final name, says what is kept, and goes on when told to.
    """
    out = tmp_path / "out.jsonl"
    process = start("screen", many(tmp_path, 60_000), "-o", out, "--watchlist", "none", "--jobs", 2)
    state = tmp_path / "out.jsonl.resume"
    deadline = time.monotonic() + 60
    while not state.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)

    assert process.returncode == 130
    assert told == (
        f"laborscreen: stopped; what was screened is kept in {out}.part; the same command with --resume goes on from "
        "there\n"
    )
    assert not out.exists()


def test_a_reader_who_has_gone_ends_the_program_quietly() -> None:
    """
    ``laborscreen fields | head -1`` says nothing about a broken pipe.
    """
    with start("fields", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (0, "")


@pytest.mark.parametrize(
    "arguments", [("rules", "list"), ("fields",), ("lists", "search", "embedded", "Kim")]
)
def test_every_verb_ends_quietly_when_its_reader_has_gone(arguments: tuple[str, ...]) -> None:
    """
    ``laborscreen ... | head -1`` ends with 0 and without a word, whatever the verb.
    """
    with start(*arguments) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (0, "")


@pytest.mark.parametrize(("level", "code"), [("refer", 1), (None, 0)])
def test_a_summary_nobody_reads_changes_no_exit_code(vendors: Path, level: str | None, code: int) -> None:
    """
    ``laborscreen screen ... 2>&1 | head -1`` ends as it would have ended.
    """
    wanted = ("--fail-on", level) if level else ()
    with start("screen", vendors, *wanted) as process:
        assert process.stderr is not None
        process.stderr.close()

    assert process.returncode == code


def test_an_explanation_cut_short_is_no_failure(vendors: Path) -> None:
    """
    ``laborscreen explain ... | head -1`` ends with 0 and says nothing about the pipe.
    """
    with start("explain", vendors, "--id", "V-1") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (0, "")


def test_a_terminal_without_our_letters_gets_their_numbers(vendors: Path) -> None:
    """
    Where standard output knows ASCII only, nothing fails and letters are written as escapes.
    """
    process = start("explain", vendors, "--id", "V-1", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    shown, told = process.communicate(timeout=30)

    assert (process.returncode, told) == (0, "")
    assert "\\u041a\\u041d\\u0414\\u0420" in shown


def test_a_second_run_on_the_same_result_refuses(vendors: Path, tmp_path: Path) -> None:
    """
    While one run writes OUT, another ends with 2 and leaves the first alone.
    """
    out = tmp_path / "out.jsonl"
    first = Target(out)
    process = start("screen", vendors, "-o", out)
    _, told = process.communicate(timeout=30)
    first.write(b"whole\n")
    first.commit()

    assert process.returncode == 2
    assert "another run is writing this file" in told
    assert out.read_bytes() == b"whole\n"


def test_results_do_not_depend_on_the_hash_seed(vendors: Path, tmp_path: Path) -> None:
    """
    The same run under another PYTHONHASHSEED writes the same bytes.
    """
    written = []
    for seed in ("0", "4242"):
        out = tmp_path / f"{seed}.jsonl"
        process = start(
            "screen", vendors, "-o", out, "--as-of", "2026-01-01", env={**os.environ, "PYTHONHASHSEED": seed}
        )
        process.communicate(timeout=60)
        written.append(out.read_bytes())

    assert written[0] == written[1]
    assert written[0]


def test_a_pipe_gets_plain_text_and_no_progress(vendors: Path) -> None:
    """
    Where standard error is no terminal there are no colours, no bar and no cursor movements.
    """
    process = start("screen", vendors)
    _, told = process.communicate(timeout=30)

    assert ESCAPE not in told
    assert "rows/s" not in told


def test_a_terminal_gets_a_progress_bar_and_colours(tmp_path: Path) -> None:
    """
    On a terminal the rows read so far are shown while the run goes on.
    """
    shown = on_terminal("screen", many(tmp_path, 5_000), "--as-of", "2026-01-01")

    assert ESCAPE in shown
    assert re.search(r"[\d,]+ rows", shown)
    assert shown.rstrip().splitlines()[-1].endswith("rows read 5000 = screened 5000 + rejected 0\x1b[0m")


def test_no_color_is_respected(vendors: Path) -> None:
    """
    With NO_COLOR set, a terminal gets no colour codes.
    """
    shown = on_terminal("screen", vendors, NO_COLOR="1")

    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown)
    assert "rows read 4 = screened 4 + rejected 0" in shown
