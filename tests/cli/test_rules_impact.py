"""
``laborscreen rules impact``: counts for a terminal, JSON, a page, and bounds that fail a pipeline.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.trials.test_impact import RULE

VENDORS = """\
id,name,country,workforce.headcount,workforce.hours_per_day
V-1,<b>Vostok</b> & Sons,Russia,10,14
V-2,Duval,France,4,8
V-3,Long Days Ltd,Russia,7,18
,nameless,,,
"""


@pytest.fixture
def sides(tmp_path: Path) -> list[object]:
    """
    The arguments that compare a limit of 16 hours with one of 12 on four rows.
    """
    for name, limit in (("old", "16"), ("new", "12")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hours.yaml").write_text(RULE.replace("LIMIT", limit), encoding="utf-8")
    (tmp_path / "vendors.csv").write_text(VENDORS, encoding="utf-8")
    return [
        "rules",
        "impact",
        tmp_path / "old",
        tmp_path / "new",
        "--on",
        tmp_path / "vendors.csv",
        "--as-of",
        "2026-06-30",
    ]


def test_the_difference_is_told(call: Call, sides: list[object]) -> None:
    """
    One record rises from routine to review, told with its flag and the row it stands in.
    """
    ended = call(*sides)

    assert ended.code == 0
    assert "3 records judged by both, 1 judged otherwise; 1 row cannot be screened" in ended.out
    assert re.search(r"X-HRS-001 +Very long days +1 +2 +1", ended.out)
    assert "vendors.csv,row1" in re.sub(r"\s", "", ended.out)


@pytest.mark.parametrize(
    ("bound", "code"),
    [
        (["--max-new-review", "0"], 1),
        (["--max-new-review", "1"], 0),
        (["--max-new-refer", "0"], 0),
        (["--max-new-flags", "0"], 1),
        (["--max-changed", "0"], 1),
        (["--max-lost-refer", "0"], 0),
        (["--group-by", "country", "--max-group-rise", "49"], 1),
        (["--group-by", "country", "--max-group-rise", "50"], 0),
        (["--max-group-rise", "50"], 2),
    ],
)
def test_a_bound_that_is_exceeded_ends_with_one(
    call: Call, sides: list[object], bound: list[str], code: int
) -> None:
    """
    Each bound is met at its figure and exceeded beyond it; a bound on groups needs groups.
    """
    ended = call(*sides, *bound)

    assert ended.code == code
    assert ("exceeded: " in ended.out) is (code == 1)


def test_json_and_text_tell_the_same(call: Call, sides: list[object]) -> None:
    """
    The JSON form has the counts, the digests of both rulebooks and of the file, and what was exceeded.
    """
    told = json.loads(call(*sides, "--format", "json", "--max-changed", "0").out)

    assert (told["records"], told["changed"], told["rejected"]) == (3, 1, 1)
    assert told["outcome_moves"][1] == {"before": "routine", "after": "review", "records": 1}
    assert told["old"]["digest"] != told["new"]["digest"]
    assert told["exceeded"] == ["records that change: 1, at most 0 allowed"]
    assert len(told["files"][0]["digest"]) == 64


def test_the_page_runs_nothing_and_escapes_everything(
    call: Call, sides: list[object], tmp_path: Path
) -> None:
    """
    The page allows its own style by digest and nothing else, and a name with markup in it stays text.
    """
    page = tmp_path / "impact.html"
    ended = call(*sides, "--html", page)
    html = page.read_text(encoding="utf-8")

    assert ended.code == 0
    assert "<b>Vostok" not in html
    assert "&lt;b&gt;Vostok&lt;/b&gt; &amp; Sons" in html
    assert re.search(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'", html)
    assert "<script" not in html
    assert not re.search(r'\s(?:on\w+|style|src)="', html)


def test_groups_come_from_a_set_of_their_own(call: Call, sides: list[object], tmp_path: Path) -> None:
    """
    ``--groups`` counts a set of JSON lines by group; a line that is none is refused with its place.
    """
    groups = tmp_path / "groups.jsonl"
    member = {
        "id": "1",
        "group": "crews",
        "record": {"id": "1", "name": "A", "workforce": [{"hours_per_day": 13}]},
    }
    groups.write_text(json.dumps(member) + "\n", encoding="utf-8")

    assert re.search(r"crews +1 +0 \(0\.0%\) +1 \(100\.0%\) +1", call(*sides, "--groups", groups).out)

    groups.write_text("{}\n", encoding="utf-8")
    ended = call(*sides, "--groups", groups)
    assert ended.code == 2
    assert "groups.jsonl:1" in ended.err
