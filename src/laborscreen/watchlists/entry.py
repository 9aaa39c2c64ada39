"""
A listed party, and where what is said of it came from.

Everything here is frozen: an entry is evidence, and evidence is not edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["person", "organization", "vessel", "aircraft", "other"]
Strength = Literal["strong", "weak"]
NameKind = Literal["primary", "aka", "fka"]
ReasonKind = Literal["programme", "nationality", "country", "document", "text"]


@dataclass(frozen=True, slots=True)
class ListedName:
    """
    One name under which a party is listed.

    Args:
        text: the name as the publisher writes it, spaces tidied; of a person the given names come first where the
            publisher keeps the parts apart.
        strength: weak where the publisher itself says so (a nickname, an acronym, a "low quality" alias), and where it
            stands in brackets behind a name of the same script, mostly a part or a short form of it.
        script: ISO 15924 code of the letters (``Latn``, ``Hang``, ``Cyrl`` ...), ``Zyyy`` for figures and signs only.
        kind: the main name, another name in use, or a former one.
    """

    text: str
    strength: Strength = "strong"
    script: str = "Latn"
    kind: NameKind = "aka"


@dataclass(frozen=True, slots=True)
class Identifier:
    """
    A number by which a party can be told from its namesakes.

    Args:
        scheme: the publisher's word for the kind of number (``Passport``, ``Tax ID No.``, ``IMO``).
        value: the number as written.
        country: two-letter code of the country that issued it, or an empty string.
    """

    scheme: str
    value: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class DprkReason:
    """
    One reason to call an entry related to the Democratic People's Republic of Korea.

    Args:
        by: what carries the reason: the programme, a nationality, an address or flag, an identity document, or text.
        value: the programme, the country code or the words found.
    """

    by: ReasonKind
    value: str

    def __str__(self) -> str:
        """Return ``programme DPRK4``, ``text North Korea`` and the like."""
        return f"{self.by} {self.value}"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One listed party.

    Args:
        id: the publisher's own number or reference, unique within its list.
        list: short name of the list (``us-ofac-sdn``); `laborscreen.watchlists.known_lists` tells the rest.
        kind: what the publisher says it is; ``other`` where it does not say.
        names: every name, the main one first.
        programmes: sanctions programmes, regimes or legal acts, as the publisher writes them.
        countries: two-letter codes of addresses, registration and flags.
        nationalities: two-letter codes of nationality and citizenship, as stated by the publisher.
        identifiers: registration numbers, passports, tax numbers.
        birth_dates: ``1961-09-18``, ``1961-09``, ``1961``, about ``1961~``, a range ``1958/1960``; what could not be
            read stands as written.
        positions: titles, functions and offices.
        addresses: each on one line, as written.
        remarks: everything else the publisher says.
        dprk_related: whether any reason below was found.
        dprk_reasons: programme, nationality, country, document and text, in this order.
    """

    id: str
    list: str
    kind: EntryKind
    names: tuple[ListedName, ...]
    programmes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    birth_dates: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    remarks: str = ""
    dprk_related: bool = False
    dprk_reasons: tuple[DprkReason, ...] = ()

    @property
    def name(self) -> str:
        """The main name."""
        return self.names[0].text

    @property
    def key(self) -> str:
        """List and id together: unique over all lists."""
        return f"{self.list}:{self.id}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """
    Where the entries of one list came from.

    Args:
        list: short name of the list.
        title: its full name.
        file: name of the file or files read, without folders.
        file_date: the date the publisher gives it, ``2024-05-07``, or an empty string where the file bears none.
        digest: ``sha256:`` and the digest of the files as they lay on disk.
        publisher: who publishes the list.
        licence: on what terms.
        imported_entries: how many entries were read from it.
        warnings: what a reader of results should know (a part of a set is missing ...).
    """

    list: str
    title: str
    file: str
    file_date: str
    digest: str
    publisher: str
    licence: str
    imported_entries: int
    warnings: tuple[str, ...] = ()
