"""
One spelling for what is the same to a reader.

Case, width, composition, hidden marks, typographic quotes and dashes, runs of white space and ё/е are levelled, so that
equal words compare equal. The text as written is never changed: `fold_with_offsets` leads back to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from laborscreen.text.marks import HIDDEN

_ALIKE = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02b9\u00b4\u2039\u203a",
    '"': "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u300c\u300d\u300e\u300f\u301d\u301e\u301f\u300a\u300b",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u2e3a\u2e3b\u301c\ufe58",
    ".": "\u3002",
    "е": "ё",
    " ": "\u0085\u1680\u2028\u2029\x1c\x1d\x1e\x1f\t\n\x0b\x0c\r",
}
_LEVELLED = tuple((written, plain) for plain, several in _ALIKE.items() for written in several)
_LEVELLED_LETTERS = str.maketrans(dict(_LEVELLED))
_SHORT = 256  # characters; in a longer text each sign is looked for at once, in a shorter one letter by letter is quicker

# Accents that no letter carries once composed: Russian stress marks, the dot of a Turkish capital I.
_LOOSE_ACCENTS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    r"""
    Return `text` as it is compared: NFKC, lower case, no hidden marks, plain quotes and dashes, single spaces.

    >>> fold("Ｎorth\u00ad  KOREA")
    'north korea'
    >>> fold("«Ещё» — Паспо\u0301рт")
    '"еще" - паспорт'
    """
    if text.isascii():
        return " ".join((text.lower() if text.isprintable() else HIDDEN.sub("", text.lower())).split())
    return " ".join(fold_letters(text).split())


def fold_letters(text: str, hidden: re.Pattern[str] = HIDDEN) -> str:
    """
    Return `text` folded letter by letter, its runs of white space left as long as they are.

    Args:
        text: any text.
        hidden: which characters are taken out.
    """
    text = _composed(_composed(hidden.sub("", text)).casefold())
    if len(text) <= _SHORT:
        return _LOOSE_ACCENTS.sub("", text.translate(_LEVELLED_LETTERS))
    for written, plain in _LEVELLED:
        text = text.replace(written, plain)
    return _LOOSE_ACCENTS.sub("", text)


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """
    Return the folded text, and for every character of it the place in `text` where it came from.

    The first part always equals ``fold(text)``.

    >>> fold_with_offsets("ＫＰ  ㈜")
    ('kp (주)', [0, 1, 2, 4, 4, 4])
    """
    folded, offsets = fold_letters_with_offsets(text)
    letters: list[str] = []
    places: list[int] = []
    for letter, place in zip(folded, offsets, strict=True):
        if not letter.isspace():
            letters.append(letter)
            places.append(place)
        elif letters and letters[-1] != " ":
            letters.append(" ")
            places.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return "".join(letters), places


def fold_letters_with_offsets(text: str) -> tuple[str, list[int]]:
    """
    Return ``fold_letters(text)`` with the place in `text` of every character.

    A character that composes with the ones before it (a vowel of a Hangul syllable, an accent) belongs to their place.
    """
    letters: list[str] = []
    places: list[int] = []
    cluster, begin = "", 0
    for place, character in enumerate(text):
        if _is_hidden(character):
            continue
        if cluster and not composes(character):
            _take(cluster, begin, letters, places)
            cluster, begin = "", place
        elif not cluster:
            begin = place
        cluster += character
    if cluster:
        _take(cluster, begin, letters, places)
    return "".join(letters), places


def _take(cluster: str, begin: int, letters: list[str], places: list[int]) -> None:
    folded = _fold_cluster(cluster) if len(cluster) <= _REMEMBERED_CLUSTER else fold_letters(cluster)
    letters.append(folded)
    places.extend([begin] * len(folded))


_REMEMBERED_CLUSTER = 4  # characters; texts are written with few distinct letters, so each is folded once


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    return fold_letters(cluster)


@lru_cache(maxsize=8192)
def _is_hidden(character: str) -> bool:
    return HIDDEN.match(character) is not None


@lru_cache(maxsize=8192)
def composes(character: str) -> bool:
    """
    Tell whether a character may melt into the one before it when text is composed.

    >>> composes("\u0301"), composes("e")
    (True, False)
    """
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"
