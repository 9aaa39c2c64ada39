"""
What the report's tests share: results, a page made of them, and a real browser to read it in.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from laborscreen.record import Record
from laborscreen.report import Facts, Heading, HtmlReport
from laborscreen.screening import Screener
from laborscreen.screening.screened import Model, Screened, screened_alone

DAY = date(2026, 6, 30)
ROOT = Path(__file__).parents[2]

PAYLOADS = (
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 2</script>",
    "<img src=x onerror='window.ran = 3'>",
    "<style>body{display:none}</style>",
    "\u2028<!--<svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} ${7*7} &lt;b&gt; <!--data-->",
)
"""Texts that would run, hide or fetch something if a page took them for anything but text."""

HEADING = Heading("laborscreen 0", "2026-06-30", "sha256:0")

MakeReport = Callable[..., Path]


@pytest.fixture(scope="session")
def screener() -> Screener:
    """
    The shipped rulebook on a fixed day.
    """
    return Screener(as_of=DAY)


@pytest.fixture(scope="session")
def screened(screener: Screener) -> tuple[Screened, ...]:
    """
    Results of several kinds: referred, reviewed, incomplete, routine; with free text, gaps and unreadable values.
    """
    day = screener.on()
    told: list[dict[str, Any]] = [
        {
            "id": "V-1",
            "name": "ООО Востокстрой",
            "country": "RU",
            "addresses": [{"use": "site", "city": "Владивосток", "country": "RU"}],
            "industries": [{"scheme": "OKVED2", "code": "41.20"}],
            "workforce": [
                {
                    "nationality": "КНДР",
                    "headcount": 40,
                    "hours_per_day": 18,
                    "rest_days_per_year": 2,
                    "documents_held_by": "agency",
                    "pay_recipient": "agency",
                    "visa": "учебная",
                    "manual": True,
                }
            ],
            "observations": [
                {
                    "date": "2026-01-05",
                    "source_type": "audit",
                    "text": "𝕊ite visit. The workers' passports are held by the agency; they may not leave the site alone.",
                }
            ],
        },
        {"id": "V-2", "name": "Papeterie Duval", "country": "FR"},
        {"id": "V-3", "name": "Unclear Ltd", "country": "Korea", "founded": "31.02.2019"},
        {
            "id": "V-4",
            "name": "Dormitory Works",
            "country": "UZ",
            "workforce": [
                {"nationality": "UZ", "headcount": 12, "hours_per_day": 12, "documents_held_by": "employer"}
            ],
        },
        {"id": "V-2", "name": "Papeterie Duval (second entry)", "country": "FR"},
    ]
    return tuple(screened_alone(day, Record.model_validate(one)) for one in told)


@pytest.fixture
def make_report(tmp_path: Path) -> MakeReport:
    """
    Write a page of some results and return its path.
    """

    def make(results: tuple[Screened, ...], heading: Heading = HEADING, name: str = "report.html") -> Path:
        path = tmp_path / name
        with HtmlReport(path) as report:
            for one in results:
                report.add(
                    one,
                    Facts("Russia", "Primorye, RU", "Construction") if one.record_id == "V-1" else Facts(),
                )
            report.finish(heading)
        return path

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """
    A headless Chromium from the operating system.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no chromium is installed: apt-get install chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_api.sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=found, args=[*flags, "--disable-sync", "--no-first-run"]
        )
        yield made
        made.close()


class Reader:
    """
    A browser window on one page, which remembers everything that should not happen.
    """

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self._path = path
        self._context = browser.new_context(**context)
        self.page = self._context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, place: str = "") -> Any:
        """
        Open the page at a place and wait until it is ready.
        """
        self.page.goto(self._path.as_uri() + place)
        self.page.wait_for_selector("html[data-ready=yes]")
        return self.page

    def close(self) -> None:
        """
        Close the window; nothing may have been complained of or fetched.
        """
        self._context.close()

        assert self.complaints == []
        assert {url.partition("#")[0] for url in self.requests} <= {self._path.as_uri()}


@pytest.fixture
def read(browser: Any) -> Iterator[Callable[..., Reader]]:
    """
    Open pages; at the end none of them may have complained or asked the network for anything.
    """
    opened: list[Reader] = []

    def begin(path: Path, **context: Any) -> Reader:
        opened.append(Reader(browser, path, **context))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


def model_of(result: Screened) -> Model:
    """
    Return a result's assessment as a model nobody shares.
    """
    return Model(result.assessment)
