"""
What is counted while a file is screened, and the summary made of it.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from laborscreen.cli.repeated_ids import Repeated
from laborscreen.cli.run_times import RunTimes
from laborscreen.formats import Reject
from laborscreen.rulebook.policy import BANDS, STRENGTHS
from laborscreen.screening import OUTCOMES, Assessment, Gap, ListUsed, foremost
from laborscreen.screening.screened import ScreenedTable

if TYPE_CHECKING:
    from laborscreen.cli.owners_joined import OwnersJoined

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


class _Candidate(NamedTuple):
    """A record that may be among those to look at first."""

    rank: tuple[int, int, float, int]
    record: WorstRecord


@dataclass(slots=True)
class Tally:
    """
    Counts results, in memory that does not grow with the file.

    Tallies of stretches that follow each other add up to the tally of the whole.

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
    repeated: Repeated = field(default_factory=Repeated)
    _flags: dict[str, FlagCount] = field(default_factory=dict)
    _gaps: dict[tuple[str, str], GapCount] = field(default_factory=dict)
    _worst: list[_Candidate] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Records screened; where rows are grouped by id, fewer than rows."""
        return self.outcomes.total()

    def add(self, table: ScreenedTable, rows: int) -> None:
        """Count the results of so many *rows*. Rows that share an assessment are looked at once."""
        self.rows_screened += rows
        before = self.records
        ranks: dict[int, tuple[int, int, float]] = {}
        for number, records in Counter(table.which).items():
            if number >= 0:
                assessment = table.models[number].assessment
                self._count(assessment, records)
                if assessment.outcome in _LOOKED_AT:
                    ranks[number] = _rank(assessment)
        if not ranks:
            return
        for place, row in enumerate(table.screened()):
            rank = ranks.get(table.which[row])
            if rank is not None and self._may_stand((*rank, -(before + place))):
                one = _worst(table.models[table.which[row]].assessment, table.ids[row], table.names[row])
                self._stand(_Candidate((*rank, -(before + place)), one))

    def merge(self, other: Tally) -> None:
        """Count the results of the stretch that follows."""
        before = self.records
        self.outcomes += other.outcomes
        for axis, bands in other.bands.items():
            self.bands.setdefault(axis, Counter()).update(bands)
        self.rows_screened += other.rows_screened
        self.set_aside += other.set_aside
        for rule, flag in other._flags.items():
            known = self._flags.get(rule)
            self._flags[rule] = replace(known, records=known.records + flag.records) if known else flag
        for key, gap in other._gaps.items():
            asked = self._gaps.get(key)
            self._gaps[key] = replace(asked, records=asked.records + gap.records) if asked else gap
        for one in other._worst:
            outcome, band, score, place = one.rank
            self._stand(_Candidate((outcome, band, score, place - before), one.record))

    def _count(self, assessment: Assessment, records: int) -> None:
        self.outcomes[assessment.outcome] += records
        for axis, judged in assessment.axes.items():
            self.bands.setdefault(axis, Counter())[judged.band] += records
        for flag in assessment.flags:
            if flag.status != "raised":
                self.set_aside += records
            elif flag.strength != "context":
                seen = self._flags.get(flag.rule)
                count = seen.records if seen else 0
                self._flags[flag.rule] = FlagCount(
                    flag.rule, flag.heading, flag.axis, flag.strength, count + records
                )
        for key, gap in {_asked_about(gap): gap for gap in assessment.gaps}.items():
            known = self._gaps.get(key)
            self._gaps[key] = (
                replace(known, records=known.records + records)
                if known
                else GapCount(gap.rule, tuple(map(_without_indexes, gap.fields)), gap.ask, records)
            )

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
        return tuple(
            sorted(
                self._flags.values(), key=lambda one: (-one.records, STRENGTHS.index(one.strength), one.rule)
            )
        )

    @property
    def gaps(self) -> tuple[GapCount, ...]:
        """
        Open questions: what the policy needs first, then the most frequent.

        A combination that waits for its signs names no field; their own questions stand here.
        """
        found = [gap for gap in self._gaps.values() if gap.fields]
        return tuple(
            sorted(found, key=lambda one: (one.rule not in self.needs, -one.records, one.rule, one.fields))
        )

    @property
    def worst(self) -> tuple[WorstRecord, ...]:
        """The records to look at first, gravest first; of equals the one that came first."""
        return tuple(one.record for one in self._worst)

    def _may_stand(self, rank: tuple[int, int, float, int]) -> bool:
        return len(self._worst) < WORST_SHOWN or rank > self._worst[-1].rank

    def _stand(self, one: _Candidate) -> None:
        if self._may_stand(one.rank):
            insort(self._worst, one, key=lambda other: tuple(-part for part in other.rank))
            del self._worst[WORST_SHOWN:]

    def to_state(self) -> dict[str, object]:
        """Return the counts as plain data, from which `from_state` goes on."""
        return {
            "outcomes": dict(self.outcomes),
            "bands": {axis: dict(bands) for axis, bands in self.bands.items()},
            "rows_screened": self.rows_screened,
            "rejected": self.rejected,
            "first_rejects": [asdict(one) for one in self.first_rejects],
            "set_aside": self.set_aside,
            "flags": [asdict(one) for one in self._flags.values()],
            "gaps": [[list(key), asdict(gap)] for key, gap in self._gaps.items()],
            "worst": [[list(one.rank), asdict(one.record)] for one in self._worst],
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any], needs: frozenset[str]) -> Tally:
        """Return the tally whose `to_state` this is."""
        return cls(
            needs,
            Counter(state["outcomes"]),
            {axis: Counter(bands) for axis, bands in state["bands"].items()},
            state["rows_screened"],
            state["rejected"],
            [Reject(**one) for one in state["first_rejects"]],
            state["set_aside"],
            Repeated(),
            {one["rule"]: FlagCount(**one) for one in state["flags"]},
            {
                (rule, about): GapCount(**{**gap, "fields": tuple(gap["fields"])})
                for (rule, about), gap in state["gaps"]
            },
            [
                _Candidate((rank[0], rank[1], rank[2], rank[3]), WorstRecord(**record))
                for rank, record in state["worst"]
            ],
        )


_LOOKED_AT = ("refer", "review")


def _rank(assessment: Assessment) -> tuple[int, int, float]:
    """Return how much a record should be looked at first, without its place."""
    return (
        -OUTCOMES.index(assessment.outcome),
        max(BANDS.index(one.band) for one in assessment.axes.values()),
        sum(one.score for one in assessment.axes.values()),
    )


def _worst(assessment: Assessment, record_id: str, name: str) -> WorstRecord:
    axis, judged = max(assessment.axes.items(), key=lambda one: (BANDS.index(one[1].band), one[1].score))
    raised = foremost(assessment)
    reason = raised[0] if raised else None
    return WorstRecord(
        record_id,
        name,
        assessment.outcome,
        axis,
        judged.band,
        reason.rule if reason else "",
        reason.because if reason else "",
        sum(flag.points > 0 for flag in raised[1:]),
    )


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
        owners: what became of the files of owners, if there were any.
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
    owners: OwnersJoined | None = None

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
            **({"owners": self.owners.to_dict()} if self.owners else {}),
        }
