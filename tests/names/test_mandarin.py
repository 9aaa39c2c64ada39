"""
Chinese characters read in Mandarin.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from laborscreen.names import NameIndex, compare
from laborscreen.names.han import mandarin_spellings
from laborscreen.names.mandarin import syllables

CHARACTERS = [chr(code) for code in PINYIN_DICT]
PHRASES = sorted(PHRASES_DICT)


def by_pypinyin(text: str) -> list[str]:
    return list(lazy_pinyin(text, style=Style.NORMAL, errors="ignore"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重庆", ["chong", "qing"]),
        ("重量", ["zhong", "liang"]),
        ("长江", ["chang", "jiang"]),
        ("校长", ["xiao", "zhang"]),
        ("丹东锦程", ["dan", "dong", "jin", "cheng"]),
        ("韓光福", ["han", "guang", "fu"]),
        ("长·江", ["zhang", "jiang"]),
        ("", []),
        ("Wang", []),
    ],
)
def test_a_character_is_read_as_its_phrase_says(text: str, expected: list[str]) -> None:
    """长 is chang in 长江, zhang in 校长 and by itself; what is not Chinese has no reading."""
    assert list(syllables(text)) == expected


@pytest.mark.parametrize("written", ["LV Bo", "LYU Bo", "Lü Bo", "Lu Bo", "Bo LYU"])
def test_the_umlaut_is_met_as_passports_and_keyboards_write_it(written: str) -> None:
    """吕 is found as Lv, Lyu, Lü and Lu, by the index as by comparing."""
    index = NameIndex.build([(1, "person", written), (2, "person", "Li Bo"), (3, "person", "Luo Bo")])

    assert [hit.entry for hit in index.search("吕波", kind="person")] == [1]
    assert index.search("吕波", kind="person") == index.search("吕波", kind="person", exhaustive=True)


def test_a_name_without_an_umlaut_is_written_one_way() -> None:
    """陆 is Lu and nothing else, so it does not become the Lyu of 吕."""
    assert mandarin_spellings("陆波") == (("lu", "bo"),)
    assert not compare("陆波", "LYU Bo", kind="person").is_match
    assert not compare("吕波", "Luo Bo", kind="person").is_match


@pytest.mark.soak
def test_every_character_and_every_phrase_is_read_as_pypinyin_reads_it() -> None:
    """The tables hold the whole dictionary, and no reading of theirs differs from it."""
    differing = [text for text in (*CHARACTERS, *PHRASES) if list(syllables(text)) != by_pypinyin(text)]

    assert differing == []


@given(
    st.lists(
        st.sampled_from(CHARACTERS) | st.sampled_from(PHRASES) | st.sampled_from("·aㄱ"), max_size=6
    ).map("".join)
)
def test_any_text_is_cut_and_read_as_pypinyin_does_it(text: str) -> None:
    """Phrases that follow each other, overlap or break off are cut at the same places."""
    assert list(syllables(text)) == by_pypinyin(text)


@given(st.sampled_from(PHRASES), st.sampled_from(PHRASES), st.data())
def test_phrases_that_break_off_are_read_as_pypinyin_does_it(
    one: str, other: str, data: st.DataObject
) -> None:
    """A phrase cut short before another, and at the end of the text, is read like the dictionary's cutter reads it."""
    ends = data.draw(st.tuples(st.integers(1, len(one)), st.integers(1, len(other))))
    text = one[: ends[0]] + other[: ends[1]]

    assert list(syllables(text)) == by_pypinyin(text)
