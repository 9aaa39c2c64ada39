"""
An entry while an importer is still gathering it.

Importers say what they find in any order; `EntryDraft.finish` tidies, drops repeats, reads countries and dates, and
finds the reasons to call the entry DPRK-related, the same way for every list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from laborscreen.watchlists.birth_dates import read_birth_date
from laborscreen.watchlists.countries import country_code
from laborscreen.watchlists.entry import Entry, EntryKind, Identifier, ListedName, NameKind, Strength
from laborscreen.watchlists.name_script import name_script
from laborscreen.watchlists.relevance import dprk_reasons

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_COUNTRY = frozenset({"", "00", "XX", "ZZ"})  # EU FSF writes 00 for a country that is not known


def tidy(text: str | None) -> str:
    r"""
    Return *text* on one line, without control characters and double spaces.

    Example:
        >>> tidy("  RI\n WON  HO ")
        'RI WON HO'
    """
    return " ".join(_CONTROL.sub(" ", text).split()) if text else ""


@dataclass(slots=True)
class EntryDraft:
    """
    What is known so far of one listed party.

    Args:
        id: the publisher's number or reference.
        list: short name of the list.
        kind: what the publisher says it is.
    """

    id: str
    list: str
    kind: EntryKind = "other"
    _names: dict[str, ListedName] = field(default_factory=dict)
    _programmes: dict[str, None] = field(default_factory=dict)
    _countries: dict[str, None] = field(default_factory=dict)
    _nationalities: dict[str, None] = field(default_factory=dict)
    _identifiers: dict[Identifier, None] = field(default_factory=dict)
    _birth_dates: dict[str, None] = field(default_factory=dict)
    _positions: dict[str, None] = field(default_factory=dict)
    _addresses: dict[str, None] = field(default_factory=dict)
    _remarks: dict[str, None] = field(default_factory=dict)
    _birthplaces: dict[str, None] = field(default_factory=dict)

    def add_name(self, text: str | None, *, strength: Strength = "strong", kind: NameKind = "aka") -> None:
        """Add a name; of two alike the stronger and the earlier kind stay."""
        name = tidy(text)
        if not name:
            return
        known = self._names.get(name)
        if known is None:
            self._names[name] = ListedName(name, strength, name_script(name), kind)
        elif known.strength == "weak" and strength == "strong":
            self._names[name] = ListedName(name, strength, known.script, known.kind)

    def add_programme(self, text: str | None) -> None:
        """Add a programme, regime or legal act."""
        if programme := tidy(text):
            self._programmes[programme] = None

    def add_country(self, text: str | None) -> str:
        """Add a country of address, registration or flag, and return its code, empty where it could not be read."""
        code = _code(text)
        if code:
            self._countries[code] = None
        return code

    def add_nationality(self, text: str | None) -> None:
        """Add a nationality or citizenship the publisher states; one that is no country goes to the remarks."""
        code = _code(text)
        if code:
            self._nationalities[code] = None
        elif tidy(text) not in _NO_COUNTRY:
            self.add_remark(f"nationality {tidy(text)}")

    def add_identifier(self, scheme: str | None, value: str | None, country: str | None = "") -> None:
        """Add a number with its scheme and issuing country."""
        if number := tidy(value):
            self._identifiers[Identifier(tidy(scheme), number, _code(country))] = None

    def add_birth_date(self, text: str | None) -> None:
        """Add a birth date, in whatever form."""
        if written := tidy(text):
            self._birth_dates[read_birth_date(written)] = None

    def add_position(self, text: str | None) -> None:
        """Add a title, function or office."""
        if position := tidy(text):
            self._positions[position] = None

    def add_address(self, *parts: str | None, country: str | None = "") -> None:
        """Add one address, its parts in order of writing, and its country."""
        self.add_country(country)
        line = ", ".join(part for part in map(tidy, (*parts, country)) if part)
        if line:
            self._addresses[line] = None

    def add_remark(self, text: str | None) -> None:
        """Add anything else the publisher says."""
        if remark := tidy(text):
            self._remarks[remark] = None

    def add_birthplace(self, text: str | None) -> None:
        """Add a place of birth; it is kept as a remark, and is never a reason to call anybody anything."""
        if place := tidy(text):
            self._birthplaces[f"born in {place}"] = None

    @property
    def is_named(self) -> bool:
        """Whether any name was found."""
        return bool(self._names)

    def finish(self) -> Entry:
        """
        Return the entry.

        The first name added is the main one if none was called so.
        """
        names = sorted(self._names.values(), key=lambda name: name.kind != "primary")
        if names[0].kind != "primary":
            names[0] = ListedName(names[0].text, names[0].strength, names[0].script, "primary")
        reasons = dprk_reasons(
            programmes=self._programmes,
            nationalities=self._nationalities,
            countries=self._countries,
            identifiers=self._identifiers,
            texts=(
                *self._remarks,
                *self._positions,
                *self._addresses,
                *(item.value for item in self._identifiers),
            ),
        )
        return Entry(
            id=self.id,
            list=self.list,
            kind=self.kind,
            names=tuple(names),
            programmes=tuple(self._programmes),
            countries=tuple(self._countries),
            nationalities=tuple(self._nationalities),
            identifiers=tuple(self._identifiers),
            birth_dates=tuple(self._birth_dates),
            positions=tuple(self._positions),
            addresses=tuple(self._addresses),
            remarks="; ".join((*self._birthplaces, *self._remarks)),
            dprk_related=bool(reasons),
            dprk_reasons=reasons,
        )


def _code(text: str | None) -> str:
    """Return the two-letter code of a country, or an empty string."""
    written = tidy(text)
    return "" if written in _NO_COUNTRY else country_code(written)
