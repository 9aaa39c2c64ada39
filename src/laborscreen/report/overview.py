"""
What a report's first page counts, in memory that does not grow with the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from laborscreen.report.facts import NOT_TOLD, Facts
from laborscreen.rulebook.policy import BANDS, STRENGTHS
from laborscreen.screening import OUTCOMES, Assessment, Flag

_Key = TypeVar("_Key", str, int)

COVERAGE_STEPS = 5
"""The columns of the coverage chart: fifths."""

GRAVEST_FIRST = tuple(reversed(BANDS))
NOTHING = Facts()

_PLACES_SHOWN = 12
_SIGNS_SHOWN = 12
_FLAGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Stack:
    """
    A bar of several parts: outcomes, or bands.

    Args:
        label: what it stands for.
        counts: records by outcome in the order of `OUTCOMES`, or by the highest band, gravest first.
        apart: whether it is no part of the comparison (the rest, and what is not told) and has no bar.
        rule: the rule it counts, where it counts one.
        axis: the axis of that rule.
        strength: the strength of that rule.
    """

    label: str
    counts: tuple[int, ...]
    apart: bool = False
    rule: str = ""
    axis: str = ""
    strength: str = ""

    @property
    def total(self) -> int:
        """Records in the bar."""
        return sum(self.counts)


@dataclass(slots=True)
class Overview:
    """Counts assessments."""

    outcomes: Counter[str] = field(default_factory=Counter)
    set_aside: int = 0
    lists_note: str = ""
    _bands: dict[str, Counter[str]] = field(default_factory=dict)
    _coverage: Counter[tuple[int, str]] = field(default_factory=Counter)
    _places: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    _rules: dict[str, Flag] = field(default_factory=dict)
    _raised: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, assessment: Assessment, facts: Facts = NOTHING) -> None:
        """Count one record."""
        outcome = assessment.outcome
        self.outcomes[outcome] += 1
        self._coverage[min(int(assessment.coverage * COVERAGE_STEPS), COVERAGE_STEPS - 1), outcome] += 1
        self._place("country", facts.country, outcome)
        self._place("region", facts.region, outcome)
        self._place(
            "sector", facts.sector, max((axis.band for axis in assessment.axes.values()), key=BANDS.index)
        )
        for name, axis in assessment.axes.items():
            self._bands.setdefault(name, Counter())[axis.band] += 1
        for flag in assessment.flags:
            if flag.status == "raised":
                self._rules.setdefault(flag.rule, flag)
                self._raised[flag.rule, outcome] += 1
            else:
                self.set_aside += 1
        self.lists_note = assessment.provenance.lists_note

    def _place(self, what: str, label: str, kind: str) -> None:
        self._places.setdefault(what, Counter())[label, kind] += 1

    @property
    def records(self) -> int:
        """Records counted."""
        return self.outcomes.total()

    @property
    def bands(self) -> Mapping[str, Mapping[str, int]]:
        """Axis to band to records."""
        return {
            axis: {band: counted[band] for band in reversed(BANDS)} for axis, counted in self._bands.items()
        }

    @property
    def flags(self) -> tuple[Stack, ...]:
        """The rules raised most, context aside."""
        return self._of_rules(context=False)[:_FLAGS_SHOWN]

    @property
    def signs(self) -> tuple[Stack, ...]:
        """Places, trades and other context met most; they never convict."""
        return self._of_rules(context=True)[:_SIGNS_SHOWN]

    @property
    def countries(self) -> tuple[Stack, ...]:
        """Countries of registration by outcome, most records first; the rest together."""
        return self._of_places("country", OUTCOMES)

    @property
    def regions(self) -> tuple[Stack, ...]:
        """Regions of the sites by outcome."""
        return self._of_places("region", OUTCOMES)

    @property
    def sectors(self) -> tuple[Stack, ...]:
        """Broad trades by the highest band of their records."""
        return self._of_places("sector", GRAVEST_FIRST)

    def _of_places(self, what: str, kinds: Sequence[str]) -> tuple[Stack, ...]:
        counted = self._places.get(what, Counter())
        labels = sorted({label for label, _ in counted} - {NOT_TOLD})
        if not labels:
            return ()
        found = [Stack(label, tuple(counted[label, kind] for kind in kinds)) for label in labels]
        found.sort(key=lambda one: (-one.total, one.label))
        shown, rest = found[:_PLACES_SHOWN], found[_PLACES_SHOWN:]
        if rest:
            summed = tuple(sum(column) for column in zip(*(one.counts for one in rest), strict=True))
            shown.append(Stack(f"{len(rest)} more", summed, apart=True))
        untold = tuple(counted[NOT_TOLD, kind] for kind in kinds)
        if sum(untold):
            shown.append(Stack(NOT_TOLD, untold, apart=True))
        return tuple(shown)

    @property
    def coverage(self) -> tuple[Stack, ...]:
        """Records by the share of the rules that could be answered."""
        step = 100 // COVERAGE_STEPS
        return tuple(
            Stack(f"{at * step}–{(at + 1) * step} %", _counts(self._coverage, at))
            for at in reversed(range(COVERAGE_STEPS))
        )

    def _of_rules(self, *, context: bool) -> tuple[Stack, ...]:
        found = [
            Stack(
                flag.heading, _counts(self._raised, rule), rule=rule, axis=flag.axis, strength=flag.strength
            )
            for rule, flag in self._rules.items()
            if (flag.strength == "context") is context
        ]
        found.sort(key=lambda one: (-one.total, STRENGTHS.index(one.strength), one.rule))
        return tuple(found)


def _counts(counter: Counter[tuple[_Key, str]], key: _Key) -> tuple[int, ...]:
    return tuple(counter[key, outcome] for outcome in OUTCOMES)
