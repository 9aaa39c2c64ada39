"""
What changed since an earlier run, as the report tells it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from laborscreen.errors import InputError
from laborscreen.report import Previous
from laborscreen.report.html_report import HtmlReport
from laborscreen.report.previous import KINDS, Change
from laborscreen.screening.screened import Screened
from tests.cli.conftest import Call, call, vendors
from tests.report.conftest import HEADING, Reader

__all__ = ["call", "vendors"]
DAY = ("--as-of", "2026-01-01")


def earlier(path: Path, screened: tuple[Screened, ...], **changes: dict[str, Any]) -> Previous:
    """
    Return a run whose results were these, but for changes by record id.
    """
    told = [json.loads(one.json()) for one in screened]
    for one in told:
        for name, value in changes.get(one["record_id"].replace("-", "_"), {}).items():
            if name == "input":
                one["provenance"]["input"] = value
            elif name == "bands":
                for axis, band in value.items():
                    one["axes"][axis]["band"] = band
            elif name == "without":
                one["flags"] = [flag for flag in one["flags"] if flag["rule"] not in value]
            else:
                one[name] = value
    path.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    return Previous(path)


def test_the_same_results_are_the_same(tmp_path: Path, screened: tuple[Screened, ...]) -> None:
    """
    A run against its own results tells nothing new, two records of one id each meeting their own.
    """
    previous = earlier(tmp_path / "results.jsonl", screened)

    assert {previous.change(one).kind for one in screened} == {"same"}
    assert previous.gone == 0
    assert previous.grounds(screened[0].assessment.provenance) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"outcome": "review"}, Change("graver", "review")),
        ({"bands": {"dprk_nexus": "high"}}, Change("graver", "refer")),
        ({"bands": {"concealment": "critical"}}, Change("milder", "refer")),
        (
            {"bands": {"dprk_nexus": "high", "concealment": "critical"}},
            Change("other flags", "refer"),
        ),
        ({"without": ["LS-HRS-003"]}, Change("other flags", "refer", raised=("LS-HRS-003",))),
        ({"input": "sha256:0"}, Change("same", "refer", other_input=True)),
    ],
)
def test_a_change_is_named(
    tmp_path: Path, screened: tuple[Screened, ...], change: dict[str, Any], expected: Change
) -> None:
    """
    Outcome first, then bands, then flags; a changed record is told apart from a changed rulebook.
    """
    assert earlier(tmp_path / "results.jsonl", screened, V_1=change).change(screened[0]) == expected


def test_new_and_gone_records_are_counted(tmp_path: Path, screened: tuple[Screened, ...]) -> None:
    """
    A record nobody knew is new; one that no longer comes is gone, with its id.
    """
    previous = earlier(tmp_path / "results.jsonl", screened[1:])

    assert previous.change(screened[0]).kind == "new"
    assert (previous.gone, previous.gone_ids) == (4, ("V-2", "V-3", "V-4"))


def test_what_the_runs_were_made_from_is_compared(tmp_path: Path, screened: tuple[Screened, ...]) -> None:
    """
    Another rulebook, other lists and another day are named.
    """
    now = screened[0].assessment.provenance
    previous = earlier(tmp_path / "results.jsonl", screened)

    told = previous.grounds(replace(now, rulebook="0", screened_on="2027-01-01"))

    assert told == ("another rulebook", "another day screened")


def test_a_file_that_holds_no_results_is_refused(tmp_path: Path) -> None:
    """
    What is no results file is named with its line.
    """
    path = tmp_path / "results.jsonl"
    path.write_text("{}\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"results\.jsonl:1"):
        Previous(path)


def test_the_page_tells_what_changed(
    tmp_path: Path, screened: tuple[Screened, ...], read: Callable[..., Reader]
) -> None:
    """
    The counts stand on the first page, lead to the records, and a record tells what is new about it.
    """
    previous = earlier(
        tmp_path / "results.jsonl", screened[:4], V_1={"outcome": "review", "without": ["LS-HRS-003"]}
    )
    path = tmp_path / "report.html"
    with HtmlReport(path, previous) as report:
        for one in screened:
            report.add(one)
        report.finish(HEADING)
    page = read(path).open()

    counts = {kind: page.locator(f"[data-change='{kind}']").text_content() for kind in (*KINDS, "gone")}
    assert counts == {"graver": "1", "new": "1", "other flags": "0", "milder": "0", "same": "3", "gone": "0"}
    page.click("text=1 graver")
    assert page.locator("table.records tbody tr").count() == 1
    assert page.locator(".moved").text_content() == "was review"
    page.click("table.records a.name")
    told = page.locator(".since-note").text_content()
    assert "graver (was review)" in told
    assert "New: LS-HRS-003" in told


def test_a_run_is_compared_from_the_command_line(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    --previous puts the comparison on the page, and is refused without one.
    """
    results, page = tmp_path / "results.jsonl", tmp_path / "report.html"
    call("screen", vendors, "-o", results, *DAY)
    alone = call("screen", vendors, "--previous", results, *DAY)
    ended = call("screen", vendors, "--previous", results, "--report", page, *DAY)

    assert (alone.code, ended.code) == (2, 0)
    assert "--report" in alone.err
    assert '<span class="count" data-change="same">4</span>' in page.read_text(encoding="utf-8")
