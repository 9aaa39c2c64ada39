"""
The list of asset-freeze targets of the Ministry of Finance of Japan, XLSX.

One sheet a regime, with headers that differ from sheet to sheet; names in katakana and in Latin letters. Deleted rows
keep their number and lose their names; lifted regimes (解除) keep a title and lose their rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laborscreen.watchlists.draft import EntryDraft, tidy
from laborscreen.watchlists.entry import Entry, EntryKind, NameKind, Strength
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.japanese_names import NOTHING, split_names, split_values
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.workbook import is_workbook, open_workbook, shared_strings

LIST = "jp-mof"
_DATE, _NUMBER, _JAPANESE, _ENGLISH = "告示日付", "告示番号", "日本語表記", "英語表記"
_INDEX_SHEET = "一覧"
_ROLES = {
    "aka": ("別名", "別名・別称", "別称", "別称・旧称", "別称・別名", "確定可能な別名"),
    "fka": ("旧称", "旧称・以前の呼称", "以前の別名", "過去の別名"),
    "weak": ("確定に十分でない別名",),
    "position": ("役職", "肩書", "肩書等", "称号"),
    "born": ("生年月日", "生年月日・出生地"),
    "birthplace": ("出生地", "出生地・出身地"),
    "nationality": ("国籍",),
    "passport": ("旅券番号",),
    "number": ("ID番号", "身分登録番号", "身分証番号"),
    "address": ("住所", "住所等", "住所・所在地", "所在地", "活動地域・住所"),
    "un": ("国連参照番号",),
}
_ROLE_OF = {header: role for role, headers in _ROLES.items() for header in headers}
_PERSONAL = ("born", "birthplace", "nationality", "passport", "position")
_PASSPORT_COUNTRY = re.compile(r"^([A-Za-z0-9/ .-]+?)\s*\((.+?)(?:旅券)?\)$")
_NAME_ROLES: dict[str, tuple[NameKind, Strength]] = {
    "aka": ("aka", "strong"),
    "fka": ("fka", "strong"),
    "weak": ("aka", "weak"),
}
_OWN_COLUMNS = frozenset({_DATE, _NUMBER, _JAPANESE, _ENGLISH})
_BIRTH_DATES = re.compile(r"又は|[；;、\n]|\([a-z]\)|（[a-zａ-ｚ]）")
_SHEET_NUMBER = re.compile(r"^(\d+)\s*[.．]\s*")
_COUNTRIES_AHEAD = (
    "北朝鮮",
    "中華人民共和国",
    "ロシア連邦",
    "ロシア",
    "シリア",
    "イラン",
    "ミャンマー",
    "ベトナム",
)


def _recognises(file: ListFile) -> bool:
    return is_workbook(file) and _NUMBER.encode() in shared_strings(file)


def _read(file: ListFile) -> ListReading:
    book = open_workbook(file)
    entries: list[Entry] = []
    warnings: list[str] = []
    for title, rows in book.sheets():
        header = next((number for number, row in enumerate(rows) if row and row[0].strip() == _DATE), -1)
        if header >= 0:
            entries.extend(_sheet(file, tidy(title), rows[header], rows[header + 1 :]))
        elif title != _INDEX_SHEET and "解除" not in title:
            warnings.append(
                f"sheet {tidy(title)} has no header row that begins with {_DATE} and was not read"
            )
    return ListReading.of([file], entries, list_name=LIST, file_date=book.modified, warnings=warnings)


def _sheet(file: ListFile, title: str, header: list[str], rows: list[list[str]]) -> Iterator[Entry]:
    """Read the rows of one sheet."""
    names = ["".join(cell.split()) for cell in header]
    for missing in {_NUMBER, _JAPANESE, _ENGLISH} - set(names):
        raise file.refuse(f"sheet {title} has no column {missing}")
    number = _SHEET_NUMBER.match(title)
    sheet = number[1] if number else title
    regime = title[number.end() :] if number else title
    for row in rows:
        cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
        if cells.get(_JAPANESE) or cells.get(_ENGLISH):
            yield _entry(cells, sheet, regime)


def _entry(cells: dict[str, str], sheet: str, regime: str) -> Entry:
    """Read one row."""
    row_number = re.search(r"\d+", cells[_NUMBER])
    draft = EntryDraft(
        f"{sheet}-{row_number[0] if row_number else cells[_NUMBER]}", LIST, _kind(cells, regime)
    )
    draft.add_programme(regime)
    for column in (_ENGLISH, _JAPANESE):
        for name, strength, kind in split_names(cells.get(column, "")):
            draft.add_name(name, strength=strength, kind=kind)
    for column, cell in cells.items():
        _add_cell(draft, _ROLE_OF.get(column, ""), column, cell)
    if not draft.is_named:
        draft.add_name(cells.get(_JAPANESE) or cells.get(_ENGLISH))
    return draft.finish()


def _kind(cells: dict[str, str], regime: str) -> EntryKind:
    """Tell the kind from the sheet, or in mixed sheets from whether anything personal is said."""
    if "個人" in regime:
        return "person"
    if "団体" in regime or "銀行" in regime:
        return "organization"
    personal = any(split_values(cell) for column, cell in cells.items() if _ROLE_OF.get(column) in _PERSONAL)
    return "person" if personal else "other"


def _add_cell(draft: EntryDraft, role: str, column: str, cell: str) -> None:
    """Add one cell by the role of its column."""
    if role in _NAME_ROLES:
        kind, strength = _NAME_ROLES[role]
        for name, found_strength, found_kind in split_names(cell, kind=kind, strength=strength):
            draft.add_name(name, strength=found_strength, kind=found_kind)
    elif role == "born":
        for date in _BIRTH_DATES.split(cell):
            draft.add_birth_date(date if re.search(r"\d{4}", date) else "")
    elif role == "birthplace":
        draft.add_birthplace("" if cell in NOTHING else cell)
    elif role:
        for value in split_values(cell):
            _add_value(draft, role, value)
    elif column not in _OWN_COLUMNS:
        draft.add_remark(cell)


def _add_value(draft: EntryDraft, role: str, value: str) -> None:
    """Add one of the values of a cell by the role of its column."""
    match role:
        case "position":
            draft.add_position(value)
        case "nationality":
            draft.add_nationality(value)
        case "passport":
            _add_passport(draft, value)
        case "number":
            draft.add_identifier("ID number", value)
        case "un":
            draft.add_identifier("UN reference", value)
        case "address":
            ahead = next((country for country in _COUNTRIES_AHEAD if value.startswith(country)), "")
            draft.add_country(ahead or value.rpartition(",")[2])
            draft.add_address(value)


def _add_passport(draft: EntryDraft, text: str) -> None:
    """Add a passport with the country in brackets behind it; what is no number is a remark."""
    found = _PASSPORT_COUNTRY.match(text)
    if found:
        draft.add_identifier("Passport", found[1], found[2])
    elif re.search(r"\d{4}", text) and "年" not in text:
        draft.add_identifier("Passport", text.rpartition(":")[2])
    else:
        draft.add_remark(f"passport {text}")


IMPORTER = Importer("Japan MOF XLSX", _recognises, one_file_each(_read))
