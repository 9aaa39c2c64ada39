"""
The remarks of the OFAC CSV files: one line that holds what the XML keeps in elements of its own.

``DOB 20 Apr 1970; nationality Korea, North; Passport 654210025 (Korea, North); a.k.a. 'BNC'; Linked To: ...``. The
aliases in quotation marks are the weak ones: they stand nowhere else in the CSV files.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib import resources

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import NameKind

# What stands among the "ids" of the list and is no number of anybody's.
NOT_A_NUMBER = (
    "Gender",
    "Secondary sanctions risk",
    "Additional Sanctions Information",
    "Transactions Prohibited",
    "Organization Established Date",
    "Organization Type",
    "Target Type",
    "Aircraft Model",
    "Aircraft Manufacture Date",
    "Aircraft Operator",
    "Former Vessel Flag",
    "Other Vessel Flag",
    "Other Vessel Type",
    "Vessel Year of Build",
    "Nationality of Registration",
    "Registration Country",
    "Executive Order",
    "CAATSA Section",
    "IFCA Determination",
    "Listing Date",
    "Effective Date",
)
_ALIAS = re.compile(r"^(?:alt\. )?([afn])\.k\.a\. '(.+)'$")
_LABELLED = re.compile(r"^(?:alt\. )?(DOB|POB|nationality|citizen)\s+(.+)$")
_COUNTRY_AT_END = re.compile(r"\s*\(([^()]*)\)\s*(?:\(?(?:issued|expires|effective).*)?$")


def add_remarks(draft: EntryDraft, remarks: str) -> None:
    """
    Read a line of remarks into *draft*; what has no place of its own stays a remark.

    Example:
        >>> draft = EntryDraft("1", "us-ofac-sdn", "person")
        >>> draft.add_name("X")
        >>> add_remarks(draft, "DOB 1970; nationality Korea, North; Passport 654 (Korea, North); a.k.a. 'BNC'.")
        >>> entry = draft.finish()
        >>> entry.nationalities, entry.names[1].text, entry.names[1].strength, entry.identifiers[0].value
        (('KP',), 'BNC', 'weak', '654')
    """
    for part in re.split(r";\s+", remarks.strip().removesuffix(".")):
        _add_part(draft, part.strip())


def person_name(name: str) -> str:
    """
    Return ``KIM, Kwang Hyok`` as ``Kwang Hyok KIM``.

    Example:
        >>> person_name("KIM, Kwang Hyok"), person_name("CARLOS")
        ('Kwang Hyok KIM', 'CARLOS')
    """
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma else name


def _add_part(draft: EntryDraft, part: str) -> None:
    if alias := _ALIAS.match(part):
        kind: NameKind = "fka" if alias[1] == "f" else "aka"
        name = person_name(alias[2]) if draft.kind == "person" else alias[2]
        draft.add_name(name, strength="weak", kind=kind)
    elif labelled := _LABELLED.match(part):
        label, said = labelled.groups()
        if label == "DOB":
            draft.add_birth_date(said)
        elif label == "POB":
            draft.add_birthplace(said)
        else:
            draft.add_nationality(said)
    elif part:
        scheme = _scheme_of(part.removeprefix("alt. "))
        if scheme:
            _add_number(draft, scheme, part.removeprefix("alt. ")[len(scheme) :])
        else:
            draft.add_remark(part)


def _add_number(draft: EntryDraft, scheme: str, rest: str) -> None:
    """Add a number with the country in brackets behind it."""
    country = _COUNTRY_AT_END.search(rest)
    value = rest[: country.start()] if country else rest
    draft.add_identifier(scheme, value, country[1] if country else "")


def _scheme_of(part: str) -> str:
    """Return the known kind of number that *part* begins with, or an empty string."""
    found = _schemes().match(part)
    return found[1] if found else ""


@lru_cache(maxsize=1)
def _schemes() -> re.Pattern[str]:
    """Read the kinds of numbers OFAC uses, and return a pattern that tries the longest first."""
    text = resources.files("laborscreen.watchlists.importers").joinpath("ofac_numbers.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    schemes = sorted((row["scheme"] for row in rows), key=lambda scheme: (-len(scheme), scheme))
    return re.compile(f"({'|'.join(map(re.escape, schemes))}) ")
