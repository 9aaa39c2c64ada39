"""
Terms that leave a choice: any of the words finds them, and a choice says no more than its phrases written one by one.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laborscreen.text import (
    Standing,
    TermList,
    TermScanner,
    example_of,
    faults_of,
    most_phrases,
    parts_of,
    pattern_of,
)

TERMS = (
    "(passport*|identity cards) ... (seized|taken away)",
    "护照(都|)被没收",
    "(여권*|신분증) ... (빼앗*|걷어*)",
)
SCANNER = TermScanner([TermList("papers", TERMS)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("All passports of the crew were seized.", "passports ... seized"),
        ("Identity  Cards had been taken away.", "identity cards ... taken away"),
        ("他们的护照都被没收了。", "护照都被没收"),
        ("护照被没收。", "护照被没收"),
        ("회사가 신분증을 모두 걷어 갔다.", "신분증을 ... 걷어"),
    ],
)
def test_any_word_of_a_choice_finds_the_term_and_the_mention_tells_which(text: str, words: str) -> None:
    """Whoever reads the evidence sees the words that stand in the text, not the forty that might."""
    (mention,) = SCANNER.mentions(text, 0)

    assert (mention.words, mention.standing) == (words, Standing.STATED)


@pytest.mark.parametrize(
    "text",
    [
        "The passports were not seized.",
        "Passports are in order. Two trucks were seized.",
        "Identity cardsharps were taken away.",
        "The passport office was seizedly slow.",
        "护照没有被没收。",
    ],
)
def test_a_choice_keeps_to_whole_words_one_sentence_and_what_is_denied(text: str) -> None:
    """It is a way of writing several terms, and reads no wider than each."""
    assert SCANNER.scan(text) == ()


def test_a_longer_word_does_not_hide_a_whole_one_after_it() -> None:
    """After "seizedly" the sentence is read on."""
    assert SCANNER.scan("The passports, seizedly guarded, were seized.") == ((0, Standing.STATED),)


@given(
    st.lists(st.sampled_from(["passports", "papers", "id cards", "travel documents"]), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(["seized", "taken away", "keptl*", "held by"]), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(
        ["passports", "papers", "id", "cards", "travel", "documents", "were", "not", "seized", "taken", "away", "keptly",
         "held", "by", "the", "agent", ".", ","]), max_size=14),
    st.booleans(),
)  # fmt: skip
def test_a_choice_finds_what_its_phrases_find_one_by_one(
    firsts: list[str], lasts: list[str], words: list[str], gap: bool
) -> None:
    """On any text, with a gap or without."""
    between = " ... " if gap else " "
    chosen = between.join(
        one if len(of) == 1 else f"({one})" for of in (firsts, lasts) for one in ["|".join(of)]
    )
    single = tuple(f"{first}{between}{last}" for first in firsts for last in lasts)
    text = " ".join(words)
    scanners = [TermScanner([TermList("x", terms)]) for terms in ((chosen,), single)]

    assert scanners[0].scan(text) == scanners[1].scan(text)
    assert scanners[0].scan_column([text, None]).standings.tolist() == [
        int(standing) for _, standing in scanners[1].scan(text)
    ]


WORDS = ("seized", "taken away", "kept", "held*", "by", "agents", "the boss", "in a safe", "papers")
SIGNS = ("护照", "证件", "被", "都", "没收", "收走", "老板", "了", "16")


@given(st.data(), st.booleans())
def test_a_term_of_several_choices_finds_what_its_phrases_find_one_by_one(
    data: st.DataObject, signs: bool
) -> None:
    """With words that may be left out, in Chinese too, and with so many phrases that their beginnings are looked for."""
    known, between = (SIGNS, "") if signs else (WORDS, " ")
    pieces = data.draw(
        st.lists(
            st.lists(st.sampled_from(("", *known)), min_size=1, max_size=5, unique=True),
            min_size=1,
            max_size=4,
        )
    )
    term = between.join(one[0] if len(one) == 1 else f"({'|'.join(one)})" for one in pieces)
    assume(not faults_of([term]))
    phrases = tuple(dict.fromkeys(" ".join(row) for row in parts_of(term)[0]))
    assert len(parts_of(term)[0]) <= most_phrases(term)
    words = data.draw(st.lists(st.sampled_from([word.removesuffix("*") for word in known]), max_size=8))
    text = between.join(words)

    chosen, single = (TermScanner([TermList("x", terms)]) for terms in ((term,), phrases))

    assert chosen.scan(text) == single.scan(text)


@pytest.mark.parametrize(
    ("term", "texts"),
    [
        ("(class|meeting)* ... (run|held) by", ["Classes are run by him.", "A meeting was held by him."]),
        ("(kept|held)* passports", ["kept passports", "heldly passports"]),
        ("pass(port|book)s were kept", ["passbooks were kept", "passports were kept"]),
    ],
)
def test_a_star_or_letters_may_follow_the_brackets_of_a_choice(term: str, texts: list[str]) -> None:
    """They belong to each word of the choice."""
    assert faults_of([term]) == ()
    for text in texts:
        assert TermScanner([TermList("x", (term,))]).scan(text) == ((0, Standing.STATED),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("협박을 받았다고 한다", True),
        ("협박을 받은 사람", True),
        ("협박을 받고 있다", True),
        ("협박을 받침대", False),
    ],
)
def test_a_short_korean_word_of_a_choice_hides_no_longer_one(text: str, found: bool) -> None:
    """What follows 받 in 받았다 is no ending, and 받았* is another word of the same choice."""
    scanner = TermScanner([TermList("x", ("(협박을|위협을) (받|받고|받았*|했습니다)",))])

    assert bool(scanner.scan(text)) is found
    assert len(scanner.scan_column([text]).rows) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Passports were not sold but taken away by the boss.", "passports ... taken away"),
        ("Passports were never taken away, but kept by the agency.", "passports ... kept"),
        ("Papers were not sold, they were kept.", "papers ... kept"),
        ("Passports were not sold, taken away or kept.", None),
        ("No passports were sold, taken away or kept.", None),
        ("Passports were not kept but were kept in order.", None),
    ],
)
def test_of_a_choice_behind_a_gap_a_farther_word_counts_where_the_nearest_is_denied(
    text: str, words: str | None
) -> None:
    """As it does where the phrases are written one by one; the mention tells the word that is stated."""
    heads, tails = ("passport*", "papers"), ("sold", "taken away", "kept")
    single = TermScanner([TermList("x", tuple(f"{head} ... {tail}" for head in heads for tail in tails))])
    scanner = TermScanner([TermList("x", (f"({'|'.join(heads)}) ... ({'|'.join(tails)})",))])

    assert scanner.scan(text) == single.scan(text) == (((0, Standing.STATED),) if words else ())
    assert len(scanner.scan_column([text]).rows) == (words is not None)
    stated = [one.words for one in scanner.mentions(text, 0) if one.standing is Standing.STATED]
    assert stated == ([words] if words else [])


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("passports (kept|held", "odd-choice"),
        ("passports kept|held", "odd-choice"),
        ("passports (kept|(held|taken))", "odd-choice"),
        ("(|)", "odd-choice"),
        ("passports ... (kept|)", "odd-gap"),
        ("(passports|护照) ... kept", "odd-choice"),
        ("(passports|abc*) kept", "short-stem"),
        ("(a1|a2|a3|a4) " * 6, "wide-choice"),
    ],
)
def test_a_choice_that_cannot_be_used_is_named(term: str, fault: str) -> None:
    """Brackets that do not fit, a choice of nothing, two ways of writing beside a gap, thousands of phrases."""
    assert fault in [found.id for found in faults_of([term])]


def test_an_example_of_a_term_is_found_by_it() -> None:
    """Tools that try a term out write its first words."""
    for term in TERMS:
        assert TermScanner([TermList("x", (term,))]).scan(example_of(term))


def test_what_is_looked_for_grows_with_the_words_of_a_choice_not_with_their_pairs() -> None:
    """Ten heads and ten tails are twenty strings, not a hundred."""
    heads = "|".join(f"paper{letter}" for letter in "abcdefghij")
    tails = "|".join(f"taken{letter}" for letter in "abcdefghij")

    pattern = pattern_of(f"({heads}) ... ({tails})")

    assert (len(pattern.literals), len(pattern.tails)) == (10, 10)


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("refused ... (in|entry)", "the guards refused to let us in", True),
        ("refused ... (in|entry)", "the guards refused everybody,in", True),
        ("refused ... (in|entry)", "the guards refused an inspection", False),
        ("refused ... (in|entry)", "in the end the guards refused", False),
        ("(worked|works) ... (id|cv)", "he worked under another cv.", True),
        ("(worked|works) ... (id|cv)", "he worked on the cvtech line", False),
    ],
)
def test_a_brief_word_after_a_gap_is_found_as_a_word_alone(term: str, text: str, found: bool) -> None:
    """Brief words stand inside many others; they count after a space or a comma, and whole."""
    scanner = TermScanner([TermList("x", (term,))])

    assert bool(scanner.scan(text)) is found
    assert len(scanner.scan_column([text]).rows) == found


def test_of_a_term_with_many_phrases_its_last_words_are_looked_for_too() -> None:
    """Where only beginnings are looked for, a text is read because of them and a last word, in that order."""
    verbs = "|".join(f"gave{letter}" for letter in "abcdefgh")
    whom = "|".join(f"person{letter}" for letter in "abcdefghij")
    term = f"({verbs}) ({whom}) (pocket money|coupons)"
    scanner = TermScanner([TermList("x", (term,))])

    assert pattern_of(term).tails == ("pocket money", "coupons")
    assert scanner.scan("They gaveb persond pocket money only.")
    assert not scanner.scan("They gaveb persond coupon books.")
    assert not scanner.scan("Coupons: they gaveb persond nothing.")


def test_a_beginning_that_reaches_into_the_last_words_is_found_in_a_column_too() -> None:
    """Where only beginnings are looked for, brief words are told with those after them, up to the end of the term."""
    first = "|".join(("in", *(f"within{letter}" for letter in "abcdefghij")))
    second = "|".join(("on", *(f"upper{letter}" for letter in "abcdef")))
    term = f"({first}) ({second}) camps"
    scanner = TermScanner([TermList("x", (term,))])

    assert {"in on camps", "withina"} < set(pattern_of(term).literals)
    assert pattern_of(term).tails == ("camps",)
    assert scanner.scan("They live in on camps.") == ((0, Standing.STATED),)
    assert scanner.scan_column(["They live in on camps.", "Camps: in on it."]).rows.tolist() == [0]
