"""
The ways a listed party's name turns up in a supplier file, made from the name as listed.

Every variation is one that people really make: a spreadsheet in capitals, the family name first, two words run
together, a slip of the finger, a legal form left out, a middle name cut to its initial, another country's spelling.
They are made without asking the comparison what it would find.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laborscreen.watchlists import Entry

AS_LISTED = "as listed"
WEAK_ALIAS = "weak alias"
_WITHHELD = "taken off the list before it is looked for"
SCRIPTS = {"Hang": "Hangul", "Hani": "Chinese characters", "Cyrl": "Cyrillic", "Kana": "katakana"}
OTHER_SCRIPT = "other script"
"""Of names in a script that has no line of its own."""
KINDS = {
    AS_LISTED: "every strong name as the publisher writes it",
    "signs": "in capitals, without accents, hyphens and apostrophes",
    "word order": "a person's family name at the other end",
    "joined words": "two neighbouring words written as one",
    "typing slip": "two letters swapped, one left out, doubled or replaced",
    "legal form": "a firm without Co., Ltd., LLC and the like",
    "initials": "a person's middle name cut to its initial, or left out",
    "other spelling": "a Hangul name in the spelling of another country or system",
    **{kind: f"the publisher's name in {kind}, {_WITHHELD}" for kind in SCRIPTS.values()},
    OTHER_SCRIPT: f"the publisher's name in Arabic or any other script, {_WITHHELD}",
    WEAK_ALIAS: "a name that the publisher itself calls weak; the policy may let these pass",
}
"""What is tried, in the order shown, and what it is."""

SYSTEMS = frozenset({"revised", "mccune_reischauer", "dprk", "kontsevich", "southern_hangul"})
SHORTEST_SLIP = 5  # letters; a slip in a shorter word is often another name
LONGEST_SYLLABLE = 5  # letters; what is longer is no syllable of a Korean or Chinese given name
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:co\.?,? ?ltd\.?|company,? limited|limited|ltd\.?|l\.?l\.?c\.?|inc\.?|corp\.?|gmbh|jsc|sdn\.? bhd\.?"
    r"|pte\.? ltd\.?|ооо|ао|зао|s\.a\.|b\.v\.)[\s.]*$",
    re.IGNORECASE,
)
_ORDINARY = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Variation:
    """
    One way to write a listed party's name.

    Args:
        kind: which kind of variation, one of `KINDS`.
        text: the name as it may turn up.
        listed: the listed name it was made from.
    """

    kind: str
    text: str
    listed: str


def variations(entry: Entry, seed: int = 1) -> Iterator[Variation]:
    """
    Yield the variations of a person's or a firm's names, the same ones for the same seed.

    Args:
        entry: the listed party.
        seed: decides which letters slip.

    >>> from laborscreen.watchlists import Entry, ListedName
    >>> firm = Entry("1", "demo", "organization", (ListedName("Namgang Trading Co., Ltd."),))
    >>> [(one.kind, one.text) for one in variations(firm)][:4]  # doctest: +NORMALIZE_WHITESPACE
    [('as listed', 'Namgang Trading Co., Ltd.'), ('signs', 'NAMGANG TRADING CO LTD'),
     ('joined words', 'NamgangTrading Co., Ltd.'), ('legal form', 'Namgang Trading')]
    """
    chance = Random(f"{seed}|{entry.key}")  # noqa: S311  # a draw that can be made again, not a secret
    for name in entry.names:
        if name.strength == "weak":
            yield Variation(WEAK_ALIAS, name.text, name.text)
            continue
        yield Variation(AS_LISTED, name.text, name.text)
        if name.script == "Hang" and entry.kind == "person":
            yield from _other_spellings(name.text)
    if main := _main(entry):
        yield from _of_latin(entry, main, chance)


def _of_latin(entry: Entry, main: str, chance: Random) -> Iterator[Variation]:
    """Yield the variations of a party's first strong Latin name."""
    words = main.split()
    if (plain := _plain(main)) != main:
        yield Variation("signs", plain, main)
    if entry.kind == "person":
        if len(words) > 1:
            yield Variation("word order", " ".join(_turned(words, family_first=entry.dprk_related)), main)
        yield from _initials(entry, words, main)
    if len(words) > 2:  # two words run together are one word, and look like a firm's
        yield Variation("joined words", " ".join((words[0] + words[1], *words[2:])), main)
    if entry.kind != "person" and (shorter := _LEGAL_FORM.sub("", main)) != main and len(shorter.split()) > 1:
        yield Variation("legal form", shorter, main)
    if slipped := _slipped(words, chance):
        yield Variation("typing slip", slipped, main)


def in_other_scripts(entry: Entry) -> Iterator[Variation]:
    """Yield the names of a party in other scripts, where a strong Latin one remains to be found by."""
    main = _main(entry)
    for name in entry.names if main else ():
        if name.script not in ("Latn", "Zyyy") and name.strength == "strong":
            yield Variation(SCRIPTS.get(name.script, OTHER_SCRIPT), name.text, main)


def _main(entry: Entry) -> str:
    """Return the first strong Latin name, or nothing."""
    return next(
        (name.text for name in entry.names if name.script == "Latn" and name.strength == "strong"), ""
    )


def _turned(words: list[str], *, family_first: bool) -> list[str]:
    """Return a name with the family name at the other end: the word in capitals, else as the party's country has it."""
    capitals = [word.isupper() for word in words]
    if any(capitals) and not all(capitals):
        family_first = capitals[0]
    return [*words[1:], words[0]] if family_first else [words[-1], *words[:-1]]


def _plain(text: str) -> str:
    """Return a name as old systems keep it: capitals, no accents, no signs."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"(?<=\w)['’.](?=\w)", "", bare)).upper().split())


def _initials(entry: Entry, words: list[str], main: str) -> Iterator[Variation]:
    """Yield a name with its middle cut; the syllables of a Korean or Chinese given name are no middle names."""
    middle = words[1:-1]
    if (
        len(middle) == 1
        and middle[0].isalpha()
        and len(middle[0]) > LONGEST_SYLLABLE
        and not entry.dprk_related
    ):
        yield Variation("initials", f"{words[0]} {middle[0][0]}. {words[-1]}", main)
        yield Variation("initials", f"{words[0]} {words[-1]}", main)


def _slipped(words: list[str], chance: Random) -> str:
    """Return a name with one slip of the finger within one of its longer words, or nothing where all are short."""
    long = [place for place, word in enumerate(words) if word.isalpha() and len(word) >= SHORTEST_SLIP]
    if not long:
        return ""
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    other = chance.choice(_ORDINARY)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + (other.upper() if word[at].isupper() else other) + word[at + 1 :],
    )
    slipped = chance.choice([one for one in slips if one != word])
    return " ".join((*words[:place], slipped, *words[place + 1 :]))


def _other_spellings(hangul: str) -> Iterator[Variation]:
    from laborscreen.names import forms

    for form in forms(hangul):
        if form.system in SYSTEMS:
            yield Variation("other spelling", form.text, hangul)
