"""Terms: how they are written, what they stand for, and what is wrong with those that cannot be used."""

import pytest

from laborscreen.text import (
    Script,
    TermList,
    TermScanner,
    ends_word,
    faults_of,
    script_of,
    scripts_of,
    starts_word,
)


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("", "empty-term"),
        ("  - ", "empty-term"),
        ("*", "empty-term"),
        ("про*паспорт", "star-inside"),
        ("изъ*", "short-stem"),
        ("abc*", "short-stem"),
        ("북*", "short-stem"),
        ("朝鲜*", "star-without-endings"),
        ("КНDР", "mixed-scripts"),
        ("x" * 201, "long-term"),
    ],
)
def test_a_term_that_cannot_be_used_is_named(term, fault):
    """Each fault has a stable name."""
    assert [found.id for found in faults_of([term])] == [fault]


@pytest.mark.parametrize(
    "term",
    ["north korean", "северокорей*", "изъят* паспорт*", "북한 노동자", "강제*", "朝鲜工人", "D.P.R.K.", "IT"],
)
def test_a_term_that_can_be_used_has_no_fault(term):
    """Plain words, stems and several words are fine in every script."""
    assert faults_of([term]) == ()


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("отделочн*", "отделочными работами", True),
        ("отделочн*", "отделочн", True),
        ("отделочн*", "отделочниковыми", False),
        ("отделочн*", "переотделочный", False),
        ("изъят* паспорт*", "изъятые  паспорта", True),
        ("изъят* паспорт*", "изъятые у них паспорта", False),
        ("forced labour", "forced-labour", True),
        ("forced labour", "forced\n labour", True),
        ("forced labour", "forced, labour", False),
        ("강제*", "강제노동", True),
        ("북한 노동자", "북한노동자들에게", True),
        ("북한 노동자", "북한 노동자상", False),
        ("d.p.r.k.", "the D.P.R.K. crew", True),
        ("朝鲜工人", "四十名朝鲜工人。", True),
    ],
)
def test_a_term_stands_for_so_much_and_no_more(term, text, found):
    """A stem takes a bounded tail, words take any run of white space or a hyphen, Korean takes its endings."""
    assert bool(TermScanner([TermList("list", (term,))]).scan(text)) is found


def test_scripts_and_borders():
    """Letters know their script, and words their borders."""
    assert scripts_of("KHДP 7") == {Script.LATIN, Script.CYRILLIC}
    assert script_of("カ") is Script.KANA
    assert starts_word("_dprk", 1)
    assert not starts_word("7dprk", 1)
    assert ends_word("dprk_", 4)
    assert not ends_word("dprkа", 4)
