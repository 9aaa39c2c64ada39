"""
Names of firms, ships and other organisations: made ready once, compared often.

A legal form (Co., Ltd., ООО, 유한회사, 有限公司) says nothing and is set aside. Trade words are brought to one
language (무역 = торговая = 贸易 = trading) and count by how common they are among 399,203 firms. Numbers count in
full: No. 53 is not No. 55. What is left of a Korean or Chinese name once the known words are cut out is its
proper name, compared by sound.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from laborscreen.names.alignment import LEAST_COVERAGE, Alignment, align, alignment_reasons
from laborscreen.names.evidence import NameMatch, name_evidence
from laborscreen.names.han import korean_readings
from laborscreen.names.korean_spelling import Reading, readings
from laborscreen.names.letters import RawWord, Script, fold, raw_words
from laborscreen.names.near_words import common_word_meant
from laborscreen.names.tables import read_table
from laborscreen.names.words import Word, firm_word, latin_text

__all__ = ["FirmName", "compare_firms", "evidently_organisation", "firm_names"]

EXTRA_WORDS = 0.35
BITS = 10.0
SCRIPT_GAP = 0.15
LEAST_TELLING = 0.5
SHORTEST_TRADE_WORD = 6
# Trade words that people are called as well.
_OF_PERSONS = frozenset({"general", "silver", "bridge", "garden", "second"})
_SMALL_WORDS = frozenset(
    {
        *(
            "the",
            "of",
            "and",
            "for",
            "in",
            "on",
            "at",
            "by",
            "to",
            "an",
            "de",
            "la",
            "le",
            "les",
            "des",
            "du",
            "del",
            "di",
            "da",
        ),
        *(
            "el",
            "los",
            "las",
            "y",
            "e",
            "und",
            "der",
            "die",
            "das",
            "für",
            "fur",
            "et",
            "i",
            "и",
            "в",
            "на",
            "для",
            "по",
            "オブ",
            "アンド",
            "フォー",
            "ザ",
        ),
    }
)
_NUMBER_MARKS = frozenset({"no", "nr", "num", "number", "nos", "номер"})
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
}  # fmt: skip
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_ALPHABETS: frozenset[Script] = frozenset({"latin", "cyrillic", "other"})
MOST_STRAY_LETTERS = 3
_LETTER_SCRIPTS: tuple[Script, ...] = ("latin", "cyrillic", "hangul", "han", "kana", "other")
_JOINT = ("joint", "jointventure", frozenset({"venture", "operation"}))
SHORTEST_ACRONYM = 3
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_ASIDE = re.compile(r"\(([^()\s]{2,8})\)")


@dataclass(frozen=True, slots=True)
class FirmName:
    """
    One name of an organisation in one script, made ready for comparison.

    Args:
        folded: its folded words with single spaces, legal form and all.
        script: the script it is written in.
        words: its telling words in Latin letters, in their order.
        numbers: the numbers in it, sorted.
        form: its legal form, as written, or an empty string.
        squashed: ``folded`` without spaces.
        only_form: it is a legal form and nothing else.
    """

    folded: str
    script: Script
    words: tuple[Word, ...]
    numbers: tuple[str, ...]
    form: str
    squashed: str
    only_form: bool


@cache
def _forms() -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(form.split())
        for row in read_table("legal_forms")
        if row["script"] in {"latin", "cyrillic", "greek"}
        for form in row["forms"].split("|")
    )


@cache
def _form_openings() -> dict[str, int]:
    """Return the words that legal forms begin with, each with the length of its longest form in words."""
    longest: dict[str, int] = {}
    for form in _forms():
        longest[form[0]] = max(len(form), longest.get(form[0], 0))
    return longest


@cache
def _form_parts() -> frozenset[str]:
    return frozenset(part for form in _forms() for part in form)


@cache
def _terms() -> dict[str, str]:
    """Return the English word for every known trade word, folded."""
    found: dict[str, str] = {}
    for row in read_table("organisation_terms"):
        for word in (row["term"], *row["others"].split()):
            found.setdefault(fold(word), row["term"])
    return found


@cache
def _pieces() -> tuple[dict[str, str], int]:
    """Return what unspaced text is cut by (form to nothing, trade word to English) and the longest of them."""
    found = {
        form.replace(" ", ""): ""
        for row in read_table("legal_forms")
        if row["script"] in {"hangul", "han", "kana"}
        for form in row["forms"].split("|")
    }
    found |= {word: term for word, term in _terms().items() if not word.isascii() and not _is_cyrillic(word)}
    return found, max(map(len, found))


def _is_cyrillic(word: str) -> bool:
    return "Ѐ" <= word[:1] <= "ӿ"


def firm_names(text: str) -> tuple[FirmName, ...]:
    """
    Return *text* made ready, once for each script that holds a telling word.

    >>> [word.text for word in firm_names("조선남강무역회사")[0].words]
    ['korea', 'namgang', 'trading']
    """
    plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), text) if "." in text else text
    words = _with_hyphens_closed(_without_initials(raw_words(_without_acronym(plain))))
    scripts = _scripts_of(words)
    found = [_one_name(words, script) for script in scripts]
    telling = [name for name in found if name.words and not name.only_form]
    return tuple(telling or (name for name in found if name.words))


def _scripts_of(words: tuple[RawWord, ...]) -> list[Script]:
    """Return the scripts in which *words* are a name; figures alone are one as well."""
    present = {word.script for word in words}
    scripts: list[Script] = [script for script in _LETTER_SCRIPTS if script in present]
    if len(scripts) > 1:
        # A lone letter of another alphabet, or a short acronym inside a native name, is no name by itself.
        letters: Counter[Script] = Counter()
        for word in words:
            letters[word.script] += len(word.text)
        whole = [one for one in scripts if one not in _ALPHABETS or letters[one] > MOST_STRAY_LETTERS]
        scripts = whole or scripts
    return scripts or ["digit"]


def evidently_organisation(text: str) -> bool:
    """
    Return whether *text* holds a legal form or trade word that no person is called.

    >>> evidently_organisation("Korea Namgang Trading Corporation"), evidently_organisation("Kim Jong Un")
    (True, False)
    >>> evidently_organisation("조선남강무역회사"), evidently_organisation("General Wood")
    (True, False)
    """
    return any(_no_persons_word(word) for word in raw_words(text))


def _no_persons_word(word: RawWord) -> bool:
    if word.script in {"hangul", "han", "kana"}:
        return any(form in word.text for form in _unspaced_forms())
    return len(word.text) >= SHORTEST_TRADE_WORD and word.text in _words_of_trade()


@cache
def _words_of_trade() -> frozenset[str]:
    return frozenset({word for form in _forms() for word in form} | set(_terms())) - _OF_PERSONS


@cache
def _unspaced_forms() -> tuple[str, ...]:
    return tuple(piece for piece, term in _pieces()[0].items() if not term and len(piece) > 1)


def _without_acronym(text: str) -> str:
    """
    Drop an acronym in brackets: its letters come in this order in the name, or are initials of its words.

    One letter that is no initial may be a slip, in the acronym or in the name.
    """
    aside = _ASIDE.search(text) if "(" in text else None
    if aside is None:
        return text
    rest = text[: aside.start()] + " " + text[aside.end() :]
    short = fold(aside.group(1))
    if not (short.isascii() and short.isalpha()):
        return text
    letters = iter(fold(rest))
    initials = Counter(word[0] for word in fold(rest).split())
    slips = (Counter(short) - initials).total()
    stands_for = slips <= (len(short) >= SHORTEST_ACRONYM) or all(letter in letters for letter in short)
    return rest if stands_for else text


def _without_initials(words: tuple[RawWord, ...]) -> tuple[RawWord, ...]:
    """
    Drop an acronym without brackets at either end: the initials of all other words, in their order.

    >>> [word.text for word in _without_initials(raw_words("Korean National Insurance Corporation KNIC"))]
    ['korean', 'national', 'insurance', 'corporation']
    """
    if len(words) > SHORTEST_ACRONYM:
        if _may_stand_for(words[-1].text, words, words[0].text) and _initials(words[-1].text, words[:-1]):
            return words[:-1]
        if _may_stand_for(words[0].text, words, words[1].text) and _initials(words[0].text, words[1:]):
            return words[1:]
    return words


def _may_stand_for(short: str, words: tuple[RawWord, ...], opening: str) -> bool:
    """Return whether *short* may be an acronym of the other *words*, of which *opening* is the first; most are not."""
    return (
        SHORTEST_ACRONYM <= len(short) < len(words)
        and short[0].isalpha()
        and (short[0] == opening[0] or opening in _SMALL_WORDS)
    )


def _initials(short: str, words: tuple[RawWord, ...]) -> bool:
    telling = "".join(word.text[0] for word in words if word.text not in _SMALL_WORDS)
    return short == telling or short == "".join(word.text[0] for word in words)


def _with_hyphens_closed(words: tuple[RawWord, ...]) -> tuple[RawWord, ...]:
    """Make one word of two that a hyphen joins (Dae-dong), unless one of them is a trade word or a legal form."""
    if len({word.group for word in words}) == len(words):
        return words
    terms, forms = _terms(), _forms()
    closed: list[RawWord] = []
    for word in words:
        last = closed[-1] if closed else None
        if (
            last is not None
            and last.group == word.group
            and last.script == word.script != "digit"
            and not any(
                part.text in terms or (part.text,) in forms or len(part.text) < 2 for part in (last, word)
            )
        ):
            closed[-1] = RawWord(last.text + word.text, word.script, word.group, word.capitals)
        else:
            closed.append(word)
    return tuple(closed)


def _one_name(words: tuple[RawWord, ...], script: Script) -> FirmName:
    chosen = tuple([word for word in words if word.script in {script, "digit"}])
    folded = " ".join(word.text for word in chosen)
    only_form = False
    if script in {"hangul", "han", "kana"}:
        ready, form = _cut_unspaced(chosen), ""
    else:
        ready, form = _cut_spaced(chosen)
        only_form = (
            not form and any(word.text in _form_openings() for word in chosen) and not _telling(chosen)
        )
    ready = _joint_ventures_closed(ready)
    numbers = tuple(sorted(word.text for word in ready if word.text.isdigit()))
    return FirmName(folded, script, tuple(ready), numbers, form, folded.replace(" ", ""), only_form)


def _joint_ventures_closed(words: list[Word]) -> list[Word]:
    """Make one word of *joint venture* and *joint operation*, which are what a JV is and say as little."""
    opening, whole, endings = _JOINT
    if not any(word.text == opening for word in words):
        return words
    closed: list[Word] = []
    for word in words:
        if word.text in endings and closed and closed[-1].text == opening:
            closed[-1] = firm_word(whole)
        else:
            closed.append(word)
    return closed


def _cut_spaced(words: tuple[RawWord, ...]) -> tuple[list[Word], str]:
    texts = [common_word_meant(word.text) for word in words]
    keep, form = _without_forms(texts)
    ready: list[Word] = []
    for place in keep:
        word, text = words[place], texts[place]
        if text in _SMALL_WORDS and len(keep) > 1:
            continue
        if text in _NUMBER_MARKS and any(words[after].script == "digit" for after in keep if after > place):
            continue
        if text in _SUFFIXES and place and words[place - 1].script == "digit":
            continue
        told = _spaced_word(text, word.script)
        if told is not None:
            ready.append(told)
    if not ready and keep:
        ready = [firm_word(latin) for place in keep if (latin := latin_text(words[place]))]
    return ready, form


@lru_cache(maxsize=400_000)
def _spaced_word(text: str, script: Script) -> Word | None:
    """Return a word of a name with spaces in it, ready: a number, a trade word in English, or a proper name."""
    if script == "digit" or text in _ORDINALS:
        return firm_word(_ORDINALS.get(text, text.lstrip("0") or "0"))
    term = _terms().get(text)
    if term is not None:
        return firm_word(term)
    korean = readings(text) if script == "cyrillic" and len(text) >= 4 else None
    latin = latin_text(RawWord(text, script, 0, capitals=False))
    return firm_word(latin, korean) if latin else None


def _telling(words: tuple[RawWord, ...]) -> bool:
    """Return whether a word is left when every part of a legal form is taken away."""
    parts = _form_parts()
    return any(word.text not in parts and word.text not in _SMALL_WORDS for word in words)


def _without_forms(texts: list[str]) -> tuple[list[int], str]:
    """Return the places of the words that are no legal form, and the form; a name that is nothing else keeps all."""
    forms = _forms()
    keep: list[int] = []
    met: list[str] = []
    place = 0
    openings = _form_openings()
    while place < len(texts):
        longest = min(openings.get(texts[place], 0), len(texts) - place)
        for length in range(longest, 0, -1):
            if tuple(texts[place : place + length]) in forms:
                met += texts[place : place + length]
                place += length
                break
        else:
            keep.append(place)
            place += 1
    telling = [place for place in keep if texts[place] not in _SMALL_WORDS]
    if not telling:
        return list(range(len(texts))), ""
    return keep, " ".join(met)


def _cut_unspaced(words: tuple[RawWord, ...]) -> list[Word]:
    ready: list[Word] = []
    pieces, longest = _pieces()
    for word in words:
        if word.script == "digit":
            ready.append(firm_word(word.text.lstrip("0") or "0"))
            continue
        if word.text in _SMALL_WORDS:
            continue
        text, rest, place = word.text, "", 0
        while place < len(text):
            for length in range(min(longest, len(text) - place), 0, -1):
                term = pieces.get(text[place : place + length])
                if term is not None and (length > 1 or place + 1 == len(text) or not rest):
                    if rest:
                        ready.append(_proper(rest, word))
                        rest = ""
                    if term:
                        ready.append(firm_word(_ORDINALS.get(term, term)))
                    place += length
                    break
            else:
                rest += text[place]
                place += 1
        if rest:
            ready.append(_proper(rest, word))
    return ready


def _proper(text: str, word: RawWord) -> Word:
    """Return the proper name *text* of an unspaced name, with its readings as Korean syllables."""
    korean: tuple[Reading, ...] = ()
    if word.script in {"hangul", "kana"}:
        korean = readings(text)
    elif word.script == "han":
        korean = tuple(reading for spelling in korean_readings(text) for reading in readings(spelling))
    return firm_word(latin_text(RawWord(text, word.script, 0, False)) or text, korean)


def compare_firms(one: FirmName, other: FirmName) -> NameMatch | None:
    """Return what is in common between two names of organisations, or None where nothing is that a search may find."""
    if one.squashed == other.squashed:
        weight = max(sum(word.weight for word in one.words), sum(word.weight for word in other.words))
        exact = one.folded == other.folded
        evidence = name_evidence(BITS * weight, exact=exact, native=exact and one.script in {"hangul", "han"})
        return NameMatch(
            evidence,
            ("same name, letter for letter" + ("" if exact else ", spaces apart"), *_commonness(weight)),
        )
    found = align(one.words, other.words)
    if min(found.left_covered, found.right_covered) < LEAST_COVERAGE:
        return None
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return None
    quality = EXTRA_WORDS * max(found.left, found.right) + (1 - EXTRA_WORDS) * min(found.left, found.right)
    evidence = name_evidence(BITS * found.weight, quality=quality)
    if one.script != other.script:
        evidence -= SCRIPT_GAP
    return NameMatch(evidence, (*_reasons(found, one, other), *_commonness(found.weight)))


def _commonness(weight: float) -> tuple[str, ...]:
    return ("only words that many firms use: weak evidence on its own",) if weight < LEAST_TELLING else ()


def _reasons(found: Alignment, one: FirmName, other: FirmName) -> tuple[str, ...]:
    reasons = alignment_reasons(found, one.words, other.words)
    if one.form and other.form and one.form != other.form and one.script == other.script:
        return (*reasons, f"legal forms differ: {' / '.join(sorted((one.form, other.form)))}")
    return reasons
