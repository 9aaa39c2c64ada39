"""
Legal forms: what a firm's name says of its kind (Co., Ltd., ООО, PLC) and not of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from laborscreen.names.tables import read_table

__all__ = ["form_at", "form_parts", "is_form", "opens_form", "spaced_forms", "unspaced_forms"]

_SPACED = frozenset({"latin", "cyrillic", "greek"})
_UNSPACED = frozenset({"hangul", "han", "kana"})

# The words that may follow, each with what may follow it in turn; an empty one where a form may end.
FormTree = dict[str, "FormTree"]


def _forms(scripts: frozenset[str]) -> Iterator[str]:
    for row in read_table("legal_forms"):
        if row["script"] in scripts:
            yield from row["forms"].split("|")


@cache
def spaced_forms() -> frozenset[tuple[str, ...]]:
    """Return the forms of scripts that part words by spaces, each as its words."""
    return frozenset(tuple(form.split()) for form in _forms(_SPACED))


@cache
def unspaced_forms() -> tuple[str, ...]:
    """Return the forms of scripts that are written without spaces."""
    return tuple(form.replace(" ", "") for form in _forms(_UNSPACED))


@cache
def form_parts() -> frozenset[str]:
    """Return every word that stands in a form."""
    return frozenset(part for form in spaced_forms() for part in form)


@cache
def _tree() -> FormTree:
    tree: FormTree = {}
    for form in spaced_forms():
        node = tree
        for word in form:
            node = node.setdefault(word, {})
        node[""] = {}
    return tree


def opens_form(word: str) -> bool:
    """Return whether a form begins with *word*."""
    return word in _tree()


def is_form(word: str) -> bool:
    """
    Return whether *word* is a form by itself.

    >>> is_form("ltd"), is_form("liability")
    (True, False)
    """
    return "" in _tree().get(word, cast("FormTree", {}))


def form_at(texts: Sequence[str], place: int) -> int:
    """
    Return how many words the longest form that stands at *place* has; 0 where none does.

    >>> form_at(["zeus", "limited", "liability", "company"], 1)
    3
    """
    node, longest = _tree(), 0
    for after in range(place, len(texts)):
        known = node.get(texts[after])
        if known is None:
            break
        node = known
        if "" in node:
            longest = after - place + 1
    return longest
