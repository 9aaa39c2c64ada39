"""
The consolidated financial sanctions list of the European Union (FSF), full XML 1.1.

Layout: xmlFullSanctionsList 1.1 of the Financial Sanctions Database. Facts stand in attributes; the country code 00
stands for a country that is not known.
"""

from __future__ import annotations

from collections import Counter

from laborscreen.watchlists.birth_dates import birth_date_from_parts
from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry, EntryKind
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.xml_stream import Element, texts_of, xml_records

LIST = "eu-fsf"
_NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_KINDS: dict[str, EntryKind] = {"person": "person", "enterprise": "organization"}
_ADDRESS_PARTS = ("street", "poBox", "zipCode", "city", "place", "region")
_DOUBTS = ("knownFalse", "knownExpired", "reportedLost", "revokedByIssuer")


def _recognises(file: ListFile) -> bool:
    return file.xml_root == "export" and _NAMESPACE in file.text_head


def _read(file: ListFile) -> ListReading:
    date = ""
    entries: list[Entry] = []
    seen: Counter[str] = Counter()
    for name, element in xml_records(file, "sanctionEntity"):
        if name == "export":
            date = element.get("generationDate", "")[:10]
        else:
            entries.append(_entry(file, element, seen))
    return ListReading.of([file], entries, list_name=LIST, file_date=date)


def _entry(file: ListFile, element: Element, seen: Counter[str]) -> Entry:
    """Read one sanctionEntity."""
    logical_id = element.get("logicalId", "")
    number = element.get("euReferenceNumber", "") or logical_id
    seen[number] += 1
    if seen[number] > 1:
        number = f"{number}/{logical_id}"  # one reference number is borne by two entities; their logical ids differ
    subject = element.find("{*}subjectType")
    draft = EntryDraft(
        number, LIST, "other" if subject is None else _KINDS.get(subject.get("code", ""), "other")
    )
    for alias in element.iterfind("{*}nameAlias"):
        draft.add_name(
            _whole_name(alias), strength="weak" if alias.get("strong", "") == "false" else "strong"
        )
        draft.add_position(alias.get("title", ""))
        draft.add_position(alias.get("function", ""))
    if not (number and draft.is_named):
        raise file.refuse(f"entry {number or 'without a reference'} has no name or no reference")
    for regulation in element.iterfind("{*}regulation"):
        draft.add_programme(regulation.get("programme", ""))
    for citizenship in element.iterfind("{*}citizenship"):
        draft.add_nationality(_country(citizenship))
    for address in element.iterfind("{*}address"):
        parts = [address.get(part, "") for part in _ADDRESS_PARTS]
        draft.add_address(*parts, country=_country(address))
        _add_remarks(draft, address)
    for born in element.iterfind("{*}birthdate"):
        draft.add_birth_date(_birth_date(born))
        draft.add_birthplace(
            ", ".join(filter(None, (born.get("city", ""), born.get("place", ""), _country(born))))
        )
    for document in element.iterfind("{*}identification"):
        _add_document(draft, document)
    draft.add_identifier("UN reference", element.get("unitedNationId", ""))
    draft.add_remark(element.get("designationDetails", ""))
    _add_remarks(draft, element)
    return draft.finish()


def _whole_name(alias: Element) -> str:
    """Return the name as one text; the parts stand in where the whole is missing."""
    parts = (alias.get(part, "") for part in ("firstName", "middleName", "lastName"))
    return alias.get("wholeName", "") or " ".join(filter(None, parts))


def _country(element: Element) -> str:
    """Return the country as the list describes it, empty where it says it is not known."""
    return "" if element.get("countryIso2Code", "") in ("", "00") else element.get("countryIso2Code", "")


def _birth_date(born: Element) -> str:
    """Return a birth date as one text; other calendars are told by the year the list converts them to, if any."""
    about = "circa " if born.get("circa", "") == "true" else ""
    first, last = born.get("yearRangeFrom", ""), born.get("yearRangeTo", "")
    if born.get("calendarType", "GREGORIAN") != "GREGORIAN":
        return ""
    if first and last:
        return f"{about}{first} to {last}"
    date = birth_date_from_parts(
        born.get("year", "") or first or last, born.get("monthOfYear", ""), born.get("dayOfMonth", "")
    )
    return about + date if date else ""


def _add_document(draft: EntryDraft, document: Element) -> None:
    """Add a document, and say beside it what the list doubts of it."""
    scheme = document.get("identificationTypeDescription", "") or document.get("identificationTypeCode", "")
    number = document.get("latinNumber", "") or document.get("number", "")
    draft.add_identifier(scheme, number, _country(document))
    for doubt in _DOUBTS:
        if document.get(doubt, "") == "true":
            draft.add_remark(f"{scheme} {number}: {doubt}")
    _add_remarks(draft, document)


def _add_remarks(draft: EntryDraft, element: Element) -> None:
    for remark in texts_of(element, "remark"):
        draft.add_remark(remark)


IMPORTER = Importer("EU FSF XML 1.1", _recognises, one_file_each(_read))
