"""Texts held as bytes are told apart, measured, joined and looked through as Python's strings are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.text import TermList, TermScanner
from laborscreen.text.columns import scannable_ascii
from laborscreen.text.scannable import SEPARATOR, scannable

pa = pytest.importorskip("pyarrow", reason="the extra [columnar] is not installed")

from laborscreen.text.text_column import TextColumn, strings_of  # noqa: E402

SCANNER = TermScanner(
    [TermList("papers", ("passports were kept", "паспорта изъяты")), TermList("crew", ("crew*", "인력"))]
)
PIECES = [
    "passports were kept",
    "Passports  were-kept",
    "no ",
    "паспорта изъяты",
    "crews",
    "인력을",
    "\x7f",
    "\n- ",
    "--",
    "x",
]
TEXTS = st.lists(
    st.one_of(
        st.none(),
        st.text(" \t\n\u3000", max_size=3),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
        st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join),
    ),
    max_size=9,
)
KINDS = st.sampled_from([pa.string(), pa.large_string()])


def held(texts, kind, before=("left out",)):
    """Return texts in a part of a longer array, as a slice of a frame gives them."""
    return TextColumn(pa.array([*before, *texts, "after"], kind)).part(len(before), len(texts))


@given(TEXTS, KINDS)
def test_a_column_held_as_bytes_is_looked_through_like_one_of_strings(texts, kind):
    """The same lists are mentioned in the same rows with the same standing; lengths and blanks are those of the strings."""
    one, other = SCANNER.scan_column(held(texts, kind)), SCANNER.scan_column(texts)
    for name in ("rows", "lists", "standings", "lengths"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert one.blank == other.blank


@pytest.mark.parametrize(
    ("texts", "mentioned"),
    [
        (["passports were", " kept"], []),
        (["passports ", "were kept", "passports were kept", "x"], [2]),
        (["x", "passports were kept", "no"], [1]),
        (["no", "passports were kept"], [1]),
        (["passports were kept. no"], [0]),
    ],
)
def test_nothing_is_read_from_one_text_into_the_next(texts, mentioned):
    """Texts that lie side by side as bytes are each read on their own: a term begins and ends at a text's edge."""
    assert SCANNER.scan_column(held(texts, pa.string())).rows.tolist() == mentioned
    assert SCANNER.scan_column(texts).rows.tolist() == mentioned


@pytest.mark.parametrize(
    "text",
    [
        "sewers",
        "sewer",
        "sewers and a sewer",
        "blocked by sewers",
        "재봉사들은",
        "재봉사대회",
        "막힌 재봉사대회",
    ],
)
def test_a_word_that_also_ends_a_term_with_a_gap_is_whole_or_no_mention(text):
    """That more may follow where a term with a gap ends makes no whole word of a longer one."""
    scanner = TermScanner(
        [
            TermList("trades", ("sewer", "재봉사")),
            TermList("faults", ("blocked ... sewer*", "막힌 ... 재봉사")),
            TermList("drains", ("blocked ... sewer",)),
        ]
    )
    for column in ([text], held([text], pa.string())):
        hits = scanner.scan_column(column)
        assert list(zip(hits.lists.tolist(), hits.standings.tolist(), strict=True)) == list(
            scanner.scan(text)
        )


@given(TEXTS, KINDS)
def test_what_is_told_of_texts_held_as_bytes_is_true_of_the_strings(texts, kind):
    """Strings, distinct ones, lengths, blanks, those other than some words, and single ones."""
    column = held(texts, kind)
    assert strings_of(column) == list(column) == texts
    codes, distinct = column.distinct()
    assert [distinct[code] for code in codes.tolist()] == texts
    assert distinct == list(dict.fromkeys(texts))
    assert column.lengths().tolist() == [len(text or "") for text in texts]
    assert column.are_blank().tolist() == [(text or "").isspace() for text in texts]
    assert column.are_ascii().tolist() == [(text or "").isascii() for text in texts]
    words = {"x", "crews"}
    assert column.other_than(words).tolist() == [text is not None and text not in words for text in texts]
    places = [place for place in range(len(texts)) if place % 2]
    assert list(column.taken(np.array(places, np.int64))) == [texts[place] for place in places]


@given(TEXTS, KINDS)
def test_the_bytes_of_a_column_are_those_of_its_texts(texts, kind):
    """In a row, each where it is said to be; and joined, each with the separator behind it."""
    column = held(texts, kind)
    data, places = column.bytes()
    assert [data[begin:end].tobytes().decode() for begin, end in pairwise(places.tolist())] == [
        text or "" for text in texts
    ]
    assert column.joined(SEPARATOR).tobytes().decode() == "".join((text or "") + SEPARATOR for text in texts)


@given(st.lists(st.text(st.characters(max_codepoint=126), max_size=30), min_size=1))
def test_plain_ascii_is_folded_as_bytes_the_way_it_is_folded_as_characters(texts):
    """Line ends, dashes, hyphens, capitals, control characters and runs of white space become the same either way."""
    joined = "".join(text + SEPARATOR for text in texts)
    assert scannable_ascii(joined.encode()).decode() == scannable(joined, column=True)
