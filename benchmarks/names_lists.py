"""
The names of real lists, read as plainly as a benchmark needs: (entry, kind, name, source, DPRK relevance).
"""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[2] / "shared" / "data"


class ListedName(NamedTuple):
    """One name of one entry."""

    entry: int
    kind: str
    name: str
    source: str
    dprk: bool


def listed_names() -> list[ListedName]:
    """Return every name of the OFAC, UN and EU lists in the data folder."""
    found: list[ListedName] = []
    for entry, (kind, names, source, dprk) in enumerate(_entries()):
        found += [ListedName(entry, kind, name, source, dprk) for name in dict.fromkeys(filter(None, names))]
    return found


def _entries() -> Iterator[tuple[str, list[str], str, bool]]:
    lists = DATA / "sanctions"
    for name in ("us_ofac/sdn_2024-05-07.xml.gz", "us_ofac/cons_2024-05-06.xml.gz"):
        for entry in _root(lists / name):
            if _tag(entry) == "sdnEntry":
                yield _ofac(entry)
    for entry in _root(lists / "un/un_consolidated_2026-02-27.xml.gz").iter():
        if entry.tag in {"INDIVIDUAL", "ENTITY"}:
            yield _un(entry)
    for entry in _root(lists / "eu/eu_fsf_full_1_1_2024-05-13.xml.gz"):
        if _tag(entry) == "sanctionEntity":
            parts = list(entry)
            person = any(_tag(p) == "subjectType" and p.get("classificationCode") == "P" for p in parts)
            names = [p.get("wholeName") or "" for p in parts if _tag(p) == "nameAlias"]
            dprk = any(_tag(p) == "regulation" and p.get("programme") == "PRK" for p in parts)
            yield ("person" if person else "organization", names, "EU", dprk)


def _ofac(entry: ET.Element) -> tuple[str, list[str], str, bool]:
    text = {_tag(part): part.text or "" for part in entry}
    kind = "person" if text.get("sdnType") == "Individual" else "organization"
    aliases = [
        {_tag(part): part.text or "" for part in alias} for alias in entry.iter() if _tag(alias) == "aka"
    ]
    names = [", ".join(filter(None, (n.get("lastName"), n.get("firstName")))) for n in (text, *aliases)]
    dprk = any((part.text or "").startswith("DPRK") for part in entry.iter() if _tag(part) == "program")
    return kind, names, "OFAC", dprk


def _un(entry: ET.Element) -> tuple[str, list[str], str, bool]:
    kind = "person" if entry.tag == "INDIVIDUAL" else "organization"
    parts = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
    main = " ".join(filter(None, ((entry.findtext(part) or "").strip() for part in parts)))
    aliases = [(part.findtext("ALIAS_NAME") or "").strip() for part in entry if part.tag.endswith("_ALIAS")]
    native = (entry.findtext("NAME_ORIGINAL_SCRIPT") or "").strip()
    return kind, [main, native, *aliases], "UN", (entry.findtext("REFERENCE_NUMBER") or "").startswith("KP")


def _root(path: Path) -> ET.Element:
    with gzip.open(path) as file:
        return ET.parse(file).getroot()


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
