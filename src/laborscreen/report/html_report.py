"""
The report a person reads: one HTML file that needs nothing but itself.

Records are spooled to temporary files as the run goes by, so that memory does not grow with their number. The page has
a content-security policy that allows its own two blocks by their digests and nothing else: no network, no script of
anybody else, no style in an attribute. Data stands in blocks of JSON that no browser runs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import orjson

from laborscreen.formats.writers import Target
from laborscreen.report.compact import Compactor
from laborscreen.report.facts import NOT_TOLD, Facts, sector_sign
from laborscreen.report.overview import GRAVEST_FIRST, NOTHING, Overview
from laborscreen.report.previous import KINDS, Change, Previous
from laborscreen.report.spool import DETAILS_IN_A_BLOCK, OutcomeSpool
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import OUTCOMES, ListUsed
from laborscreen.screening.result import AXIS_NAMES, Provenance
from laborscreen.screening.screened import Screened
from laborscreen.text import visible

if TYPE_CHECKING:
    from jinja2 import Environment

MEANING = {
    "refer": "Refer to compliance; hold until a person has decided.",
    "review": "A second person looks, with a second source.",
    "incomplete": "Not enough is known; ask the supplier.",
    "routine": "Little or nothing found, enough known. Not an approval.",
}
"""What each outcome means, as the page says it."""

_DATA_HERE = "<!--data-->"
_UNSAFE = {
    b"<": b"\\u003c",
    b">": b"\\u003e",
    b"&": b"\\u0026",
    b"\xe2\x80\xa8": b"\\u2028",
    b"\xe2\x80\xa9": b"\\u2029",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """
    What a report says of the run it was made in.

    Args:
        software: name and version.
        screened_on: the day screened.
        rulebook: the rulebook's digest.
        rules: how many rules were in force; 0 where that is not known.
        lists: the watchlists compared with.
        inputs: the files read, each with a line of facts.
        notes: what else a person should know.
        read: rows read; 0 where that is not known.
        rejected: rows that could not be screened.
        sources_checked: the last day on which a source of the rulebook was read, or an empty string.
    """

    software: str
    screened_on: str
    rulebook: str
    rules: int = 0
    lists: tuple[ListUsed, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    read: int = 0
    rejected: int = 0
    sources_checked: str = ""

    def age(self, dated: str) -> str:
        """
        Return how old something was on the day screened, in words.

        >>> Heading("laborscreen", "2026-03-05", "sha256:0").age("2026-03-01")
        '4 days old'
        """
        try:
            days = (date.fromisoformat(self.screened_on) - date.fromisoformat(dated)).days
        except ValueError:
            return "age not known"
        if days < 0:
            return "dated after the day screened"
        return "of the same day" if days == 0 else "1 day old" if days == 1 else f"{days:,} days old"


class HtmlReport:
    """
    Takes results one after another and writes the page at the end, whole or not at all.

    Args:
        path: where the page will stand.
        previous: an earlier run that this one is compared with.

    Raises:
        OutputError: the file cannot be written, or another run writes it.
    """

    def __init__(self, path: Path, previous: Previous | None = None) -> None:
        self.target = Target(path)
        self._previous = previous
        self._made: Provenance | None = None
        self._compactor = Compactor()
        self._overview = Overview()
        self._spools = {outcome: OutcomeSpool() for outcome in OUTCOMES}
        self._labels: dict[str, dict[str, int]] = {"countries": {}, "regions": {}, "sectors": {}}
        self._number = 0

    def add(self, screened: Screened, facts: Facts = NOTHING) -> None:
        """
        Take one result.

        Args:
            screened: the result; results that share an assessment share its place on the page.
            facts: where it is and what it does.
        """
        model = screened.model
        assessment = model.assessment
        self._made = self._made or assessment.provenance
        if facts.sector == NOT_TOLD:
            facts = replace(facts, sector=sector_sign(assessment.flags))
        self._overview.add(assessment, facts)
        self._number += 1
        told: list[Any] = [
            self._number,
            screened.record_id,
            screened.name,
            *(
                known.setdefault(label, len(known))
                for known, label in zip(
                    self._labels.values(), (facts.country, facts.region, facts.sector), strict=True
                )
            ),
            screened.digest,
            _changed(self._previous.change(screened)) if self._previous else 0,
        ]
        self._spools[assessment.outcome].add(
            told, model, lambda: (self._compactor.card(assessment), self._compactor.detail(assessment))
        )

    def finish(self, heading: Heading) -> None:
        """
        Write the page and make it whole under its own name.

        Raises:
            OutputError: the disk is full, or gone.
        """
        before, after = self._shell(heading).split(_DATA_HERE)
        self.target.write(before.encode())
        for piece in self._data():
            self.target.write(piece)
        self.target.write(after.encode())
        self._close()
        self.target.commit()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._close()
        self.target.discard()

    def _close(self) -> None:
        with ExitStack() as stack:
            for spool in self._spools.values():
                stack.callback(spool.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind after an error; without one, `finish` was called before."""
        if error is not None:
            self.discard()

    def _shell(self, heading: Heading) -> str:
        script, style = page_part("page.js"), page_part("page.css")
        left_out = {outcome: spool.left_out for outcome, spool in self._spools.items() if spool.left_out}
        return (
            environment()
            .get_template("page.html.j2")
            .render(
                heading=heading,
                overview=self._overview,
                left_out=left_out,
                outcomes=OUTCOMES,
                meaning=MEANING,
                axes=AXIS_NAMES,
                bands=GRAVEST_FIRST,
                previous=self._previous,
                kinds=KINDS,
                grounds=self._previous.grounds(self._made) if self._previous else (),
                script=script,
                style=style,
                script_digest=block_digest(script),
                style_digest=block_digest(style),
                data_here=_DATA_HERE,
            )
        )

    def _data(self) -> Iterator[bytes]:
        yield from _block("rules", orjson.dumps(self._compactor.rules))
        yield from _block("texts", orjson.dumps(self._compactor.shared.texts))
        yield from _block(
            "words",
            orjson.dumps(
                {
                    **{name: list(known) for name, known in self._labels.items()},
                    "bands": BANDS,
                    "axes": AXIS_NAMES,
                    "outcomes": OUTCOMES,
                    "changes": KINDS,
                    "meaning": MEANING,
                    "previous": self._previous.made.screened_on
                    if self._previous and self._previous.made
                    else "",
                }
            ),
        )
        for outcome, spool in self._spools.items():
            yield from _list_block(f"{outcome}-records", spool.records())
            yield from _list_block(f"{outcome}-cards", spool.cards())
            details = spool.details()
            number = 0
            while lines := list(islice(details, DETAILS_IN_A_BLOCK)):
                yield from _list_block(f"{outcome}-details-{number}", lines)
                number += 1


def _changed(change: Change) -> list[Any]:
    return [KINDS.index(change.kind), change.was, change.raised, change.fallen, change.other_input]


@lru_cache(maxsize=8)
def page_part(name: str) -> str:
    """Return one of the files a page is made of."""
    return (files("laborscreen.report") / "page" / name).read_text(encoding="utf-8")


def block_digest(text: str) -> str:
    """
    Return the digest of a script or style block as a content-security policy names it.

    >>> block_digest("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def harmless(data: bytes) -> bytes:
    r"""
    Return JSON in which nothing can end the block it stands in.

    >>> harmless(b'["</script>"]')
    b'["\\u003c/script\\u003e"]'
    """
    for letter, escape in _UNSAFE.items():
        data = data.replace(letter, escape)
    return data


def _block(name: str, data: bytes) -> Iterator[bytes]:
    yield f'<script type="application/json" id="{name}">'.encode()
    yield harmless(data)
    yield b"</script>\n"


def _list_block(name: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    yield f'<script type="application/json" id="{name}">['.encode()
    for number, line in enumerate(lines):
        yield (b",\n" if number else b"\n") + harmless(line)
    yield b"]</script>\n"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates' home: everything is escaped, and a name nobody gave is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("laborscreen.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["words"] = lambda name: str(name).replace("_", " ").replace("dprk", "DPRK")
    made.filters["visible"] = visible
    made.filters["share"] = share
    return made


def share(part: float, whole: float, width: float) -> str:
    """
    Return the length of a bar.

    >>> share(1, 4, 100)
    '25'
    """
    return f"{width * part / whole:.4g}" if whole else "0"
