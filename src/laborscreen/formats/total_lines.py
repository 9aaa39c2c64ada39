"""
Lines of totals: the sums that stand under a table, and are no supplier.

Such a line is told by itself, wherever it stands: nothing but a word for a total and figures, and no id of its own. A
company whose name begins like one (TotalEnergies, Total SA), or that is called so and has an id, a country or anything
else that is no figure, is a supplier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from laborscreen.values import tables

_FIGURE = re.compile(
    r"[-+(]?\s*(?:[$€£¥₽₩]\s*)?\d[\d\s.,'’]*(?:\)\s*)?(?:%|[A-Za-z]{3}|руб\.?|[$€£¥₽₩元円원])?"
)


@cache
def _total_names() -> frozenset[str]:
    """Return the words for a total as they are written in the place of a name."""
    return frozenset(
        cased + sign
        for row in tables.rows("total_words")
        for word in tables.forms(row["written"])
        for cased in (word, word.upper(), word.capitalize(), word.title())
        for sign in ("", ":", " :", "：")
    )


def lines_of_totals(
    candidates: Iterable[int],
    names: Sequence[object],
    row_of: Callable[[int], Sequence[object]],
    id_at: int | None,
) -> dict[int, str]:
    """
    Return the rows that are lines of totals, and why each is no supplier.

    Args:
        candidates: rows that lack a name or an id.
        names: the name in each row.
        row_of: gives the cells of a row as they stand in the file.
        id_at: the place of the id among them, if the file has one.
    """
    rows, totals = set(candidates), _total_names()
    if not totals.isdisjoint(names):
        rows.update(row for row, name in enumerate(names) if name in totals)
    found = {}
    for row in sorted(rows):
        word = _total_word(row_of(row), id_at)
        if word:
            found[row] = (
                f"a line of totals: it holds {word!r} and figures, and nothing else; a supplier of that name needs an id"
            )
    return found


def _total_word(cells: Sequence[object], id_at: int | None) -> str:
    """Return the word for a total, where a row holds such words and figures and nothing else, and has no id."""
    told = [cell for cell in cells if cell is not None and str(cell).strip()]
    words = [str(cell).strip() for cell in told if not _is_figure(cell)]
    if not words or len(words) == len(told) or not _total_names().issuperset(words):
        return ""
    own_id = str(cells[id_at] or "").strip() if id_at is not None else ""
    return words[0] if not own_id or own_id in _total_names() else ""


def _is_figure(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(_FIGURE.fullmatch(cell.strip()))
    return isinstance(cell, int | float) and not isinstance(cell, bool)
