"""
Names of suppliers that are evidently a Korean person's, whatever kind the record tells or leaves open.

Most suppliers are firms, and a firm is not compared with listed persons. A family name with two given
syllables, each of which people are called by, is a person's before it is a firm's: three of 394,914 firms of GLEIF are
called so.
"""

from __future__ import annotations

import re

from laborscreen.names.korean_people import family_share, is_usual_share, korean_names_of
from laborscreen.names.korean_slips import is_borne, slips_of
from laborscreen.names.letters import raw_words
from laborscreen.names.trade_words import evidently_organisation

__all__ = ["evidently_korean_person"]

# What has another shape is told at once, which most names of firms are.
_SHAPE = re.compile(
    r"\s*(?:[A-Za-z]{1,7}(?:[ -]+[A-Za-z]{1,7}){2}|[А-Яа-яЁё]{1,6}(?:[ -]+[А-Яа-яЁё]{1,6}){2}|[가-힣]{3}|[一-鿿]{3})\s*"
)


def evidently_korean_person(text: str) -> bool:
    """
    Return whether *text* is a Korean family name with two given syllables that people are called by, and nothing else.

    >>> evidently_korean_person("김광일"), evidently_korean_person("Kim Kwang Il"), evidently_korean_person("金光日")
    (True, True, True)
    >>> evidently_korean_person("이마트"), evidently_korean_person("Air Koryo"), evidently_korean_person("Kim Son Trading")
    (False, False, False)
    """
    if not _SHAPE.fullmatch(text) or evidently_organisation(text):
        return False
    words = raw_words(text)
    if words[0].script in {"latin", "cyrillic"}:
        return bool(slips_of(words).sound)
    return any(
        is_usual_share(family_share(name.family)) and all(map(is_borne, name.given))
        for name in korean_names_of(words, family_first=True)
    )
