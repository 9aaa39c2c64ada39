"""
Parties that a row names beside its own: the alternative payee of a vendor, the agency that sends its workers.

A vendor master often tells them by number. Where the number is the id of another row of the file, that row is screened
anyway, and its name and country are put in place of the number. Where a name stands there, it becomes a record of its
own: ``V-1/payee``. A number that leads nowhere is told in the notes, since nobody can screen it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from laborscreen.formats.batch import Batch
from laborscreen.formats.headers import listed
from laborscreen.formats.nesting import read_path
from laborscreen.formats.party_fields import COUNTRY_BESIDE
from laborscreen.formats.plan import Plan

_NAMED = 3


@dataclass(slots=True)
class Named:
    """What was met while parties were looked up, for the notes."""

    screened: int = 0
    nowhere: int = 0
    examples: dict[str, None] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """In words."""
        found = []
        if self.screened:
            found.append(
                f"{self.screened:,} parties named in other records were screened as records of their own"
            )
        if self.nowhere:
            found.append(
                f"{self.nowhere:,} parties are told by a number that is no id of this file ({listed(list(self.examples))}); "
                "they were not screened"
            )
        return tuple(found)


def with_own_parties(
    read: Callable[[], Iterator[Batch]],
    found: Iterator[Batch],
    paths: Sequence[str],
    plan: Plan,
    named: Named,
) -> Iterator[Batch]:
    """
    Yield the batches *found*, with the parties they name as records beside them.

    Args:
        read: reads the file from its beginning; it is read twice more, so that a number may stand before the row it means.
        found: the batches.
        paths: the fields that name parties.
        plan: what becomes of the columns.
        named: counts what was met.
    """
    wanted_columns = [use.name for use in plan.uses if use.path.field.path in paths]
    if not wanted_columns:
        return found
    wanted = {
        _key(cell)
        for batch in read()
        for name in wanted_columns
        for cell in set(batch.columns[name])
        if cell is not None
    }
    known: dict[str, tuple[object, object]] = {}
    for batch in read() if wanted else ():
        countries = batch.columns.get("country") or [None] * len(batch)
        for one, name, country in zip(batch.columns["id"], batch.columns["name"], countries, strict=True):
            if _key(one) in wanted:
                known.setdefault(_key(one), (name, country))
    return (_added(batch, wanted_columns, known, named) for batch in found)


def _key(cell: object) -> str:
    return str(cell).strip().casefold()


def _added(
    batch: Batch, wanted: Sequence[str], known: Mapping[str, tuple[object, object]], named: Named
) -> Batch:
    columns: dict[str, list[object]] = {path: list(column) for path, column in batch.columns.items()}
    parties: dict[int, list[tuple[str, object, object]]] = {}
    for name in wanted:
        cells = columns[name]
        group, _, own = name.rpartition(".")
        country_name = f"{group}.{COUNTRY_BESIDE[read_path(name).field.path]}"
        for row, cell in enumerate(cells):
            if cell is None:
                continue
            if _key(cell) in known:
                cells[row], country = known[_key(cell)]
                if country is not None:
                    columns.setdefault(country_name, [None] * len(cells))[row] = country
            elif any(letter.isalpha() for letter in str(cell)):
                country = columns.get(country_name, {row: None})[row]
                parties.setdefault(row, []).append((own, cell, country))
            else:
                named.nowhere += 1
                if len(named.examples) < _NAMED:
                    named.examples[str(cell)] = None
    return _interleaved(batch, columns, parties, named)


def _interleaved(
    batch: Batch,
    columns: Mapping[str, list[object]],
    parties: Mapping[int, list[tuple[str, object, object]]],
    named: Named,
) -> Batch:
    """Return a batch with each party right after the row that names it; it takes no row of the file for itself."""
    order: list[tuple[int, tuple[str, object, object] | None]] = []
    for row in range(len(batch)):
        order.append((row, None))
        order += [(row, party) for party in parties.get(row, ())]
    if len(order) == len(batch):
        return Batch(columns, batch.rows, batch.lines, rejects=batch.rejects, position=batch.position)
    named.screened += len(order) - len(batch)
    told = {"id": 0, "name": 1, "country": 2}
    laid: dict[str, list[object]] = {
        path: [column[row] if party is None else None for row, party in order]
        for path, column in columns.items()
    }
    laid.setdefault("country", [None] * len(order))
    for at, (row, party) in enumerate(order):
        if party is not None:
            values = (f"{columns['id'][row]}/{party[0]}", party[1], party[2])
            for path, number in told.items():
                laid[path][at] = values[number]
    return Batch(
        laid,
        [batch.rows[row] for row, _ in order],
        [batch.lines[row] for row, _ in order],
        rejects=batch.rejects,
        spans=[int(party is None) for _, party in order],
        position=batch.position,
    )
