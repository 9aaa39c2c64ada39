"""
The page as a file: its policy, its size, what it holds and what it never holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from laborscreen.errors import OutputError
from laborscreen.report import Facts, Heading, HtmlReport
from laborscreen.report.overview import Overview
from laborscreen.report.shared_texts import SharedTexts
from laborscreen.report.spool import OutcomeSpool
from laborscreen.screening.screened import Model, Screened
from tests.report.conftest import HEADING, PAYLOADS, MakeReport


def blocks(page: str, kind: str) -> list[str]:
    """
    Return the contents of the blocks that begin with a tag.
    """
    return re.findall(rf"<{kind}>(.*?)</{kind.split(maxsplit=1)[0]}>", page, re.DOTALL)


def test_the_policy_allows_the_pages_own_blocks_and_nothing_else(
    make_report: MakeReport, screened: tuple[Screened, ...]
) -> None:
    """
    The content-security policy forbids everything but one script and one style, each named by its digest.
    """
    page = make_report(screened).read_text(encoding="utf-8")

    digests = {
        kind: base64.b64encode(hashlib.sha256(blocks(page, kind)[0].encode()).digest()).decode()
        for kind in ("script", "style")
    }
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    assert found.group(1).replace("&#39;", "'") == (
        f"default-src 'none'; script-src 'sha256-{digests['script']}'; style-src 'sha256-{digests['style']}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert len(blocks(page, "script")) == len(blocks(page, "style")) == 1
    assert not re.search(
        r"<[^>]+\s(?:style|on[a-z]+)=", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    )


def test_nothing_in_the_data_can_end_its_block(
    make_report: MakeReport, screened: tuple[Screened, ...]
) -> None:
    """
    Names and ids that look like markup stand in the file with their brackets escaped, and can be read back as they were.
    """
    hostile = tuple(
        replace(screened[1], record_id=f"X-{number}", name=text) for number, text in enumerate(PAYLOADS)
    )

    page = make_report(hostile).read_text(encoding="utf-8")

    held = blocks(page, 'script type="application/json" id="routine-records"')
    assert all(letter not in held[0] for letter in "<>&\u2028\u2029")
    assert [row[2] for row in json.loads(held[0])] == list(PAYLOADS)


def test_a_heading_is_escaped_too(make_report: MakeReport, screened: tuple[Screened, ...]) -> None:
    """
    File names and notes are text, whatever they hold; marks nobody sees are written out.
    """
    heading = replace(HEADING, inputs=(("<b>a</b>\u202e.csv", ""),), notes=PAYLOADS)

    page = make_report(screened, heading).read_text(encoding="utf-8")

    assert "&lt;b&gt;a&lt;/b&gt;\\u202e.csv" in page
    assert not any(text in page for text in PAYLOADS)


def test_200_records_take_less_than_a_megabyte(
    make_report: MakeReport, screened: tuple[Screened, ...]
) -> None:
    """
    Results that share nothing still fit: texts of rules are written once.
    """
    many = tuple(
        replace(screened[number % 5], record_id=f"R-{number}", model=Model(screened[number % 5].assessment))
        for number in range(200)
    )

    assert make_report(many).stat().st_size < 1_000_000


def test_the_same_results_give_the_same_bytes(
    make_report: MakeReport, screened: tuple[Screened, ...]
) -> None:
    """
    A report holds no clock and no chance.
    """
    assert make_report(screened).read_bytes() == make_report(screened, name="again.html").read_bytes()


def test_an_error_leaves_nothing_behind(tmp_path: Path, screened: tuple[Screened, ...]) -> None:
    """
    A run that fails before the page is whole leaves neither the page nor a part of it.
    """

    def fail() -> None:
        with HtmlReport(tmp_path / "report.html") as report:
            report.add(screened[0])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """
    Where the page cannot be written, the message says so before anything is screened.
    """
    with pytest.raises(OutputError, match="no such folder"):
        HtmlReport(tmp_path / "missing" / "report.html")


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        ("2026-06-30", "of the same day"),
        ("2026-06-29", "1 day old"),
        ("2025-06-30", "365 days old"),
        ("2026-07-01", "dated after the day screened"),
        ("", "age not known"),
    ],
)
def test_the_age_of_a_list_is_told(dated: str, words: str) -> None:
    """
    A list's age is counted to the day screened, not to today.
    """
    assert Heading("", "2026-06-30", "").age(dated) == words


def test_an_empty_run_is_a_page_all_the_same(make_report: MakeReport) -> None:
    """
    No record at all gives a page that says so.
    """
    assert "0 records screened" in make_report(()).read_text(encoding="utf-8")


def test_texts_beyond_the_bound_are_written_where_they_stand() -> None:
    """
    Shared texts are bounded in number and in length; what comes after is given back as it is.
    """
    few, short = SharedTexts(most=1), SharedTexts(characters=3)

    assert (few.number("a"), few.number("b"), few.number("a")) == (0, "b", 0)
    assert (short.number("four"), short.number("abc"), short.number("d")) == ("four", 0, "d")


def test_a_spool_counts_what_it_leaves_out() -> None:
    """
    Beyond its bound a spool keeps nothing more and says how much that was.
    """
    spool = OutcomeSpool(most=2)
    for number in range(5):
        spool.add([number], object(), lambda: ([], []))

    assert (spool.kept, spool.left_out, list(spool.records())) == (2, 3, [b"[0,0]", b"[1,1]"])
    spool.close()


def test_shared_assessments_are_written_once() -> None:
    """
    Records that share an assessment point to one detail.
    """
    spool, shared = OutcomeSpool(), object()
    for number in range(3):
        spool.add([number], shared, lambda: (["card"], ["detail"]))

    assert (list(spool.details()), list(spool.records())) == ([b'["detail"]'], [b"[0,0]", b"[1,0]", b"[2,0]"])
    spool.close()


def test_the_overview_counts_what_the_results_say(screened: tuple[Screened, ...]) -> None:
    """
    Outcomes, bands, flags and what was set aside are sums over the assessments.
    """
    overview = Overview()
    for one in screened:
        overview.add(one.assessment, Facts("Russia"))

    told = [one.assessment for one in screened]
    assert sum(overview.outcomes.values()) == len(told)
    assert overview.bands["dprk_nexus"]["critical"] == sum(
        one.axes["dprk_nexus"].band == "critical" for one in told
    )
    for stack in (*overview.flags, *overview.signs):
        assert stack.total == sum(
            flag.rule == stack.rule and flag.status == "raised" for one in told for flag in one.flags
        )
    assert sum(stack.total for stack in overview.coverage) == len(told)
