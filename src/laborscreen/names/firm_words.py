"""
The telling words of a firm's name: legal forms left out, trade words in English, what is left over as a proper name.

Where words are parted by spaces, each is looked up once (:class:`SpacedWord`) and a name is put together from what is
known of its words. Unspaced text is cut by the forms and trade words that are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from laborscreen.names.han import korean_readings
from laborscreen.names.korean_spelling import Reading, readings
from laborscreen.names.legal_forms import form_at, form_parts, opens_form
from laborscreen.names.letters import RawWord, Script
from laborscreen.names.near_words import common_word_meant
from laborscreen.names.trade_words import SMALL_WORDS, pieces, terms
from laborscreen.names.words import Word, firm_word, latin_text

__all__ = ["spaced_words", "unspaced_words"]

SHORTEST_READ = 4
LEAST_PROPER = 2
_NUMBER_MARKS = frozenset({"no", "nr", "num", "number", "nos", "номер"})
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
}  # fmt: skip
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_COUNTRY = "korea"
_JOINT, _JOINT_VENTURE, _JOINT_ENDINGS = "joint", "jointventure", frozenset({"venture", "operation"})


class SpacedWord(NamedTuple):
    """
    One word of a name with spaces in it, as far as it is known without the others.

    Args:
        text: the word, or the common word that it is a slip for.
        opens: a legal form begins with it.
        small: it says nothing (*the*, *of*, *и*).
        beside_number: it says nothing beside a figure: a number's mark or the end of an ordinal.
        word: made ready: a number, a trade word in English, or a proper name; nothing where no letter is left.
    """

    text: str
    opens: bool
    small: bool
    beside_number: bool
    word: Word | None


def spaced_words(words: Sequence[RawWord]) -> tuple[list[Word], str, bool]:
    """
    Return the telling words of a name with spaces in it, its legal form, and whether it is only parts of such a form.

    A name that is nothing but a form keeps all words.
    """
    told = [_spaced_word(word.text, word.script) for word in words]
    keep, form = _without_forms(told)
    ready: list[Word] = []
    for place in keep:
        one = told[place]
        if one.small and len(keep) > 1:
            continue
        if one.beside_number and _beside_number(one.text, words, place, keep):
            continue
        if one.word is not None:
            ready.append(one.word)
    if not ready and keep:
        ready = [firm_word(latin) for place in keep if (latin := latin_text(words[place]))]
    only_form = not form and not _telling(words) and any(opens_form(word.text) for word in words)
    return _joint_ventures_closed(ready), form, only_form


@lru_cache(maxsize=400_000)
def _spaced_word(written: str, script: Script) -> SpacedWord:
    text = common_word_meant(written)
    small = text in SMALL_WORDS
    beside_number = text in _NUMBER_MARKS or text in _SUFFIXES
    return SpacedWord(text, opens_form(text), small, beside_number, _ready(text, script))


def _ready(text: str, script: Script) -> Word | None:
    if script == "digit" or text in _ORDINALS:
        return firm_word(_ORDINALS.get(text, text.lstrip("0") or "0"))
    term = terms().get(text)
    if term is not None:
        return firm_word(term)
    korean = readings(text) if script == "cyrillic" and len(text) >= SHORTEST_READ else None
    latin = latin_text(RawWord(text, script, 0, capitals=False))
    return firm_word(latin, korean) if latin else None


def _without_forms(told: list[SpacedWord]) -> tuple[list[int], str]:
    """Return the places of the words that are no legal form, and the form; a name that is nothing else keeps all."""
    keep: list[int] = []
    met: list[str] = []
    place = 0
    telling = False
    for at, one in enumerate(told):
        if at < place:
            continue
        length = form_at([other.text for other in told[at:]], 0) if one.opens else 0
        if length:
            met += [other.text for other in told[at : at + length]]
            place = at + length
        else:
            keep.append(at)
            telling = telling or not one.small
    return (keep, " ".join(met)) if telling else (list(range(len(told))), "")


def _beside_number(text: str, words: Sequence[RawWord], place: int, keep: list[int]) -> bool:
    """Return whether a number's mark has a number after it (*No. 5*), or the end of an ordinal one before it (*5th*)."""
    if text in _NUMBER_MARKS and any(words[after].script == "digit" for after in keep if after > place):
        return True
    return text in _SUFFIXES and place > 0 and words[place - 1].script == "digit"


def _telling(words: Sequence[RawWord]) -> bool:
    """Return whether a word is left when every part of a legal form is taken away."""
    parts = form_parts()
    return any(word.text not in parts and word.text not in SMALL_WORDS for word in words)


def _joint_ventures_closed(words: list[Word]) -> list[Word]:
    """Make one word of *joint* and *venture* or *operation*, in whatever order, which are what a JV is and say as little."""
    texts = [word.text for word in words]
    ending = next((place for place, text in enumerate(texts) if text in _JOINT_ENDINGS), None)
    if ending is None or _JOINT not in texts:
        return words
    joint = texts.index(_JOINT)
    closed = [*words[:ending], firm_word(_JOINT_VENTURE), *words[ending + 1 :]]
    return closed[:joint] + closed[joint + 1 :]


def unspaced_words(words: Sequence[RawWord]) -> list[list[Word]]:
    """
    Return the telling words of a name written without spaces, cut by the forms and trade words in it.

    A name of trade words alone is cut in a second way, for its first word may be a proper name, or the first behind the
    country's: 동방은행 and 조선동방은행 are a bank of the east, or one called Tongbang.
    """
    cut = _cut(words)
    found = [_ready_of(cut)]
    at = 1 if cut and cut[0][1] == _COUNTRY else 0
    if len(cut) > at + 1 and all(term for _, term, _ in cut) and len(cut[at][0]) >= LEAST_PROPER:
        text, _, word = cut[at]
        found.append(_ready_of([*cut[:at], (text, "", word), *cut[at + 1 :]]))
    return found


# What was cut, the English word for it if it is a trade word or a figure, and the word it stands in.
Cut = list[tuple[str, str, RawWord]]


def _cut(words: Sequence[RawWord]) -> Cut:
    """Cut *words* by the forms, which are left out, and the trade words that are known."""
    found: Cut = []
    known, longest = pieces()
    for word in words:
        if word.script == "digit":
            found.append((word.text, word.text.lstrip("0") or "0", word))
            continue
        if word.text in SMALL_WORDS:
            continue
        text, rest, place = word.text, "", 0
        while place < len(text):
            for length in range(min(longest, len(text) - place), 0, -1):
                term = known.get(text[place : place + length])
                if term is not None and (length > 1 or place + 1 == len(text) or not rest):
                    if rest:
                        found.append((rest, "", word))
                        rest = ""
                    if term:
                        found.append((text[place : place + length], _ORDINALS.get(term, term), word))
                    place += length
                    break
            else:
                rest += text[place]
                place += 1
        if rest:
            found.append((rest, "", word))
    return found


def _ready_of(cut: Cut) -> list[Word]:
    ready = [firm_word(term) if term else _proper(text, word) for text, term, word in cut]
    return _joint_ventures_closed(ready)


def _proper(text: str, word: RawWord) -> Word:
    """Return the proper name *text* of an unspaced name, with its readings as Korean syllables."""
    korean: tuple[Reading, ...] = ()
    if word.script in {"hangul", "kana"}:
        korean = readings(text)
    elif word.script == "han":
        korean = tuple(reading for spelling in korean_readings(text) for reading in readings(spelling))
    return firm_word(latin_text(RawWord(text, word.script, 0, False)) or text, korean)
