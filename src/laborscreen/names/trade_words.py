"""
Words of trade: what firms do and are called in any language (무역 = торговая = 贸易 = trading), and words that say nothing.
"""

from __future__ import annotations

from functools import cache

from laborscreen.names.legal_forms import spaced_forms, unspaced_forms
from laborscreen.names.letters import RawWord, fold, raw_words
from laborscreen.names.tables import read_table

__all__ = ["SMALL_WORDS", "evidently_organisation", "pieces", "terms"]

SHORTEST_TRADE_WORD = 6
# Trade words that people are called as well.
_OF_PERSONS = frozenset({"general", "silver", "bridge", "garden", "second"})
SMALL_WORDS = frozenset({
    "the", "of", "and", "for", "in", "on", "at", "by", "to", "an", "de", "la", "le", "les", "des", "du", "del", "di", "da",
    "el", "los", "las", "y", "e", "und", "der", "die", "das", "für", "fur", "et", "i", "и", "в", "на", "для", "по",
    "オブ", "アンド", "フォー", "ザ",
})  # fmt: skip


@cache
def terms() -> dict[str, str]:
    """Return the English word for every known trade word, folded."""
    found: dict[str, str] = {}
    for row in read_table("organisation_terms"):
        for word in (row["term"], *row["others"].split()):
            found.setdefault(fold(word), row["term"])
    return found


@cache
def pieces() -> tuple[dict[str, str], int]:
    """Return what unspaced text is cut by (form to nothing, trade word to English) and the longest of them."""
    found = dict.fromkeys(unspaced_forms(), "")
    found |= {word: term for word, term in terms().items() if not word.isascii() and not _is_cyrillic(word)}
    return found, max(map(len, found))


def _is_cyrillic(word: str) -> bool:
    return "Ѐ" <= word[:1] <= "ӿ"


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
        return any(form in word.text for form in _unspaced_words())
    return len(word.text) >= SHORTEST_TRADE_WORD and word.text in _words_of_trade()


@cache
def _words_of_trade() -> frozenset[str]:
    return frozenset({word for form in spaced_forms() for word in form} | set(terms())) - _OF_PERSONS


@cache
def _unspaced_words() -> tuple[str, ...]:
    return tuple(piece for piece, term in pieces()[0].items() if not term and len(piece) > 1)
