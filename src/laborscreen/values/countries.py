"""
Countries and nationalities as ISO 3166-1 alpha-2 codes.

Nothing is guessed. A text is read when the whole of it is a known form, or a known form inside a frame that does
not change it ("citizen of ...", «гражданин ...», ... 국적). So a denial, a past or a second country beside a first
one can never be read as the country it mentions. The words of Korea stand in a table of their own, asked first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from laborscreen.values import tables
from laborscreen.values.heads import count_beside, part_at_counts
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown
from laborscreen.values.spelling import key

AMBIGUOUS = "ambiguous"

_LONGEST_CODE = 3  # letters of a code such as PRK
_WORDS_OF_A_NAME = 5  # of "democratic people's republic of korea", when its first word is told apart
_LONGEST = 500  # characters; the longest official name with its explanation has fewer than 200
# What parts a cell: first an explanation beside a country, then the members of a list.
_ASIDE = re.compile(r"[()\[\]{}（）【】/=:：]|\s[-–—]\s")
_LIST = re.compile(r"[;,|+、，；·\n\r]")
_AND = re.compile(
    r"\s(?:and|or|&|и|или|und|et|oraz|ve)\s|[和与或]|(?<=[\uac00-\ud7a3])(?:\s*(?:및|또는)\s*|[와과]\s)"
)
_DOUBT = re.compile(r"[?？≠¬~≈]|!=|^\s*!")
# What words of the table country_frames make of a country beside them.
_TURNS = {
    "denial": "tells what is not or no longer so; ask for the present citizenship",
    "doubt": "is marked as doubtful; ask which State issued the passport",
    "origin": "tells a birthplace or an origin, which is no citizenship; ask which State issued the passport",
}
# Words that mean the same before and after a country: a State that is called a republic is that State. Korea is
# two republics, so none of its names is ever read through this frame.
_STATE = re.compile(
    r"^(?:the )?(?:(?:islamic|federal|socialist|democratic|peoples|united|co operative|bolivarian|plurinational|"
    r"arab|oriental|independent|hashemite|democratic socialist|federal democratic|peoples democratic) )*"
    r"(?:republic|rep|kingdom|state|sultanate|principality|commonwealth|grand duchy|union|emirate) of (?:the )?"
    r"|^республик[аи] | (?:republic|rep|kingdom|state|sultanate|principality)(?: of)?(?: the)?$| республика$"
)


class _Form(NamedTuple):
    """
    What one written form means.

    Args:
        reads: an alpha-2 code, `AMBIGUOUS`, or an empty string for a word that names no citizenship.
        note: what is uncertain, to stand after the form as written.
        may_be: the States an ambiguous form may stand for.
        sense: ``nationality`` where it counts in that field alone, ``people`` where it may be an ethnic group.
    """

    reads: str
    note: str = ""
    may_be: frozenset[str] = frozenset()
    sense: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is the name of one State, and of neither Korea."""
        return not self.note and self.reads not in {"KP", "KR", AMBIGUOUS, ""}


@remembered
def read_country(written: str, *, nationality: bool = False, asking: bool = False) -> Reading[str]:
    """
    Read a country, or with *nationality* a citizenship, as its ISO 3166-1 alpha-2 code.

    The value is `AMBIGUOUS`, with a note, where the word stands for two States (a bare "Korea", 朝鮮, Cyrillic КР) and
    where a text names the DPRK beside another State; with *asking*, as in records, also where it names the DPRK among
    words that cannot be read. A count beside a citizenship belongs to the roster and not to its name.

    >>> read_country("гражданин КНДР").value, read_country("Korea, Republic of").value
    ('KP', 'KR')
    >>> read_country("Korea").value, read_country("not North Korea").value
    ('ambiguous', None)
    >>> read_country("조선", nationality=True).value, read_country("조선").value
    ('KP', None)
    >>> read_country("КНДР (12 чел.)", nationality=True).value
    'KP'
    >>> read_country("mostly DPRK").value, read_country("mostly DPRK", asking=True).value
    (None, 'ambiguous')
    """
    if is_missing(written):
        return Reading(None)
    if len(written) > _LONGEST:
        return Reading(None, f"{shown(written)} is longer than the name of any country")
    if _DOUBT.search(written):
        return Reading(None, f"{shown(written)} is marked as doubtful; ask which State issued the passport")
    text = _without_counts(written) if nationality else written
    form = _form(written) or _form(text)
    if form is not None:
        return _reading(form, written, nationality)
    parts = _parts(text, _ASIDE, _LIST, _AND)
    forms = [found for part in parts if (found := _form(part)) is not None]
    if len(parts) > 1 and len(forms) == len(parts):
        return _one_of(forms, written, listed=parts != _parts(text, _ASIDE))
    for place, meaning in _TURNS.items():
        if not _words_that(place).isdisjoint(key(written).split()):
            return Reading(None, f"{shown(written)} {meaning}")
    if asking and _names_dprk(text):
        return Reading(
            AMBIGUOUS,
            f"{shown(written)} names the DPRK among words that could not be read; ask which State is meant",
        )
    return Reading(None, f"{shown(written)} is not a country we know")


def may_name_koreans(written: str) -> bool:
    """
    Tell whether a text has a word of a name of the Koreas, or of Koreans elsewhere, or ends with the beginning of one.

    A quick look for many texts: of one without such a word `read_country` reads neither Korea and no people.

    >>> may_name_koreans("workers from Korea"), may_name_koreans("граждане Южной Коре")
    (True, True)
    >>> may_name_koreans("workers from abroad")
    False
    """
    telling, beginnings, unspaced = _korean_words()
    words = [word for part in written.replace("-", " ").split() for word in key(part).split()]
    if sum(len(word) == 1 for word in words) > 1:
        words += key(written).split()  # R.O.K.
    return bool(words) and (
        words[-1] in beginnings
        or not telling.isdisjoint(words)
        or unspaced.search("".join(words)) is not None
    )


def alpha2_of_alpha3(code: str) -> str | None:
    """
    Return the two-letter code of a three-letter one, or None.

    >>> alpha2_of_alpha3("PRK")
    'KP'
    """
    return _alpha3().get(code)


def _without_counts(written: str) -> str:
    """Take counts of people away, entry by entry."""
    if not any(letter.isdigit() for letter in written):
        return written
    return ";".join(count_beside(part)[0] for part in _LIST.split(part_at_counts(written)))


def _names_dprk(written: str) -> bool:
    """
    Tell whether words of a text are a name of the DPRK. Codes do not count, for they may be part of any number.

    Han and Hangul letters count where blanks or marks part them from others: 朝鲜族 names no State.
    """
    words = key(written).split()
    return any(
        len(name) > _LONGEST_CODE and (form := _form(name)) is not None and form.reads == "KP"
        for start in range(len(words))
        for stop in range(start + 1, min(start + _WORDS_OF_A_NAME, len(words)) + 1)
        for name in (" ".join(words[start:stop]),)
    )


def _reading(form: _Form, written: str, nationality: bool) -> Reading[str]:
    if form.sense == "nationality" and not nationality:
        return Reading(
            None,
            f"{shown(written)} also means shipbuilding and a newspaper; it is read in nationality fields only",
        )
    return Reading(form.reads or None, f"{shown(written)} {form.note}" if form.note else "")


def _parts(written: str, *marks: re.Pattern[str]) -> list[str]:
    """Part a cell at each of the *marks* in turn, but leave whole what is a known form."""
    if not marks or _form(written) is not None:
        return [written]
    return [part for piece in marks[0].split(written) if key(piece) for part in _parts(piece, *marks[1:])]


def _one_of(forms: list[_Form], written: str, *, listed: bool) -> Reading[str]:
    """
    Read several forms in one cell as one country, where they can be nothing else.

    Two ways of writing one country are that country. A citizenship beside an ethnic group counts, and the note says
    so; North Korea is never read beside a group that is not of its citizens. "Korea (DPRK)" clears up the ambiguous
    word, but a list ("Korea, DPRK") may mean both.
    """
    groups = [form for form in forms if not form.reads or form.sense == "people"]
    states = list(dict.fromkeys(form.reads for form in forms if form not in groups))
    clear = [state for state in states if state != AMBIGUOUS]
    if len(states) == 1 and not groups:
        note = next((form.note for form in forms if form.note), "")
        return Reading(states[0], f"{shown(written)} {note}" if note else "")
    if not listed and len(clear) == 1 and all(clear[0] in {form.reads, *form.may_be} for form in forms):
        return Reading(clear[0])
    if len(clear) == len(states) == 1 and (clear[0] != "KP" or all(form.reads for form in groups)):
        return Reading(clear[0], f"{shown(written)} names an ethnic group too; the citizenship was read")
    named = list(dict.fromkeys(form.reads for form in forms if form.reads))
    if len(named) == 1:
        return Reading(None, f"{shown(written)} names {named[0]} and something that is not a citizenship")
    note = f"{shown(written)} names several countries: {', '.join(named)}"
    # Two groups in one cell, or one person of two citizenships: where one of them is the DPRK, or may be, it has to be asked.
    asked = {"KP", AMBIGUOUS} & set(named) and _words_that("denial").isdisjoint(key(written).split())
    return Reading(AMBIGUOUS if asked else None, note)


@lru_cache(maxsize=16_384)
def _form(written: str) -> _Form | None:
    """Look one form up: plain, framed, called a republic, inflected, or with an East Asian ending."""
    folded = key(written)
    known = _forms()
    bare = _unframed(folded)
    found = known.get(folded) or known.get(bare) or _inflected(bare) or _east_asian(folded)
    if found is None and (state := known.get(_STATE.sub("", bare))) is not None and state.is_plain:
        return state
    return found


def _unframed(folded: str) -> str:
    before, after, _ = _frames()
    return after.sub("", before.sub("", folded)).strip()


def _east_asian(folded: str) -> _Form | None:
    """Take 국적, 人, 籍 and the like from the end of a country's name in Hangul or Han letters."""
    if not folded or folded[0] < "\u2e80":
        return None
    joined = folded.replace(" ", "")
    bare = _frames()[2].sub("", joined)
    return _forms().get(joined) or (_forms().get(bare) if len(bare) > 1 else None)


def _inflected(folded: str) -> _Form | None:
    """Undo Russian case endings and English plurals; only where every way of undoing them means one country."""
    words = folded.split()
    if not 1 <= len(words) <= 4 or not ("\u0400" <= folded[0] <= "\u04ff" or folded.endswith("s")):
        return None
    ways = [
        [
            word,
            *(
                word[: len(word) - len(end)] + base
                for end, base in _endings()
                if len(word) > 3 and word.endswith(end)
            ),
        ]
        for word in words
    ]
    found = {form for way in product(*ways) if (form := _forms().get(" ".join(way))) is not None}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _forms() -> dict[str, _Form]:
    """Return every known form by its spelling. Korea goes first, codes next, then people's words, then CLDR."""
    forms: dict[str, _Form] = {}
    for row in tables.rows("country_words"):
        form = _Form(row["reads"], row["note"], frozenset(tables.forms(row["may_be"])), row["sense"])
        for written in tables.forms(row["written"]):
            forms.setdefault(key(written), form)
    countries = _countries()
    plain = {row["code"]: _Form(row["code"]) for row in countries}
    for row in countries:
        for code in (row["code"], *tables.forms(row["alpha3"]), *tables.forms(row["numeric"])):
            forms.setdefault(code.lower(), plain[row["code"]])
    for row in tables.rows("nationalities"):
        for written in tables.forms(row["written"]):
            forms.setdefault(key(written), plain[row["code"]])
    for row in countries:
        for folded in row["forms"].split("|"):
            forms.setdefault(folded, plain[row["code"]])
    return forms


@lru_cache(maxsize=1)
def _korean_words() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    """Return, of forms that are not plain, the longest words in every case, their beginnings, and first signs unspaced."""
    longest = [max(spelt.split(), key=len) for spelt, form in _forms().items() if not form.is_plain]
    inflected = [
        word[: len(word) - len(base)] + end
        for word in longest
        for end, base in _endings()
        if word.endswith(base)
    ]
    words = frozenset((*longest, *inflected))
    beginnings = frozenset(word[:stop] for word in words for stop in range(3, len(word)))
    unspaced = {word[:2] for word in longest if word[0] >= "\u2e80"}
    return words, beginnings, re.compile("|".join(sorted(unspaced)))


def country_name(code: str) -> str:
    """
    Return the English name of a country by its ISO 3166-1 alpha-2 code; the code where we know no name.

    >>> country_name("KR"), country_name("XX")
    ('South Korea', 'XX')
    """
    return _names().get(code, code)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _countries()}


@lru_cache(maxsize=1)
def _countries() -> tuple[dict[str, str], ...]:
    return tuple(tables.rows("countries"))


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    return {code: row["code"] for row in _countries() for code in tables.forms(row["alpha3"])}


@lru_cache(maxsize=1)
def _frames() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what may stand before a country, after it, and right after it in Hangul and Han letters."""
    words: dict[str, list[str]] = {"before": [], "after": [], "ending": []}
    for row in tables.rows("country_frames"):
        if row["place"] in words:
            words[row["place"]] += [re.escape(key(form)) for form in tables.forms(row["written"])]
    before, after, ending = ("|".join(sorted(found, key=len, reverse=True)) for found in words.values())
    return (
        re.compile(rf"^(?:(?:{before}) )+"),
        re.compile(rf"(?: (?:{after}))+$"),
        re.compile(rf"(?:{ending})$"),
    )


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((row["ending"], row["base"]) for row in tables.rows("inflections"))


@lru_cache(maxsize=len(_TURNS))
def _words_that(place: str) -> frozenset[str]:
    """Return the words of one kind that turn what stands beside them: they make a note plainer, and change no reading."""
    return frozenset(
        key(form)
        for row in tables.rows("country_frames")
        if row["place"] == place
        for form in tables.forms(row["written"])
    )
