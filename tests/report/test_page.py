"""
The page as a person meets it, in a real browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from laborscreen.report.html_report import harmless
from laborscreen.screening import (
    Assessment,
    Axes,
    Axis,
    Citation,
    Evidence,
    Flag,
    Gap,
    GroupPoints,
    foremost,
)
from laborscreen.screening.result import AXIS_NAMES, GuardApplied, ListedName, Provenance, ValueNote
from laborscreen.screening.screened import Model, Screened
from tests.report.conftest import PAYLOADS, MakeReport, Reader

Read = Callable[..., Reader]
AXE = files("axe_playwright_python") / "axe.min.js"


@pytest.fixture
def page(make_report: MakeReport, screened: tuple[Screened, ...], read: Read) -> Any:
    """
    A report of five records, opened.
    """
    return read(make_report(screened)).open()


def ids(page: Any) -> list[str]:
    """
    Return the ids of the rows shown.
    """
    return page.locator("table.records tbody tr").evaluate_all("rows => rows.map(row => row.dataset.id)")  # type: ignore[no-any-return]


def test_the_gravest_records_come_first(page: Any) -> None:
    """
    The table opens with the gravest outcome on top and counts its records.
    """
    assert ids(page)[0] == "V-1"
    assert page.locator("#found").text_content() == "5 records"


def until(page: Any, condition: str) -> None:
    """
    Wait until a condition holds; the page's own policy forbids the browser to wait for us.
    """
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(condition)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("востокстрой", ["V-1"]),
        ("ＰＡＰＥＴＥＲＩＥ second", ["V-2"]),
        ("V-3", ["V-3"]),
        ("nothing like it", []),
    ],
)
def test_searching_finds_names_ids_and_rules(page: Any, words: str, found: list[str]) -> None:
    """
    All words must be found, whatever their case and width.
    """
    page.fill("#search", words)
    until(page, "document.getElementById('found').textContent.includes(' of ')")

    assert ids(page) == found


def test_filters_narrow_and_the_reset_clears_them(page: Any) -> None:
    """
    An outcome, a band, a flag and a country each narrow the table.
    """
    page.select_option("#by-outcome", "refer")
    referred = ids(page)
    page.click("button[type=reset]")
    until(page, "document.querySelectorAll('table.records tbody tr').length == 5")
    page.select_option("#by-country", "Russia")
    of_country = ids(page)
    page.click("button[type=reset]")
    until(page, "document.querySelectorAll('table.records tbody tr').length == 5")
    page.select_option("#by-band", "0:3")

    assert (referred[0], of_country, ids(page)) == ("V-1", ["V-1"], ["V-1"])


def test_sorting_turns_around_and_says_so(page: Any) -> None:
    """
    A column's button sorts by it, a second press turns it around, and screen readers are told.
    """
    page.click("[data-sort=record]")
    first = ids(page)
    page.click("[data-sort=record]")

    assert ids(page) == first[::-1]
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.dataset.sort") == "record"


def test_a_record_has_an_address_of_its_own(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read
) -> None:
    """
    #record=ID opens the record, names the page after it, and going back leads to the table.
    """
    reader = read(make_report(screened))
    page = reader.open("#record=V-1")

    assert page.locator("#record-title").text_content() == "ООО Востокстрой"
    assert page.title() == "ООО Востокстрой: refer"
    page.click("text=← All records")
    page.wait_for_selector("table.records")
    assert page.locator("#record-page").is_hidden()


def test_records_of_one_id_are_told_apart(page: Any) -> None:
    """
    Two records of one id have two addresses.
    """
    page.click("text=Papeterie Duval (second entry)")
    page.wait_for_selector("#record-title")

    assert page.locator("#record-title").text_content() == "Papeterie Duval (second entry)"


def test_an_id_nobody_has_is_said_to_be_missing(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read
) -> None:
    """
    A link to a record that is not in the report shows the table and a sentence.
    """
    page = read(make_report(screened)).open("#record=%3Cb%3E")

    assert page.locator("#found").text_content() == "No record of this report has the id <b>."


def test_every_figure_equals_the_json(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read
) -> None:
    """
    Scores, bands, points, coverage and counts on the page are those of the published JSON, and each waterfall adds up.
    """
    reader = read(make_report(screened))
    page = reader.open()
    told = [json.loads(one.json()) for one in screened]
    for outcome in ("refer", "review", "incomplete", "routine"):
        counted = sum(one["outcome"] == outcome for one in told)
        assert page.locator(f"[data-outcome={outcome}]").text_content() == str(counted)
    for place, one in enumerate(told, start=1):
        reader.page.evaluate("place => { location.hash = place }", f"record={one['record_id']}&row={place}")
        until(
            page, f"document.querySelector('.title')?.textContent == {json.dumps(screened[place - 1].name)}"
        )
        for axis, scored in one["axes"].items():
            card = page.locator(f"section.card[data-axis={axis}]")
            steps = [figure(text) for text in card.locator("tr.step td.figure").all_text_contents()]
            assert figure(card.locator("td.score").text_content()) == pytest.approx(scored["score"])
            assert sum(steps) == pytest.approx(scored["score"])
            assert card.locator(f".band-{scored['band']}").text_content() == scored["band"]
        flags = page.locator("article.flag")
        shown = {
            flags.nth(number).get_attribute("data-rule"): flags.nth(number).locator(".points").text_content()
            for number in range(flags.count())
        }
        expected = {
            flag["rule"]: flag["points"] if flag["status"] == "raised" else flag["status"]
            for flag in one["flags"]
        }
        assert {rule: figure(text) if "points" in text else text for rule, text in shown.items()} == expected
        assert f"coverage {round(one['coverage'] * 100, 1):g} %" in page.locator(".facts").text_content()


def figure(text: str) -> float:
    """
    Return a figure as the page writes it.
    """
    return float(text.replace("−", "-").replace(",", "").removesuffix(" points"))


def test_the_words_found_are_marked_in_their_sentence(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read
) -> None:
    """
    The marked words are exactly the span of the evidence, counted in characters even past letters that take two units.
    """
    spans = {
        one.seen[one.span[0] : one.span[1]]
        for flag in screened[0].assessment.flags
        for one in flag.evidence
        if one.span
    }

    page = read(make_report(screened)).open("#record=V-1")

    assert spans
    assert set(page.locator("article.flag mark").all_text_contents()) == spans


def hostile(text: str) -> Screened:
    """
    Return a result in which every text is the given one.
    """
    axis = Axis(35.0, "medium", (GroupPoints(text, 35.0, 35.0),), text)
    several = (text, text)
    listed = ListedName(
        "possible match", text, text, text, text, text, several, several, several, several, several, text, text, text
    )  # fmt: skip
    evidence = Evidence(text, text + " seen", text, text, (0, len(text)), text, 0.9, text, text, listed)
    flag = Flag(
        text, 1, text, "dprk_nexus", text, "strong", "strong", 1.0, 35.0, "raised", text, (evidence,),
        (Citation(text, text, f"javascript:alert('{text}')", text, text), Citation(text, text, text, text, text)),
        text, (text,),
    )  # fmt: skip
    aside = replace(flag, status="suppressed", set_aside_by=text, set_aside_because=text)
    made = Assessment(
        text, "review", Axes(axis, axis, axis), (flag, aside),
        (Gap(text, (text,), text),), (GuardApplied(text, text, text, (text,)),), 0.5, text, (text,),
        (ValueNote(text, text, text),), Provenance(text, text, (), text, text, "2026-06-30"),
    )  # fmt: skip
    return Screened(text, text, text, Model(made))


def test_a_name_on_a_list_is_a_possible_match(make_report: MakeReport, read: Read) -> None:
    """
    A hit on a list is worded as a possible match on a same or similar name, never as a match.
    """
    page = read(make_report((hostile("Kim"),))).open("#record=Kim")

    told = page.locator("table.evidence").first.text_content()
    assert "possible match, same or similar name (likeness 0.9 of 1)" in told
    sides = page.locator("table.sides").first
    assert sides.locator("caption").text_content() == "possible match: both sides"
    assert {"Name", "Agrees beside the name", "Disagrees"} <= set(
        sides.locator("tbody th").all_text_contents()
    )


@pytest.mark.parametrize("text", PAYLOADS)
def test_whatever_is_written_is_shown_as_text(make_report: MakeReport, read: Read, text: str) -> None:
    """
    Markup, scripts, styles and addresses in any field are shown letter by letter; nothing runs, hides or can be followed.
    """
    reader = read(make_report((hostile(text),)))
    page = reader.open()
    page.click("table.records a.name")
    page.wait_for_selector("#record-title")

    shown = text.replace("\u2028", "\\u2028")
    assert page.locator("#record-title").text_content() == shown
    assert page.locator("article.flag h3").first.text_content() == shown
    assert page.locator("article.flag mark").first.text_content() == shown
    assert page.evaluate("window.ran") is None
    assert page.locator("#record-page img, #record-page style, #record-page script").count() == 0
    links = page.locator("#record-page a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", " https://a b", "JAVASCRIPT:x"]
)
def test_only_web_addresses_become_links(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read, url: str
) -> None:
    """
    A citation's address that is not http or https is shown as text.
    """
    shared = screened[0].assessment
    cited = (Citation("s", "Title", url, "", ""), Citation("t", "Fine", "https://example.org/a?b=c", "", ""))
    changed = replace(shared, flags=(replace(shared.flags[0], references=cited),))

    page = read(make_report((replace(screened[0], model=Model(changed)),))).open("#record=V-1")

    links = page.locator("article.flag a").evaluate_all("all => all.map(one => one.href)")
    assert links == ["https://example.org/a?b=c"]


def test_the_page_can_be_used_by_keyboard(page: Any) -> None:
    """
    Tab reaches the skip link, the search, the sort buttons and the records; Enter opens a record and focus follows.
    """
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#search")
    met = []
    for _ in range(16):
        page.keyboard.press("Tab")
        met.append(
            page.evaluate(
                "document.activeElement.dataset.sort || document.activeElement.className || document.activeElement.id"
            )
        )
        if met[-1] == "name":
            break
    assert {"by-outcome", "record", "name"} <= set(met)
    page.keyboard.press("Enter")
    page.wait_for_selector("#record-title")
    assert page.evaluate("document.activeElement.id") == "record-title"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("place", ["", "#record=V-1"])
def test_axe_finds_nothing(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read, scheme: str, width: int, place: str
) -> None:
    """
    The accessibility checker axe has no finding, in both colour schemes, on a desk and on a phone, and nothing overflows.
    """
    page = read(make_report(screened), color_scheme=scheme, viewport={"width": width, "height": 900}).open(
        place
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))

    found = page.evaluate("axe.run()")["violations"]

    told = [(one["id"], one["impact"], [node["target"] for node in one["nodes"]][:3]) for one in found]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_record_prints(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read, tmp_path: Path
) -> None:
    """
    Printing a record gives a PDF, without the filters and the navigation of the screen, and with nothing folded.
    """
    page = read(make_report(screened)).open("#record=V-1")
    page.emulate_media(media="print")
    printed = tmp_path / "record.pdf"
    page.pdf(path=str(printed))

    assert printed.read_bytes().startswith(b"%PDF")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#record-page details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#record-page details[open]").count() == 0
    assert page.locator("#record-page nav").is_hidden()


def test_paper_is_wide_enough(make_report: MakeReport, screened: tuple[Screened, ...], read: Read) -> None:
    """
    On a sheet of A4 no column of the records is squeezed, nothing hangs over the edge, and a record's scores stand apart.
    """
    reader = read(make_report(screened), viewport={"width": 688, "height": 1000})
    page = reader.open()
    page.emulate_media(media="print")
    narrowest = (
        "Math.min(...[...document.querySelectorAll('table.records thead th')].map(one => one.offsetWidth))"
    )

    assert page.evaluate(narrowest) >= 50
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    page.evaluate("location.hash = 'record=V-1'")
    page.wait_for_selector("#record-title")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    ends = page.locator(".score-head .figure").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right - one.closest('.card').getBoundingClientRect().right)"
    )
    assert max(ends) <= 0


def test_a_record_begins_with_why_and_what_next(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read
) -> None:
    """
    The first words under the name are the outcome, what decided it, and what to do; a reason leads to its flag.
    """
    reasons = foremost(screened[0].assessment)
    page = read(make_report(screened)).open("#record=V-1")

    verdict = page.locator(".verdict")
    assert verdict.locator(".word").text_content() == "refer"
    assert verdict.locator(".why li").first.text_content().startswith(reasons[0].because)
    assert set(screened[0].assessment.next_steps) <= set(verdict.locator(".steps li").all_text_contents())
    verdict.locator(".why .leap").first.click()
    assert page.evaluate("document.activeElement.dataset.rule") == reasons[0].rule
    assert page.evaluate("location.hash") == "#record=V-1"


def test_the_overview_names_those_to_look_at_first(page: Any) -> None:
    """
    The gravest records stand under the outcomes with their first reason; routine and incomplete ones do not.
    """
    named = page.locator("#first-list .name").all_text_contents()

    assert named[0] == "ООО Востокстрой"
    assert not {"Papeterie Duval", "Unclear Ltd"} & set(named)


def test_one_party_on_many_lists_is_told_once(make_report: MakeReport, read: Read) -> None:
    """
    Of three entries met by one name the likest is compared in the open, and the others are folded, none of them lost.
    """
    told = hostile("Kim")
    flag = told.assessment.flags[0]
    several = tuple(replace(flag.evidence[0], similarity=alike) for alike in (0.85, 0.95, 0.9))
    made = replace(told.assessment, flags=(replace(flag, evidence=several),))

    page = read(make_report((replace(told, model=Model(made)),))).open("#record=Kim")

    assert page.locator("article.flag > .scroll").count() == 1
    assert page.locator("article.flag details .scroll").count() == 2
    assert page.locator("article.flag summary").text_content() == "2 more list entries"


def test_a_void_clearance_says_why(make_report: MakeReport, read: Read) -> None:
    """
    Why a good-guy entry does not count any more stands beside the hit it was written for.
    """
    told = hostile("Kim")
    flag = told.assessment.flags[0]
    void = replace(
        flag.evidence[0], note="a good-guy entry is void: the list says something else of the party now"
    )
    made = replace(told.assessment, flags=(replace(flag, evidence=(void,)),))

    page = read(make_report((replace(told, model=Model(made)),))).open("#record=Kim")

    assert void.note in page.locator("table.evidence").text_content()


def test_places_and_trades_lead_to_their_records(page: Any) -> None:
    """
    Pressing a country, a region or a trade of a chart shows its records and sets the filter.
    """
    for key, label in (("country", "Russia"), ("region", "Primorye, RU"), ("sector", "Construction")):
        page.locator(f"table.bars a[href^='#{key}=']", has_text=label).click()
        until(page, "document.querySelectorAll('table.records tbody tr').length == 1")
        assert ids(page) == ["V-1"]
        assert page.input_value(f"#by-{key}") == label


def test_questions_that_decide_come_first(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read
) -> None:
    """
    What makes a record incomplete stands open and on top; the long rest is folded, and none of it is missing.
    """
    gaps = screened[2].assessment.gaps
    page = read(make_report(screened)).open("#record=V-3")

    asked = page.locator(".gaps .ask").all_text_contents()
    first = page.locator(".gaps .id").first.text_content()
    assert first in {gap.rule for gap in gaps if not gap.rule.startswith("LS-")}
    assert sorted(asked) == sorted(gap.ask for gap in gaps)


def test_20_000_records_can_be_searched(
    make_report: MakeReport, screened: tuple[Screened, ...], read: Read
) -> None:
    """
    A page of 20,000 records that share nothing is below 40 MB, opens, and finds one of them (`make bench-report` times it).
    """
    many = tuple(
        replace(
            screened[number % 5],
            record_id=f"R-{number:05}",
            name=f"Supplier {number}",
            model=Model(screened[number % 5].assessment),
        )
        for number in range(20_000)
    )
    path = make_report(many)
    assert path.stat().st_size < 40_000_000
    page = read(path).open()
    page.fill("#search", "supplier 19999")
    until(page, "document.getElementById('found').textContent.startsWith('1 of')")

    assert ids(page) == ["R-19999"]


def test_what_json_says_survives_its_escapes() -> None:
    """
    Escaping for the page changes bytes and no meaning.
    """
    told = [text * 2 for text in PAYLOADS]

    assert json.loads(harmless(json.dumps(told, ensure_ascii=False).encode())) == told
    assert tuple(AXIS_NAMES) == ("dprk_nexus", "forced_labour", "concealment")
