"""The spelling under which a written value is looked up: one form for many ways of writing the same word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Capital and small letters that look the same in Cyrillic and Latin fonts.
_CYRILLIC = "АВЕЁКМНОРСТУХІЈЅаеёорсухіјѕ"
_LATIN = "ABEËKMHOPCTYXIJSaeëopcyxijs"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'`´ʹʺʻʼ‘’‛′\u05f3"))
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[A-Za-zËë][^\W\d_]*[\u0400-\u04ff]|[\u0400-\u04ff][^\W\d_]*[A-Za-zËë]")
_NOT_WORD = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_] ){1,}[^\W\d_](?!\w)")


@lru_cache(maxsize=65_536)
def key(written: str) -> str:
    """
    Return the one spelling of *written* that tables are looked up under.

    Width, case, accents, punctuation, invisible marks, look-alike letters in words of three letters or more, and
    dots between initials make no difference.

    >>> key("  D.P.R. of  KOREA "), key("КНДР") == key("KHДP")
    ('dpr of korea', True)
    >>> key("КР") == key("KP")
    False
    """
    if written.isascii():
        text = written.replace("'", "").replace("`", "").replace("&", " and ").lower()
    else:
        text = unicodedata.normalize("NFKC", written)
        text = "".join(
            letter for letter in text if unicodedata.category(letter) not in {"Cf", "Cc"} or letter.isspace()
        )
        text = one_script(text).translate(_APOSTROPHES).replace("&", " and ").casefold()
        text = _without_accents(text).translate(_PLAIN)
    text = _NOT_WORD.sub(" ", text).strip()
    return _INITIALS.sub(lambda found: found.group().replace(" ", ""), text)


def one_script(text: str) -> str:
    """
    Give words of three letters or more that mix Latin and Cyrillic letters back to one script.

    >>> one_script("KHДP") == "КНДР", one_script("PОK") == "POK", one_script("КR")
    (True, True, 'КR')
    """
    if not _MIXED.search(text):
        return text
    return _WORD.sub(lambda found: _word_in_one_script(found.group()), text)


def _word_in_one_script(word: str) -> str:
    if len(word) < 3 or not _MIXED.search(word):
        return word
    latin = word.translate(_TO_LATIN)
    if not any("\u0400" <= letter <= "\u04ff" for letter in latin):
        return latin
    cyrillic = word.translate(_TO_CYRILLIC)
    if not any(letter.isascii() for letter in cyrillic):
        return cyrillic
    return word


def _without_accents(text: str) -> str:
    """Drop the marks over Latin, Greek and Cyrillic letters; marks of other scripts are letters of their own."""
    kept: list[str] = []
    base = ""
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter):
            base = letter
        elif base < "\u0530":
            continue
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))
