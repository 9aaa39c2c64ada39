"""Fields that hold one of a few words, and fields that hold yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from laborscreen.text import fold
from laborscreen.values import tables
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown
from laborscreen.values.spelling import key

# What may stand around a word without changing it: "student visa", "виза: учебная", "lodging - dormitory".
_AROUND = re.compile(
    r"^(?:(?:the|a|an|visa|виза|тип визы|вид|тип|по)\s+)+|\s+(?:visa|виза|визы|type|категория|category|비자|사증|签证)$"
)
_NEAR = 80.0  # of 100: two letters swapped in a short word, one in four wrong in a long one
_LONGEST_SLIP = 40  # letters; a longer text is no slip of one word
_PARENTHESIS = re.compile(r"^([^()]+)\(([^()]+)\)$")


def words_of(vocabulary: str) -> tuple[str, ...]:
    """
    Return the words of a *vocabulary*, in the order of the design.

    Raises:
        KeyError: there is no such vocabulary.

    >>> words_of("audit_access")
    ('granted', 'refused')

    """
    return _vocabularies()[vocabulary].words


def read_word(vocabulary: str, written: object) -> Reading[str]:
    """
    Read one of the words of a *vocabulary*, as people write it in English, Russian, Korean, Chinese and more.

    Raises:
        KeyError: there is no such vocabulary.

    >>> read_word("visa", "учебная виза").value, read_word("documents_held_by", "удерживает агентство").value
    ('student', 'agency')
    >>> read_word("visa", "studnet").note
    '“studnet” is not a word this field knows; did you mean student?'

    """
    return _read(written, _vocabularies()[vocabulary])


def read_yes_no(written: object) -> Reading[bool]:
    """
    Read yes or no.

    >>> read_yes_no("да").value, read_yes_no("없음").value, read_yes_no("perhaps").value
    (True, False, None)
    """
    if isinstance(written, bool):
        return Reading(written)
    return _read_answer(written)


class _Vocabulary:
    """
    The words of one field and the written forms of each.

    Args:
        written: word to its written forms, which are looked at when a value is first read: a file has few such fields.
    """

    def __init__(self, written: Mapping[str, Sequence[str]]) -> None:
        self.words = tuple(written)
        self._written = written

    @cached_property
    def forms(self) -> Mapping[str, frozenset[str]]:
        """Spelling to the words it stands for; a word's own stands for no other."""
        forms: dict[str, set[str]] = {}
        for word, written in self._written.items():
            for form in map(key, written):
                forms.setdefault(form, set()).add(word)
        for word in self.words:
            forms[key(word)] = {word}
        return {form: frozenset(known) for form, known in forms.items()}

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling, in order."""
        return tuple(sorted(self.forms))


@lru_cache(maxsize=1)
def _vocabularies() -> dict[str, _Vocabulary]:
    found: dict[str, dict[str, list[str]]] = {}
    for row in tables.rows("words"):
        words = found.setdefault(row["vocabulary"], {})
        words.setdefault(row["word"], []).extend(tables.forms(row["written"]))
    return {name: _Vocabulary(words) for name, words in found.items()}


@remembered
def _read(written: str, vocabulary: _Vocabulary) -> Reading[str]:
    folded = key(written)
    forms = vocabulary.forms
    if folded not in forms and is_missing(written):
        return Reading(None)
    meant = forms.get(folded) or forms.get(_bare(folded))
    if meant is None and (parts := _PARENTHESIS.match(written.strip())):
        # "student (учебная)": two ways of saying one thing; where they differ nothing is read.
        meant = (forms.get(key(parts[1])) or frozenset()) | (forms.get(key(parts[2])) or frozenset())
        if not forms.get(key(parts[1])):
            meant = None
    if meant and len(meant) == 1:
        return Reading(next(iter(meant)))
    if meant:
        choices = " or ".join(word for word in vocabulary.words if word in meant)
        return Reading(None, f"{shown(written)} can mean more than one thing; did you mean {choices}?")
    return Reading(None, f"{shown(written)} is not a word this field knows{_hint(folded, vocabulary)}")


def _hint(folded: str, vocabulary: _Vocabulary) -> str:
    """Name the word that was nearly written, if there is one."""
    from rapidfuzz import fuzz, process

    if len(folded) > _LONGEST_SLIP:
        return ""
    near = process.extractOne(folded, vocabulary.spellings, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f"; did you mean {' or '.join(sorted(vocabulary.forms[near[0]]))}?" if near else ""


def _bare(folded: str) -> str:
    return _AROUND.sub("", _AROUND.sub("", folded)).strip()


@remembered
def _read_answer(written: str) -> Reading[bool]:
    text = _plain(written)
    answer = _answers().get(text)
    if answer is None:
        if is_missing(written):
            return Reading(None)
        head = re.split(r"[,;.(:–—-]", text, maxsplit=1)[0].strip()
        tail = text[len(head) :].strip(" ,;.()–—-:")
        if head in _answers() and _answers().get(tail) == _answers()[head]:
            return Reading(_answers()[head])  # "yes, weekly"
        if tail and head in _answers() and len(head) > 1:
            return Reading(None, f"{shown(written)} says more than yes or no; the rest was not read")
        return Reading(None, f"{shown(written)} is neither yes nor no")
    return Reading(answer)


def _plain(written: str) -> str:
    """Fold case and width only: ticks and crosses are answers too."""
    return fold(written).rstrip(".!")


@lru_cache(maxsize=1)
def _answers() -> dict[str, bool]:
    return {
        _plain(form): row["answer"] == "yes"
        for row in tables.rows("yes_no")
        for form in tables.forms(row["written"])
    }
