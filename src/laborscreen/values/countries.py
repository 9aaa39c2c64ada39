"""
Countries and nationalities as ISO 3166-1 alpha-2 codes.

Nothing is guessed. A text is read when the whole of it is a known form, or a known form inside a frame that does not
change it ("citizen of ...", «гражданин ...», ... 국적). So a denial, a past or a second country beside a first one can
never be read as the country it mentions. The words of Korea stand in their own table, which is asked first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from laborscreen.values import tables
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown
from laborscreen.values.spelling import key

AMBIGUOUS = "ambiguous"

_BEFORE = re.compile(
    r"^(?:(?:a|the|is|from|of|in|citizens? of|nationals? of|nationality(?: of)?|citizenship(?: of)?|passport(?: of)?|"
    r"country(?: of)?|subjects? of|workers? (?:from|of)|people (?:from|of)|labou?rers? (?:from|of)|made in|origin|"
    r"граждан(?:ин|ка|е|ки|ина|ки|ство|ства)|подданн(?:ый|ыи|ая|ые|ство)|паспорт|страна|из|национальность|"
    r"рабоч(?:ие|ии)(?: из)?|работники(?: из)?|государство|г|국적|국가|国籍|國籍|国家|国别)\s+)+"
)
_AFTER = re.compile(
    r"(?:\s+(?:citizens?|nationals?|nationality|citizenship|passport(?: holders?)?|passports|workers?|labou?rers?|people|"
    r"persons?|гражданство|гражданин|граждане|гражданка|паспорт|국적자?|국민|공민|인|사람|여권|사람들|근로자|노동자))+$"
)
_AFTER_EAST_ASIAN = re.compile(
    r"(?:\s?(?:국적자?|국민|인|사람|여권)|国籍|國籍|籍|公民|国民|國民|人|护照|護照)$"
)
_ASIDE = re.compile(r"[()\[\]{}（）【】/=:：]|\s[-–—]\s")
_NEXT = re.compile(
    r"[;,|+、，；·\n\r]|\s(?:and|or|&|и|или|und|et|oraz|ve)\s|\s?(?:및|또는|와 |과 )\s?|[和与或]"
)
_DENIALS = frozenset(
    ["not", "non", "never", "no", "ex", "former", "formerly", "previously", "refugee", "refugees", "defector", "defectors", "escapee", "escapees", "except", "не", "нет", "бывший", "бывшая", "бывшие", "бывшего", "экс", "беженец", "беженка", "беженцы", "перебежчик", "кроме", "탈북", "탈북자", "탈북민", "새터민", "前", "原", "非", "脱北", "脱北者", "除"]
)
_ENDINGS = (
    ("ой", "ая"), ("ои", "ая"), ("ого", "ии"), ("ого", "ыи"), ("их", "ии"), ("ых", "ыи"), ("ая", "ии"), ("ое", "ии"),
    ("ие", "ии"), ("ие", "ие"), ("ии", "ия"), ("ов", ""), ("ом", ""), ("и", "я"), ("и", "а"), ("ы", "а"), ("ы", ""),
    ("и", ""), ("а", ""), ("у", ""), ("е", ""), ("я", "и"), ("ю", "я"), ("s", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Form:
    """What one written form means: a code, `AMBIGUOUS`, or nothing; with a note where that needs saying."""

    reads: str
    note: str = ""
    only_nationality: bool = False


@remembered
def read_country(written: str, *, nationality: bool = False) -> Reading[str]:
    """
    Read a country, or with *nationality* a citizenship, as its ISO 3166-1 alpha-2 code.

    The value is `AMBIGUOUS`, with a note, where the word stands for two States: a bare "Korea", 朝鮮, Cyrillic КР.

    >>> read_country("гражданин КНДР").value, read_country("Korea, Republic of").value, read_country("Korea").value
    ('KP', 'KR', 'ambiguous')
    >>> read_country("조선", nationality=True).value, read_country("조선").value, read_country("not North Korea").value
    ('KP', None, None)
    """
    reading = _read_form(written, nationality)
    if reading is not None:
        return reading
    if is_missing(written):
        return Reading(None)
    asides = [part for part in _ASIDE.split(written) if key(part)]
    if len(asides) > 1 and (clear := _one_country(asides, nationality)) is not None:
        return clear
    parts = [part for aside in asides for part in _NEXT.split(aside) if key(part)]
    readings = [_read_form(part, nationality) for part in parts]
    if len(parts) > 1 and all(reading is not None and reading.value for reading in readings):
        values = list(
            dict.fromkeys(reading.value for reading in readings if reading is not None and reading.value)
        )
        if len(values) == 1:
            return Reading(values[0], readings[0].note if readings[0] is not None else "")
        return Reading(None, f"{shown(written)} names several countries: {', '.join(values)}")
    if _DENIALS & set(key(written).split()):
        return Reading(
            None, f"{shown(written)} says what is not so, or is so no longer; ask for the present citizenship"
        )
    return Reading(None, f"{shown(written)} is not a country we know")


def alpha2_of_alpha3(code: str) -> str | None:
    """
    Return the two-letter code of a three-letter one, or None.

    >>> alpha2_of_alpha3("PRK")
    'KP'
    """
    return _alpha3().get(code)


def country_codes() -> frozenset[str]:
    """Return every two-letter code there is."""
    return frozenset(row["code"] for row in _country_rows())


def _one_country(parts: list[str], nationality: bool) -> Reading[str] | None:
    """
    Read a country and what stands beside it in brackets or behind a slash, dash or colon.

    "Korea (DPRK)" clears up the ambiguous word; a citizenship beside an ethnic group counts, except where both could
    mean a Korean State; two ways of writing one country are that country.
    """
    readings = [_read_form(part, nationality) for part in parts]
    if any(reading is None for reading in readings):
        return None
    known = list(
        dict.fromkeys(reading.value for reading in readings if reading is not None and reading.value)
    )
    notes = [reading.note for reading in readings if reading is not None and reading.note]
    clear = [value for value in known if value != AMBIGUOUS]
    unread = sum(1 for reading in readings if reading is not None and reading.value is None)
    if len(known) == 1 and not unread:
        return Reading(known[0], notes[0] if notes else "")
    if len(clear) == 1 and not unread and clear[0] in {"KP", "KR"} and not _also_elsewhere(parts):
        return Reading(clear[0])
    if len(clear) == 1 and clear == known and unread and clear[0] != "KP":
        return Reading(clear[0], f"read as the citizenship; {notes[0]}" if notes else "")
    return None


def _also_elsewhere(parts: list[str]) -> bool:
    """Return whether an ambiguous word among *parts* can stand for a State other than the two Koreas."""
    return any(key(part) in {"кр", "рк", "rk"} for part in parts)


def _read_form(written: str, nationality: bool) -> Reading[str] | None:
    """Read one form, plain, framed or inflected; None where it is not known."""
    folded = key(written)
    form = (
        _lookup(folded) or _lookup(_unframed(folded)) or _inflected(_unframed(folded)) or _east_asian(folded)
    )
    if form is None:
        return None
    if form.only_nationality and not nationality:
        return Reading(
            None,
            f"{shown(written)} also means shipbuilding and a newspaper; it is read as a citizenship only",
        )
    note = f"{shown(written)}: {form.note}" if form.note else ""
    return Reading(form.reads or None, note)


def _unframed(folded: str) -> str:
    return _AFTER.sub("", _BEFORE.sub("", folded + " ").strip()).strip()


def _east_asian(folded: str) -> _Form | None:
    """Take 국적, 人, 籍 and the like from the end of a country's name in Hangul or Han letters."""
    if not folded or folded[0] < "\u2e80":
        return None
    bare = _AFTER_EAST_ASIAN.sub("", folded).strip()
    return _lookup(bare) if bare != folded and len(bare) > 1 else None


def _inflected(folded: str) -> _Form | None:
    """Read Russian case endings and English plurals; only where every way of undoing them means one country."""
    words = folded.split()
    if not 1 <= len(words) <= 4 or not (folded[0] >= "\u0400" or folded.endswith("s")):
        return None
    ways = [
        [
            word,
            *(
                word[: len(word) - len(end)] + base
                for end, base in _ENDINGS
                if len(word) > 3 and word.endswith(end)
            ),
        ]
        for word in words
    ]
    found = {form for way in product(*ways) if (form := _lookup(" ".join(way))) is not None}
    return found.pop() if len(found) == 1 else None


def _lookup(folded: str) -> _Form | None:
    return _forms().get(folded)


@lru_cache(maxsize=1)
def _forms() -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for row in tables.rows("country_words"):
        form = _Form(row["reads"], row["note"], row["only"] == "nationality")
        for written in tables.forms(row["written"]):
            forms.setdefault(key(written), form)
    plain = {row["code"]: _Form(row["code"]) for row in _country_rows()}
    for row in _country_rows():
        for code in (row["code"], *tables.forms(row["alpha3"]), *tables.forms(row["numeric"])):
            forms.setdefault(code.lower(), plain[row["code"]])
    for row in tables.rows("nationalities"):
        for written in tables.forms(row["written"]):
            forms.setdefault(key(written), plain[row["code"]])
    for row in _country_rows():
        for folded in row["forms"].split("|"):
            forms.setdefault(folded, plain[row["code"]])
    return forms


@lru_cache(maxsize=1)
def _country_rows() -> tuple[dict[str, str], ...]:
    return tuple(tables.rows("countries"))


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    return {code: row["code"] for row in _country_rows() for code in tables.forms(row["alpha3"])}
