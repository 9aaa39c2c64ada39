"""
Filled forms read back, and laid into the records they are about.

An answer is the supplier's word. It fills what was not told or could not be read, and overwrites nothing else; the part of
the record it goes into counts as a supplier's statement from then on, which is the weaker of the two sources; and the
record keeps a note of when the answers came and from which file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from laborscreen import values
from laborscreen.errors import InputError
from laborscreen.record import Record, catalogue
from laborscreen.record.rosters import GROUP, divided_groups
from laborscreen.report.questionnaire import ANSWERS_FORMAT, FIRST_ROW, FORM_COLUMNS, LONGEST_ANSWER
from laborscreen.source import Location

MAX_FORM_BYTES: Final = 10_000_000
"""Bytes of a filled form; the empty ones take some ten thousand."""

MAX_ANSWERS: Final = 2_000
"""Answers of one form."""

STATEMENT = "supplier_statement"

_PATH = re.compile(r"([a-z_]+)(?:\[(\d{1,3})\])?(?:\.([a-z_0-9]+))?")
_INDEX = re.compile(r"\[\d+\]")
_PARTS_WITH_SOURCE = ("workforce", "people", "contracts", "remote_work")
_STRONGER = ("document", "official", "audit")
_NAMED_SOURCE = {"nationality": "nationality_source"}


@dataclass(frozen=True, slots=True)
class Answers:
    """
    What one supplier answered.

    Args:
        record_id: the record.
        answered_on: the day of the answers.
        answered_by: who answered.
        file: name of the form's file.
        digest: SHA-256 of the file.
        given: field path to the answer as written.
    """

    record_id: str
    answered_on: date
    answered_by: str
    file: str
    digest: str
    given: Mapping[str, str]


def read_answers(paths: Iterable[Path]) -> dict[str, Answers]:
    """
    Read filled forms, and all forms in folders, and return the answers by record id.

    Raises:
        InputError: a file is no filled form, has no date, names a field nobody knows, or is the second for its record.
    """
    found: dict[str, Answers] = {}
    for path in paths:
        if path.is_dir():
            files = sorted(one for one in path.iterdir() if one.suffix.lower() in {".json", ".xlsx"})
        else:
            files = [path]
        for file in files:
            answers = read_form(file)
            if answers.record_id in found:
                raise InputError(
                    f"{found[answers.record_id].file} has answers for {answers.record_id}, too",
                    location=Location(str(file)),
                    hint="keep the one that counts",
                )
            found[answers.record_id] = answers
    return found


def read_form(path: Path) -> Answers:
    """
    Read one filled form: the workbook, or the JSON that the HTML form saves.

    Raises:
        InputError: see `read_answers`.
    """
    if path.stat().st_size > MAX_FORM_BYTES:
        raise _refused(path, f"it is larger than {MAX_FORM_BYTES:,} bytes (MAX_FORM_BYTES)")
    match path.suffix.lower():
        case ".json":
            told = _told_in_json(path)
        case ".xlsx":
            told = _told_in_workbook(path)
        case _:
            raise _refused(path, "forms are .xlsx or .json files")
    if told["format"] != ANSWERS_FORMAT:
        raise _refused(path, f"it does not say that it is a form ({ANSWERS_FORMAT!r})")
    if not told["record_id"]:
        raise _refused(path, "it does not say which record it is about")
    answered = values.read_date(told["answered_on"]).value
    if answered is None or answered.first != answered.last:
        raise _refused(path, f"{told['answered_on']!r} is no date of the answers; write 2026-01-31")
    given = {field: text for field, text in told["answers"] if text}
    if len(given) > MAX_ANSWERS:
        raise _refused(path, f"it has more than {MAX_ANSWERS:,} answers (MAX_ANSWERS)")
    for field, text in given.items():
        if re.sub(r"\[\d+\]", "", field) not in catalogue().fields or not _PATH.fullmatch(field):
            raise _refused(path, f"there is no field {field[:80]!r}")
        if len(text) > LONGEST_ANSWER:
            raise _refused(path, f"the answer to {field} is longer than {LONGEST_ANSWER:,} characters")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Answers(told["record_id"], answered.first, told["answered_by"], path.name, digest, given)


def with_answers(
    record: Mapping[str, Any], answers: Answers, settings: values.ReadingSettings = values.DEFAULT
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """
    Return a record with a supplier's answers, and the fields that were told already and stay as they are.

    Args:
        record: the record as a mapping of its fields.
        answers: of the same record.
        settings: date order and decimal mark of the record's file, to tell what in it cannot be read.

    An answer takes the place of a value that could not be read ("Korea", 31 February); the note on the answers keeps what
    was written.

    A field of a list that is asked for without an entry's number goes into every entry that does not tell it, or into a
    first entry where there is none.
    """
    merged: dict[str, Any] = deepcopy(dict(record))
    crews = merged.get(GROUP)
    if isinstance(crews, Mapping | list | tuple):  # questions name the groups as they were screened
        merged[GROUP] = divided_groups([crews] if isinstance(crews, Mapping) else crews)
    kept: list[str] = []
    unread = _unread(record, settings)
    for field in unread:
        if _asked(field, answers.given):
            _clear(merged, field)
    for field, text in answers.given.items():
        found = _PATH.fullmatch(field)
        assert found is not None  # read_form made sure
        group, entry, name = found.groups()
        if name is None:
            if not _fill(merged, group, text):
                kept.append(field)
            continue
        filled = [_fill(holder, name, text) for holder in _holders(merged, group, entry, name)]
        if not any(filled):
            kept.append(field)
    # Quoted under the source and not in the text, which rules read for words.
    replaced = "".join(
        f"; in the place of {field}, which could not be read: {written}"
        for field, written in unread.items()
        if _asked(field, answers.given)
    )
    note = {
        "date": answers.answered_on.isoformat(),
        "source_type": STATEMENT,
        "source": f"answers to our questionnaire, {answers.file}, sha256 {answers.digest}{replaced}",
        "text": f"{len(answers.given) - len(kept)} fields of this record were filled from the answers.",
    }
    merged["observations"] = [*(merged.get("observations") or ()), note]
    return merged, tuple(kept)


def _unread(record: Mapping[str, Any], settings: values.ReadingSettings) -> dict[str, str]:
    """Return the paths of the values that tell nothing as they are written, with what was written."""
    read = Record.model_validate(record, context=settings)
    return {one.field: one.written for one in read.notes() if _PATH.fullmatch(one.field)}


def _asked(field: str, given: Mapping[str, str]) -> bool:
    return field in given or _INDEX.sub("", field) in given


def _clear(record: dict[str, Any], field: str) -> None:
    """Take a value away, so that an answer can fill its place."""
    found = _PATH.fullmatch(field)
    assert found is not None  # `_unread` made sure
    group, entry, name = found.groups()
    if name is None:
        record.pop(group, None)
    elif entry is None:
        record[group] = {key: one for key, one in dict(record.get(group) or {}).items() if key != name}
    else:
        entries = [dict(one) for one in record.get(group) or ()]
        if int(entry) < len(entries):
            entries[int(entry)].pop(name, None)
        record[group] = entries


def _holders(record: dict[str, Any], group: str, entry: str | None, name: str) -> list[dict[str, Any]]:
    """Return the parts of the record that an answer is for, made if they are not there."""
    if group not in catalogue().groups:
        holder: dict[str, Any] = dict(record.get(group) or {})
        record[group] = holder
        holders = [holder]
    else:
        entries = [dict(one) for one in record.get(group) or ()]
        # An entry beyond the last is a new one after it: a slip of the pen must not make empty ones in between.
        wanted = min(int(entry), len(entries)) if entry else None
        if not entries or wanted == len(entries):
            entries.append({})
        record[group] = entries
        holders = entries if wanted is None else [entries[wanted]]
    for holder in holders:
        if group in _PARTS_WITH_SOURCE and values.is_missing(holder.get(name)):
            _weaken(holder, group, name, record)
    return holders


def _weaken(holder: dict[str, Any], group: str, name: str, record: Mapping[str, Any]) -> None:
    """Let a part that an answer goes into count as a supplier's statement, unless it counts as less already."""
    if group == "people":
        if name in _NAMED_SOURCE:
            holder[_NAMED_SOURCE[name]] = STATEMENT
        return
    stated = holder.get("source_type") or record.get("source_type") or _STRONGER[0]
    if values.read_word("source_type", stated).value in (None, *_STRONGER):
        holder["source_type"] = STATEMENT


def _fill(holder: dict[str, Any], name: str, text: str) -> bool:
    if not values.is_missing(holder.get(name)):
        return False
    holder[name] = text
    return True


def _told_in_json(path: Path) -> dict[str, Any]:
    import orjson

    try:
        data = orjson.loads(path.read_bytes())
        return {
            **{
                key: str(data.get(key) or "") for key in ("format", "record_id", "answered_on", "answered_by")
            },
            "answers": [(str(one["field"]), str(one["answer"]).strip()) for one in data["answers"]],
        }
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
        raise _refused(path, "it is not what a filled form saves") from error


def _told_in_workbook(path: Path) -> dict[str, Any]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            form = book.get_sheet_by_name("form").to_python(nrows=MAX_ANSWERS + FIRST_ROW)
            about = book.get_sheet_by_name("about").to_python(nrows=4)
    except (CalamineError, OSError) as error:
        raise _refused(path, f"it cannot be read as a form: {error}") from error
    named = [_cell(row, 1) for row in about] + [""] * 4
    path_at, answer_at = FORM_COLUMNS.index("path"), FORM_COLUMNS.index("answer")
    return {
        **dict(zip(("format", "record_id", "answered_on", "answered_by"), named, strict=False)),
        "answers": [
            (_cell(row, path_at), _cell(row, answer_at)) for row in form[FIRST_ROW:] if _cell(row, path_at)
        ],
    }


def _cell(row: list[Any], at: int) -> str:
    value = row[at] if at < len(row) else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@") else text


def _refused(path: Path, why: str) -> InputError:
    return InputError(why, location=Location(str(path)), hint="use the form as it was sent")
