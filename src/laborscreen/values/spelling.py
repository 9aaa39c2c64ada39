"""The spelling under which a written value is looked up: one form for many ways of writing the same word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from laborscreen.text import fold, fold_lookalikes

# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_APOSTROPHES = re.compile("['`ʹʺʻ׳]")
_LATIN = re.compile("[a-z]")
_LIKE_LATIN = re.compile("[\u0370-\u04ff]")
_WORD = re.compile(r"\w+")
_NOT_WORD = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_] )+[^\W\d_](?!\w)")


@lru_cache(maxsize=65_536)
def key(written: str) -> str:
    """
    Return the one spelling of *written* that tables are looked up under.

    Width, case, accents, punctuation, invisible marks, look-alike letters in words of three letters or more,
    and dots between initials make no difference.

    >>> key("  D.P.R. of  KOREA "), key("КНДР") == key("KHДP")
    ('dpr of korea', True)
    >>> key("КР") == key("KP")
    False
    """
    text = fold(written)
    if not text.isascii():
        text = _without_accents(text).translate(_PLAIN)
    elif text.isalnum():
        return text  # one plain word, as most are
    text = _APOSTROPHES.sub("", text)
    if not text.isalnum():
        text = _NOT_WORD.sub(" ", text.replace("&", " and ")).strip()
        text = _INITIALS.sub(lambda found: found.group().replace(" ", ""), text)
    if _LATIN.search(text) and _LIKE_LATIN.search(
        text
    ):  # after initials are joined, for they may mix alphabets, too
        text = _WORD.sub(lambda word: fold_lookalikes(word.group()), text)
    return text


def latin_figures(text: str) -> str:
    """
    Return *text* with the decimal figures of every script written as 0 to 9.

    >>> latin_figures("١٢/٢٠١٩")
    '12/2019'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _without_accents(text: str) -> str:
    """Drop the marks over Latin, Greek and Cyrillic letters; elsewhere marks are letters of their own."""
    apart = unicodedata.normalize("NFD", text)
    if not any(map(unicodedata.combining, apart)):
        return unicodedata.normalize("NFC", apart)
    kept: list[str] = []
    base = ""
    for letter in apart:
        if not unicodedata.combining(letter):
            base = letter
        elif base < "\u0530":
            continue
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))
