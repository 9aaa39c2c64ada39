"""
The UK Sanctions List in XML.

Layout: the format guide published with the list. The parts of a name stand in Name1 to Name6, Name6 being the family
name or the name of an entity; dates are day/month/year with ``dd`` and ``mm`` for parts that are not known.
"""

from __future__ import annotations

from laborscreen.watchlists.draft import EntryDraft, tidy
from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.uk_lists import LIST, add_uk_name, british_date, uk_kind
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.xml_stream import Element, text_of, within, xml_records

_ADDRESS_PARTS = (*(f"AddressLine{number}" for number in range(1, 7)), "AddressPostalCode")
_NUMBERS = {
    "PassportNumber": "Passport",
    "NationalIdentifierNumber": "National identifier",
    "BusinessRegistrationNumber": "Business registration number",
    "IMONumber": "IMO",
    "HullIdentificationNumber": "HIN",
    "PhoneNumber": "Phone number",
    "Website": "Website",
    "EmailAddress": "Email address",
}
_REMARKS = {
    "TypeOfEntity": "type of entity",
    "ParentCompany": "parent company",
    "Subsidiary": "subsidiary",
    "CurrentOwnerOperator": "owner or operator",
    "PreviousOwnerOperator": "previous owner or operator",
    "TypeOfShip": "type of ship",
    "Gender": "Gender",
}


def _recognises(file: ListFile) -> bool:
    return file.xml_root == "Designations"


def _read(file: ListFile) -> ListReading:
    date = ""
    entries: list[Entry] = []
    for name, element in xml_records(file, "DateGenerated", "Designation"):
        if name == "DateGenerated":
            date = british_date(element.text or "")
        elif name == "Designation":
            entries.append(_entry(file, element))
    return ListReading.of([file], entries, list_name=LIST, file_date=date)


def _entry(file: ListFile, element: Element) -> Entry:
    """Read one Designation."""
    number = text_of(element, "UniqueID")
    draft = EntryDraft(number, LIST, uk_kind(text_of(element, "IndividualEntityShip")))
    for name in element.iterfind("{*}Names/{*}Name"):
        parts = [text_of(name, f"Name{place}") for place in range(1, 7)]
        add_uk_name(draft, parts, text_of(name, "NameType"), text_of(name, "AliasStrength"))
    if not (number and draft.is_named):
        raise file.refuse(f"entry {number or 'without a unique id'} has no name or no unique id")
    for name in element.iterfind("{*}NonLatinNames/{*}NonLatinName"):
        draft.add_name(text_of(name, "NameNonLatinScript"))
    draft.add_programme(text_of(element, "RegimeName"))
    draft.add_identifier("OFSI group", text_of(element, "OFSIGroupID"))
    draft.add_identifier("UN reference", text_of(element, "UNReferenceNumber"))
    for address in element.iterfind("{*}Addresses/{*}Address"):
        parts = [text_of(address, part) for part in _ADDRESS_PARTS]
        draft.add_address(*parts, country=text_of(address, "AddressCountry"))
    _add_details(draft, element)
    for remark in ("OtherInformation", "UKStatementofReasons", "SanctionsImposed"):
        draft.add_remark(text_of(element, remark))
    return draft.finish()


def _add_details(draft: EntryDraft, element: Element) -> None:
    """Add what is said of a person, an entity or a ship; the names of these elements are unlike all others."""
    parts = within(element)
    for tag, add in (
        ("DOB", draft.add_birth_date),
        ("Nationality", draft.add_nationality),
        ("Title", draft.add_position),
        ("Position", draft.add_position),
        ("CurrentBelievedFlagOfShip", draft.add_country),
        ("PassportAdditionalInformation", draft.add_remark),
        ("NationalIdentifierAdditionalInformation", draft.add_remark),
    ):
        for found in parts.get(tag, ()):
            add(found.text)
    for tag, scheme in _NUMBERS.items():
        for found in parts.get(tag, ()):
            draft.add_identifier(scheme, found.text)
    for tag, label in _REMARKS.items():
        for found in parts.get(tag, ()):
            if tidy(found.text):
                draft.add_remark(f"{label} {found.text}")


IMPORTER = Importer("UK Sanctions List XML", _recognises, one_file_each(_read))
