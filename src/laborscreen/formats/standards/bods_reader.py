"""
Statements of the Beneficial Ownership Data Standard, version 0.4, as records.

Source: https://standard.openownership.org/en/0.4.0/ (statements, record life cycle, interests and shares).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from laborscreen.formats.loose import Loose, Shapes, without_nothing
from laborscreen.formats.standards.links import PERSON, Links

_OWNS: Final = frozenset(
    {
        "shareholding", "beneficiaryOfLegalArrangement", "rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome",
        "enjoymentAndUseOfAssets", "rightToProfitOrIncomeFromAssets",
    }
)  # fmt: skip
"""Interests that are a part of the property; the others are control of some kind."""

_DETAILS: Final = frozenset(
    {
        "isComponent", "entityType", "name", "alternateNames", "jurisdiction", "identifiers", "foundingDate",
        "dissolutionDate", "uri", "addresses", "publicListing", "unspecifiedEntityDetails", "formedByStatute",
        "personType", "names", "nationalities", "birthDate", "deathDate", "placeOfBirth", "taxResidencies",
        "politicalExposure", "unspecifiedPersonDetails",
    }
)  # fmt: skip


class BodsReader:
    """Reads statements: entities and persons become records, relationships their owners and people."""

    def __init__(self) -> None:
        self._shapes = Shapes("record details")
        self._last: dict[str, str] = {}
        self._replaced = 0
        self._closed = 0
        self._unknown = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        found = []
        if self._replaced:
            found.append(f"{self._replaced:,} statements are replaced by later ones of the same record")
        if self._closed:
            found.append(f"{self._closed:,} statements close their record; it was not screened")
        if self._unknown:
            found.append(
                f"{self._unknown:,} relationships tell of an owner nobody knows; the share is unknown"
            )
        return (*found, *self._shapes.notes)

    def gather(self, told: Loose, links: Links) -> None:
        """Keep parties and relationships as they stand after their last statement."""
        shapes = self._shapes
        record, kind = shapes.text(told, "recordId"), told.get("recordType")
        if not record:
            return
        self._last[record] = shapes.text(told, "statementId") or ""
        details = shapes.mapping(told, "recordDetails")
        if kind in {"entity", "person"}:
            links.add_party(record, self._as_party(details, person=kind == "person"))
        elif kind == "relationship":
            links.drop_link(record)
            if told.get("recordStatus") != "closed":
                self._relate(record, told, details, links)

    def record(self, told: Loose) -> tuple[dict[str, object] | None, str]:
        """Return the record of an entity or a person in its last statement."""
        shapes = self._shapes
        record, kind = shapes.text(told, "recordId"), told.get("recordType")
        if "statementType" in told or "statementID" in told:
            return {}, "a statement of BODS 0.3 or older; convert it to 0.4"
        if kind not in {"entity", "person", "relationship"} or not record:
            return {}, "no statement of BODS 0.4: `recordId` and `recordType` are needed"
        if kind == "relationship":
            return None, ""
        if self._last[record] != (shapes.text(told, "statementId") or ""):
            self._replaced += 1
            return None, ""
        if told.get("recordStatus") == "closed":
            self._closed += 1
            return None, ""
        details = shapes.mapping(told, "recordDetails")
        shapes.unread(details, _DETAILS)
        return self._party(record, told, details, person=kind == "person"), ""

    def _party(self, record: str, told: Loose, details: Loose, *, person: bool) -> dict[str, object]:
        shapes = self._shapes
        names = self._names(details, person=person)
        return without_nothing(
            {
                "id": record,
                "name": names[0] if names else f"unnamed ({record})" if self._is_unnamed(details) else None,
                "kind": PERSON if person else None,
                "aliases": names[1:],
                "country": self._country(details),
                "nationality": self._nationality(details) if person else None,
                "birth_date": shapes.text(details, "birthDate") if person else None,
                "founded": shapes.text(details, "foundingDate"),
                "as_of": shapes.text(told, "statementDate"),
                "identifiers": [
                    without_nothing(
                        {
                            "scheme": shapes.text(one, "scheme") or shapes.text(one, "schemeName"),
                            "value": shapes.text(one, "id"),
                        }
                    )
                    for one in shapes.mappings(details, "identifiers")
                ],
                "addresses": [
                    without_nothing(
                        {
                            "use": "registered" if one.get("type") == "registered" else None,
                            "street": shapes.text(one, "address"),
                            "postal_code": shapes.text(one, "postCode"),
                            "country": self._coded(one, "country"),
                        }
                    )
                    for one in shapes.mappings(details, "addresses")
                ],
            }
        )

    def _as_party(self, details: Loose, *, person: bool) -> dict[str, object]:
        names = self._names(details, person=person)
        return without_nothing(
            {
                "name": names[0] if names else None,
                "kind": PERSON if person else "organization",
                "country": self._country(details),
                "nationality": self._nationality(details) if person else None,
                "birth_date": self._shapes.text(details, "birthDate") if person else None,
            }
        )

    def _relate(self, record: str, told: Loose, details: Loose, links: Links) -> None:
        subject, party = details.get("subject"), details.get("interestedParty")
        if not isinstance(subject, str):
            return
        if not isinstance(party, str):  # nobody knows, or nobody says, who it is
            self._unknown += 1
            return
        interests = list(self._standing(told, details))
        if not interests and details.get("interests"):
            return
        types = [kind for one in interests if (kind := self._shapes.text(one, "type"))]
        owned = [one for one in interests if one.get("type") in _OWNS]
        nominee = True if any(kind == "nominee" or kind.startswith("nominee") for kind in types) else None
        owns = bool(owned) or not types or "unknownInterest" in types or "unpublishedInterest" in types
        facts = {
            "position": "; ".join(dict.fromkeys(types)) or None,
            "owns": owns or None,
            "nominee": nominee,
            "indirect": _is_indirect(interests) or None,
            **(self._share(owned) if owned else {}),
        }
        links.add_link(record, subject, party, without_nothing(facts))

    def _standing(self, told: Loose, details: Loose) -> Iterator[Loose]:
        """Yield the interests that had not ended when the statement was made."""
        made = self._shapes.text(told, "statementDate") or "9999"
        for one in self._shapes.mappings(details, "interests"):
            ended = self._shapes.text(one, "endDate")
            if not ended or ended > made:
                yield one

    def _share(self, interests: list[Loose]) -> dict[str, object]:
        """Return the greatest of the shares told, as one figure or as a range; nothing where none is told."""
        best: tuple[float, dict[str, object]] = (-1.0, {})
        for one in interests:
            share = self._shapes.mapping(one, "share")
            exact = _number(share, "exact")
            least = _number(share, "minimum", "exclusiveMinimum")
            most = _number(share, "maximum", "exclusiveMaximum")
            if exact is not None:
                rank, told = exact, without_nothing({"share_percent": exact})
            elif least is not None or most is not None:
                rank, told = least or 0.0, without_nothing({"share_at_least": least, "share_at_most": most})
            else:
                continue
            if rank > best[0]:
                best = rank, told
        return best[1]

    def _names(self, details: Loose, *, person: bool) -> list[str]:
        shapes = self._shapes
        if not person:
            return [
                name
                for name in (shapes.text(details, "name"), *shapes.texts(details, "alternateNames"))
                if name
            ]
        return [name for one in shapes.mappings(details, "names") if (name := shapes.text(one, "fullName"))]

    def _is_unnamed(self, details: Loose) -> bool:
        """Return whether the statement itself says that the party is not named."""
        kind = details.get("personType") or self._shapes.mapping(details, "entityType").get("type")
        return isinstance(kind, str) and kind.startswith(("unknown", "anonymous"))

    def _country(self, details: Loose) -> str | None:
        return self._coded(details, "jurisdiction") or next(
            (
                told
                for one in self._shapes.mappings(details, "addresses")
                if (told := self._coded(one, "country"))
            ),
            None,
        )

    def _nationality(self, details: Loose) -> str | None:
        told = [
            self._shapes.text(one, "code") or self._shapes.text(one, "name")
            for one in self._shapes.mappings(details, "nationalities")
        ]
        return "; ".join(dict.fromkeys(filter(None, told))) or None

    def _coded(self, told: Loose, key: str) -> str | None:
        one = self._shapes.mapping(told, key)
        return self._shapes.text(one, "code") or self._shapes.text(one, "name")


def _is_indirect(interests: list[Loose]) -> bool:
    """Return whether all interests are held through others."""
    return bool(interests) and all(one.get("directOrIndirect") == "indirect" for one in interests)


def _number(told: Loose, *keys: str) -> float | None:
    """Return the first of the *keys* that holds a percentage."""
    for key in keys:
        value = told.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100:
            return float(value)
    return None
