"""
The results of an earlier run, as far as they still hold.

A result holds where its input is the same, and rules, lists, version and options are. On another day it holds where no
rule can tell the two days apart by what the record says. Then it is taken over, byte for byte but for the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from laborscreen.delta.basis import Basis, basis_path, read_basis
from laborscreen.delta.days import fields_the_day_moves, tells
from laborscreen.delta.result_index import FIGURES, ResultIndex
from laborscreen.errors import UsageError
from laborscreen.record import Record
from laborscreen.report.results_in import read_result
from laborscreen.screening.result import Provenance
from laborscreen.screening.screened import Model, Screened, ScreenedTable
from laborscreen.source import Location

if TYPE_CHECKING:
    from laborscreen.screening.day import Day

_MODELS = 4_096  # results remembered that other rows may share; beyond that the memory starts anew
_ANY_INPUT = "sha256:" + "0" * FIGURES


class Earlier:
    """
    An earlier run's results.

    Args:
        path: the result file, as JSON lines, with its basis beside it.
        day: the screener on the day screened now.
        choice: which rules count now, in words.
        profile: digest of the mapping profile used now, or an empty string.

    Raises:
        InputError: the file is not whole, not the one its basis is bound to, or has no basis.
        UsageError: it was made by another version, with another choice of rules, or through another mapping profile.
    """

    def __init__(self, path: Path, day: Day, *, choice: str, profile: str) -> None:
        self.basis = read_basis(path)
        _refuse_others(path, self.basis, day, choice, profile)
        self._lines = ResultIndex(path, self.basis)
        now = day.provenance(_ANY_INPUT)
        self._then = date.fromisoformat(self.basis.provenance.screened_on)
        self._around = self.basis.around
        self._around_now = Basis("", 0, "", "", now, self.basis.parts, {}).around
        moved = fields_the_day_moves(day.rulebook, self._then, day.day)
        self._moved = moved or frozenset()
        self.why_not = _why_not(self.basis.provenance, now, self._then if moved is None else None)
        """Why nothing of it can be taken over, in words; empty where something can."""
        self._told_day = b"" if self._then == day.day else f"day screened ({self._then})".encode()
        self._models: dict[tuple[bytes, bytes], Model] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def holds(self) -> bool:
        """Whether anything of it can be taken over."""
        return not self.why_not

    def of_rows(
        self,
        digests: Sequence[str],
        ids: Sequence[str],
        names: Sequence[str],
        columns: Mapping[str, Sequence[object]],
    ) -> list[Screened | None]:
        """
        Return for each row of a table its earlier result, where that still holds.

        Args:
            digests: the digests of the rows' inputs.
            ids: their ids.
            names: their names.
            columns: the table.
        """
        moved = [column for path, column in columns.items() if _bare(path) in self._moved]
        lines = self._lines.of_inputs([one.removeprefix("sha256:") for one in digests])
        return [
            None
            if line < 0 or any(column[row] is not None for column in moved)
            else self._taken(line, digest, record_id, name)
            for row, (line, digest, record_id, name) in enumerate(
                zip(lines, digests, ids, names, strict=True)
            )
        ]

    def of_record(self, record: Record, digest: str) -> Screened | None:
        """Return the earlier result of a record, where that still holds."""
        (line,) = self._lines.of_inputs([digest.removeprefix("sha256:")])
        if line < 0 or any(tells(record, path) for path in self._moved):
            return None
        return self._taken(line, digest, record.id, record.name)

    def _taken(self, number: int, digest: str, record_id: str, name: str) -> Screened | None:
        line = self._lines.line(number)
        figures = digest.removeprefix("sha256:").encode()
        before, after = self._around
        whole = before + figures + after
        if not line.endswith(whole):
            return None
        told = line[: -len(whole)]
        if self._told_day and self._told_day in told:
            return None
        head = ScreenedTable.head_of(record_id)
        if not told.startswith(head):
            return None
        now_before, now_after = self._around_now
        middle = told[len(head) :] + now_before
        key = (middle, now_after)
        model = self._models.get(key)
        if model is None:
            made = read_result(head + middle + figures + now_after, str(self._lines.path))
            model = Model(made, around=key)
            if len(self._models) >= _MODELS:
                self._models.clear()
            self._models[key] = model
        return Screened(record_id, name, digest, model)


def _why_not(then: Provenance, now: Provenance, day: date | None) -> str:
    """Say what keeps all earlier results from being taken over: rules, lists, or a *day* too far from today's."""
    told = [
        words
        for words, same in (
            ("the rulebook changed", then.rulebook == now.rulebook),
            ("the watchlists changed", then.lists == now.lists),
            (f"rules tell {day} from {now.screened_on}", day is None),
        )
        if not same
    ]
    return "; ".join(told)


def _bare(path: str) -> str:
    """Return a column's path without the number of the entry."""
    group, bracket, rest = path.partition("[")
    return group + rest.partition("]")[2] if bracket else path


def _refuse_others(path: Path, basis: Basis, day: Day, choice: str, profile: str) -> None:
    now = day.provenance(_ANY_INPUT)
    for what, then_told, now_told in (
        ("version of laborscreen", basis.provenance.software, now.software),
        ("choice of rules", basis.choice, choice),
        ("mapping profile", basis.profile[:12] or "none", profile[:12] or "none"),
    ):
        if then_told != now_told:
            raise UsageError(
                f"the earlier run had another {what}: {then_told} then, {now_told} now",
                location=Location(str(basis_path(path))),
                hint="screen once in full with --for-delta",
            )
