"""
Records just over and just under the lines between bands, drawn by a seed, to be judged by people who do not see the score.

What comes back is a precision near the lines, with an interval for the smallness of the sample. It is no estimate for all
records: those far from every line are never drawn.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from laborscreen import values
from laborscreen.formats import Batch, Source
from laborscreen.record import Record, nested
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import Assessment, Screener, Verdict
from laborscreen.screening.result import AXIS_NAMES

_BATCH_ROWS = 16_384
_Z = 1.959963984540054  # the normal deviate of a two-sided 95 per cent interval
Key = tuple[str, str, str]
"""Axis, band, and the side of the band's lower line: over or under."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """
    One record of a sample.

    Args:
        token: names the record in this sample and in no other.
        file: the file it stands in.
        row: its data row.
        name: the record's name.
        lines: the lines it was drawn for.
        assessment: what the rules say.
    """

    token: str
    file: str
    row: int
    name: str
    lines: tuple[Key, ...]
    assessment: Assessment

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules raised on it, context aside."""
        return tuple(
            flag.rule
            for flag in self.assessment.flags
            if flag.status == "raised" and flag.strength != "context"
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """
    A sample.

    Args:
        seed: what it was drawn by.
        rulebook: the rulebook's digest.
        screened_on: the day screened.
        files: name and digest of each file.
        drawn: the records, in an order that tells nothing of their scores.
    """

    seed: int
    rulebook: str
    screened_on: str
    files: tuple[tuple[str, str], ...]
    drawn: tuple[Drawn, ...]


def draw_sample(
    screener: Screener,
    sources: Iterable[Source],
    *,
    each: int,
    seed: int,
    as_of: date | None = None,
    settings: values.ReadingSettings = values.DEFAULT,
) -> Sample:
    """
    Draw records on both sides of every line between bands, the nearest first, and among equally near ones by the seed.

    Args:
        screener: the rules.
        sources: the files.
        each: how many records to draw on each side of each line.
        seed: the same seed draws the same records.
        as_of: the day screened, if not the screener's.
        settings: date order and decimal mark.
    """
    from laborscreen.screening.verdicts import TableVerdicts

    day = screener.on(as_of)
    verdicts = TableVerdicts(day, settings)
    draw = _Draw(each, seed, dict(screener.rulebook.policy.bands))
    files = []
    for source in sources:
        for batch in source.batches(_BATCH_ROWS):
            if batch.nested is None:
                numbers = verdicts.of(verdicts.table(len(batch), batch.columns)).tolist()
            else:
                numbers = [verdicts.of_record(told) for told in batch.nested]
            for row, number in enumerate(numbers):
                if number >= 0:
                    draw.offer(verdicts.known[number], source.name, batch, row)
        files.append((source.name, source.digest))
    base = f"{seed}|{screener.rulebook.digest}|{day.day}|{files}"
    drawn = []
    for (name, row), (told, lines) in draw.found().items():
        record = Record.model_validate(told, context=settings)
        token = hashlib.sha256(f"{base}|{name}|{row}|{record.id}".encode()).hexdigest()[:16]
        drawn.append(Drawn(token, name, row, record.name or "", lines, day.screen(record)))
    drawn.sort(key=lambda one: one.token)
    return Sample(seed, screener.rulebook.digest, day.day.isoformat(), tuple(files), tuple(drawn))


class _Draw:
    def __init__(self, each: int, seed: int, limits: Mapping[str, float]) -> None:
        self._each = each
        self._seed = seed
        self._limits = limits
        self._heaps: dict[Key, list[tuple[float, int, str, int, Mapping[str, Any]]]] = {}
        self._sides: dict[int, list[tuple[Key, float]]] = {}

    def offer(self, verdict: Verdict, name: str, batch: Batch, row: int) -> None:
        """Keep a record where it is among the nearest to a line."""
        number = batch.rows[row]
        for key, distance in self._lines_of(verdict):
            heap = self._heaps.setdefault(key, [])
            if len(heap) >= self._each and -distance < heap[0][0]:
                continue
            chance = hashlib.sha256(f"{self._seed}|{key}|{name}|{number}".encode()).digest()
            entry = (-distance, int.from_bytes(chance[:8], "big"), name, -number)
            if len(heap) < self._each:
                heapq.heappush(heap, (*entry, _told(batch, row)))
            elif entry > heap[0][:4]:
                heapq.heapreplace(heap, (*entry, _told(batch, row)))

    def found(self) -> dict[tuple[str, int], tuple[Mapping[str, Any], tuple[Key, ...]]]:
        """Return the records drawn, each with the lines it was drawn for."""
        found: dict[tuple[str, int], tuple[Mapping[str, Any], tuple[Key, ...]]] = {}
        for key, heap in sorted(self._heaps.items()):
            for _, _, name, number, told in heap:
                _, lines = found.get((name, -number), (told, ()))
                found[name, -number] = told, (*lines, key)
        return found

    def _lines_of(self, verdict: Verdict) -> list[tuple[Key, float]]:
        known = self._sides.get(id(verdict))
        if known is None:
            known = self._sides[id(verdict)] = list(_sides(verdict, self._limits))
        return known


def _sides(verdict: Verdict, limits: Mapping[str, float]) -> Iterator[tuple[Key, float]]:
    """Yield the lines next to an axis's band; a score of nothing is near no line."""
    for axis in AXIS_NAMES:
        score, place = verdict.axes[axis].score, BANDS.index(verdict.axes[axis].band)
        if score <= 0:
            continue
        if place > 0:
            yield (axis, BANDS[place], "over"), abs(score - limits[BANDS[place]])
        if place + 1 < len(BANDS):
            yield (axis, BANDS[place + 1], "under"), abs(limits[BANDS[place + 1]] - score)


def _told(batch: Batch, row: int) -> Mapping[str, Any]:
    if batch.nested is not None:
        return batch.nested[row]
    return nested({path: column[row] for path, column in batch.columns.items()})


@dataclass(frozen=True, slots=True)
class Share:
    """
    How many of the labelled records deserve a look.

    Args:
        yes: those that do.
        no: those that do not.
        unsure: those nobody could tell.
        unlabelled: those nobody labelled.
    """

    yes: int
    no: int
    unsure: int = 0
    unlabelled: int = 0

    @property
    def part(self) -> float | None:
        """The share of yes among yes and no; None where there is neither."""
        return self.yes / (self.yes + self.no) if self.yes + self.no else None

    @property
    def interval(self) -> tuple[float, float]:
        """
        Wilson's interval of 95 per cent (E. B. Wilson, JASA 22, 1927, 209-212).

        >>> [round(end, 4) for end in Share(8, 2).interval]
        [0.4902, 0.9433]
        >>> Share(0, 0).interval
        (0.0, 1.0)
        """
        number = self.yes + self.no
        if not number:
            return 0.0, 1.0
        part = self.yes / number
        middle = part + _Z**2 / (2 * number)
        wide = _Z * math.sqrt(part * (1 - part) / number + _Z**2 / (4 * number**2))
        whole = 1 + _Z**2 / number
        return max(0.0, (middle - wide) / whole), min(1.0, (middle + wide) / whole)


def share_of(labels: Sequence[str]) -> Share:
    """
    Count labels: yes, no, unsure, or an empty text.

    >>> share_of(["yes", "no", "yes", "", "unsure"])
    Share(yes=2, no=1, unsure=1, unlabelled=1)
    """
    return Share(labels.count("yes"), labels.count("no"), labels.count("unsure"), labels.count(""))
