"""Rows that are alike get one number, whether they are ticked off in a table or sorted."""

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.conditions.columns import alike

CODES = st.integers(0, 40).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(0, 5), min_size=rows, max_size=rows), min_size=1, max_size=8
    ).map(lambda columns: (rows, columns))
)


@given(CODES, st.integers(6, 9), st.sampled_from([1, 50, 1 << 16]))
def test_rows_of_one_kind_agree_in_every_column(drawn, kinds, table):
    """The first row of each kind is named, kinds stand in the order of their codes, and no two rows share one by chance."""
    rows, columns = drawn
    with patch.object(alike, "_TABLE", table):
        first, kind = alike.told_apart([(np.array(codes, np.uint8), kinds) for codes in columns], rows)
    told = list(zip(*columns, strict=True))
    distinct = sorted(set(told))

    assert kind.tolist() == [distinct.index(row) for row in told]
    assert first.tolist() == [told.index(row) for row in distinct]
