"""
The consolidated list of the United Nations Security Council, in its XML layouts of 2021, 2024 and 2026.

The layouts differ in spaces, quotation marks and in which elements are left out when empty, not in names. Layout:
sc-sanctions.xsd as named in the files.
"""

from __future__ import annotations

from collections import Counter

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry, Strength
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.xml_stream import Element, text_of, texts_of, xml_records

LIST = "un-sc"
_ADDRESS_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def _recognises(file: ListFile) -> bool:
    return file.xml_root == "CONSOLIDATED_LIST"


def _read(file: ListFile) -> ListReading:
    date = ""
    entries: list[Entry] = []
    seen: Counter[str] = Counter()
    for name, element in xml_records(file, "INDIVIDUAL", "ENTITY"):
        if name == "CONSOLIDATED_LIST":
            date = element.get("dateGenerated", "")[:10]
        else:
            entries.append(_entry(file, element, seen))
    return ListReading.of([file], entries, list_name=LIST, file_date=date)


def _entry(file: ListFile, element: Element, seen: Counter[str]) -> Entry:
    """Read one INDIVIDUAL or ENTITY."""
    is_person = str(element.tag) == "INDIVIDUAL"
    data_id, reference = text_of(element, "DATAID"), text_of(element, "REFERENCE_NUMBER")
    number = reference or data_id
    seen[number] += 1
    if seen[number] > 1:
        # The UN has given one permanent reference number to two parties; its running number tells them apart.
        number = f"{number}/{data_id}"
    draft = EntryDraft(number, LIST, "person" if is_person else "organization")
    draft.add_name(" ".join(text_of(element, part) for part in _NAME_PARTS), kind="primary")
    if not (number and draft.is_named):
        raise file.refuse(f"entry {number or 'without a number'} has no name or no number")
    draft.add_name(text_of(element, "NAME_ORIGINAL_SCRIPT"))
    draft.add_programme(text_of(element, "UN_LIST_TYPE"))
    draft.add_identifier("UN reference", reference)
    kind = "INDIVIDUAL" if is_person else "ENTITY"
    for alias in element.iterfind(f"{kind}_ALIAS"):
        _add_alias(draft, alias)
    for address in element.iterfind(f"{kind}_ADDRESS"):
        parts = [text_of(address, part) for part in _ADDRESS_PARTS]
        draft.add_address(*parts, country=text_of(address, "COUNTRY"))
        draft.add_remark(text_of(address, "NOTE"))
    for nationality in texts_of(element, "NATIONALITY/VALUE"):
        draft.add_nationality(nationality)
    for position in (*texts_of(element, "TITLE/VALUE"), *texts_of(element, "DESIGNATION/VALUE")):
        draft.add_position(position)
    for born in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.add_birth_date(_birth_date(born))
        draft.add_remark(text_of(born, "NOTE"))
    for place in element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.add_birthplace(
            ", ".join(filter(None, (text_of(place, part) for part in (*_ADDRESS_PARTS, "COUNTRY"))))
        )
    for document in element.iterfind("INDIVIDUAL_DOCUMENT"):
        _add_document(draft, document)
    draft.add_remark(text_of(element, "COMMENTS1"))
    return draft.finish()


def _add_alias(draft: EntryDraft, alias: Element) -> None:
    """Add an alias; the UN calls the weak ones low in quality."""
    quality = text_of(alias, "QUALITY")
    strength: Strength = "weak" if quality == "Low" else "strong"
    draft.add_name(
        text_of(alias, "ALIAS_NAME"), strength=strength, kind="fka" if quality == "f.k.a." else "aka"
    )
    draft.add_remark(text_of(alias, "NOTE"))
    for date in text_of(alias, "DATE_OF_BIRTH").split(";"):
        draft.add_birth_date(date)


def _birth_date(born: Element) -> str:
    """Return a birth date as one text: a day, a year, about a year, or from one year to another."""
    about = "circa " if text_of(born, "TYPE_OF_DATE") == "APPROXIMATELY" else ""
    first, last = text_of(born, "FROM_YEAR"), text_of(born, "TO_YEAR")
    if first and last:
        return f"{about}{first} to {last}"
    date = text_of(born, "DATE") or text_of(born, "YEAR")
    return about + date if date else ""


def _add_document(draft: EntryDraft, document: Element) -> None:
    """Add a passport or another document, with the country that issued it."""
    scheme = text_of(document, "TYPE_OF_DOCUMENT2") or text_of(document, "TYPE_OF_DOCUMENT")
    country = text_of(document, "ISSUING_COUNTRY") or text_of(document, "COUNTRY_OF_ISSUE")
    draft.add_identifier(scheme, text_of(document, "NUMBER"), country)
    draft.add_remark(text_of(document, "NOTE"))


IMPORTER = Importer("UN consolidated list XML", _recognises, one_file_each(_read))
