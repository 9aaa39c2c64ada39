"""The scanner: one text and a column get the same answers, whatever is in them."""

import pickle
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import UsageError
from laborscreen.text import Standing, TermList, TermScanner
from laborscreen.text.mention import Hits

LISTS = (
    TermList(
        "nexus",
        ("north korean", "dprk", "кндр", "северокорей*", "북한", "북한 노동자", "조선", "朝鲜工人", "朝鲜"),
    ),
    TermList("documents", ("passports", "passports held", "изъят* паспорт*", "паспорт*", "여권", "护照")),
    TermList("overlap", ("korean", "north korean", "not allowed to leave", "держат паспорт*")),
)
SCANNER = TermScanner(LISTS)

WORDS = st.sampled_from(
    [
        "North-Korean",
        "north  korean",
        "KOREAN",
        "DPRK",
        "KHДP",
        "северокорейских",
        "Изъяты паспорта",
        "паспорт",
        "북한",
        "북한은",
        "북한 노동자들",
        "조선소",
        "조선",
        "朝鲜工人",
        "朝鲜族",
        "护照",
        "여권",
        "passports",
        "passports held",
        "not allowed to leave",
        "no",
        "not",
        "if",
        "?",
        ".",
        ";",
        ",",
        " - ",
        "—",
        ": none",
        "none",
        "нет",
        "не",
        "если",
        "запрещено",
        "없다",
        "않았다",
        "만약",
        "没有",
        "禁止",
        "如果",
        "competitor",
        "alleged",
        "until 2016",
        "workers",
        "\x7f",
        "\x00",
        "\n\n",
        "\u200b",
        "É",
        "ё",
        "x_dprk",
        "dprk's",
        "7dprk",
        "were used",
        "были",
        "используют",
        "고용하지",
        "使用",
        "although",
        "and",
        "Но",
        "\u0301",
        "ﾟ",
        "\u1161",
        "K",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=12).map(" ".join) | st.lists(
    WORDS, max_size=8
).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.none() | TEXTS, max_size=8))
def test_a_column_says_what_each_text_says(texts):
    """scan_column gives, for every text, exactly what scan gives."""
    hits = SCANNER.scan_column(texts)
    column = list(zip(hits.rows.tolist(), hits.lists.tolist(), hits.standings.tolist(), strict=True))

    single = [
        (row, index, int(standing))
        for row, text in enumerate(texts)
        for index, standing in SCANNER.scan(text or "")
    ]
    assert column == single


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_mentions_explain_the_scan(text):
    """The best standing of the mentions of a list is what scan says, and every span lies in the text as written."""
    said = dict(SCANNER.scan(text))
    for index in range(len(LISTS)):
        mentions = SCANNER.mentions(text, index)
        best = max((mention.standing for mention in mentions), default=Standing.DENIED)
        assert said.get(index, Standing.DENIED) == best
        assert all(0 <= mention.span[0] < mention.span[1] <= len(text) for mention in mentions)


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("North Korean crew", ["nexus", "overlap"]),
        ("the north-\nkorean crew", ["nexus", "overlap"]),
        ("xnorth korean", ["overlap"]),
        ("north koreans", []),
        ("DPRK's crew; x_dprk", ["nexus"]),
        ("dprk7", []),
        ("крю из KHДP", ["nexus"]),
        ("северокорейские рабочие", ["nexus"]),
        ("северокорейскоооооооооо", []),
        ("просеверокорейские", []),
        ("Изъятые паспорта лежат в сейфе", ["documents"]),
        ("북한은 노동자를 보낸다", ["nexus"]),
        ("북한노동자들이 일한다", ["nexus"]),
        ("대북한", []),
        ("조선소에서 일한다", []),
        ("대우조선해양", []),
        ("조선시대 그림", []),
        ("조선족 직원", []),
        ("조선에서 왔다", ["nexus"]),
        ("厂里有朝鲜工人", ["nexus"]),
        ("朝鲜族员工", []),
        ("护照由公司保管", ["documents"]),
        ("", []),
    ],
)
def test_words_are_whole_in_every_script(text, lists):
    """A term is found as a whole word, with the endings its language gives it, and not inside another word."""
    assert [LISTS[index].id for index, _ in SCANNER.scan(text)] == lists


def test_spans_point_into_the_text_as_written():
    """Folding moves letters about; a span still marks the words as they were written."""
    text = "«Ｎorth\u00ad-Korean»  crew"
    (mention,) = SCANNER.mentions(text, 0)

    assert text[slice(*mention.span)] == "Ｎorth\u00ad-Korean"


def test_a_scanner_survives_pickling():
    """A scanner that crossed a process border says the same."""
    text = "North Korean workers; passports held"

    assert pickle.loads(pickle.dumps(SCANNER)).scan(text) == SCANNER.scan(text)


def test_a_faulty_term_is_refused_by_name():
    """A term that cannot be used is an error that names the list, the term and the cure."""
    with pytest.raises(UsageError, match="list a, term 'из\\*'"):
        TermScanner([TermList("a", ("из*",))])


def test_a_column_is_not_bound_by_its_buffers():
    """Rows keep their numbers over many buffers, and long texts are not cut."""
    texts = (
        ["x" * 50] * 5000
        + ["north korean " + "y" * 100_000]
        + ["é"] * 3000
        + ["z " * 60_000 + "dprk"]
        + [None]
    )
    hits = SCANNER.scan_column(texts)

    assert list(zip(hits.rows.tolist(), hits.lists.tolist(), strict=True)) == [
        (5000, 0),
        (5000, 2),
        (8001, 0),
    ]
    assert sys.getsizeof(hits) < 1000


def test_a_hostile_text_takes_a_bounded_time():
    """Ten thousand denied mentions in one text are counted as doubtful after the first few hundred, not judged one by one."""
    text = "no passports held, if not north korean: none; " * 10_000
    start = time.process_time()

    assert dict(SCANNER.scan(text))[1] is Standing.DOUBTFUL
    assert time.process_time() - start < 10
    assert SCANNER.mentions("no passports held. " * 300, 1)[-1].reason.startswith("not judged")


@given(
    st.lists(WORDS, max_size=8),
    st.sampled_from([(n, term) for n, one in enumerate(LISTS) for term in one.terms]),
)
@settings(max_examples=150, deadline=None)
def test_a_scanner_without_a_term_is_one_that_never_had_it(words: list[str], gone: tuple[int, str]) -> None:
    """
    Leaving a term out of a ready scanner gives what a scanner made without it gives, on one text and on a column.
    """
    number, term = gone
    fewer = [
        TermList(one.id, tuple(text for text in one.terms if (place, text) != gone))
        for place, one in enumerate(LISTS)
    ]
    made, lesser = TermScanner(fewer), SCANNER.without(number, term)
    text = " ".join(words)

    assert lesser.scan(text) == made.scan(text)
    assert lesser.mentions(text, number) == made.mentions(text, number)
    for one, other in zip(
        _columns(lesser.scan_column([text, "x", text])),
        _columns(made.scan_column([text, "x", text])),
        strict=True,
    ):
        assert one == other


def _columns(hits: Hits) -> tuple[list[int], list[int], list[int]]:
    return hits.rows.tolist(), hits.lists.tolist(), hits.standings.tolist()
