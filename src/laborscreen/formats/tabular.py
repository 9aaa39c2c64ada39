"""
From rows of cells to batches of columns: what flat text files and workbooks have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from laborscreen.formats.batch import Batch, Position, Reject
from laborscreen.formats.limits import MAX_LIST
from laborscreen.formats.nesting import column_name, read_path
from laborscreen.formats.plan import ColumnUse, Fill, Plan, word_key
from laborscreen.formats.total_lines import lines_of_totals
from laborscreen.record import Kind
from laborscreen.text.text_column import Texts
from laborscreen.values.silence import silent_among

Column = Sequence[object]

_BLANK = ("", None)

_TEXTS = frozenset({Kind.NAME, Kind.TEXT, Kind.PROSE, Kind.IDENTIFIER, Kind.CODE, Kind.HS_CODE, Kind.REGION})
"""Kinds of field in which a number of a workbook is text: an id, a postal code."""


@dataclass(slots=True)
class Stretch:
    """
    Some data rows as they follow each other in a file.

    Args:
        rows: their cells, each as wide as the header.
        numbers: their numbers in the file, from 1.
        lines: their physical lines.
        rejects: rows of this stretch that are none.
        begins: where the stretch begins.
        entered: whether the file can be entered at that place again.
    """

    rows: Sequence[Sequence[object]]
    numbers: Sequence[int]
    lines: Sequence[int]
    rejects: list[Reject]
    begins: Position
    entered: bool = True


@dataclass(slots=True)
class Tally:
    """What was met while rows were turned into columns, for the notes."""

    undivided: int = 0
    differing: dict[str, int] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Count what was met elsewhere, too."""
        self.undivided += other.undivided
        for path, count in other.differing.items():
            self.differing[path] = self.differing.get(path, 0) + count

    @property
    def notes(self) -> tuple[str, ...]:
        """In words."""
        found = []
        if self.undivided:
            found.append(
                f"{self.undivided:,} counts belong to several groups named in one cell; how many of each is not known"
            )
        for path, count in self.differing.items():
            found.append(
                f"{count:,} rows tell another `{path}` than the first row of their record; the first is taken"
            )
        return tuple(found)


def batches(
    stretches: Iterable[Stretch],
    plan: Plan,
    name: str,
    size: int,
    tally: Tally,
    after: Position | None = None,
) -> Iterator[Batch]:
    """
    Cut *stretches* into batches of at most *size* rows and lay them out as columns.

    Rows up to *after* are left out.
    """
    for stretch in stretches:
        height = len(stretch.rows) + len(stretch.rejects)
        start = max(0, after.row - stretch.begins.row) if after else 0
        for first in range(start, height, size):
            last = min(first + size, height)
            yield _batch(_cut(stretch, first, last), plan, name, tally)


def batch_of_columns(
    cells: Sequence[Column],
    numbers: Sequence[int],
    lines: Sequence[int],
    begins: Position,
    plan: Plan,
    name: str,
    tally: Tally,
) -> Batch:
    """Lay out rows of which none is rejected, and whose cells stand in columns already."""
    columns = _laid(cells, plan, numbers, tally)
    return _without_lacking(
        columns,
        Stretch((), numbers, lines, [], begins),
        plan,
        name,
        lambda row: [column[row] for column in cells],
    )


def _cut(stretch: Stretch, first: int, last: int) -> Stretch:
    """Return the rows from *first* up to *last* of a stretch, beginning where the next batch goes on."""
    begins = stretch.begins
    ends = (
        Position(begins.row + last, begins.offset, begins.line, last)
        if stretch.entered
        else Position(begins.row + last)
    )
    if not stretch.rejects:
        part = slice(first, last)
        return Stretch(stretch.rows[part], stretch.numbers[part], stretch.lines[part], [], ends)
    bounds = range(begins.row + first + 1, begins.row + last + 1)
    good = [at for at, number in enumerate(stretch.numbers) if number in bounds]
    return Stretch(
        [stretch.rows[at] for at in good],
        [stretch.numbers[at] for at in good],
        [stretch.lines[at] for at in good],
        [reject for reject in stretch.rejects if reject.row in bounds],
        ends,
    )


def _batch(part: Stretch, plan: Plan, name: str, tally: Tally) -> Batch:
    """Lay out the rows of *part*, which begins where reading goes on afterwards."""
    columns = lay_columns(part.rows, plan, part.numbers, tally)
    return _without_lacking(columns, part, plan, name, part.rows.__getitem__)


def _without_lacking(
    columns: dict[str, Column],
    part: Stretch,
    plan: Plan,
    name: str,
    row_of: Callable[[int], Sequence[object]],
) -> Batch:
    """Return the columns of *part* as a batch; rows without id or name and lines of totals are rejected."""
    lacking = _lacking(columns)
    reasons = {row: f"no {what}: a record needs one; fill in the cell" for row, what in lacking.items()}
    reasons |= lines_of_totals(lacking, columns["name"], row_of, plan.id_at)
    if not reasons:
        return Batch(
            columns,
            part.numbers,
            part.lines,
            rejects=tuple(part.rejects),
            position=part.begins,
            silenced=_silenced(plan),
        )
    rejects = part.rejects + [
        Reject(
            name,
            part.numbers[row],
            part.lines[row],
            str(columns["id"][row] or ""),
            reason,
        )
        for row, reason in reasons.items()
    ]
    keep = [row for row in range(len(part.numbers)) if row not in reasons]
    return Batch(
        {path: [column[row] for row in keep] for path, column in columns.items()},
        [part.numbers[row] for row in keep],
        [part.lines[row] for row in keep],
        rejects=tuple(sorted(rejects, key=lambda reject: reject.row)),
        position=part.begins,
        silenced=_silenced(plan),
    )


def _lacking(columns: Mapping[str, Column]) -> dict[int, str]:
    """Return the rows without id or name, and what they lack."""
    found: dict[int, str] = {}
    for path in ("name", "id"):
        column = columns[path]
        if None in column:
            found.update((row, path) for row, value in enumerate(column) if value is None)
    return found


def lay_columns(
    rows: Sequence[Sequence[object]], plan: Plan, numbers: Sequence[int], tally: Tally
) -> dict[str, Column]:
    """Turn the cells of *rows* into columns by a *plan*."""
    cells: list[Column] = list(zip(*rows, strict=True)) if rows else [()] * len(plan.header)
    return _laid(cells, plan, numbers, tally)


def _laid(cells: Sequence[Column], plan: Plan, numbers: Sequence[int], tally: Tally) -> dict[str, Column]:
    """Turn the columns of a file into columns of fields by a *plan*."""
    columns: dict[str, Column] = {}
    for use in plan.uses:
        column = _column(use, cells, plan)
        sign = plan.lists.get(use.name, "")
        if use.path.field.reads.many and not use.path.field.group:
            column = _listed(column, sign)
        columns[use.name] = column
    for use in plan.uses:
        if use.wrapped_at:
            _add_unwrapped(use, cells, columns)
    for fill in plan.fills:
        columns[fill.name] = _filled(fill, columns, len(numbers))
    for use in plan.uses:
        if use.name in plan.lists and use.path.field.group:
            _divide(use, plan.lists[use.name], columns, tally)
    if "id" not in columns:
        columns["id"] = [f"row-{number}" for number in numbers]
    return columns


def _add_unwrapped(use: ColumnUse, cells: Sequence[Column], columns: dict[str, Column]) -> None:
    """
    Add to the aliases what a name reads like if it was cut within a word: parts that fill their cell are joined closely.

    The name itself is joined with a blank; nobody can tell from the cells which of the two was meant.
    """
    closely: dict[int, str] = {}
    for row, entry in enumerate(_side_by_side(use, cells)):
        parts = [str(cell) for cell in entry if cell not in _BLANK]
        if any(len(part) >= use.wrapped_at for part in parts[:-1]):
            signs = ["" if len(part) >= use.wrapped_at else use.joint for part in parts]
            closely[row] = "".join(part + sign for part, sign in zip(parts, signs, strict=True)).strip()
    if not closely:
        return
    aliases = list(columns.get("aliases") or [None] * len(columns[use.name]))
    for row, name in closely.items():
        known = aliases[row]
        others = known if isinstance(known, list) else [] if known is None else [known]
        aliases[row] = [*others, name] if others else name
    columns["aliases"] = aliases


def _filled(fill: Fill, columns: Mapping[str, Column], height: int) -> Column:
    """Return a column of the fill's value, wherever the columns beside it tell something."""
    beside = [columns[name] for name in fill.beside]
    if not beside or any(None not in column for column in beside):
        return [fill.value] * height
    return [
        fill.value if any(cell is not None for cell in cells) else None for cells in zip(*beside, strict=True)
    ]


def _column(use: ColumnUse, cells: Sequence[Column], plan: Plan) -> Column:
    """Return the values of one field: blanks are None, words of the profile are put in."""
    field_ = use.path.field
    if len(use.sources) == 1:
        column = cells[use.sources[0]]
    elif field_.reads.many:
        return [_one_or_several(entry) for entry in _side_by_side(use, cells)]
    else:
        column = [
            use.joint.join(str(cell) for cell in entry if cell not in _BLANK)
            for entry in _side_by_side(use, cells)
        ]
    if "" in column:
        column = [None if cell == "" else cell for cell in column]
    kinds = set(map(type, column))
    if _is_silenced(use) and list not in kinds:  # lists of a columnar file
        column = _without_missing(column)
    if kinds <= {str, type(None)}:
        column = Texts(column)  # type: ignore[arg-type] # so say their types
    elif field_.kind in _TEXTS:
        column = _as_text(column)
    words = plan.words.get(use.name)
    if words:
        column = [words.get(word_key(cell), cell) if isinstance(cell, str) else cell for cell in column]
    return column


def _is_silenced(use: ColumnUse) -> bool:
    """Return whether None is put for what says nothing: an entry of a list is there only if something is told of it."""
    field_ = use.path.field
    return bool(field_.group or field_.required or "." in field_.name)


def _silenced(plan: Plan) -> frozenset[str]:
    """Return the columns in which no cell is left that says nothing; words of a profile may be anything."""
    return frozenset(
        use.name
        for use in plan.uses
        if _is_silenced(use)
        and use.name not in plan.words
        and not plan.lists
        and not use.path.field.reads.many
    )


def _one_or_several(cells: Sequence[object]) -> object:
    """Return what several columns tell of a field that holds a list."""
    told = [cell for cell in cells if cell not in _BLANK]
    return told if len(told) > 1 else (told or [None])[0]


def _side_by_side(use: ColumnUse, cells: Sequence[Column]) -> Iterable[tuple[object, ...]]:
    return zip(*(cells[source] for source in use.sources), strict=True)


def _without_missing(column: Column) -> Column:
    """Put None for "n/a", "-" and the like, so that an entry of a list is there only if something is told of it."""
    silent = silent_among(column)
    return [None if cell in silent else cell for cell in column] if silent else column


def _as_text(column: Column) -> Column:
    """Turn numbers of a workbook into the text a person sees; a list of values stays one."""
    return [cell if cell is None or isinstance(cell, str | list) else str(cell) for cell in column]


def _listed(column: Column, sign: str) -> Column:
    """Divide cells at *sign*; a cell with one value stays as it is."""
    if not sign:
        return column
    return [_parts(cell, sign) if isinstance(cell, str) and sign in cell else cell for cell in column]


def _parts(cell: str, sign: str) -> list[str]:
    return [part.strip() for part in cell.split(sign, MAX_LIST) if part.strip()]


def _divide(use: ColumnUse, sign: str, columns: dict[str, Column], tally: Tally) -> None:
    """
    Make several entries of a cell that holds several values.

    What else is told of the entry is told of each, but for counts: they belong to all together, unless they are
    divided by the same sign into as many parts.
    """
    column = columns[use.name]
    if not any(isinstance(cell, str) and sign in cell for cell in set(column)):
        return
    hits = {
        row: _parts(cell, sign) for row, cell in enumerate(column) if isinstance(cell, str) and sign in cell
    }
    group, own = use.path.field.group, use.name.rpartition(".")[0]
    beside = {name: read_path(name).field for name in columns if name.rpartition(".")[0] == own}
    present = {name.rpartition(".")[0] for name in columns if read_path(name).field.group == group}
    changed = {name: list(columns[name]) for name in beside}
    extra: dict[str, list[object]] = {}
    height = len(column)
    for row, parts in hits.items():
        if not parts:
            changed[use.name][row] = None
            continue
        for name, field_ in beside.items():
            cell = columns[name][row]
            own_parts = _parts(cell, sign) if isinstance(cell, str) and sign in cell else []
            if name == use.name:
                shares: list[object] = list(parts)
            elif len(own_parts) == len(parts):
                shares = list(own_parts)
            elif field_.kind is Kind.WHOLE and len(parts) > 1:
                tally.undivided += cell is not None
                shares = [None] * len(parts)
            else:
                shares = [cell] * len(parts)
            changed[name][row] = shares[0]
            for number, share in enumerate(shares[1:]):
                target = column_name(field_, len(present) + number)
                extra.setdefault(target, [None] * height)[row] = share
    columns.update(changed)
    columns.update(extra)
