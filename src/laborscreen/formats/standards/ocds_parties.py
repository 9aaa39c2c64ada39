"""
The parties of an OCDS release, as records.

Source: Open Contracting Data Standard 1.1, release schema (https://standard.open-contracting.org/1.1/en/schema/reference/),
with the extensions beneficialOwners, shareholders and organization classification.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from laborscreen import values
from laborscreen.formats.loose import Loose, Shapes, without_nothing

_ROLES: Mapping[str, str] = {
    "supplier": "supplier", "tenderer": "supplier", "invitedTenderer": "supplier", "candidate": "supplier",
    "qualifiedBidder": "supplier", "invitedCandidate": "supplier", "subcontractor": "subcontractor", "buyer": "buyer",
    "procuringEntity": "buyer", "payer": "buyer", "funder": "buyer", "centralPurchasingBody": "buyer",
}  # fmt: skip
"""What a role of the standard and its extensions is to the buyer, most telling first; the others say nothing of it."""

_PARTY_KEYS = frozenset(
    {
        "id", "name", "identifier", "additionalIdentifiers", "address", "roles", "details", "beneficialOwners",
        "shareholders", "contactPoint", "contactPoints",
    }
)  # fmt: skip
"""Keys of a party that are read, and the contact point: a clerk of the party is nobody's business here."""

_DETAIL_KEYS = frozenset({"classifications", "scale", "url", "listedOnRegulatedMarket"})


class PartyReader:
    """Turns releases into records, one for each party."""

    def __init__(self) -> None:
        self._shapes = Shapes("parties")

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        return self._shapes.notes

    def records(self, release: Loose) -> Iterator[tuple[dict[str, object], str]]:
        """Yield a record for each party of a *release*, and what is wrong with it, if anything."""
        listed_ids: set[str] = set()
        parties = release.get("parties")
        if parties is not None and not isinstance(parties, list):
            yield {}, "`parties` is not a list; fetch the release again"
        for party in parties if isinstance(parties, list) else ():
            if not isinstance(party, Mapping):
                yield {}, "a party is no object ({...}); fetch the release again"
                continue
            listed_ids.add(self._shapes.text(party, "id") or "")
            yield self._record(release, party), ""
        for party in self._named_elsewhere(release, listed_ids):
            yield self._record(release, party), ""

    def _named_elsewhere(self, release: Loose, listed_ids: set[str]) -> Iterator[Loose]:
        """Yield organisations that a release names where they act, but does not list among its parties."""
        shapes = self._shapes
        tender = shapes.mapping(release, "tender")
        named = [
            *(("buyer", one) for one in shapes.mappings(release, "buyer")),
            *(("procuringEntity", one) for one in shapes.mappings(tender, "procuringEntity")),
            *(("tenderer", one) for one in shapes.mappings(tender, "tenderers")),
            *(
                ("supplier", one)
                for award in shapes.mappings(release, "awards")
                for one in shapes.mappings(award, "suppliers")
            ),
        ]
        roles: dict[tuple[str, str], list[str]] = {}
        found: dict[tuple[str, str], Loose] = {}
        for role, one in named:
            key = shapes.text(one, "id") or "", shapes.text(one, "name") or ""
            if key[0] in listed_ids or key == ("", ""):
                continue
            found.setdefault(key, one)
            roles.setdefault(key, []).append(role)
        for key, one in found.items():
            yield {**one, "roles": roles[key], "id": key[0] or key[1]}

    def _record(self, release: Loose, party: Loose) -> dict[str, object]:
        shapes = self._shapes
        shapes.unread(party, _PARTY_KEYS)
        identifier = shapes.mapping(party, "identifier")
        address = shapes.mapping(party, "address")
        details = shapes.mapping(party, "details")
        shapes.unread(details, _DETAIL_KEYS)
        own = shapes.text(party, "id")
        name = shapes.text(party, "name")
        legal = shapes.text(identifier, "legalName")
        roles = shapes.texts(party, "roles")
        role = next((role for role in _ROLES.values() if any(_ROLES.get(one) == role for one in roles)), None)
        works = self._works(release, own) if role != "buyer" else []
        process = shapes.text(release, "ocid") or shapes.text(release, "id")
        country = next(
            (
                told
                for key in ("countryName", "country", "countryCode")
                if (told := shapes.text(address, key))
            ),
            None,
        )
        return without_nothing(
            {
                "id": f"{process}/{own}" if process and own else own,
                "name": legal or name,
                "aliases": [name] if name and legal and name != legal else None,
                "role": role,
                "country": country,
                "as_of": (shapes.text(release, "date") or "")[:10] or None,
                "identifiers": [
                    {"scheme": shapes.text(one, "scheme"), "value": shapes.text(one, "id")}
                    for one in (identifier, *shapes.mappings(party, "additionalIdentifiers"))
                    if shapes.text(one, "id")
                ],
                "addresses": [place for place in [self._address(address, country)] if place],
                "industries": [
                    *filter(None, map(self._industry, shapes.mappings(details, "classifications"))),
                    *self._bought(works),
                ],
                "activities": "; ".join(dict.fromkeys(self._described(works))) or None,
                "people": [self._owner_in_person(one) for one in shapes.mappings(party, "beneficialOwners")],
                "owners": [self._shareholder(one) for one in shapes.mappings(party, "shareholders")],
            }
        )

    def _address(self, address: Loose, country: str | None) -> dict[str, object]:
        shapes = self._shapes
        return without_nothing(
            {
                "street": shapes.text(address, "streetAddress"),
                "city": shapes.text(address, "locality"),
                "region": shapes.text(address, "region"),
                "postal_code": shapes.text(address, "postalCode"),
                "country": country,
            }
        )

    def _works(self, release: Loose, party: str | None) -> list[Loose]:
        """Return what the party is hired for: its awards, or where it has none, what was put out to tender."""
        shapes = self._shapes
        own = [
            award
            for award in shapes.mappings(release, "awards")
            if party and any(shapes.text(one, "id") == party for one in shapes.mappings(award, "suppliers"))
        ]
        tender = shapes.mapping(release, "tender")
        if not own:
            return [tender]
        return own if any(award.get("items") for award in own) else [*own, {"items": tender.get("items")}]

    def _bought(self, works: list[Loose]) -> list[dict[str, object]]:
        """Return the classifications of the items, each once."""
        shapes = self._shapes
        found: dict[tuple[object, object], dict[str, object]] = {}
        for work in works:
            for item in shapes.mappings(work, "items"):
                told = [
                    shapes.mapping(item, "classification"),
                    *shapes.mappings(item, "additionalClassifications"),
                ]
                for one in told:
                    industry = self._industry(one)
                    if industry:
                        key = industry.get("scheme"), industry.get("code") or industry.get("label")
                        found.setdefault(key, industry)
        return list(found.values())

    def _industry(self, told: Loose) -> dict[str, object]:
        """Return a classification; of a scheme the record does not know, the caption alone is kept."""
        shapes = self._shapes
        scheme, code = shapes.text(told, "scheme"), shapes.text(told, "id")
        known = values.read_word("industry_scheme", scheme).value is not None
        label = shapes.text(told, "description")
        if known:
            return without_nothing({"scheme": scheme, "code": code, "label": label})
        return without_nothing({"label": label or code})

    def _described(self, works: list[Loose]) -> Iterator[str]:
        for work in works:
            for key in ("title", "description"):
                told = self._shapes.text(work, key)
                if told:
                    yield told

    def _owner_in_person(self, told: Loose) -> dict[str, object]:
        shapes = self._shapes
        return without_nothing(
            {
                "name": shapes.text(told, "name"),
                "position": "beneficial owner",
                "nationality": "; ".join(shapes.texts(told, "nationalities")) or None,
            }
        )

    def _shareholder(self, told: Loose) -> dict[str, object]:
        shapes = self._shapes
        return without_nothing(
            {
                "name": shapes.text(shapes.mapping(told, "shareholder"), "name"),
                "share_percent": shapes.text(told, "shareholding"),
            }
        )
