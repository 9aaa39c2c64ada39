"""Words, yes and no, and silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import laborscreen.values.tables as tables
from laborscreen.values import is_missing, read_word, read_yes_no, words_of
from laborscreen.values.spelling import key

VOCABULARIES = sorted({row["vocabulary"] for row in tables.rows("words")})


@pytest.mark.parametrize(
    ("vocabulary", "written", "word"),
    [
        ("visa", "учебная", "student"),
        ("visa", "учебная виза", "student"),
        ("visa", "Виза: учебная", "student"),
        ("visa", "Student visa", "student"),
        ("visa", "student (учебная)", "student"),
        ("visa", "рабочая виза", "work"),
        ("visa", 'виза категории "работа"', "work"),
        ("visa", "виза не требуется", "not_required"),
        ("visa", "деловая", "business"),
        ("visa", "стажировка", "trainee"),
        ("visa", "производственная практика", "trainee"),
        ("visa", "туристическая", "tourist"),
        ("visa", "гуманитарная (культурные связи)", None),
        ("visa", "обслуживающий персонал транспортных средств", "transport_crew"),
        ("visa", "技能实习", "trainee"),
        ("visa", "边境通行证", "other"),
        ("visa", "유학", "student"),
        ("visa", "Arbeitsvisum", "work"),
        ("work_permit", "РНР", "permit"),
        ("work_permit", "разрешение на работу", "permit"),
        ("work_permit", "патент", "patent"),
        ("work_permit", "none", "none"),
        ("work_permit", "нет", "none"),
        ("documents_held_by", "удерживает агентство", "agency"),
        ("documents_held_by", "у работодателя", "employer"),
        ("documents_held_by", "на руках", "worker"),
        ("documents_held_by", "бригадир", "supervisor"),
        ("lodging", "общежитие", "dormitory"),
        ("lodging", "вахтовый посёлок", "camp"),
        ("lodging", "бытовка", "container"),
        ("lodging", "컨테이너", "container"),
        ("lodging", "подвал", "basement"),
        ("pay_method", "наличными", "cash"),
        ("pay_method", "на карту работника", "bank"),
        ("pay_recipient", "посольство", "embassy"),
        ("source_type", "Supplier statement", "supplier_statement"),
        ("industry_scheme", "ОКВЭД-2", "OKVED2"),
        ("industry_scheme", "NACE Rev. 2.1", "NACE2"),
        ("movement", "только группой", "group_only"),
        ("vpn", "none", "none"),
        ("identity_check", "not done", "not_done"),
    ],
)
def test_words_are_read_as_people_write_them(vocabulary, written, word):
    """Russian, Korean, Chinese, German and English words lead to the word of the design."""
    assert read_word(vocabulary, written).value == word


@pytest.mark.parametrize(
    ("vocabulary", "written"),
    [
        ("visa", "not a student"),
        ("visa", "student or work"),
        ("visa", "no visa"),
        ("visa", "учебная / рабочая"),
        ("visa", "students of the agency"),
        ("documents_held_by", "not the employer"),
        ("documents_held_by", "employer or agency"),
        ("lodging", "container terminal"),
        ("lodging", "not in a dormitory"),
        ("pay_method", "cash or bank"),
        ("visa", "student (work)"),
    ],
)
def test_look_alikes_are_not_read(vocabulary, written):
    """A denial, a choice and a longer phrase are not the word they contain."""
    reading = read_word(vocabulary, written)
    assert reading.value is None
    assert reading.note


def test_a_slip_is_answered_with_a_suggestion():
    """A word that is nearly known is not read, but the nearest one is named."""
    assert "did you mean student" in read_word("visa", "studnet").note


def test_an_unknown_vocabulary_is_a_fault_of_the_program():
    """Only the catalogue names vocabularies, so a wrong name is an error and not a reading."""
    with pytest.raises(KeyError):
        read_word("no such field", "x")
    with pytest.raises(KeyError):
        words_of("no such field")


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_word_reads_as_itself(vocabulary):
    """Reading what was read changes nothing, in any case and with spaces for underscores."""
    for word in words_of(vocabulary):
        for form in (word, word.upper(), f"  {word.replace('_', ' ')} "):
            assert read_word(vocabulary, form).value == word


def test_no_written_form_means_two_words_of_one_field():
    """A form under two words of one vocabulary could never be read."""
    seen: dict[tuple[str, str], set[str]] = {}
    for row in tables.rows("words"):
        for form in tables.forms(row["written"]):
            seen.setdefault((row["vocabulary"], key(form)), set()).add(row["word"])
    assert {where: words for where, words in seen.items() if len(words) > 1} == {}


def test_every_written_form_reads_as_its_word():
    """What stands in the table is what the reader gives."""
    wrong = [
        (row["vocabulary"], form, row["word"])
        for row in tables.rows("words")
        for form in tables.forms(row["written"])
        if read_word(row["vocabulary"], form).value != row["word"]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("yes", True),
        ("Y", True),
        ("да", True),
        ("있음", True),
        ("有", True),
        ("✓", True),
        ("1", True),
        (1, True),
        (True, True),
        ("ja", True),
        ("no", False),
        ("нет", False),
        ("없음", False),
        ("无", False),
        ("✗", False),
        ("0", False),
        (0, False),
        (False, False),
        ("FALSE", False),
        ("perhaps", None),
        ("yes, but", None),
        ("2", None),
        ("да/нет", None),
        (0.5, None),
        ("нет данных", None),
        ("", None),
        (None, None),
        (["yes"], None),
    ],
)
def test_yes_and_no(written, answer):
    """Yes and no in many languages, and nothing between them."""
    assert read_yes_no(written).value is answer


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("yes, weekly", True),
        ("no, never", False),
        ("Запрещено", False),
        ("yes, never", None),
        ("no, with consent", None),
    ],
)
def test_an_answer_with_more_behind_it_is_read_where_both_say_the_same(written, answer):
    """How often something happens is a yes; a condition behind a yes or no is not passed over."""
    assert read_yes_no(written).value is answer


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "  ",
        "n/a",
        "N/A",
        "#N/A",
        "-",
        "—",
        "...",
        "unknown",
        "не указано",
        "нет данных",
        "미상",
        "不详",
        "н/д",
        "Не Указано.",
        "\u200b",
        "<NA>",
        float("nan"),
        "null",
        "TBD",
    ],
)
def test_silence_is_missing(written):
    """What people write where they have nothing to tell."""
    assert is_missing(written)


@pytest.mark.parametrize(
    "written",
    ["none", "no", "нет", "无", "NA", 0, False, "0", "x", "$", "+", "✓", "N", "na na", [], "unknown unknown"],
)
def test_answers_are_not_missing(written):
    """An answer such as "none" is no silence, Namibia is a country, and a tick is a yes."""
    assert not is_missing(written)


@given(st.sampled_from(VOCABULARIES), st.text(max_size=40))
def test_any_text_reads_as_a_word_or_not_at_all(vocabulary, written):
    """A reader of words gives words of its vocabulary only."""
    assert read_word(vocabulary, written).value in {*words_of(vocabulary), None}
