"""
A letter and a form for each supplier that has something to answer.

The letter is in the supplier's language, and so are the questions of the shipped rules and what is to be filled in
(`letters/phrases.csv`, by the English words). A question of other rules stays in English, and the letter says so.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import orjson

from laborscreen.formats.writers import Target, defused, shown
from laborscreen.record import catalogue
from laborscreen.report.html_report import block_digest, environment, harmless, page_part
from laborscreen.report.questions import UNREADABLE
from laborscreen.screening import Gap

Language = Literal["en", "ru", "zh", "ko"]

ANSWERS_FORMAT = "laborscreen-answers 1"
"""What a filled form says of itself, so that no other file is taken for one."""

LONGEST_ANSWER = 2_000
"""Characters of one answer."""

FIRST_ROW = 1
"""The row of the form's sheet, from 0, on which the questions begin."""

FORM_COLUMNS = ("number", "question", "field", "path", "words", "answer", "document")
"""The columns of the form's sheet, in their order."""

_WIDTHS = (6, 60, 40, 34, 36, 40, 30)
_ENTRY = " (entry "
_WRITTEN = "What is meant by “"
_INDEX = re.compile(r"\[(\d+)\]")
_PLAIN_NAME = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One blank to fill in.

    Args:
        field: the path of the field, with the entry's number where it is about one entry.
        meaning: what the field means, in English.
        words: the allowed words, where it holds one of a few.
    """

    field: str
    meaning: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the blanks that answer it."""

    ask: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """
    Who a questionnaire is for.

    Args:
        record_id: the record's id.
        name: its name, or an empty string.
        day: the day screened, which dates the letter.
    """

    record_id: str
    name: str
    day: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the language they are in."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """
    A question as it stands in a letter.

    Args:
        ask: the question.
        lines: its blanks, each with what is to be filled in.
    """

    ask: Said
    lines: tuple[tuple[Line, Said], ...]

    @property
    def is_in_english(self) -> bool:
        """Tell whether any of its words are in English."""
        return "en" in (self.ask.language, *(meaning.language for _, meaning in self.lines))


NEUTRAL = "Please tell us the following, as far as you know it."
"""What stands over the blanks of a rule whose own words are for our staff."""


def questions_of(gaps: Sequence[Gap], needs: Container[str] = ()) -> tuple[Question, ...]:
    """
    Return the questions of some gaps, each sentence and each field once.

    Args:
        gaps: what is asked for.
        needs: ids of what the policy needs; their words are requests even where they are no questions.
    """
    asked: dict[str, dict[str, None]] = {}
    seen: set[str] = set()
    for gap in gaps:
        lines = asked.setdefault(_sent(gap, needs), {})
        for field in gap.fields:
            if field not in seen:
                seen.add(field)
                lines[field] = None
    return tuple(
        Question(ask, tuple(_line(field) for field in fields)) for ask, fields in asked.items() if fields
    )


def _sent(gap: Gap, needs: Container[str]) -> str:
    """
    Return the words of a gap that may stand in a letter.

    Many rules tell our own staff what to do ("Stop payment ..."). Only what is plainly a question, or a request of the
    policy, is sent; what is in doubt is not. Of a value nobody could read the question is sent and our note on it is not.
    """
    if gap.rule == UNREADABLE:
        question, mark, _ = gap.ask.partition("”?")
        return question + mark
    asked = gap.ask.casefold()
    plain = gap.rule in needs or asked.rstrip().endswith("?")
    return gap.ask if plain and not any(word in asked for word in _house_words()) else NEUTRAL


@lru_cache(maxsize=1)
def _house_words() -> tuple[str, ...]:
    import yaml

    text = (files("laborscreen.report") / "letters" / "house_words.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)["words"])


def _line(field: str) -> Line:
    known = catalogue().fields.get(_INDEX.sub("", field))
    entry = _INDEX.search(field)
    meaning = known.meaning if known else field
    if entry:
        meaning = f"{meaning}{_ENTRY}{int(entry.group(1)) + 1})"
    return Line(field, meaning, known.words if known else ())


def told_in(language: Language, questions: Sequence[Question]) -> tuple[ToldQuestion, ...]:
    """Return questions in a language; words for which there is no translation stay in English."""
    return tuple(
        ToldQuestion(
            _said(question.ask, language),
            tuple((line, _meaning_in(language, line.meaning)) for line in question.lines),
        )
        for question in questions
    )


def _meaning_in(language: Language, meaning: str) -> Said:
    plain, entry, number = meaning.partition(_ENTRY)
    said = _said(plain, language)
    if not entry:
        return said
    number = number.removesuffix(")")
    return replace(said, text=f"{said.text} ({letter_words(said.language)['entry']} {number})")


def _said(text: str, language: Language) -> Said:
    if text.startswith(_WRITTEN):  # a value nobody could read
        return Said(f"{letter_words(language)['meant_by']} “{text.removeprefix(_WRITTEN)}", language)
    found = text if language == "en" else _phrases().get(text, {}).get(language, "")
    return Said(found, language) if found else Said(text, "en")


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Mapping[str, str]]:
    text = (files("laborscreen.report") / "letters" / "phrases.csv").read_text(encoding="utf-8")
    return {row["en"]: row for row in csv.DictReader(io.StringIO(text))}


def file_stem(record_id: str) -> str:
    """
    Return a file name for an id: harmless, readable, and another for another id.

    >>> file_stem("V-1042")
    'V-1042'
    >>> file_stem("../../Восток")
    'id-73920448ee'
    """
    plain = _PLAIN_NAME.sub("-", record_id).strip(".-")[:60]
    if plain and plain == record_id:
        return plain
    digest = hashlib.sha256(record_id.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{plain or 'id'}-{digest}"


def write_letter(path: Path, whom: Addressee, questions: Sequence[Question], language: Language) -> None:
    """
    Write the letter with its form as one HTML file that sends nothing anywhere.

    Raises:
        OutputError: the file cannot be written.
    """
    style, script = page_part("letter.css"), page_part("letter.js")
    told = told_in(language, questions)
    made = {
        "format": ANSWERS_FORMAT,
        "record_id": whom.record_id,
        "file": f"answers-{file_stem(whom.record_id)}.json",
    }
    data = '<script type="application/json" id="made">' + harmless(orjson.dumps(made)).decode() + "</script>"
    page = (
        environment()
        .get_template("letter.html.j2")
        .render(
            language=language,
            words=letter_words(language),
            record_id=whom.record_id,
            name=whom.name,
            day=whom.day,
            questions=told,
            note=_note(language, told),
            longest=LONGEST_ANSWER,
            style=style,
            script=script,
            style_digest=block_digest(style),
            script_digest=block_digest(script),
            data=data,
        )
    )
    with Target(path) as target:
        target.write(page.encode("utf-8", "backslashreplace"))


def write_form(path: Path, whom: Addressee, questions: Sequence[Question], language: Language) -> None:
    """
    Write the form as a workbook: a sheet of questions, and a sheet that says whose they are.

    Raises:
        OutputError: the file cannot be written.
    """
    from datetime import UTC, datetime

    import xlsxwriter

    words = letter_words(language)
    with Target(path) as target:
        book = xlsxwriter.Workbook(
            target.file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        )
        # The day screened and not the clock, so that the same results give the same bytes.
        book.set_properties({"created": datetime.fromisoformat(whom.day).replace(tzinfo=UTC)})
        head = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        blank = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF9E5", "border": 1})
        sheet = book.add_worksheet("form")
        for column, (key, width) in enumerate(zip(FORM_COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width, None, {"hidden": key == "path"})
            sheet.write_string(0, column, str(words.get(key, key)), head)
        sheet.freeze_panes(FIRST_ROW, 0)
        row = FIRST_ROW
        told = told_in(language, questions)
        for number, question in enumerate(told, start=1):
            for line, meaning in question.lines:
                cells = (str(number), question.ask.text, meaning.text, line.field, ", ".join(line.words))
                for column, text in enumerate(cells):
                    sheet.write_string(row, column, defused(shown(text)), wrapped)
                sheet.write_blank(row, 5, None, blank)
                sheet.write_blank(row, 6, None, blank)
                if line.words and sum(map(len, line.words)) + len(line.words) < 255:
                    sheet.data_validation(
                        row, 5, row, 5,
                        {"validate": "list", "source": list(line.words), "error_type": "information"},
                    )  # fmt: skip
                row += 1
        about = book.add_worksheet("about")
        about.set_column(0, 0, 40)
        about.set_column(1, 1, 60)
        for place, (label, value, style) in enumerate(
            (
                ("format", ANSWERS_FORMAT, wrapped),
                (str(words["reference"]), whom.record_id, wrapped),
                (str(words["answered_on"]), "", blank),
                (str(words["answered_by"]), "", blank),
            )
        ):
            about.write_string(place, 0, label, head)
            about.write_string(place, 1, defused(shown(value)), style)
        for place, text in enumerate([_note(language, told), *words["body"]], start=5):
            about.write_string(place, 1, text, wrapped)
        book.close()


def _note(language: Language, questions: Sequence[ToldQuestion]) -> str:
    """Return what is said of questions that are not in the letter's language; nothing where all are."""
    some = language != "en" and any(one.is_in_english for one in questions)
    return str(letter_words(language)["questions_note"]) if some else ""


@lru_cache(maxsize=4)
def letter_words(language: Language) -> Mapping[str, Any]:
    """Return the words of the letter in a language."""
    import yaml

    text = (files("laborscreen.report") / "letters" / f"{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
