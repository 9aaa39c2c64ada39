"""
What is counted while a file is screened, and the summary made of it.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from laborscreen.cli.repeated_ids import RepeatedIds
from laborscreen.cli.run_times import RunTimes
from laborscreen.formats import Reject
from laborscreen.rulebook.policy import BANDS, STRENGTHS
from laborscreen.screening import OUTCOMES, Assessment, Flag, Gap, ListUsed
from laborscreen.screening.batch import Screened

WORST_SHOWN = 10
REJECTS_KEPT = 20
UNREADABLE = "unreadable-value"


@dataclass(frozen=True, slots=True)
class FlagCount:
    """A rule and the number of records it is raised on."""

    rule: str
    title: str
    axis: str
    strength: str
    records: int


@dataclass(frozen=True, slots=True)
class GapCount:
    """A question, the fields that would answer it, and the number of records it is open on."""

    rule: str
    fields: tuple[str, ...]
    ask: str
    records: int


@dataclass(frozen=True, slots=True)
class WorstRecord:
    """
    A record to look at first.

    Args:
        id: the record's id.
        name: its name.
        outcome: the outcome word.
        axis: the axis of its highest band.
        band: that band.
        rule: the raised flag with most points, or an empty string.
        because: that flag's sentence.
        more: how many other flags with points are raised.
    """

    id: str
    name: str
    outcome: str
    axis: str
    band: str
    rule: str
    because: str
    more: int


@dataclass(slots=True)
class Tally:
    """
    Counts results, in memory that does not grow with the file.

    Args:
        needs: ids of what the policy wants known; without it a record is incomplete, so it is asked for first.
    """

    needs: frozenset[str] = frozenset()
    outcomes: Counter[str] = field(default_factory=Counter)
    bands: dict[str, Counter[str]] = field(default_factory=dict)
    rows_screened: int = 0
    rejected: int = 0
    first_rejects: list[Reject] = field(default_factory=list)
    set_aside: int = 0
    repeated: RepeatedIds = field(default_factory=RepeatedIds)
    _flags: dict[str, tuple[Flag, int]] = field(default_factory=dict)
    _gaps: dict[tuple[str, str], tuple[Gap, int]] = field(default_factory=dict)
    _before: int = 0
    _worst: list[tuple[tuple[int, int, float, int], WorstRecord]] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Records screened; where rows are grouped by id, fewer than rows."""
        return self.outcomes.total()

    def add(self, results: Sequence[Screened], rows: int) -> None:
        """Count the *results* of so many *rows*. Rows that share an assessment are looked at once."""
        self.rows_screened += rows
        shared: dict[int, list[Screened]] = {}
        for result in results:
            shared.setdefault(id(result.model), []).append(result)
        for alike in shared.values():
            self._count(alike[0].model.assessment, len(alike))
        for number, result in enumerate(results):
            self.repeated.add(result.record_id)
            self._rank(result, number)
        self._before += len(results)

    def _count(self, assessment: Assessment, records: int) -> None:
        self.outcomes[assessment.outcome] += records
        for axis, judged in assessment.axes.items():
            self.bands.setdefault(axis, Counter())[judged.band] += records
        for flag in assessment.flags:
            if flag.status != "raised":
                self.set_aside += records
            elif flag.strength != "context":
                seen = self._flags.get(flag.rule)
                self._flags[flag.rule] = (seen[0], seen[1] + records) if seen else (flag, records)
        for key, gap in {_asked_about(gap): gap for gap in assessment.gaps}.items():
            known = self._gaps.get(key)
            self._gaps[key] = (known[0], known[1] + records) if known else (gap, records)

    def reject(self, reject: Reject) -> None:
        """Count one row that could not be screened."""
        self.rejected += 1
        if len(self.first_rejects) < REJECTS_KEPT:
            self.first_rejects.append(reject)

    def reached(self, level: str) -> bool:
        """Return whether any outcome is at or above *level*."""
        return any(self.outcomes[word] for word in OUTCOMES[: OUTCOMES.index(level) + 1])

    @property
    def flags(self) -> tuple[FlagCount, ...]:
        """Raised rules, context aside, most frequent first."""
        found = [
            FlagCount(rule, flag.heading, flag.axis, flag.strength, records)
            for rule, (flag, records) in self._flags.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.records, STRENGTHS.index(one.strength), one.rule)))

    @property
    def gaps(self) -> tuple[GapCount, ...]:
        """
        Open questions: what the policy needs first, then the most frequent.

        A combination that waits for its signs names no field; their own questions stand here.
        """
        found = [
            GapCount(gap.rule, tuple(_without_indexes(field) for field in gap.fields), gap.ask, records)
            for gap, records in self._gaps.values()
            if gap.fields
        ]
        return tuple(
            sorted(found, key=lambda one: (one.rule not in self.needs, -one.records, one.rule, one.fields))
        )

    @property
    def worst(self) -> tuple[WorstRecord, ...]:
        """The records to look at first, gravest first; of equals the one that came first."""
        return tuple(record for _, record in sorted(self._worst, key=lambda one: one[0], reverse=True))

    def _rank(self, result: Screened, number: int) -> None:
        assessment = result.model.assessment
        if assessment.outcome in {"routine", "incomplete"}:
            return
        axis, judged = max(assessment.axes.items(), key=lambda one: (BANDS.index(one[1].band), one[1].score))
        rank = (
            -OUTCOMES.index(assessment.outcome),
            BANDS.index(judged.band),
            sum(one.score for one in assessment.axes.values()),
            -(self._before + number),
        )
        if len(self._worst) == WORST_SHOWN and rank < self._worst[0][0]:
            return
        raised = [flag for flag in assessment.flags if flag.status == "raised"]
        reason = raised[0] if raised else None
        record = WorstRecord(
            result.record_id,
            result.name,
            assessment.outcome,
            axis,
            judged.band,
            reason.rule if reason else "",
            reason.because if reason else "",
            sum(flag.points > 0 for flag in raised[1:]),
        )
        push = heapq.heappush if len(self._worst) < WORST_SHOWN else heapq.heappushpop
        push(self._worst, (rank, record))


def _asked_about(gap: Gap) -> tuple[str, str]:
    """Return what makes two gaps the same question: their rule; for values nobody could read, their field."""
    return gap.rule, _without_indexes(gap.fields[0]) if gap.rule == UNREADABLE else ""


def _without_indexes(field: str) -> str:
    return re.sub(r"\[\d+\]", "", field)


@dataclass(frozen=True, slots=True)
class FileRead:
    """One input: its name, format, digest, the rows in it, and what a person should know of how it was read."""

    file: str
    format: str
    digest: str
    rows: int
    rejected: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """
    What a whole run came to.

    Args:
        software: name and version.
        screened_on: the day screened.
        rulebook: the rulebook's digest.
        rules: how many rules were in force.
        lists: watchlists compared with.
        files: the inputs.
        tally: the counts.
        times: when it ran and how long it took.
        notes: what else a person should know.
        out: where the results are, or an empty string.
        rejects_out: where the rejected rows are, or an empty string.
    """

    software: str
    screened_on: str
    rulebook: str
    rules: int
    lists: tuple[ListUsed, ...]
    files: tuple[FileRead, ...]
    tally: Tally
    times: RunTimes
    notes: tuple[str, ...]
    out: str
    rejects_out: str

    @property
    def accounts(self) -> str:
        """The closing line: every row read was screened or rejected."""
        screened, rejected = self.tally.rows_screened, self.tally.rejected
        return f"rows read {self.rows} = screened {screened} + rejected {rejected}"

    @property
    def rows(self) -> int:
        """Rows of all inputs."""
        return sum(one.rows for one in self.files)

    def to_dict(self) -> Mapping[str, object]:
        """Return the form that ``--summary`` writes."""
        from dataclasses import asdict

        tally = self.tally
        return {
            "software": self.software,
            "screened_on": self.screened_on,
            "rulebook": self.rulebook,
            "rules": self.rules,
            "lists": [{**one.to_dict(), "age_days": one.age_on(self.screened_on)} for one in self.lists],
            "files": [asdict(one) for one in self.files],
            "rows": {
                "read": self.rows,
                "screened": tally.rows_screened,
                "rejected": tally.rejected,
            },
            "records": tally.records,
            "times": self.times.to_dict(self.rows),
            "outcomes": {word: tally.outcomes[word] for word in OUTCOMES},
            "bands": {axis: {band: count[band] for band in BANDS} for axis, count in tally.bands.items()},
            "worst": [asdict(one) for one in tally.worst],
            "flags": [asdict(one) for one in tally.flags],
            "flags_set_aside": tally.set_aside,
            "repeated_ids": tally.repeated.records,
            "gaps": [asdict(one) for one in tally.gaps],
            "first_rejects": [asdict(one) for one in tally.first_rejects],
            "notes": list(self.notes),
            "out": self.out,
            "rejects_out": self.rejects_out,
        }
