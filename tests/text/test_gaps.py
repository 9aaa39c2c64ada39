"""
Terms with a gap: both parts in one sentence, in their order; what stands between may deny them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.text import Standing, TermList, TermScanner, faults_of

TERMS = (
    "passport* ... taken", "passport* ... not returned", "паспорт* ... забра*", "забра* ... паспорт*", "여권* ... 걷어*",
    "쉬는 날 ... 두 번뿐", "护照 ... 收上", "sleep* ... basement ... building*",
)  # fmt: skip
SCANNER = TermScanner([TermList("gaps", TERMS), TermList("plain", ("basement", "в сейфе"))])


def standing(text: str) -> Standing | None:
    """Return how the list with gaps is met in a text."""
    return dict(SCANNER.scan(text)).get(0)


@pytest.mark.parametrize(
    "text",
    [
        "Passports of all the men were taken by the agent.",
        "Their passports, both old and new, were taken.",
        "The passports were collected and not returned.",
        "Паспорта у всех приехавших забрала фирма.",
        "Забрали у рабочих все паспорта.",
        "회사가 여권을 모두 걷어 갔다.",
        "쉬는 날은 일 년에 두 번뿐이다.",
        "他们的护照就被老板收上去了。",
        "They sleep in the basement of an unfinished building.",
    ],
)
def test_both_parts_in_one_sentence_are_a_mention(text: str) -> None:
    """Words may come between, with the endings people give them."""
    assert standing(text) is Standing.STATED


@pytest.mark.parametrize(
    "text",
    [
        "Their passports were never taken.",
        "No passports were taken.",
        "If passports are taken, report it.",
        "Were passports taken? No.",
        "Паспорта у работников не забрали.",
        "여권을 모두 걷어 가지 않았다.",
        "护照没有被收上去。",
        "Passports are in order. The stairs were taken away.",
        "Taken to the airport with a passport.",
        "Passport copies were taken by the office.",
        "They sleep well. The basement of the building is empty.",
        "passport one two three four five six seven eight taken",
    ],
)
def test_a_denial_another_sentence_or_another_order_is_none(text: str) -> None:
    """A "not" in the gap denies; a full stop parts; the order counts; the gap has a width."""
    assert standing(text) is None


def test_a_not_that_belongs_to_the_term_denies_nothing() -> None:
    """What a last part like "not returned" says itself is no denial; the mention spans from the first word to the last."""
    (found,) = SCANNER.mentions("The passports were collected and not returned.", 0)

    assert (found.span, found.standing) == ((4, 45), Standing.STATED)


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("... taken", "odd-gap"),
        ("passport* ...", "odd-gap"),
        ("a ... taken", "odd-gap"),
        ("one* ... two ... three ... four", "odd-gap"),
        ("passport* ... ta*", "short-stem"),
    ],
)
def test_a_gap_that_cannot_be_is_told(term: str, fault: str) -> None:
    """A gap at an edge, too many of them, and a beginning that half the texts have are faults."""
    assert fault in {one.id for one in faults_of([term])}


_PIECES = [
    "passports", "were", "taken", "not", "never", "no", "паспорта", "забрали", "не", "여권을", "걷어 갔다", "지 않았다",
    "护照", "收上去", "没有", "basement", "building", "sleeping", ".", ",", "?", "if", "returned", "в сейфе",
    "쉬는 날은", "두 번뿐이다",
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join), max_size=6))
def test_a_column_says_what_each_text_alone_says(texts: list[str]) -> None:
    """One text and a column of texts give the same lists and standings."""
    hits = SCANNER.scan_column(texts)
    told = {
        (int(row), int(index), int(how))
        for row, index, how in zip(hits.rows, hits.lists, hits.standings, strict=True)
    }

    assert told == {
        (row, index, int(how)) for row, text in enumerate(texts) for index, how in SCANNER.scan(text)
    }


def test_a_term_with_a_gap_can_be_left_out() -> None:
    """`without` takes one such term away and leaves the others."""
    lesser = SCANNER.without(0, "passport* ... taken")

    assert lesser.scan("Passports were taken.") == ()
    assert lesser.scan("Passports not returned.") == SCANNER.scan("Passports not returned.") != ()
