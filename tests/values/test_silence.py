"""Cells that say nothing, found among very many."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.values import is_missing, tables
from laborscreen.values.silence import says_nothing, silent_among

WORDS = [row["written"] for row in tables.rows("missing")]
DIFFERENT = [f"Nanjing Textile {number}" for number in range(600)]
"""More different cells than are sampled."""

DISGUISES = {
    "capitals": str.upper,
    "blanks around it": lambda word: f" \t{word} ",
    "a full stop": lambda word: f"{word}.",
    "letters and accents apart": lambda word: unicodedata.normalize("NFD", word),
    "a soft hyphen after the third letter": lambda word: f"{word[:3]}\u00ad{word[3:]}",
    "a zero-width space before it": lambda word: f"\u200b{word}",
}

cells = st.one_of(
    st.sampled_from(WORDS),
    st.builds(
        lambda word, disguise: disguise(word),
        st.sampled_from(WORDS),
        st.sampled_from(list(DISGUISES.values())),
    ),
    st.text(max_size=12),
    st.sampled_from(
        [None, 0, 1.5, float("nan"), True, "", "   ", "-" * 60, " " * 60, "North Star", "Nantong"]
    ),
)


def silent(column):
    return {repr(cell) for cell in column if cell is not None and is_missing(cell)}


@given(st.lists(cells, max_size=20), st.sampled_from([[], DIFFERENT]))
def test_a_column_is_told_the_same_as_its_cells(some, others):
    """Whether a cell says nothing does not depend on the cells beside it, be they alike or all different."""
    column = [*others, *some]
    assert {repr(cell) for cell in silent_among(column)} == silent(column)
    for cell in some:
        assert says_nothing(cell) == is_missing(cell)


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_every_word_for_nothing_is_found_however_it_is_written(disguise):
    """A word for "nothing" is found among names, in capitals, with blanks, accents apart or hidden marks in it."""
    written = {disguise(word) for word in WORDS}
    assert silent_among([*DIFFERENT, *written]) == {word for word in written if is_missing(word)}


@pytest.mark.parametrize(
    "name", ["Nantong Mill", "No. 5 Factory", "Unknown Pleasures Ltd", "Nil Desperandum", "—Alfa—"]
)
def test_a_name_that_begins_like_nothing_is_a_name(name):
    """A name is kept, however much it begins like a word for "nothing"."""
    assert silent_among([*DIFFERENT, name]) == set()
