"""
OFAC lists in the Advanced Sanctions List form (SDN_ADVANCED.XML, CONS_ADVANCED.XML).

The form is a set of tables that point at one another by number: values (kinds of names, countries, features), then
places, documents, parties, and last the sanctions entries with their programmes. So the file is read twice: once for
the tables and programmes, once for the parties. Layout: "Advanced Sanctions List Standard" XSD and the notes of OFAC.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from laborscreen.watchlists.birth_dates import birth_date_from_parts
from laborscreen.watchlists.draft import EntryDraft, tidy
from laborscreen.watchlists.entry import Entry, EntryKind, NameKind
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.ofac_lists import in_sdn_or_cons
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.xml_stream import Element, local_name, text_of, texts_of, within, xml_records

_TABLES = ("DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "SanctionsEntry")
_VALUES = frozenset(
    {"AliasType", "FeatureType", "DetailReference", "IDRegDocType", "NamePartType", "PartySubType", "PartyType",
     "LocPartType", "Country", "AreaCode"}
)  # fmt: skip
_GIVEN_FIRST = ("First Name", "Middle Name", "Patronymic", "Matronymic", "Maiden Name", "Last Name")
_BIRTH_DATE, _BIRTHPLACE, _ADDRESS = "Birthdate", "Place of Birth", "Location"


@dataclass(slots=True)
class _Tables:
    """Everything the parties point at."""

    date: str = ""
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    party_types: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    programmes: dict[str, list[str]] = field(default_factory=dict)

    def value(self, table: str, number: str) -> str:
        """Return a value of one of the tables by its number, or an empty string."""
        return self.values.get((table, number), "")


def _recognises(file: ListFile) -> bool:
    return file.xml_root == "Sanctions" and "<ReferenceValueSets" in file.text_head


def _read(file: ListFile) -> ListReading:
    tables = _Tables()
    for name, element in xml_records(file, *_TABLES):
        _add_to_tables(tables, name, element)
    entries = [
        _entry(file, element, tables)
        for name, element in xml_records(file, "DistinctParty")
        if name == "DistinctParty"
    ]
    return ListReading.of([file], in_sdn_or_cons(entries), file_date=tables.date)


def _add_to_tables(tables: _Tables, name: str, element: Element) -> None:
    """Note one element of the tables."""
    match name:
        case "DateOfIssue":
            tables.date = _date(element)
        case "ReferenceValueSets":
            for table in element:
                for value in table:
                    _add_value(tables, value)
        case "Location":
            tables.places[element.get("ID", "")] = _place(element, tables)
        case "IDRegDocument":
            scheme = tables.value("IDRegDocType", element.get("IDRegDocTypeID", ""))
            country = tables.value("Country", element.get("IssuedBy-CountryID", ""))
            number = text_of(element, "IDRegistrationNo")
            tables.documents.setdefault(element.get("IdentityID", ""), []).append((scheme, number, country))
        case "SanctionsEntry":
            profile = element.get("ProfileID", "")
            for measure in element.iterfind("{*}SanctionsMeasure"):
                tables.programmes.setdefault(profile, []).append(text_of(measure, "Comment"))


def _add_value(tables: _Tables, value: Element) -> None:
    """Note one reference value; a sub-type of party is known by the type it belongs to where its own name is Unknown."""
    table, number, text = local_name(value), value.get("ID", ""), tidy(value.text)
    if table == "AreaCode":
        text = value.get("Description", "") or text
    if table in _VALUES:
        tables.values[table, number] = text
    if table == "PartySubType":
        tables.party_types[number] = value.get("PartyTypeID", "")


def _place(element: Element, tables: _Tables) -> tuple[str, str]:
    """Return address and country of one location."""
    country = ""
    for found in element.iterfind("{*}LocationCountry"):
        country = tables.value("Country", found.get("CountryID", ""))
    if not country:
        for found in element.iterfind("{*}LocationAreaCode"):
            country = tables.value("AreaCode", found.get("AreaCodeID", ""))
    return ", ".join(texts_of(element, "LocationPart/LocationPartValue/Value")), country


def _kind(tables: _Tables, sub_type: str) -> EntryKind:
    """Return the kind of party from the names of its sub-type and type."""
    names = (
        tables.value("PartySubType", sub_type),
        tables.value("PartyType", tables.party_types.get(sub_type, "")),
    )
    kinds: dict[str, EntryKind] = {
        "Vessel": "vessel", "Aircraft": "aircraft", "Individual": "person", "Entity": "organization",
    }  # fmt: skip
    return next((kinds[name] for name in names if name in kinds), "other")


def _entry(file: ListFile, element: Element, tables: _Tables) -> Entry:
    """Read one DistinctParty."""
    profile = element.find("{*}Profile")
    number = element.get("FixedRef", "") or ("" if profile is None else profile.get("ID", ""))
    if profile is None or not number:
        raise file.refuse(f"party {number or 'without a number'} has no profile or no number")
    draft = EntryDraft(number, "us-ofac-sdn", _kind(tables, profile.get("PartySubTypeID", "")))
    for identity in profile.iterfind("{*}Identity"):
        _add_names(draft, identity, tables)
        for scheme, value, country in tables.documents.get(identity.get("ID", ""), ()):
            draft.add_identifier(scheme, value, country)
    if not draft.is_named:
        raise file.refuse(f"party {number} has no name")
    for feature in profile.iterfind("{*}Feature"):
        kind = tables.value("FeatureType", feature.get("FeatureTypeID", ""))
        for version in feature.iterfind("{*}FeatureVersion"):
            _add_feature(draft, kind, version, tables)
    for programme in tables.programmes.get(profile.get("ID", ""), ()):
        draft.add_programme(programme)
    draft.add_remark(text_of(element, "Comment"))
    return draft.finish()


def _add_names(draft: EntryDraft, identity: Element, tables: _Tables) -> None:
    """Add the names of an identity in every script, the parts of persons' names in speaking order."""
    parts = {
        group.get("ID", ""): tables.value("NamePartType", group.get("NamePartTypeID", ""))
        for group in within(identity).get("NamePartGroup", ())
    }
    for alias in identity.iterfind("{*}Alias"):
        alias_type = tables.value("AliasType", alias.get("AliasTypeID", ""))
        kind: NameKind = "fka" if alias_type == "F.K.A." else "aka"
        if alias.get("Primary", "") == "true":
            kind = "primary"
        weak = alias.get("LowQuality", "") == "true"
        for position, documented in enumerate(alias.iterfind("{*}DocumentedName")):
            name = _spoken(documented, parts)
            # The first spelling of the main alias is the main name; the others are the same name in other scripts.
            draft.add_name(
                name,
                strength="weak" if weak else "strong",
                kind="aka" if kind == "primary" and position else kind,
            )


def _spoken(documented: Element, parts: dict[str, str]) -> str:
    """Return the parts of one documented name in the order they are spoken."""
    found: list[tuple[int, str]] = []
    for value in documented.iterfind("{*}DocumentedNamePart/{*}NamePartValue"):
        part = parts.get(value.get("NamePartGroupID", ""), "")
        place = _GIVEN_FIRST.index(part) if part in _GIVEN_FIRST else len(_GIVEN_FIRST)
        found.append((place, tidy(value.text)))
    return " ".join(text for _, text in sorted(found, key=lambda pair: pair[0]))


def _add_feature(draft: EntryDraft, kind: str, version: Element, tables: _Tables) -> None:
    """Add one feature: a date, a place, or a detail in words."""
    place = version.find("{*}VersionLocation")
    address, country = tables.places.get("" if place is None else place.get("LocationID", ""), ("", ""))
    detail = version.find("{*}VersionDetail")
    said = (
        ""
        if detail is None
        else tidy(detail.text) or tables.value("DetailReference", detail.get("DetailReferenceID", ""))
    )
    if kind == _BIRTH_DATE:
        draft.add_birth_date(_period(version))
    elif kind == _BIRTHPLACE:
        draft.add_birthplace(said or ", ".join(filter(None, (address, country))))
    elif kind.startswith(("Nationality", "Citizenship")) and "Registration" not in kind:
        draft.add_nationality(country or said)
    elif kind == _ADDRESS:
        draft.add_address(address, country=country)
    elif kind == "Vessel Flag":
        draft.add_country(said or country)
        draft.add_remark(f"vessel flag {said or country}")
    elif kind == "Title":
        draft.add_position(said)
    elif said:
        draft.add_remark(f"{kind} {said}")


def _period(version: Element) -> str:
    """Return a period as one text: a day, a year, or from the first day to the last."""
    starts = [_date(found) for found in version.iterfind("{*}DatePeriod/{*}Start/{*}From")]
    ends = [_date(found) for found in version.iterfind("{*}DatePeriod/{*}End/{*}To")]
    approximate = any(
        found.get("Approximate", "") == "true" for found in version.iterfind("{*}DatePeriod/{*}Start")
    )
    about = "circa " if approximate else ""
    first, last = (starts or [""])[0], (ends or starts or [""])[0]
    if first[:4] != last[:4]:
        return f"{about}{first[:4]} to {last[:4]}"
    return about + (first if first == last else first[:4])


def _date(element: Element) -> str:
    """Return the date in the Year, Month and Day below *element*."""
    return birth_date_from_parts(text_of(element, "Year"), text_of(element, "Month"), text_of(element, "Day"))


IMPORTER = Importer("OFAC advanced XML", _recognises, one_file_each(_read))
