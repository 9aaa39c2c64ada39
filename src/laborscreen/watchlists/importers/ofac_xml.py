"""
OFAC lists in SDN.XML form: the SDN list and the consolidated non-SDN lists share one layout.

Layout: sdn.xsd as published with the lists. The namespace changed in 2024; it is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry, EntryKind
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.ofac_lists import american_date, in_sdn_or_cons
from laborscreen.watchlists.importers.ofac_remarks import NOT_A_NUMBER
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.xml_stream import Element, text_of, texts_of, xml_records

_KINDS: dict[str, EntryKind] = {
    "Individual": "person",
    "Entity": "organization",
    "Vessel": "vessel",
    "Aircraft": "aircraft",
}
_ADDRESS_PARTS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")


def _recognises(file: ListFile) -> bool:
    return file.xml_root == "sdnList"


def _read(file: ListFile) -> ListReading:
    date = ""
    promised = -1
    entries: list[Entry] = []
    for name, element in xml_records(file, "publshInformation", "sdnEntry"):
        if name == "publshInformation":
            date = american_date(text_of(element, "Publish_Date"))
            count = text_of(element, "Record_Count")
            promised = int(count) if count.isdecimal() and len(count) < 10 else -1
        elif name == "sdnEntry":
            entries.append(_entry(file, element))
    if promised >= 0 and promised != len(entries):
        raise file.refuse(
            f"the list says it has {promised:,} entries, but {len(entries):,} were found",
            hint="fetch the list again; this file is not whole",
        )
    return ListReading.of([file], in_sdn_or_cons(entries), file_date=date)


def _entry(file: ListFile, element: Element) -> Entry:
    """Read one ``sdnEntry``."""
    uid = text_of(element, "uid")
    draft = EntryDraft(uid, "us-ofac-sdn", _KINDS.get(text_of(element, "sdnType"), "other"))
    draft.add_name(_name(element), kind="primary")
    if not (uid and draft.is_named):
        raise file.refuse(
            f"entry {uid or 'without a uid'} has no name or no uid", hint="fetch the list again"
        )
    draft.add_position(text_of(element, "title"))
    draft.add_remark(text_of(element, "remarks"))
    for programme in texts_of(element, "programList/program"):
        draft.add_programme(programme)
    for alias in _all(element, "akaList/aka"):
        draft.add_name(
            _name(alias),
            strength="weak" if text_of(alias, "category") == "weak" else "strong",
            kind="fka" if text_of(alias, "type") == "f.k.a." else "aka",
        )
    for address in _all(element, "addressList/address"):
        parts = [text_of(address, part) for part in _ADDRESS_PARTS]
        draft.add_address(*parts, country=text_of(address, "country"))
    for country in (*texts_of(element, "nationalityList/nationality/country"),
                    *texts_of(element, "citizenshipList/citizenship/country")):  # fmt: skip
        draft.add_nationality(country)
    for date in texts_of(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth"):
        draft.add_birth_date(date)
    for place in texts_of(element, "placeOfBirthList/placeOfBirthItem/placeOfBirth"):
        draft.add_birthplace(place)
    for item in _all(element, "idList/id"):
        _add_number(draft, item)
    _add_vessel(draft, element)
    return draft.finish()


def _all(element: Element, path: str) -> Iterator[Element]:
    yield from element.iterfind("/".join("{*}" + name for name in path.split("/")))


def _name(element: Element) -> str:
    """Return given names before the family name, as a person would be asked for."""
    return f"{text_of(element, 'firstName')} {text_of(element, 'lastName')}"


def _add_number(draft: EntryDraft, item: Element) -> None:
    """Add one of the list of "ids", which also holds remarks of every kind."""
    scheme, value = text_of(item, "idType"), text_of(item, "idNumber")
    if scheme.rstrip(" :-").startswith(NOT_A_NUMBER):
        draft.add_remark(f"{scheme} {value}")
    else:
        draft.add_identifier(scheme, value, text_of(item, "idCountry"))


def _add_vessel(draft: EntryDraft, element: Element) -> None:
    """Add what is said of a ship."""
    vessel = element.find("{*}vesselInfo")
    if vessel is None:
        return
    draft.add_country(text_of(vessel, "vesselFlag"))
    draft.add_identifier("Call Sign", text_of(vessel, "callSign"))
    for label, part in (("flag", "vesselFlag"), ("type", "vesselType"), ("owner", "vesselOwner")):
        if said := text_of(vessel, part):
            draft.add_remark(f"vessel {label} {said}")


IMPORTER = Importer("OFAC XML", _recognises, one_file_each(_read))
