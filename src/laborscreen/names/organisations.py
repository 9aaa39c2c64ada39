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
from typing import NamedTuple

from laborscreen.names.acronyms import without_acronym, without_initials
from laborscreen.names.alignment import LEAST_COVERAGE, Alignment, align, alignment_reasons
from laborscreen.names.evidence import NameMatch, name_evidence
from laborscreen.names.firm_words import spaced_words, unspaced_words
from laborscreen.names.legal_forms import is_form
from laborscreen.names.letters import RawWord, Script, raw_words
from laborscreen.names.trade_words import terms
from laborscreen.names.words import Word

__all__ = ["FirmName", "compare_firms", "firm_names"]

EXTRA_WORDS = 0.35
BITS = 10.0
SCRIPT_GAP = 0.15
LEAST_TELLING = 0.5
MOST_STRAY_LETTERS = 3
_UNSPACED: frozenset[Script] = frozenset({"hangul", "han", "kana"})
_ALPHABETS: frozenset[Script] = frozenset({"latin", "cyrillic", "other"})
_LETTER_SCRIPTS: tuple[Script, ...] = ("latin", "cyrillic", "hangul", "han", "kana", "other")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")


class FirmName(NamedTuple):
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


def firm_names(text: str) -> tuple[FirmName, ...]:
    """
    Return *text* made ready, once for each script that holds a telling word.

    >>> [word.text for word in firm_names("조선남강무역회사")[0].words]
    ['korea', 'namgang', 'trading']
    """
    plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), text) if "." in text else text
    words = _with_hyphens_closed(without_initials(raw_words(without_acronym(plain))))
    found = [name for script in _scripts_of(words) for name in _names_of(words, script)]
    telling = [name for name in found if name.words and not name.only_form]
    return tuple(telling or (name for name in found if name.words))


def _scripts_of(words: tuple[RawWord, ...]) -> list[Script]:
    """Return the scripts in which *words* are a name; figures alone are one as well."""
    present = {word.script for word in words}
    present.discard("digit")
    if len(present) == 1:
        return list(present)
    scripts: list[Script] = [script for script in _LETTER_SCRIPTS if script in present]
    if len(scripts) > 1:
        # A lone letter of another alphabet, or a short acronym inside a native name, is no name by itself.
        letters: Counter[Script] = Counter()
        for word in words:
            letters[word.script] += len(word.text)
        whole = [one for one in scripts if one not in _ALPHABETS or letters[one] > MOST_STRAY_LETTERS]
        scripts = whole or scripts
    return scripts or ["digit"]


def _with_hyphens_closed(words: tuple[RawWord, ...]) -> tuple[RawWord, ...]:
    """Make one word of two that a hyphen joins (Dae-dong), unless one of them is a trade word or a legal form."""
    if len({word.group for word in words}) == len(words):
        return words
    known = terms()
    closed: list[RawWord] = []
    for word in words:
        last = closed[-1] if closed else None
        if (
            last is not None
            and last.group == word.group
            and last.script == word.script != "digit"
            and not any(
                part.text in known or is_form(part.text) or len(part.text) < 2 for part in (last, word)
            )
        ):
            closed[-1] = RawWord(last.text + word.text, word.script, word.group, word.capitals)
        else:
            closed.append(word)
    return tuple(closed)


def _names_of(words: tuple[RawWord, ...], script: Script) -> list[FirmName]:
    """Return the name that *words* make in one script; one without spaces may be cut in two ways."""
    chosen = [word for word in words if word.script in (script, "digit")]
    folded = " ".join([word.text for word in chosen])
    form, only_form = "", False
    if script in _UNSPACED:
        several = unspaced_words(chosen)
    else:
        ready, form, only_form = spaced_words(chosen)
        several = [ready]
    squashed = folded.replace(" ", "")
    return [
        FirmName(folded, script, tuple(ready), _numbers_in(ready), form, squashed, only_form)
        for ready in several
    ]


def _numbers_in(words: list[Word]) -> tuple[str, ...]:
    return tuple(sorted([word.text for word in words if word.text.isdigit()]))


def compare_firms(asked: FirmName, listed: FirmName) -> NameMatch | None:
    """
    Return what is in common between two names of organisations, or None where nothing is that a search may find.

    The order of the two makes no difference to the answer.
    """
    one, other = (asked, listed) if asked.folded <= listed.folded else (listed, asked)
    if one.squashed == other.squashed:
        weight = max(sum(word.weight for word in one.words), sum(word.weight for word in other.words))
        exact = one.folded == other.folded
        evidence = name_evidence(BITS * weight, exact=exact, native=exact and one.script in {"hangul", "han"})
        reason = "same name, letter for letter" + ("" if exact else ", spaces apart")
        return NameMatch(evidence, lambda: (reason, *_commonness(weight)))
    found = align(one.words, other.words)
    if min(found.left_covered, found.right_covered) < LEAST_COVERAGE:
        return None
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return None
    quality = EXTRA_WORDS * max(found.left, found.right) + (1 - EXTRA_WORDS) * min(found.left, found.right)
    evidence = name_evidence(BITS * found.weight, quality=quality)
    if one.script != other.script:
        evidence -= SCRIPT_GAP
    return NameMatch(evidence, lambda: (*_reasons(found, one, other), *_commonness(found.weight)))


def _commonness(weight: float) -> tuple[str, ...]:
    return ("only words that many firms use: weak evidence on its own",) if weight < LEAST_TELLING else ()


def _reasons(found: Alignment, one: FirmName, other: FirmName) -> tuple[str, ...]:
    reasons = alignment_reasons(found, one.words, other.words)
    if one.form and other.form and one.form != other.form and one.script == other.script:
        return (*reasons, f"legal forms differ: {' / '.join(sorted((one.form, other.form)))}")
    return reasons
