"""
FollowTheMoney entities, as records.

Source: the schemata of followthemoney 4.11 (MIT, https://followthemoney.tech/explorer/). Every property holds a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from laborscreen.formats.loose import Loose, Shapes, without_nothing
from laborscreen.formats.standards.links import PERSON, Links, share_of

PARTIES: Final = frozenset({"LegalEntity", "Company", "Organization", "PublicBody", "Person"})

_LINKS: Final[Mapping[str, tuple[str, str, bool]]] = MappingProxyType(
    {
        "Ownership": ("asset", "owner", True),
        "Directorship": ("organization", "director", False),
        "Employment": ("employer", "employee", False),
        "Membership": ("organization", "member", False),
        "Representation": ("client", "agent", False),
    }
)
"""For each kind of link, the property of the party it belongs to, that of the other one, and whether it is ownership."""

_POSITION: Final = MappingProxyType(
    {"Directorship": "director", "Employment": "employee", "Membership": "member", "Representation": "agent",
     "Ownership": "owner"}
)  # fmt: skip
_IDENTIFIERS: Final = MappingProxyType(
    {
        "leiCode": "LEI", "innCode": "RU-INN", "ogrnCode": "RU-OGRN", "kppCode": "RU-KPP", "uscCode": "CN-USCC",
        "dunsCode": "DUNS", "vatCode": "VAT", "taxNumber": "TAX", "registrationNumber": "REG", "idNumber": "ID",
        "okpoCode": "OKPO", "swiftBic": "BIC", "imoNumber": "IMO", "licenseNumber": "LICENCE", "voenCode": "VOEN",
        "permId": "PERMID", "wikidataId": "WIKIDATA", "cageCode": "CAGE", "uniqueEntityId": "UEI", "isinCode": "ISIN",
    }
)  # fmt: skip
_NAMES: Final = ("name", "alias", "weakAlias", "previousName", "abbreviation")
_READ: Final = frozenset(
    {
        *_NAMES, *_IDENTIFIERS, "jurisdiction", "mainCountry", "country", "nationality", "citizenship", "birthDate",
        "incorporationDate", "address", "addressEntity", "sector", "okvedCode", "description", "summary", "notes",
        "classification", "firstName", "lastName", "middleName", "secondName", "fatherName",
    }
)  # fmt: skip
_NEVER: Final = frozenset(
    {"gender", "ethnicity", "religion", "political", "spokenLanguage", "birthPlace", "topics"}
)
"""Properties that no screening may read (design, principle 5), and other people's verdicts."""


class FtmReader:
    """Reads entities: parties become records, links their owners and people, addresses their addresses."""

    def __init__(self) -> None:
        self._shapes = Shapes("entities")
        self._passed: Counter[str] = Counter()
        self._links = Links()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        passed = ", ".join(f"{count:,} {schema}" for schema, count in sorted(self._passed.items()))
        return (*((f"entities that are no parties: {passed}",) if passed else ()), *self._shapes.notes)

    def gather(self, told: Loose, links: Links) -> None:
        """Keep parties, addresses and links."""
        self._links = links
        schema, entity = told.get("schema"), self._shapes.text(told, "id")
        properties = told.get("properties")
        if not entity or not isinstance(properties, Mapping):
            return
        if schema in PARTIES:
            links.add_party(entity, self._as_party(properties, person=schema == "Person"))
        elif schema == "Address":
            links.add_party(entity, self._as_address(properties))
        elif isinstance(schema, str) and schema in _LINKS:
            subject, other, owns = _LINKS[schema]
            for one in self._texts(properties, subject):
                for party in self._texts(properties, other):
                    position = "; ".join(self._texts(properties, "role")) or _POSITION[schema]
                    share = share_of(next(iter(self._texts(properties, "percentage")), None)) if owns else {}
                    facts = without_nothing({"position": position, "owns": owns or None, **share})
                    links.add_link(f"{entity}/{one}/{party}", one, party, facts)

    def record(self, told: Loose) -> tuple[dict[str, object] | None, str]:
        """Return the record of a party; other entities are passed over and counted."""
        schema, properties = told.get("schema"), told.get("properties")
        if not isinstance(schema, str) or not isinstance(properties, Mapping):
            return {"id": self._shapes.text(told, "id")}, "no entity: `schema` and `properties` are needed"
        if schema not in PARTIES:
            self._passed[schema] += 1
            return None, ""
        self._shapes.unread(properties, _READ | _NEVER)
        return self._party(told, properties, person=schema == "Person"), ""

    def _party(self, told: Loose, properties: Loose, *, person: bool) -> dict[str, object]:
        names = self._names(properties) or self._shapes.texts(told, "caption")
        countries = self._countries(properties)
        places: list[dict[str, object]] = [{"street": line} for line in self._texts(properties, "address")]
        for reference in self._texts(properties, "addressEntity"):
            place = self._links.party(reference)
            if place:
                places.append(place)
        places += [{"country": country} for country in countries[1:]]
        return without_nothing(
            {
                "id": self._shapes.text(told, "id"),
                "name": names[0] if names else None,
                "kind": PERSON if person else None,
                "aliases": names[1:],
                "country": countries[0] if countries else None,
                "nationality": self._citizenship(properties) if person else None,
                "birth_date": next(iter(self._texts(properties, "birthDate")), None) if person else None,
                "founded": next(iter(self._texts(properties, "incorporationDate")), None),
                "identifiers": [
                    {"scheme": scheme, "value": value}
                    for key, scheme in _IDENTIFIERS.items()
                    for value in self._texts(properties, key)
                ],
                "addresses": places,
                "industries": [
                    *({"scheme": "OKVED2", "code": code} for code in self._texts(properties, "okvedCode")),
                    *(
                        {"label": label}
                        for key in ("sector", "classification")
                        for label in self._texts(properties, key)
                    ),
                ],
                "activities": "; ".join(
                    self._texts(properties, "description") + self._texts(properties, "summary")
                )
                or None,
                "observations": [{"text": note} for note in self._texts(properties, "notes")],
            }
        )

    def _as_party(self, properties: Loose, *, person: bool) -> dict[str, object]:
        """Return what an owner or a director is to others."""
        names = self._names(properties)
        countries = self._countries(properties)
        return without_nothing(
            {
                "name": names[0] if names else None,
                "kind": PERSON if person else "organization",
                "country": countries[0] if countries else None,
                "nationality": self._citizenship(properties) if person else None,
                "birth_date": next(iter(self._texts(properties, "birthDate")), None) if person else None,
            }
        )

    def _as_address(self, properties: Loose) -> dict[str, object]:
        def first(key: str) -> str | None:
            return next(iter(self._texts(properties, key)), None)

        return without_nothing(
            {
                "street": first("street") or first("full"),
                "city": first("city"),
                "region": first("region") or first("state"),
                "postal_code": first("postalCode"),
                "country": first("country"),
            }
        )

    def _names(self, properties: Loose) -> list[str]:
        found = [name for key in _NAMES for name in self._texts(properties, key)]
        if not found:
            parts = (self._texts(properties, key) for key in ("firstName", "middleName", "lastName"))
            found = [" ".join(part[0] for part in parts if part)]
        return list(dict.fromkeys(filter(None, found)))

    def _countries(self, properties: Loose) -> list[str]:
        """Return the countries, the most telling first, each once."""
        keys = ("jurisdiction", "mainCountry", "country")
        return list(dict.fromkeys(one for key in keys for one in self._texts(properties, key)))

    def _citizenship(self, properties: Loose) -> str | None:
        told = [*self._texts(properties, "citizenship"), *self._texts(properties, "nationality")]
        return "; ".join(dict.fromkeys(told)) or None

    def _texts(self, properties: Loose, key: str) -> list[str]:
        return self._shapes.texts(properties, key)
