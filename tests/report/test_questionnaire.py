"""
Questions to suppliers: only those that matter, in forms that can be filled and read back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from laborscreen.conditions import walk
from laborscreen.errors import InputError
from laborscreen.record import Record, catalogue
from laborscreen.report import Answers, Chooser, read_answers, with_answers
from laborscreen.report.questionnaire import (
    NEUTRAL,
    Addressee,
    Question,
    file_stem,
    letter_words,
    questions_of,
    told_in,
    write_form,
    write_letter,
)
from laborscreen.report.questions import UNREADABLE
from laborscreen.screening import Gap, Screener
from laborscreen.screening.screened import Screened
from tests.report.conftest import PAYLOADS, Reader

WHOM = Addressee("V-3", "Unclear Ltd", "2026-06-30")
LANGUAGES = ("en", "ru", "zh", "ko")


def answered(**given: str) -> Answers:
    """
    Return answers of the last of July; two underscores stand for a dot.
    """
    told = {field.replace("__", "."): text for field, text in given.items()}
    return Answers("V-3", date(2026, 7, 31), "A. Person", "form.json", "0" * 64, told)


def test_a_referred_record_is_asked_nothing(screener: Screener, screened: tuple[Screened, ...]) -> None:
    """
    No answer changes the gravest outcome, so no letter is written that could tip somebody off.
    """
    assert screened[0].assessment.outcome == "refer"
    assert Chooser(screener.rulebook).questions(screened[0].assessment) == ()


def test_what_the_policy_needs_is_always_asked(screener: Screener, screened: tuple[Screened, ...]) -> None:
    """
    An incomplete record is asked for what makes it incomplete, and for what could not be read.
    """
    asked = {gap.rule for gap in Chooser(screener.rulebook).questions(screened[2].assessment)}

    assert {"which_korea", "unreadable-value"} <= asked


def test_a_question_left_out_could_not_have_changed_the_outcome(screener: Screener) -> None:
    """
    Whatever is answered to a question that is not asked, the outcome stays, even if everything else stays open.
    """
    told: dict[str, Any] = {
        "id": "V-9",
        "name": "Dormitory Works",
        "country": "UZ",
        "workforce": [{"nationality": "UZ", "headcount": 12, "hours_per_day": 12}],
    }
    before = screener.screen(told)
    asked = {gap.rule for gap in Chooser(screener.rulebook).questions(before)}
    for gap in before.gaps:
        rule = screener.rulebook.by_id.get(gap.rule)
        if gap.rule in asked or rule is None:
            continue
        for test in rule.tests:
            if test.expect == "match" and list(test.record) == ["workforce"]:
                entry = {**test.record["workforce"][0], **told["workforce"][0]}
                assert screener.screen({**told, "workforce": [entry]}).outcome == before.outcome


@pytest.mark.parametrize(
    ("told", "field", "answers"),
    [
        ({"country": "Korea"}, "country", ("South Korea", "North Korea")),
        (
            {"country": "RU", "workforce": [{"nationality": "KR", "headcount": 9, "hours_per_day": 13}]},
            "workforce.documents_held_by",
            ("worker", "employer"),
        ),
    ],
)
def test_two_answers_to_a_question_give_two_outcomes(
    screener: Screener, told: dict[str, Any], field: str, answers: tuple[str, str]
) -> None:
    """
    A field that a letter asks for can turn the outcome: answered one way or the other, the record ends differently.
    """
    told = {"id": "V-3", "name": "Unclear Ltd", **told}
    asked = {one for gap in Chooser(screener.rulebook).questions(screener.screen(told)) for one in gap.fields}
    outcomes = []
    for answer in answers:
        given = Answers("V-3", date(2026, 7, 31), "", "f.json", "0", {field: answer})
        outcomes.append(screener.screen(with_answers(told, given)[0]).outcome)

    assert field in asked
    assert outcomes[0] != outcomes[1]


def test_a_field_is_asked_for_once() -> None:
    """
    Gaps with one question make one, and a field asked for by two stands in the first.
    """
    gaps = [
        Gap("a", ("country",), "Where?"),
        Gap("b", ("country", "workforce[1].visa"), "Which?"),
        Gap("c", ("country",), "Where?"),
    ]

    found = questions_of(gaps)

    assert [(one.ask, [line.field for line in one.lines]) for one in found] == [
        ("Where?", ["country"]),
        ("Which?", ["workforce[1].visa"]),
    ]
    assert "student" in found[1].lines[0].words


@pytest.mark.parametrize(
    "record_id", ["../../etc/passwd", "a/b", "a\\b", ".hidden", "x" * 300, "지원", "", "a\0b"]
)
def test_file_names_are_harmless(record_id: str) -> None:
    """
    No id leads out of the folder, hides a file or makes a name too long; different ids have different names.
    """
    stem = file_stem(record_id)

    assert Path(stem).name == stem
    assert not stem.startswith(".")
    assert 0 < len(stem) < 80
    assert stem != file_stem(record_id + "x")


@pytest.mark.parametrize(
    "ask",
    [
        "Stop payment until legal advice is taken.",
        "Revoke access first; then ask why.",
        "Stay on the platform until identity is checked.",
        "Was DPRK labour used?",
        "Freeze the account",
    ],
)
def test_what_is_said_to_our_own_staff_is_never_sent(ask: str) -> None:
    """
    An instruction, or a question that gives a suspicion away, is replaced by a neutral sentence; its blanks are asked for.
    """
    found = questions_of([Gap("LS-X", ("country",), ask)])

    assert [(one.ask, one.lines[0].field) for one in found] == [(NEUTRAL, "country")]


def test_our_note_on_a_value_is_not_sent() -> None:
    """
    The supplier is asked what it meant, and is not told what we think of it.
    """
    asked = (
        "What is meant by “朝鮮籍”? It is a status in Japan and no DPRK passport; ask which State issued it."
    )

    found = questions_of([Gap("unreadable-value", ("nationality",), asked)])

    assert [one.ask for one in found] == ["What is meant by “朝鮮籍”?"]


def test_no_shipped_rule_gives_an_instruction_in_a_letter(screener: Screener) -> None:
    """
    Of all shipped rules, only questions reach a letter.
    """
    needs = frozenset(need.id for need in screener.rulebook.policy.needs)
    for rule in screener.rulebook.rules:
        (found,) = questions_of([Gap(rule.id, ("country",), rule.ask)], needs)
        assert found.ask == NEUTRAL or found.ask.endswith("?")


def test_every_language_has_every_word() -> None:
    """
    The letters say the same in all languages, and those that are not English can say that a question is.
    """
    english = letter_words("en")
    for language in LANGUAGES:
        words = letter_words(language)
        assert words.keys() == english.keys()
        assert len(words["body"]) == len(english["body"])
        assert bool(words["questions_note"]) is (language != "en")


def _asked_by_shipped_rules(screener: Screener) -> tuple[Question, ...]:
    """Return every question that may stand in a letter, with every blank that any rule may ask for."""
    policy = screener.rulebook.policy
    fields = tuple(
        dict.fromkeys(
            field.path
            for rule in screener.rulebook.rules
            for tree in (rule.when, *([] if rule.applies_when is None else [rule.applies_when]))
            for node, group in walk(tree)
            for name in (getattr(node, "field", ""), getattr(node, "by", ""))
            if name and (field := catalogue().find(name, group or getattr(node, "group", ""))) is not None
        )
    )
    needs = frozenset(need.id for need in policy.needs)
    every_blank = questions_of([Gap("LS-X", fields, "Stop.")])
    asks = [(one.id, one.ask) for one in (*screener.rulebook.rules, *policy.needs) if one.ask]
    return (*every_blank, *(questions_of([Gap(rule, ("country",), ask)], needs)[0] for rule, ask in asks))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_question_and_blank_is_in_the_language_of_the_letter(
    screener: Screener, language: Any
) -> None:
    """
    No question that a shipped rule may send, and nothing to be filled in, is left in English.
    """
    told = told_in(language, _asked_by_shipped_rules(screener))

    words = [one.ask for one in told] + [meaning for one in told for _, meaning in one.lines]
    assert len(words) > 150
    assert {(one.text, one.language) for one in words if one.language != language} == set()
    assert (language == "en") is all(one.text.isascii() for one in words)


def test_a_question_of_other_rules_stays_in_english_and_the_letter_says_so(tmp_path: Path) -> None:
    """
    Without a translation the rulebook's own words are sent, marked as English; where all are translated no note stands.
    """
    theirs, ours = (
        questions_of([Gap("X", ("country",), ask)]) for ask in ("Is it Tuesday?", "Who uses the computer?")
    )
    for name, questions in (("theirs", theirs), ("ours", ours)):
        write_letter(tmp_path / f"{name}.html", WHOM, questions, "ru")
    note = letter_words("ru")["questions_note"]

    theirs_page, ours_page = (
        (tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("theirs", "ours")
    )

    assert '<span lang="en">Is it Tuesday?</span>' in theirs_page
    assert note in theirs_page
    assert '<span lang="ru">Кто пользуется компьютером?</span>' in ours_page
    assert note not in ours_page


def test_what_could_not_be_read_is_asked_about_in_the_language_of_the_letter() -> None:
    """
    The value is quoted as written; the entry it stands in is told by number.
    """
    gap = Gap("unreadable-value", ("workforce[1].headcount",), "What is meant by “много”? It is no number.")

    (told,) = told_in("ru", questions_of([gap]))

    assert told.ask.text == "Что означает “много”?"
    assert [meaning.text for _, meaning in told.lines] == ["Сколько человек. (запись 2)"]


def test_no_translation_is_left_of_words_that_nobody_says_any_more(screener: Screener) -> None:
    """
    Every English phrase of the table is a question or a meaning of today.
    """
    told = told_in("en", _asked_by_shipped_rules(screener))
    english = {one.ask.text for one in told} | {meaning.text for one in told for _, meaning in one.lines}
    table = (files("laborscreen.report") / "letters" / "phrases.csv").read_text(encoding="utf-8")

    assert {row["en"] for row in csv.DictReader(io.StringIO(table))} - english == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_workbook_is_read_back(
    tmp_path: Path, screener: Screener, screened: tuple[Screened, ...], language: Any
) -> None:
    """
    What is typed into the form's blanks comes back by field, with the day and the person.
    """
    openpyxl = pytest.importorskip("openpyxl")
    questions = questions_of(Chooser(screener.rulebook).questions(screened[2].assessment))
    form = tmp_path / "form.xlsx"
    write_form(form, WHOM, questions, language)
    book = openpyxl.load_workbook(form)
    paths = [row[3].value for row in book["form"].iter_rows(min_row=2)]
    book["form"].cell(2 + paths.index("country"), 6).value = "South Korea"
    book["about"]["B3"], book["about"]["B4"] = "2026-07-31", "A. Person"
    book.save(form)

    found = read_answers([form])

    assert found["V-3"].given == {"country": "South Korea"}
    assert (found["V-3"].answered_on, found["V-3"].answered_by) == (date(2026, 7, 31), "A. Person")


@pytest.mark.parametrize(
    "text", [*PAYLOADS, '=HYPERLINK("http://x","y")', "+1+1", "-1", "@SUM(A1)", "\t=1", "http://x/?a"]
)
def test_a_form_computes_and_links_nothing(tmp_path: Path, text: str) -> None:
    """
    Whatever an id or a question says, the workbook holds it as text: no formula, no link.
    """
    openpyxl = pytest.importorskip("openpyxl")
    form = tmp_path / "form.xlsx"
    write_form(
        form, Addressee(text, text, "2026-06-30"), questions_of([Gap(UNREADABLE, ("country",), text)]), "en"
    )

    cells = [cell for sheet in openpyxl.load_workbook(form) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}  # empty cells are told as numbers
    assert not any(cell.hyperlink for cell in cells)
    assert any(text.strip()[:4] in str(cell.value) for cell in cells)


def test_the_same_form_has_the_same_bytes(tmp_path: Path) -> None:
    """
    A form holds no clock.
    """
    questions = questions_of([Gap("a", ("country",), "Where?")])
    for name in ("one.xlsx", "two.xlsx"):
        write_form(tmp_path / name, WHOM, questions, "en")

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_answers_change_the_outcome_they_were_asked_for(screener: Screener) -> None:
    """
    A record whose Korea nobody could tell is incomplete; with the answer, it is routine.
    """
    told = {"id": "V-3", "name": "Unclear Ltd"}
    merged, kept = with_answers(told, answered(country="South Korea"))

    assert screener.screen(told).outcome == "incomplete"
    assert screener.screen(merged).outcome == "routine"
    assert kept == ()


def test_an_answer_never_overwrites_what_is_told() -> None:
    """
    What a document says stays, and the field is reported as kept; the mapping given is not changed.
    """
    told = {"id": "V-3", "name": "X", "workforce": [{"nationality": "KP", "source_type": "document"}]}
    merged, kept = with_answers(told, answered(workforce__nationality="KR"))

    assert merged["workforce"] == [{"nationality": "KP", "source_type": "document"}]
    assert kept == ("workforce.nationality",)
    assert "observations" not in told


def test_an_answer_takes_the_place_of_what_could_not_be_read() -> None:
    """
    "Korea" gives way to the answer which Korea it is, and the record keeps what was written; a value that was read stays.
    """
    told = {
        "id": "V-3",
        "name": "X",
        "country": "Korea",
        "workforce": [{"nationality": "Корея", "headcount": 4}],
    }
    given = answered(country="South Korea", workforce__nationality="KR", workforce__headcount="9")
    merged, kept = with_answers(told, given)

    assert merged["country"] == "South Korea"
    assert (merged["workforce"][0]["nationality"], merged["workforce"][0]["headcount"]) == ("KR", 4)
    assert kept == ("workforce.headcount",)
    assert "country, which could not be read: Korea" in merged["observations"][0]["source"]


def test_an_answer_counts_as_the_suppliers_word() -> None:
    """
    The part an answer goes into is a supplier's statement from then on, and the record tells day and file.
    """
    told = {
        "id": "V-3",
        "name": "X",
        "workforce": [{"headcount": 4}, {"nationality": "UZ", "source_type": "media"}],
    }
    given = Answers(
        "V-3",
        date(2026, 7, 31),
        "",
        "f.json",
        "ab",
        {"workforce[0].nationality": "UZ", "workforce[1].visa": "work"},
    )
    merged, _ = with_answers(told, given)
    record = Record.model_validate(merged)

    assert [one.source_type for one in record.workforce] == ["supplier_statement", "media"]
    assert merged["observations"][0]["date"] == "2026-07-31"
    assert "f.json, sha256 ab" in merged["observations"][0]["source"]


def test_a_list_that_is_not_there_is_begun() -> None:
    """
    An answer about a list of which nothing is told makes its first entry.
    """
    merged, _ = with_answers({"id": "V-3", "name": "X"}, answered(workforce__headcount="12"))

    assert merged["workforce"] == [{"headcount": "12", "source_type": "supplier_statement"}]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "other"}, "does not say that it is a form"),
        ({"record_id": ""}, "which record"),
        ({"answered_on": "soon"}, "is no date"),
        ({"answered_on": "2026-07"}, "is no date"),
        ({"answers": [{"field": "__class__", "answer": "x"}]}, "no field"),
        ({"answers": [{"field": "country", "answer": "x" * 2_001}]}, "longer than"),
        ({"answers": "x"}, "not what a filled form saves"),
    ],
)
def test_what_is_no_filled_form_is_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    """
    A form of another kind, without a date, or with fields nobody knows is refused by name.
    """
    whole = {
        "format": "laborscreen-answers 1",
        "record_id": "V-3",
        "answered_on": "2026-07-31",
        "answered_by": "A. Person",
        "answers": [{"field": "country", "answer": "KR"}],
    }
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert read_answers([tmp_path])["V-3"].given == {"country": "KR"}
    path.write_text(json.dumps(whole | change), encoding="utf-8")

    with pytest.raises(InputError, match=message):
        read_answers([path])


def test_two_forms_of_one_record_are_refused(tmp_path: Path) -> None:
    """
    A person decides which form counts, not the order of files.
    """
    for name in ("a.json", "b.json"):
        told = {
            "format": "laborscreen-answers 1",
            "record_id": "V",
            "answered_on": "2026-07-31",
            "answers": [],
        }
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(InputError, match=r"a\.json has answers for V"):
        read_answers([tmp_path])


@pytest.mark.parametrize("name", ["broken.xlsx", "broken.json"])
def test_a_broken_file_is_named(tmp_path: Path, name: str) -> None:
    """
    A file that is not what its suffix says is refused with its name.
    """
    (tmp_path / name).write_bytes(b"\x00nothing")

    with pytest.raises(InputError, match="broken"):
        read_answers([tmp_path])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_saves_its_answers(tmp_path: Path, read: Callable[..., Reader], language: Any) -> None:
    """
    The HTML form saves a file that is read back; hostile ids, names and questions are shown as text, and nothing is fetched.
    """
    text = PAYLOADS[1]
    path = tmp_path / "letter.html"
    write_letter(
        path,
        Addressee(text, text, "2026-06-30"),
        questions_of([Gap("unreadable-value", ("country",), text)]),
        language,
    )
    page = read(path, viewport={"width": 390, "height": 800}, accept_downloads=True).page
    page.goto(path.as_uri())
    assert page.locator("p.to").text_content() == text
    assert text in page.locator("legend").text_content()
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("[data-field=country]", "KR")
    page.fill("#answered-on", "2026-07-31")
    page.fill("#answered-by", "A. Person")
    with page.expect_download() as saved:
        page.click("button[type=submit]")
    filled = tmp_path / "answers.json"
    saved.value.save_as(filled)

    assert read_answers([filled])[text].given == {"country": "KR"}


def test_answers_about_a_divided_group_go_to_that_group(screener: Screener) -> None:
    """
    A cell that lists two citizenships was screened as two groups, and the answer about the second is about the second.
    """
    told = {"id": "V-1", "name": "A", "workforce": [{"nationality": "КНДР, Узбекистан", "headcount": 40}]}
    asked = {gap_field for gap in screener.screen(told).gaps for gap_field in gap.fields}
    given = answered(**{"workforce[0].headcount": "12", "workforce[1].headcount": "28"})

    merged, kept = with_answers(told, given)

    assert {"workforce[0].headcount", "workforce[1].headcount"} <= asked
    assert kept == ()
    assert [(one.nationality, one.headcount) for one in Record.model_validate(merged).workforce] == [
        ("KP", 12),
        ("UZ", 28),
    ]
