"""
What changed since an earlier run: this run's results held against the results file of that one.

Of each earlier result only its outcome, bands, raised rules and the digest of its input are kept in memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

from laborscreen.report.results_in import read_results
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import OUTCOMES, Assessment
from laborscreen.screening.result import Provenance
from laborscreen.screening.screened import Screened

Kind = Literal["new", "graver", "other flags", "milder", "same"]

KINDS: Final[tuple[Kind, ...]] = ("graver", "new", "other flags", "milder", "same")
"""How a record can stand to its earlier result, in the order in which it deserves a look."""

_GONE_TOLD = 100
"""Ids told of records that are no longer there."""


@dataclass(frozen=True, slots=True)
class Change:
    """
    How one record changed.

    Args:
        kind: the word for it.
        was: the earlier outcome; empty for a new record.
        raised: rules raised now and not then.
        fallen: rules raised then and not now.
        other_input: what the record says is not what it said then.
    """

    kind: Kind
    was: str = ""
    raised: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    other_input: bool = False


class _Then(NamedTuple):
    outcome: str
    bands: tuple[int, ...]
    raised: frozenset[str]
    digest: str


@dataclass(slots=True)
class Previous:
    """
    An earlier run.

    Args:
        path: its results, as JSON lines.

    Raises:
        InputError: the file cannot be read as results; the line is named.
    """

    path: Path
    counts: Counter[Kind] = field(default_factory=Counter)
    made: Provenance | None = None
    _then: dict[str, list[_Then]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the file; ids that stand in it several times are met in their order."""
        shared: dict[frozenset[str], frozenset[str]] = {}
        for _, one in read_results(self.path):
            self.made = self.made or one.provenance
            raised = _raised(one)
            then = _Then(one.outcome, _bands(one), shared.setdefault(raised, raised), one.provenance.input)
            self._then.setdefault(one.record_id, []).append(then)

    def change(self, screened: Screened) -> Change:
        """Compare a result with the earlier one of the same id; each earlier result is met once."""
        waiting = self._then.get(screened.record_id)
        found = _compared(waiting.pop(0), screened) if waiting else Change("new")
        if waiting == []:
            del self._then[screened.record_id]
        self.counts[found.kind] += 1
        return found

    @property
    def gone(self) -> int:
        """Earlier results that no record of this run stands for."""
        return sum(map(len, self._then.values()))

    @property
    def gone_ids(self) -> tuple[str, ...]:
        """Their ids, the first of them."""
        return tuple(self._then)[:_GONE_TOLD]

    def grounds(self, now: Provenance | None) -> tuple[str, ...]:
        """Return what the two runs were made from differently, in words; what the records say aside."""
        then = self.made
        if then is None or now is None:
            return ()
        told = []
        if then.software != now.software:
            told.append(f"another version: {then.software} then, {now.software} now")
        if then.rulebook != now.rulebook:
            told.append("another rulebook")
        if then.lists != now.lists:
            told.append("other watchlists, or newer ones")
        if then.screened_on != now.screened_on:
            told.append("another day screened")
        return tuple(told)


def _compared(then: _Then, screened: Screened) -> Change:
    now = screened.model.assessment
    bands, raised = _bands(now), _raised(now)
    kind: Kind = "same" if (bands, raised) == (then.bands, then.raised) else "other flags"
    steps = [OUTCOMES.index(then.outcome) - OUTCOMES.index(now.outcome)]
    if not steps[0]:
        steps = [one - other for one, other in zip(bands, then.bands, strict=True)]
    if max(steps) > 0 >= -min(steps):
        kind = "graver"
    elif min(steps) < 0 >= max(steps):
        kind = "milder"
    return Change(
        kind,
        then.outcome,
        tuple(sorted(raised - then.raised)),
        tuple(sorted(then.raised - raised)),
        screened.digest != then.digest,
    )


def _bands(assessment: Assessment) -> tuple[int, ...]:
    return tuple(BANDS.index(axis.band) for axis in assessment.axes.values())


def _raised(assessment: Assessment) -> frozenset[str]:
    return frozenset(flag.rule for flag in assessment.flags if flag.status == "raised")
