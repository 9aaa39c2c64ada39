"""
The log of runs, and that nothing of a record gets into it.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Call, rows_of

DAY = ("--as-of", "2026-06-30")
PRIVATE = ("Ким", "AB1234567", "marigold", "V-2207", "Sadovaya", "Любимый", "12-12-1970")
"""Parts of names, ids, values and headers that stand in the file below, good rows and bad ones."""


@pytest.fixture
def personal(tmp_path: Path) -> Path:
    """
    A file in which everything is personal: headers nobody maps, names, numbers, values that cannot be read.
    """
    path = tmp_path / "people.csv"
    lines = [
        "id,name,country,birth date,remarks,Любимый цвет",
        'V-2207,Ким Ольга,Korea,12-12-1970,"passport AB1234567 is held, Sadovaya 4",marigold',
        "V-2207-b,,Россия,,marigold,",
        "V-2207-c,Ким Ольга,Россия,12-12-1970,marigold,marigold,AB1234567,Sadovaya",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_run_is_logged_with_files_counts_digests_and_seconds(
    call: Call, vendors: Path, tmp_path: Path
) -> None:
    """
    The log tells what was read, by which rulebook and lists, and what it came to; every line has a moment in UTC.
    """
    log = tmp_path / "runs.log"

    call("--log-file", log, "screen", vendors, "--watchlist", "embedded", *DAY)

    lines = rows_of(log)
    told = "\n".join(lines)
    assert all(
        re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING) laborscreen: ", one) for one in lines
    )
    assert re.search(r"rulebook [0-9a-f]{64}, \d+ rules", told)
    assert re.search(r"list us-ofac-sdn of \d{4}-\d\d-\d\d, \S+", told)
    assert re.search(r"vendors\.csv: csv, sha256 [0-9a-f]{64}, 4 rows, 0 rejected", told)
    assert re.search(r"rows read 4 = screened 4 \+ rejected 0 in \d+\.\d s .* refer 1, review 0", told)


def test_runs_are_added_to_a_log_and_nothing_else_is(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    A second run goes on with the log; a file that holds something else, like the input, is refused and left alone.
    """
    log = tmp_path / "runs.log"
    before = vendors.read_bytes()

    call("--log-file", log, "screen", vendors, *DAY)
    first = rows_of(log)
    call("--log-file", log, "screen", vendors, *DAY)
    refused = call("--log-file", vendors, "screen", vendors, *DAY)

    assert rows_of(log)[: len(first)] == first
    assert len(rows_of(log)) == 2 * len(first)
    assert refused.code == 2
    assert "something else than a log" in refused.err
    assert vendors.read_bytes() == before


@pytest.mark.parametrize("more", [(), ("--watchlist", "embedded")])
def test_nothing_of_a_record_is_logged_on_any_level(
    call: Call, personal: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    """
    Names, ids, values, headers and the reasons of rejects stay out of the log, whatever is wrong with the rows.
    """
    log = tmp_path / "runs.log"
    out = tmp_path / "out.jsonl"

    ended = call("--log-level", "debug", "--log-file", log, "screen", personal, "-o", out, *more, *DAY)
    call("--log-level", "debug", "--log-file", log, "explain", personal, "--id", "V-2207-none", *DAY)

    told = log.read_text(encoding="utf-8")
    assert ended.code == 3
    assert "2 rows rejected" in told
    assert "ended by" in told
    assert [word for word in PRIVATE if word in told] == []
    assert [word for word in PRIVATE if word not in out.read_text(encoding="utf-8")] != list(PRIVATE)


def test_without_a_handler_nothing_is_said(call: Call, vendors: Path) -> None:
    """
    The library logs to whoever listens; a run without ``--log-level`` listens to nobody and leaves no handler behind.
    """
    before = list(logging.getLogger("laborscreen").handlers)

    ended = call("screen", vendors, *DAY)
    asked = call("--log-level", "info", "screen", vendors, *DAY)

    assert "INFO laborscreen" not in ended.err
    assert "INFO laborscreen: screening on 2026-06-30" in asked.err
    assert logging.getLogger("laborscreen").handlers == before


def test_a_program_around_the_library_hears_its_log(caplog: pytest.LogCaptureFixture) -> None:
    """
    A handler of the program's own, set up as the standard library tells, gets the same lines.
    """
    from datetime import date

    from laborscreen import Screener

    with caplog.at_level(logging.INFO, logger="laborscreen"):
        Screener(as_of=date(2026, 6, 30)).screen({"id": "V-2207", "name": "Ким Ольга"})

    told = [record.getMessage() for record in caplog.records]
    assert told[0].startswith("screening on 2026-06-30: rulebook ")
    assert "it is not a current list" in told[-1]
    assert len(told) == 5  # the rulebook, three lists, and what they are
