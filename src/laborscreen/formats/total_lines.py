"""
Lines of totals: the sums that stand under a table, and are no supplier.

Such a line is told by itself, wherever it stands: nothing but a word for a total and figures, and no id of its own. A
company whose name begins like one (TotalEnergies, Total SA), or that is called so and has an id, a country or anything
else that is no figure, is a supplier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

_WORDS = (
    "total", "totals", "grand total", "sub total", "sub-total", "subtotal", "sum", "overall total",
    "total général", "total general", "sous-total", "gesamt", "gesamtsumme", "summe", "zwischensumme", "totale",
    "razem", "suma", "toplam", "genel toplam", "итого", "всего", "общий итог", "итог", "подытог", "итого по листу",
    "усього", "разом", "барлығы", "合计", "合計", "总计", "總計", "总和", "小计", "小計", "共计",
    "합계", "총계", "소계", "총합계",
    "المجموع", "الإجمالي",
)  # fmt: skip
TOTAL_NAMES = frozenset(
    cased + sign
    for word in _WORDS
    for cased in (word, word.upper(), word.capitalize(), word.title())
    for sign in ("", ":", " :", "：")
)
"""Words for a total as they are written in the place of a name."""
_FIGURE = re.compile(
    r"[-+(]?\s*(?:[$€£¥₽₩]\s*)?\d[\d\s.,'’]*(?:\)\s*)?(?:%|[A-Za-z]{3}|руб\.?|[$€£¥₽₩元円원])?"
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
    rows = set(candidates)
    if not TOTAL_NAMES.isdisjoint(names):
        rows.update(row for row, name in enumerate(names) if name in TOTAL_NAMES)
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
    if not words or len(words) == len(told) or not TOTAL_NAMES.issuperset(words):
        return ""
    own_id = str(cells[id_at] or "").strip() if id_at is not None else ""
    return words[0] if not own_id or own_id in TOTAL_NAMES else ""


def _is_figure(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(_FIGURE.fullmatch(cell.strip()))
    return isinstance(cell, int | float) and not isinstance(cell, bool)
