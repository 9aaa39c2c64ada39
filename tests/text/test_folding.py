"""Folding: what is equal to a reader compares equal, and every folded letter knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.text import fold, fold_lookalikes, fold_with_offsets, visible


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("North Korea", "north korea"),
        ("  two\t\twords \n", "two words"),
        ("Ｎｏｒｔｈ　ＫＯＲＥＡ", "north korea"),
        ("nor\u200bth ko\u00adrea\u202e", "north korea"),
        ("북한", "북한"),
        ("\u1107\u116e\u11a8\u1112\u1161\u11ab", "북한"),
        ("Ещё Ёлка", "еще елка"),
        ("па́спорт", "паспорт"),
        ("«КНДР» — ‘x’ “y”", '"кндр" - \'x\' "y"'),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("A\x00B\x1bC", "abc"),
        ("朝鲜。工人、", "朝鲜.工人、"),
        ("", ""),
    ],
)
def test_folding_levels_what_a_reader_does_not_tell_apart(written, folded):
    """Case, width, composition, marks, quotes, dashes, spaces and ё are levelled."""
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    """A folded text is its own folded form."""
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_offsets_lead_back(text):
    """The folded text is the same with offsets, and the offsets never go backwards or out of the text."""
    folded, places = fold_with_offsets(text)

    assert folded == fold(text)
    assert len(places) == len(folded)
    assert all(0 <= place < len(text) for place in places)
    assert list(places) == sorted(places)


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("khдp", "кндр"),
        ("кhдр", "кндр"),
        ("nоrth", "north"),
        ("dрrk", "dprk"),
        ("kp", "kp"),
        ("кp", "кp"),
        ("paspor", "paspor"),
        ("朝鲜kp", "朝鲜kp"),
        ("жx", "жx"),
    ],
)
def test_lookalikes_are_folded_in_words_of_three_letters_or_more(word, folded):
    """A word that mixes alphabets is written in one; two-letter codes and whole words stay."""
    assert fold_lookalikes(word) == folded


def test_a_whole_word_turns_only_into_a_known_one():
    """A word of one alphabet is left alone unless its twin is known."""
    assert fold_lookalikes("baxta") == "baxta"
    assert fold_lookalikes("baxta", known={"вахта"}) == "вахта"


@given(st.text())
def test_nothing_hidden_is_shown(text):
    """What is shown holds no control, directional or zero-width character and can be encoded."""
    shown = visible(text)

    shown.encode("utf-8")
    assert all(mark not in shown for mark in "\x1b\u202e\u200b\u00ad\n\t\x7f")
