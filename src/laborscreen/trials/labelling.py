"""
The sheet on which people label a sample, and the labels read back from it.

Beside the sheet a hidden one holds what was drawn for which line, with a digest over all of it; labels of another sample, or
of a sample that was tampered with, are refused.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laborscreen.errors import InputError, MissingExtraError
from laborscreen.formats.writers import Target
from laborscreen.formats.writers.cells import defused, shown
from laborscreen.source import Location
from laborscreen.trials.sampling import Key, Sample, Share, share_of

LABELS = ("yes", "no", "unsure")
"""Does this record deserve that a person looks at it?"""

_SHEET, _HIDDEN = "labels", "sample"
_MARK = "laborscreen sample, version 1"
_COLUMNS = ("token", "record", "name", "what the record says", "label", "note")
_WIDTHS = (18, 18, 30, 90, 12, 40)
_LABEL = _COLUMNS.index("label")
_LONGEST = 8_000
_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Precision:
    """
    What the labels come to.

    Args:
        sample: the digest of the sample.
        lines: for each side of each line, the share of records that deserve a look: over a line it is the precision, under it
            the share that was missed.
        rules: the same for the records each rule is raised on.
        whole: all labelled records.
    """

    sample: str
    lines: Mapping[Key, Share]
    rules: Mapping[str, Share]
    whole: Share


def write_sheet(sample: Sample, path: Path) -> str:
    """
    Write the sheet to label, and return the sample's digest.

    Raises:
        MissingExtraError: the library for workbooks is not installed.
        OutputError: the file cannot be written.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("xlsx", "write a labelling sheet") from error
    held = [
        [
            one.token,
            one.assessment.record_id,
            ";".join("/".join(line) for line in one.lines),
            ";".join(one.rules),
        ]
        for one in sample.drawn
    ]
    head = [
        _MARK,
        str(sample.seed),
        sample.rulebook,
        sample.screened_on,
        ";".join(digest for _, digest in sample.files),
    ]
    digest = _digest(head, held)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet, hidden = book.add_worksheet(_SHEET), book.add_worksheet(_HIDDEN)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 2)
    for row, one in enumerate(sample.drawn, 1):
        evidence = [
            f"{piece.field}: {piece.seen}"
            for flag in one.assessment.flags
            for piece in flag.evidence
            if piece.seen
        ]
        said = "\n".join(dict.fromkeys(evidence))
        for column, text in enumerate((one.token, one.assessment.record_id, one.name, said)):
            sheet.write_string(row, column, defused(shown(text))[:_LONGEST] if column else text, wrapped)
    if sample.drawn:
        sheet.data_validation(
            1,
            _LABEL,
            len(sample.drawn),
            _LABEL,
            {"validate": "list", "source": list(LABELS), "ignore_blank": True},
        )
    for row, cells in enumerate([[*head, digest], *held]):
        for column, text in enumerate(cells):
            hidden.write_string(row, column, text)
    hidden.hide()
    book.close()
    with Target(path) as target:
        target.write(content.getvalue())
    return digest


def read_labels(path: Path) -> Precision:
    """
    Read the labels of a sheet.

    Raises:
        InputError: it is no labelling sheet, its sample was changed, or a row or label does not belong to it.
        MissingExtraError: the library for workbooks is not installed.
    """
    sheets = _sheets(path)
    if _SHEET not in sheets or not sheets.get(_HIDDEN) or _text(sheets[_HIDDEN][0], 0) != _MARK:
        raise InputError("this is no labelling sheet of `rules sample`", location=Location(str(path)))
    head, *held = ([_text(row, column) for column in range(len(row))] for row in sheets[_HIDDEN])
    kept = [row[:4] for row in held]
    told = head[:5]
    if len(head) < 6 or _digest(told, kept) != head[5]:
        raise InputError(
            "the hidden sheet `sample` is not as it was written",
            location=Location(str(path)),
            hint="label the file that was drawn",
        )
    by_token = {token: (record, lines, rules) for token, record, lines, rules in kept}
    labels = _labels(sheets[_SHEET], by_token, path)
    of_lines: dict[Key, list[str]] = {}
    of_rules: dict[str, list[str]] = {}
    for token, (_, lines, rules) in by_token.items():
        label = labels.get(token, "")
        for line in lines.split(";"):
            axis, band, side = line.split("/")
            of_lines.setdefault((axis, band, side), []).append(label)
        for rule in filter(None, rules.split(";")):
            of_rules.setdefault(rule, []).append(label)
    return Precision(
        head[5],
        {key: share_of(found) for key, found in sorted(of_lines.items())},
        {rule: share_of(found) for rule, found in sorted(of_rules.items())},
        share_of([labels.get(token, "") for token in by_token]),
    )


def _labels(
    rows: Sequence[Sequence[Any]], known: Mapping[str, tuple[str, str, str]], path: Path
) -> dict[str, str]:
    found: dict[str, str] = {}
    if [_text(rows[0], column) for column in range(len(_COLUMNS))] != list(_COLUMNS):
        raise InputError("the columns of the sheet `labels` were changed", location=Location(str(path)))
    for number, row in enumerate(rows[1:], 2):
        token = _text(row, 0)
        if not any(_text(row, column) for column in range(len(row))):
            continue
        place = f"sheet {_SHEET}, row {number}"
        if token not in known or defused(shown(known[token][0])) != _text(row, 1):
            raise InputError(f"{place}: this record is not of this sample", location=Location(str(path)))
        if token in found:
            raise InputError(f"{place}: this record stands here twice", location=Location(str(path)))
        label = _text(row, _LABEL).strip().casefold()
        if label and label not in LABELS:
            raise InputError(
                f"{place}: {label[:40]!r} is not a label",
                location=Location(str(path)),
                hint=f"write {', '.join(LABELS)}",
            )
        found[token] = label
    return found


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise MissingExtraError("xlsx", "read a labelling sheet") from error
    if path.stat().st_size > _MOST_BYTES:
        raise InputError(f"a labelling sheet has at most {_MOST_BYTES:,} bytes", location=Location(str(path)))
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            names = [name for name in book.sheet_names if name in (_SHEET, _HIDDEN)]
            return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except CalamineError as error:
        raise InputError(f"this is no workbook: {error}", location=Location(str(path))) from error


def _text(row: Sequence[Any], column: int) -> str:
    return str(row[column]) if column < len(row) and row[column] is not None else ""


def _digest(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    import orjson

    return "sha256:" + hashlib.sha256(orjson.dumps([list(head), [list(row) for row in rows]])).hexdigest()
