"""
Files of GLEIF as the tests write them, in all three forms.

No file of level 2 is among the shared data, so these are made after the published layout: LEI-CDF 3.1, RR-CDF 2.1 and
Reporting Exceptions Format 2.1, and the Golden Copy's columns (https://www.gleif.org/en/about-lei/common-data-file-format).
The entities are made up; their LEIs bear right check digits.
"""

from __future__ import annotations

import json
from typing import Any

CHILD, PARENT, TOP, OTHER = (
    stem + f"{98 - int(''.join(str(int(sign, 36)) for sign in stem + '00')) % 97:02d}"
    for stem in ("529900CHILDCHILD00", "529900PARENTPARENT", "529900TOPTOPTOP000", "529900OTHEROTHER00")
)

Told = dict[str, Any]


def entity(lei: str, name: str, country: str = "RU", status: str = "ACTIVE") -> Told:
    """Return a record of level 1 as JSON tells it."""
    return {
        "LEI": {"$": lei},
        "Entity": {
            "LegalName": {"@xml:lang": "en", "$": name},
            "OtherEntityNames": {"OtherEntityName": [{"@type": "TRADING_OR_OPERATING_NAME", "$": f"{name} Trading"}]},
            "LegalAddress": {
                "FirstAddressLine": {"$": "Quay 1"},
                "AdditionalAddressLine": [{"$": "Office 2"}],
                "City": {"$": "Vladivostok"},
                "Country": {"$": country},
            },
            "HeadquartersAddress": {"City": {"$": "Moscow"}, "Country": {"$": country}},
            "RegistrationAuthority": {"RegistrationAuthorityEntityID": {"$": "1022500000000"}},
            "EntityStatus": {"$": status},
            "EntityCreationDate": {"$": "2011-05-01T00:00:00.000Z"},
        },
        "Registration": {"RegistrationStatus": {"$": "ISSUED"}},
    }  # fmt: skip


def relation(
    child: str,
    parent: str,
    kind: str = "IS_DIRECTLY_CONSOLIDATED_BY",
    *,
    status: str = "ACTIVE",
    registration: str = "PUBLISHED",
    ended: str = "",
    share: str = "",
) -> Told:
    """Return a record of level 2 as JSON tells it."""
    period = {"StartDate": {"$": "2017-12-06T00:00:00Z"}, "PeriodType": {"$": "RELATIONSHIP_PERIOD"}}
    accounts = {
        "StartDate": {"$": "2023-01-01T00:00:00Z"},
        "EndDate": {"$": "2023-12-31T00:00:00Z"},
        "PeriodType": {"$": "ACCOUNTING_PERIOD"},
    }
    body: Told = {
        "StartNode": {"NodeID": {"$": child}, "NodeIDType": {"$": "LEI"}},
        "EndNode": {"NodeID": {"$": parent}, "NodeIDType": {"$": "LEI"}},
        "RelationshipType": {"$": kind},
        "RelationshipPeriods": {
            "RelationshipPeriod": [accounts, {**period, "EndDate": {"$": ended}} if ended else period]
        },
        "RelationshipStatus": {"$": status},
    }
    if share:
        told = {"MeasurementMethod": {"$": "ACCOUNTING_CONSOLIDATION"}, "QuantifierAmount": {"$": share}}
        told["QuantifierUnits"] = {"$": "PERCENTAGE"}
        body["RelationshipQuantifiers"] = {"RelationshipQuantifier": [told]}
    return {
        "Relationship": body,
        "Registration": {
            "LastUpdateDate": {"$": "2025-10-01T08:00:00Z"},
            "RegistrationStatus": {"$": registration},
        },
    }


def exception(lei: str, *reasons: str, category: str = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT") -> Told:
    """Return a reporting exception as JSON tells it."""
    return {
        "LEI": {"$": lei},
        "ExceptionCategory": {"$": category},
        "ExceptionReason": [{"$": one} for one in reasons],
    }


def as_json(*records: Told) -> str:
    """Return records in the JSON form: one list within an object."""
    key = (
        "records" if "Entity" in records[0] else "relations" if "Relationship" in records[0] else "exceptions"
    )
    return json.dumps({key: list(records)}, ensure_ascii=False)


_XML = {
    "records": ("LEIData", "LEIRecords", "LEIRecord", "http://www.gleif.org/data/schema/leidata/2016"),
    "relations": ("RelationshipData", "RelationshipRecords", "RelationshipRecord", "http://www.gleif.org/data/schema/rr/2016"),
    "exceptions": ("ReportingExceptionData", "ReportingExceptions", "Exception", "http://www.gleif.org/data/schema/repex/2016"),
}  # fmt: skip


def as_xml(*records: Told) -> str:
    """Return records in the XML form."""
    key = next(iter(json.loads(as_json(*records))))
    root, group, element, space = _XML[key]
    body = "".join(_element(element, one) for one in records)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<g:{root} xmlns:g="{space}">\n'
    return f"{head}<g:{group}>\n{body}</g:{group}>\n</g:{root}>\n"


def _element(name: str, told: Any) -> str:
    if isinstance(told, list):
        return "".join(_element(name, one) for one in told)
    text = str(told.get("$", "")).replace("&", "&amp;").replace("<", "&lt;")
    inner = "".join(_element(key, one) for key, one in told.items() if key[0] not in "$@")
    return f"<g:{name}>{text}{inner}</g:{name}>\n"


def as_csv(*records: Told) -> str:
    """Return records in the CSV form: a column for the path of each element, numbered where it repeats."""
    rows = [_row(one) for one in records]
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)


_NAMED = {
    "Relationship.RelationshipPeriods.RelationshipPeriod": "Relationship.Period",
    "Relationship.RelationshipQuantifiers.RelationshipQuantifier": "Relationship.Quantifiers",
    "ExceptionReason": "Exception.Reason",
}
_LAST = {"StartDate": "startDate", "EndDate": "endDate", "PeriodType": "periodType"}


def _row(told: Told, path: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in told.items():
        if key.startswith("@"):
            continue
        if key == "$":
            found["Exception.Category" if path == "ExceptionCategory" else path] = str(value)
            continue
        inner = f"{path}.{_LAST.get(key, key)}".lstrip(".")
        inner = _NAMED.get(inner, inner)
        if isinstance(value, list):
            for number, one in enumerate(value, 1):
                found |= _row(one, f"{inner}.{number}")
        else:
            found |= _row(value, inner)
    return found


FORMS = {"json": as_json, "xml": as_xml, "csv": as_csv}
