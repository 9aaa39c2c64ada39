"""
A run that is interrupted and gone on with, or shared by several processes, gives the same files.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from laborscreen.cli import screen as screen_verb
from laborscreen.cli import screening_run, work
from laborscreen.formats import bytes_in
from tests.cli.conftest import Call

DAY = ("--as-of", "2026-06-30", "--watchlist", "none")
PROGRAM = [sys.executable, "-m", "laborscreen"]
FLAGGED = "passports are held by the agency"


def write_suppliers(path: Path, rows: int) -> Path:
    """
    Write so many rows: a few flagged, a few ragged, some ids twice, some cells quoted over two lines.
    """
    told = random.Random(7)
    lines = ["id,name,country,remarks"]
    for number in range(rows):
        remark = (
            FLAGGED if number % 7 == 0 else f'"line, one\nline two of {number}"' if number % 5 == 0 else ""
        )
        record_id = f"V-{number if number % 11 else 0}"
        lines.append(f"{record_id},Supplier {number},{told.choice(['Russia', 'FR', 'Korea', ''])},{remark}")
        if number % 13 == 0:
            lines.append(f"V-{number},a row with too few cells")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def suppliers(tmp_path: Path) -> Path:
    """
    A file of 120 rows and more.
    """
    return write_suppliers(tmp_path / "suppliers.csv", 120)


@pytest.fixture
def small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Files are read in stretches of a few rows, the state is kept after each, and two processes are worth it.
    """
    monkeypatch.setattr(bytes_in, "CHUNK", 500)
    monkeypatch.setattr(work, "RECORDS_AT_ONCE", 5)
    monkeypatch.setattr(screening_run, "_SAVED_EVERY", 0.0)
    monkeypatch.setattr(screen_verb, "_WORTH_SHARING", 0)


def stop_after(monkeypatch: pytest.MonkeyPatch, stretches: int, error: BaseException) -> None:
    """
    Let the run fail once so many stretches are written.
    """
    account = screening_run.Run._account
    done = 0

    def counted(self, stretch, result):
        nonlocal done
        account(self, stretch, result)
        done += 1
        if done == stretches:
            monkeypatch.setattr(screening_run.Run, "_account", account)
            raise error

    monkeypatch.setattr(screening_run.Run, "_account", counted)


def made(out: Path) -> dict[str, bytes]:
    """
    Return the files a run left, and what its summary says but for times and paths.
    """
    files = {one.name: one.read_bytes() for one in out.parent.iterdir() if one.name != "summary.json"}
    summary = orjson.loads((out.parent / "summary.json").read_bytes())
    told = {key: value for key, value in summary.items() if key not in {"times", "out", "rejects_out"}}
    return files | {"summary": orjson.dumps(told)}


def screened(call: Call, file: Path, out: Path, *more: object) -> int:
    """
    Screen a file and return the exit code.
    """
    out.parent.mkdir(exist_ok=True)
    return call("screen", file, "-o", out, "--summary", out.parent / "summary.json", *DAY, *more).code


@pytest.mark.usefixtures("small_stretches")
@pytest.mark.parametrize(("name", "stretches"), [("out.jsonl", 2), ("out.json", 4), ("out.csv", 8)])
def test_a_run_gone_on_with_equals_one_nobody_interrupted(
    call: Call, suppliers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, stretches: int
) -> None:
    """
    Results, rejected rows and every count are those of a run in one go, wherever Ctrl-C came, for every format.
    """
    screened(call, suppliers, tmp_path / "whole" / name, "--jobs", 1)
    out = tmp_path / "parts" / name
    stop_after(monkeypatch, stretches, KeyboardInterrupt())
    stopped = screened(call, suppliers, out, "--jobs", 1)
    kept = sorted(one.name for one in out.parent.iterdir())
    ended = screened(call, suppliers, out, "--jobs", 1, "--resume")

    assert (stopped, ended) == (130, 3)
    assert kept == [f"{name}{suffix}" for suffix in (".ids", ".part", ".rejects.csv.part", ".resume")]
    assert made(out) == made(tmp_path / "whole" / name)


@pytest.mark.usefixtures("small_stretches")
def test_nested_records_are_gone_on_with_too(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    JSON lines are read again up to where the run came, and screened from there.
    """
    file = tmp_path / "records.jsonl"
    rows = [
        {"id": f"R-{n}", "name": "A", "workforce": [{"nationality": "КНДР"}] * (n % 3)} for n in range(40)
    ]
    file.write_bytes(b"\n".join([*map(orjson.dumps, rows), b"{cut"]) + b"\n")
    screened(call, file, tmp_path / "whole" / "out.jsonl")
    out = tmp_path / "parts" / "out.jsonl"
    stop_after(monkeypatch, 3, KeyboardInterrupt())
    screened(call, file, out, "--jobs", 1)
    screened(call, file, out, "--resume")

    assert made(out) == made(tmp_path / "whole" / "out.jsonl")


@pytest.mark.usefixtures("small_stretches")
@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.xlsx", "out.parquet"])
def test_two_processes_write_what_one_writes(call: Call, suppliers: Path, tmp_path: Path, name: str) -> None:
    """
    However many processes share the work, the bytes, the order and the counts are the same.
    """
    pytest.importorskip("pyarrow")
    for jobs in (1, 2):
        assert screened(call, suppliers, tmp_path / str(jobs) / name, "--jobs", jobs) == 3
    one, two = (made(tmp_path / jobs / name) for jobs in "12")
    if name.endswith(".xlsx"):  # a workbook bears the time it was made
        one.pop(name), two.pop(name)

    assert one == two


@pytest.mark.usefixtures("small_stretches")
def test_a_page_for_people_is_the_same_whoever_did_the_work(
    call: Call, suppliers: Path, tmp_path: Path
) -> None:
    """
    Assessments that say the same become one on the page, even where two processes made them.
    """
    for jobs in (1, 2):
        call("screen", suppliers, "--report", tmp_path / f"{jobs}.html", "--jobs", jobs, *DAY)

    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


@pytest.mark.usefixtures("small_stretches")
def test_a_process_that_is_killed_is_told_with_its_place(
    call: Call, suppliers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The run ends with 2 and says where; what was written is kept, and --resume goes on.
    """
    screened(call, suppliers, tmp_path / "whole" / "out.jsonl")
    out = tmp_path / "parts" / "out.jsonl"
    do = work.Work.do

    def killed(self, stretch):
        if stretch.ends > 2_500 and not (tmp_path / "killed").exists():
            (tmp_path / "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return do(self, stretch)

    monkeypatch.setattr(work.Work, "do", killed)
    out.parent.mkdir()
    ended = call("screen", suppliers, "-o", out, *DAY, "--jobs", 2)
    again = screened(call, suppliers, out, "--jobs", 2, "--resume")

    assert ended.code == 2
    assert "a process that screened it up to byte" in ended.err
    assert "suppliers.csv" in ended.err
    assert again == 3
    assert made(out) == made(tmp_path / "whole" / "out.jsonl")


@pytest.mark.usefixtures("small_stretches")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("input", "the input"),
        ("day", "the day screened differs (2026-06-30 then, 2026-07-01 now)"),
        ("rules", "the choice of rules differs"),
        ("profile", "the mapping profile differs"),
    ],
)
def test_a_run_is_gone_on_with_only_from_the_same(
    call: Call, suppliers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, said: str
) -> None:
    """
    Where the input, the day, the rules or the profile are others, the message says which, and the part stays.
    """
    out = tmp_path / "out.jsonl"
    stop_after(monkeypatch, 3, KeyboardInterrupt())
    call("screen", suppliers, "-o", out, *DAY, "--jobs", 1)
    part = (tmp_path / "out.jsonl.part").read_bytes()
    more: tuple[object, ...] = DAY
    if change == "input":
        suppliers.write_text(suppliers.read_text(encoding="utf-8") + "V-9,One more,FR,\n", encoding="utf-8")
    elif change == "day":
        more = ("--as-of", "2026-07-01", "--watchlist", "none")
    elif change == "rules":
        more = (*DAY, "--include", "stable", "--include", "test")
    else:
        more = (*DAY, "--map", "generic")
    ended = call("screen", suppliers, "-o", out, "--resume", *more)

    assert ended.code == 2
    assert said in " ".join(ended.err.split())
    assert (tmp_path / "out.jsonl.part").read_bytes() == part


@pytest.mark.usefixtures("small_stretches")
def test_the_day_of_the_interrupted_run_is_gone_on_with(
    call: Call, suppliers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A run of last night that goes on after midnight screens on last night's day, unless told another.
    """
    out = tmp_path / "out.jsonl"
    stop_after(monkeypatch, 3, KeyboardInterrupt())
    call("screen", suppliers, "-o", out, *DAY, "--jobs", 1)
    ended = call("screen", suppliers, "-o", out, "--resume", "--watchlist", "none")
    days = {orjson.loads(line)["provenance"]["screened_on"] for line in out.read_bytes().splitlines()}

    assert ended.code == 3
    assert days == {"2026-06-30"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("out.jsonl", "there was no interrupted run to go on with; this one began anew"),
        ("out.xlsx", "a workbook or Parquet file cannot be gone on with; every row was screened anew"),
    ],
)
def test_what_cannot_be_gone_on_with_begins_anew_and_says_so(
    call: Call, suppliers: Path, tmp_path: Path, name: str, said: str
) -> None:
    """
    --resume in a nightly job does no harm where nothing was interrupted, or the format cannot be gone on with.
    """
    ended = call("screen", suppliers, "-o", tmp_path / name, "--resume", *DAY)

    assert ended.code == 3
    assert said in " ".join(ended.err.split())


def test_going_on_needs_a_result_file(call: Call, suppliers: Path) -> None:
    """
    --resume without --out is bad usage.
    """
    ended = call("screen", suppliers, "--resume")

    assert ended.code == 2
    assert "give it with --out" in ended.err


def test_a_state_that_is_no_state_is_refused(call: Call, suppliers: Path, tmp_path: Path) -> None:
    """
    A damaged state ends with 2 and a cure, never with a traceback.
    """
    (tmp_path / "out.jsonl.resume").write_bytes(b"{half")
    ended = call("screen", suppliers, "-o", tmp_path / "out.jsonl", "--resume", *DAY)

    assert ended.code == 2
    assert "begin anew" in ended.err


def killed_at(file: Path, out: Path, seconds: float, *more: str) -> bool:
    """
    Start a run, kill it after so many seconds, and return whether it was still at work.
    """
    process = subprocess.Popen(
        [*PROGRAM, "screen", str(file), "-o", str(out), *DAY, *more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def moments(number: int, longest: float) -> Iterator[float]:
    """
    Yield random moments within a run.
    """
    told = random.Random(20261128)
    for _ in range(number):
        yield told.uniform(0.3, longest)


def kills_leave_no_trace(tmp_path: Path, rows: int, kills: int) -> None:
    """
    Kill a run again and again, going on each time, and compare its files with those of a run in one go.
    """
    file = write_suppliers(tmp_path / "suppliers.csv", rows)
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    begun = time.monotonic()
    subprocess.run([*PROGRAM, "screen", str(file), "-o", str(whole), *DAY], capture_output=True, check=False)
    longest = time.monotonic() - begun
    for seconds in moments(kills, longest):
        killed_at(file, out, seconds, "--resume")
        assert not out.exists() or out.read_bytes() == whole.read_bytes()
    code = subprocess.run(
        [*PROGRAM, "screen", str(file), "-o", str(out), *DAY, "--resume"], capture_output=True, check=False
    ).returncode

    assert code == 3
    assert out.read_bytes() == whole.read_bytes()
    rejects = [one.with_name(one.name + ".rejects.csv").read_bytes() for one in (out, whole)]
    assert rejects[0] == rejects[1]


def test_kills_leave_no_trace(tmp_path: Path) -> None:
    """
    Kill -9 at a few moments of a run by all cores: the final files are those of a run nobody killed.
    """
    kills_leave_no_trace(tmp_path, 26_000, 2)


@pytest.mark.soak
def test_fifty_kills_leave_no_trace(tmp_path: Path) -> None:
    """
    Kill -9 at fifty random moments of a run of 300,000 rows: the final files are those of a run nobody killed.
    """
    kills_leave_no_trace(tmp_path, 300_000, 50)
