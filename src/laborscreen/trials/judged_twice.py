"""
The same records judged by two rulebooks, and every difference counted.

Only verdicts are compared, and records with the same two verdicts are looked at once; the examples shown are explained by
both rulebooks at the end.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from laborscreen import values
from laborscreen.errors import UsageError
from laborscreen.formats import Batch, Source
from laborscreen.record import CatalogueField, Record, catalogue, nested, read_value
from laborscreen.rulebook import Rule
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import OUTCOMES, Screener, Verdict
from laborscreen.screening.result import AXIS_NAMES
from laborscreen.trials.fairness import Member
from laborscreen.trials.impact import Example, GroupImpact, Impact, RuleImpact

if TYPE_CHECKING:
    from datetime import date

    from laborscreen.screening.day import Day

_BATCH_ROWS = 16_384
NOT_TOLD = "not told"
"""The group of records that do not tell what they are grouped by."""
_RAISED = ("refer", "review")


def impact_of(
    old: Screener,
    new: Screener,
    sources: Iterable[Source],
    *,
    as_of: date | None = None,
    settings: values.ReadingSettings = values.DEFAULT,
    group_by: str = "",
    members: Iterable[Member] = (),
    examples: int = 10,
) -> Impact:
    """
    Judge every record with two screeners and count the differences.

    Args:
        old: the screener as it is.
        new: the screener as it would be.
        sources: the files.
        as_of: the day screened, if not the screeners' own.
        settings: date order and decimal mark.
        group_by: a field of the record by whose value the records are grouped; none if left out.
        members: records of named groups, such as those of a fairness set; they count for their groups alone.
        examples: how many changed records are explained.

    Raises:
        UsageError: *group_by* is no field of the record itself.
    """
    comparison = _Comparison(old.on(as_of), new.on(as_of), settings, group_by, examples)
    for source in sources:
        for batch in source.batches(_BATCH_ROWS):
            comparison.add(batch, source.name)
    for member in members:
        comparison.add_member(member)
    return comparison.result()


class _Comparison:
    """Counts pairs of verdicts, and keeps the gravest changes for explanation."""

    def __init__(
        self, old: Day, new: Day, settings: values.ReadingSettings, group_by: str, examples: int
    ) -> None:
        from laborscreen.screening.verdicts import TableVerdicts

        self._days = old, new
        self._settings = settings
        self._group_by = _grouped_by(group_by)
        self._old, self._new = (TableVerdicts(day, settings) for day in (old, new))
        self._pairs: Counter[tuple[int, int]] = Counter()
        self._groups: Counter[tuple[str, int, int]] = Counter()
        self._wanted = examples
        self._examples: list[tuple[tuple[int, ...], int, _Found]] = []
        self._rejected = 0

    def add(self, batch: Batch, name: str) -> None:
        """Judge a batch."""
        import numpy as np

        if batch.nested is None:
            table = self._old.table(len(batch), batch.columns)
            before, after = self._old.of(table), self._new.of(table)
        else:
            both = [self._nested(told) for told in batch.nested]
            before, after = (np.array([one[side] for one in both], np.int64) for side in (0, 1))
        screened = before >= 0
        self._rejected += len(batch.rejects) + int((~screened).sum())
        for row, (was, now) in self._firsts(before, after, screened):
            self._keep(_Found(name, batch.rows[row], was, now, partial(_told, batch, row)))
        if self._group_by is not None:
            for group, was, now in zip(self._group_of(batch), before.tolist(), after.tolist(), strict=True):
                if was >= 0:
                    self._groups[group, was, now] += 1

    def add_member(self, member: Member) -> None:
        """Judge a record of a named group."""
        was, now = self._nested(member.record)
        if was < 0:
            self._rejected += 1
            return
        self._groups[member.group, was, now] += 1

    def result(self) -> Impact:
        """Return all that was counted."""
        changed = {pair: self._differs(*pair) for pair in self._pairs}
        return Impact(
            self._pairs.total(),
            self._rejected,
            sum(count for pair, count in self._pairs.items() if changed[pair]),
            sum(
                count
                for (was, now), count in self._pairs.items()
                if not changed[was, now] and _scores(self._old.known[was]) != _scores(self._new.known[now])
            ),
            self._moves(lambda verdict: verdict.outcome),
            {axis: self._moves(partial(_band_of, axis)) for axis in AXIS_NAMES},
            tuple(self._of_rules()),
            tuple(self._of_groups()),
            tuple(self._explained()),
            *_added_and_removed(*(day.compiled.rules for day in self._days)),
        )

    def _nested(self, told: Mapping[str, Any]) -> tuple[int, int]:
        """Judge one record; it is read once for both."""
        from laborscreen.errors import RecordError
        from laborscreen.screening.verdicts import REJECTED

        try:
            record = Record.model_validate(told, context=self._settings)
        except RecordError:
            return REJECTED, REJECTED
        was, now = (day.verdict(record) for day in self._days)
        return self._old.number(was), self._new.number(now)

    def _firsts(self, before: Any, after: Any, screened: Any) -> Iterator[tuple[int, tuple[int, int]]]:
        """Count the pairs of a batch, and yield the first row of each that was not met before."""
        import numpy as np

        rows = np.flatnonzero(screened)
        width = len(self._new.known) + 1
        pairs, first, counts = np.unique(
            before[rows] * width + after[rows], return_index=True, return_counts=True
        )
        for pair, row, count in zip(pairs.tolist(), rows[first].tolist(), counts.tolist(), strict=True):
            known = divmod(pair, width)
            if known not in self._pairs:
                yield row, known
            self._pairs[known] += count

    def _differs(self, was: int, now: int) -> bool:
        one, other = self._old.known[was], self._new.known[now]
        return (
            one.outcome != other.outcome
            or set(one.raised) != set(other.raised)
            or any(one.axes[axis].band != other.axes[axis].band for axis in AXIS_NAMES)
        )

    def _keep(self, found: _Found) -> None:
        """Keep a changed record among the gravest ones."""
        one, other = self._old.known[found.was], self._new.known[found.now]
        if not self._wanted or not self._differs(found.was, found.now):
            return
        rank = (
            abs(OUTCOMES.index(one.outcome) - OUTCOMES.index(other.outcome)),
            max(
                abs(BANDS.index(one.axes[axis].band) - BANDS.index(other.axes[axis].band))
                for axis in AXIS_NAMES
            ),
            len(set(one.raised) ^ set(other.raised)),
        )
        order = -len(self._pairs)  # of equals the one that came first
        if len(self._examples) < self._wanted:
            heapq.heappush(self._examples, (rank, order, found.read()))
        elif (rank, order) > self._examples[0][:2]:
            heapq.heapreplace(self._examples, (rank, order, found.read()))

    def _explained(self) -> Iterator[Example]:
        for _, _, found in sorted(self._examples, key=lambda one: one[:2], reverse=True):
            record = Record.model_validate(found.told(), context=self._settings)
            before, after = (day.screen(record) for day in self._days)
            yield Example(
                found.file, found.row, record.name or "", self._pairs[found.was, found.now], before, after
            )

    def _moves(self, of: Callable[[Verdict], str]) -> dict[tuple[str, str], int]:
        counted: Counter[tuple[str, str]] = Counter()
        for (was, now), count in self._pairs.items():
            counted[of(self._old.known[was]), of(self._new.known[now])] += count
        return dict(counted)

    def _of_rules(self) -> Iterator[RuleImpact]:
        before, after, newly, gone = (Counter[str]() for _ in range(4))
        for (was, now), count in self._pairs.items():
            one, other = set(self._old.known[was].raised), set(self._new.known[now].raised)
            for counter, rules in ((before, one), (after, other), (newly, other - one), (gone, one - other)):
                for name in rules:
                    counter[name] += count
        known: dict[str, Rule] = {}
        for day in self._days:
            known |= {rule.id: rule for rule in day.compiled.rules}
        differing = sorted(set(newly) | set(gone), key=lambda rule: (-newly[rule] - gone[rule], rule))
        for name in differing:
            rule = known[name]
            yield RuleImpact(
                name, rule.title, rule.axis, rule.strength, before[name], after[name], newly[name], gone[name]
            )

    def _of_groups(self) -> Iterator[GroupImpact]:
        for group in sorted({group for group, _, _ in self._groups}):
            records = before = after = newly = gone = 0
            for (name, was, now), count in self._groups.items():
                if name != group:
                    continue
                one = self._old.known[was].outcome in _RAISED
                other = self._new.known[now].outcome in _RAISED
                records += count
                before += count * one
                after += count * other
                newly += count * (other and not one)
                gone += count * (one and not other)
            yield GroupImpact(group, records, before, after, newly, gone)

    def _group_of(self, batch: Batch) -> list[str]:
        field = self._group_by
        assert field is not None
        if batch.nested is None:
            column: Sequence[object] = batch.columns.get(field.path) or [None] * len(batch)
        else:
            column = [_within(told, field.path) for told in batch.nested]
        read: dict[str, str] = {}
        groups = []
        for written in column:
            key = str(written)
            if key not in read:
                value = read_value(field.reads, written, {}, self._settings).value
                read[key] = NOT_TOLD if value is None or value == () else str(value)
            groups.append(read[key])
        return groups


@dataclass(frozen=True, slots=True)
class _Found:
    """A changed record: where it stands, its two verdicts, and what tells its fields."""

    file: str
    row: int
    was: int
    now: int
    told: Callable[[], Mapping[str, Any]]

    def read(self) -> _Found:
        """Return it with its fields read now, so that its batch can be forgotten."""
        fields = self.told()
        return _Found(self.file, self.row, self.was, self.now, lambda: fields)


def _told(batch: Batch, row: int) -> Mapping[str, Any]:
    if batch.nested is not None:
        return batch.nested[row]
    return nested({path: column[row] for path, column in batch.columns.items()})


def _within(told: Mapping[str, Any], path: str) -> object:
    found: object = told
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _band_of(axis: str, verdict: Verdict) -> str:
    return verdict.axes[axis].band


def _scores(verdict: Verdict) -> tuple[float, ...]:
    return tuple(verdict.axes[axis].score for axis in AXIS_NAMES)


def _grouped_by(path: str) -> CatalogueField | None:
    if not path:
        return None
    field = catalogue().fields.get(path)
    if field is None:
        hint = catalogue().hint(path) or "`laborscreen fields` lists them"
        raise UsageError(f"{path!r} is not a record field", hint=hint)
    if field.group or field.reads.many:
        raise UsageError(
            f"records cannot be grouped by {path!r}: one record may hold several of it",
            hint="group by a field of the record itself, such as country, role or kind",
        )
    return field


def _added_and_removed(old: Sequence[Rule], new: Sequence[Rule]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    one, other = [rule.id for rule in old], [rule.id for rule in new]
    return tuple(sorted(set(other) - set(one))), tuple(sorted(set(one) - set(other)))
