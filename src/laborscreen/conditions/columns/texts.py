"""
Free text judged: one pass of the automaton over a whole column, then the distinct sets of lists that are mentioned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from laborscreen.conditions.columns.alike import told_apart
from laborscreen.conditions.columns.bits import Flags, Judged
from laborscreen.conditions.columns.written import Nothing
from laborscreen.conditions.program import BoundProgram, Seat
from laborscreen.conditions.subjects import SubjectJudge, text_bits
from laborscreen.text.text_column import TextColumn
from laborscreen.values.missing import LONGEST_SILENCE


def judge_texts(
    column: Sequence[object],
    told_in: Callable[[], Flags],
    seat: Seat,
    judge: SubjectJudge,
    bound: BoundProgram,
) -> Judged:
    """Judge a column of texts with one pass of the automaton over all of it; *told_in* says which cells tell something."""
    scanner = bound.program.scanner
    assert scanner is not None
    try:
        hits = scanner.scan_column(column)  # type: ignore[arg-type]
        told = told_in() if hits.blank else _told_of_texts(column, hits.lengths)
    except TypeError:  # a frame may hold numbers in a text column
        texts = [None if one is None or isinstance(one, bool) else str(one) for one in column]
        hits = scanner.scan_column(texts)
        told = told_in() & np.fromiter((one is not None for one in texts), np.bool_, len(texts))
    missing = ~told
    numbers = [bound.program.scanned[str(predicate.wanted)] for predicate in seat.predicates]
    lists = sorted(set(numbers))
    wanted = np.isin(hits.lists, lists) & ~missing[hits.rows]
    mentioning = np.zeros(len(column), np.bool_)
    mentioning[hits.rows[wanted]] = True
    rows = np.flatnonzero(mentioning)
    standings = np.zeros((len(lists), len(rows)), np.uint8)
    standings[np.searchsorted(lists, hits.lists[wanted]), np.searchsorted(rows, hits.rows[wanted])] = (
        hits.standings[wanted]
    )
    first, kinds = told_apart([(of_list, 3) for of_list in standings], len(rows))
    codes = np.ones(len(column), np.int32)  # code 0: missing; code 1: nothing mentioned
    codes[missing] = 0
    codes[rows] = kinds + 2
    of_predicates = [lists.index(number) for number in numbers]
    table = [judge.bits[0], text_bits([0] * len(numbers))]
    table += [text_bits(pattern) for pattern in standings[of_predicates][:, first].T.tolist()]
    return Judged(codes, np.array(table, np.uint8))


def _told_of_texts(column: Sequence[object], lengths: npt.NDArray[np.int64]) -> Flags:
    """Return which texts, none of them blank, tell something: only short ones need to be looked at."""
    told = lengths > 0
    short = np.flatnonzero(told & (lengths <= LONGEST_SILENCE))
    if len(short):
        texts = (
            column.taken(short) if isinstance(column, TextColumn) else [column[row] for row in short.tolist()]
        )
        told[short] = Nothing(texts).told
    return told
