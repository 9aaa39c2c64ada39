"""
What changed between two results, record by record, and because of what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import orjson

from laborscreen.delta.basis import Basis, read_basis
from laborscreen.delta.causes import Cause, Causes, How, input_moved
from laborscreen.delta.result_index import FIGURES, ResultIndex
from laborscreen.delta.standing import FlagStanding, Standing

Kind = Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class FlagChange:
    """
    A flag that is not as it was.

    Args:
        rule: the rule's id.
        change: new, gone, or other than it was.
        was: raised, suppressed or excepted; empty where it was not flagged.
        now: the same now.
        causes: what changed and bears on it.
    """

    rule: str
    change: Kind
    was: str
    now: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """
    A record that does not stand as it did.

    Args:
        record_id: its id.
        change: new, gone, or other than it was.
        outcome_was: the outcome word then; empty for a new record.
        outcome_now: the outcome word now; empty for a record that is gone.
        bands: axis to the band then and now, where they differ.
        flags: the flags that are new, gone or other.
        causes: what changed and bears on outcome and bands; empty where they are the same.
    """

    record_id: str
    change: Kind
    outcome_was: str
    outcome_now: str
    bands: dict[str, tuple[str, str]]
    flags: tuple[FlagChange, ...]
    causes: tuple[Cause, ...]

    def to_json(self) -> str:
        """Return it as one line of JSON."""
        return orjson.dumps(asdict(self)).decode()


def changes_between(then: Path, now: Path) -> Iterator[RecordChange]:
    """
    Tell what changed from one result file to another; both are ``.jsonl`` and have their basis beside them.

    First come the records of *now*, in their order, then those that are gone, in the order of *then*. A record is held
    against the result of the same input, or else against the first result of its id that no other record stands for. A
    record that is new or gone is told with all its flags.

    Raises:
        InputError: a file is not whole, not the one its basis is bound to, or has no basis.
    """
    before, after = read_basis(then), read_basis(now)
    yield from _Comparison(ResultIndex(then, before), ResultIndex(now, after), before, after).changes()


class _Comparison:
    def __init__(self, then: ResultIndex, now: ResultIndex, before: Basis, after: Basis) -> None:
        self._then, self._now = then, now
        self._tails = before.around, after.around
        self._causes = Causes(before, after)
        self._met = np.zeros(len(then), np.bool_)
        self._pairs = np.full(len(now), -1, np.int64)

    def changes(self) -> Iterator[RecordChange]:
        self._pair()
        for number, earlier in enumerate(self._pairs.tolist()):
            line = self._now.line(number)
            if earlier < 0:
                yield from self._told(None, self._now.assessed(line))
                continue
            was = self._then.line(earlier)
            if self._words(was, 0) != self._words(line, 1) or self._then.input_of(was) != self._now.input_of(
                line
            ):
                yield from self._told(self._then.assessed(was), self._now.assessed(line))
        for number in np.flatnonzero(~self._met).tolist():
            yield from self._told(self._then.assessed(self._then.line(number)), None)

    def _words(self, line: bytes, which: int) -> bytes:
        """Return a line but for its provenance."""
        before, after = self._tails[which]
        return line[: -(len(before) + FIGURES + len(after))]

    def _pair(self) -> None:
        """Find for each result the earlier one: of the same input, else of the same id."""
        waiting: list[int] = []
        for number, first in enumerate(self._then.first_of(self._now.keys).tolist()):
            found = self._of_same_input(self._now.input_of(self._now.line(number)), first)
            if found is None:
                waiting.append(number)
            else:
                self._pairs[number] = found
                self._met[found] = True
        for number in waiting:
            record_id = self._now.id_of(self._now.line(number))
            for one in self._then.of_id(record_id):
                if not self._met[one] and self._then.id_of(self._then.line(one)) == record_id:
                    self._pairs[number] = one
                    self._met[one] = True
                    break

    def _of_same_input(self, figures: bytes, first: int) -> int | None:
        """Return the first earlier result of an input that no other record stands for."""
        if first < 0:
            return None
        if not self._met[first] and self._then.input_of(self._then.line(first)) == figures:
            return first
        for one in self._then.of_input(figures):  # the same record stands there several times
            if not self._met[one] and self._then.input_of(self._then.line(one)) == figures:
                return one
        return None

    def _told(self, was: _Result | None, now: _Result | None) -> Iterator[RecordChange]:
        """Yield the change of one record, if there is any."""
        then, standing = was and was[1], now and now[1]
        moved = input_moved(then, standing)
        record_id = (now or was or ("",))[0]
        flags = tuple(self._flags(record_id, then, standing, moved))
        bands = {
            axis: (then.bands[axis] if then else "", standing.bands[axis] if standing else "")
            for axis in (standing or then or _NOBODY).bands
            if then is None or standing is None or then.bands[axis] != standing.bands[axis]
        }
        outcomes = then.outcome if then else "", standing.outcome if standing else ""
        if flags or bands or outcomes[0] != outcomes[1]:
            moved_by = tuple(dict.fromkeys(cause for flag in flags for cause in flag.causes))
            causes = self._causes.of_outcome(moved_by, moved) if bands or outcomes[0] != outcomes[1] else ()
            kind: Kind = "new" if then is None else "gone" if standing is None else "changed"
            yield RecordChange(record_id, kind, *outcomes, bands, flags, causes)

    def _flags(
        self, record_id: str, then: Standing | None, now: Standing | None, moved: How | None
    ) -> Iterator[FlagChange]:
        before, after = (then or _NOBODY).flags, (now or _NOBODY).flags
        for rule in sorted({*before, *after}):
            was, is_now = before.get(rule), after.get(rule)
            if was != is_now:
                causes = self._causes.of_flag(rule, record_id, was, is_now, moved)
                yield FlagChange(rule, _kind(was, is_now), _status(was), _status(is_now), causes)


_Result = tuple[str, Standing]
_NOBODY = Standing("", {}, {}, "")


def _kind(was: FlagStanding | None, now: FlagStanding | None) -> Kind:
    return "new" if was is None else "gone" if now is None else "changed"


def _status(flag: FlagStanding | None) -> str:
    return flag.status if flag else ""
