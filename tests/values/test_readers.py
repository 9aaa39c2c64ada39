"""What holds for every reader of the room."""

from __future__ import annotations

import time
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from laborscreen import values
from laborscreen.values import Reading

READERS = {
    "country": values.read_country,
    "nationality": partial(values.read_country, nationality=True),
    "date": values.read_date,
    "number": values.read_number,
    "hours": partial(values.read_quantity, low=0, high=24, unit="hours", per="day"),
    "rest": partial(values.read_quantity, low=0, high=366, unit="days", per="year"),
    "headcount": partial(values.read_number, low=0, high=1000, whole=True),
    "yes_no": values.read_yes_no,
    "visa": partial(values.read_word, "visa"),
    "region": values.read_region,
    "city": values.read_city,
    "industry_code": partial(values.read_industry_code, "NACE2"),
    "code_of_unknown_scheme": partial(values.read_industry_code, None),
    "hs_code": values.read_hs_code,
    "inn": partial(values.read_identifier, "RU-INN"),
    "identifier": partial(values.read_identifier, None),
    "mrz": values.read_mrz,
    "currency": values.read_currency,
}
SCALARS = [
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=60),
    st.dates(),
    st.binary(max_size=9),
]
ANYTHING = st.recursive(
    st.one_of(SCALARS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
HOSTILE = {
    "a lone surrogate": "\ud800",
    "a null": "\x00",
    "too long": "a" * 10_001,
    "figures": "1" * 9_999,
    "groups": "1 " * 4_999,
    "brackets": "(" * 5_000,
    "a unit": "12" + "a" * 9_000 + "!",
    "Han": "北" * 9_000,
    "a list": "a," * 4_000,
    "frames": "citizen of " * 900,
    "points": "1.2." * 2_000,
    "Cyrillic": "ё" * 9_999,
    "an empty zone": "<" * 88,
    "a mark": "\u202e",
    "fractions": "½" * 500,
    "Arabic figures": "٣" * 9_000,
    "ranges": "1-" * 4_000,
    "bytes": b"KP",
    "a mapping": {1: 2},
}
SECONDS = 2.0  # for one cell on a busy machine; a reader that runs away takes minutes


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_cells_are_read_quickly_and_without_a_fault(name, kind):
    """A cell made to break a reader gives a reading, and soon."""
    start = time.process_time()
    assert isinstance(READERS[name](HOSTILE[kind]), Reading)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("name", READERS)
@given(written=ANYTHING)
def test_no_value_makes_a_reader_raise(name, written):
    """Whatever JSON, a spreadsheet or a frame can hold gives a reading, and a lost value has a note."""
    reading = READERS[name](written)
    assert isinstance(reading, Reading)
    assert reading.note == reading.note.strip()
    if isinstance(written, str) and reading.value is None and not values.is_missing(written):
        assert reading.note


@pytest.mark.parametrize("name", READERS)
@given(written=st.text(max_size=30))
def test_readings_do_not_change(name, written):
    """The same text gives an equal reading every time, remembered or not."""
    assert READERS[name](written) == READERS[name](written)


@pytest.mark.parametrize("name", ["country", "nationality", "region", "city", "visa", "currency", "hs_code"])
@given(written=st.text(max_size=30))
@example(written="NIL:")
def test_reading_what_was_read_changes_nothing(name, written):
    """A normalised value reads as itself, the ambiguous country aside."""
    value = READERS[name](written).value
    if value not in {None, values.AMBIGUOUS}:
        assert READERS[name](value).value == value


def test_public_names_are_deliberate():
    """Everything in __all__ is there, and sorted."""
    assert list(values.__all__) == sorted(values.__all__)
    assert all(hasattr(values, name) for name in values.__all__)
