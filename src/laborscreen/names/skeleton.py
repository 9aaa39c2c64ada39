"""
The skeleton of a Latin word: what is left when spellings that vary between writers are made one.

Rules, in order: digraphs of transliteration (``shch``, ``ph``, ``kh``), ``w`` as ``v``, ``y`` as ``i``,
glides between vowels dropped, double letters once. *Andreyevich*, *Andreevich* and *Andreievich* share a
skeleton, so do *Gaevoy* and *Gayevoi*; *Jong* and *Yong* do not. Given names that are one name in several tongues
(``tables/name_families.csv``) share a head, which is compared as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from operator import eq

from rapidfuzz.distance import OSA

from laborscreen.names.tables import read_table

__all__ = ["edit_budget", "join_skeletons", "likeness", "name_family", "skeleton", "slip_likeness"]

LONGEST = 40
MOST_EDITS = 2
_DOUBLED = re.compile(r"(.)\1+")
# What is put for what, in this order: letters for letters, or for a pattern where certain letters are in the word.
_RULES: tuple[tuple[str, re.Pattern[str] | None, str], ...] = tuple(
    (letters, re.compile(pattern) if pattern else None, put)
    for letters, pattern, put in (
        ("ch", r"shch|sch|tsch", "sh"),
        ("c", r"tch|cz", "ch"),
        ("h", r"[kg]h", "h"),
        ("ph", "", "f"),
        ("th", "", "t"),
        ("dh", "", "d"),
        ("ck", "", "k"),
        ("q", "", "k"),
        ("w", "", "v"),
        ("x", "", "ks"),
        ("c", r"c(?=[eiy])", "s"),
        ("c", r"c(?!h)", "k"),
        ("oo", "", "u"),
        ("ou", "", "u"),
        ("j", r"(?<=[aeiou])j", "i"),
        ("y", "", "i"),
        ("ie", r"^ie", "e"),
        ("i", r"(?<=[aeou])i(?=[aeou])", ""),
    )
)


def skeleton(word: str) -> str:
    """
    Return the skeleton of the folded Latin *word*.

    >>> skeleton("andreyevich") == skeleton("andreevich"), skeleton("jong") == skeleton("yong")
    (True, False)
    """
    for letters, pattern, put in _RULES:
        if pattern is None:
            word = word.replace(letters, put)
        elif letters in word:
            word = pattern.sub(put, word)
    return _DOUBLED.sub(r"\1", word) if True in map(eq, word, word[1:]) else word


def join_skeletons(skeletons: Sequence[str]) -> str:
    """
    Return the skeleton of neighbouring words written together, from the skeletons of each.

    >>> join_skeletons(["rie", "song", "gang"])
    'riesongang'
    """
    joined = ""
    for bones in skeletons:
        if not bones.isalpha():  # digits are kept as they are written, so they may stand doubled within
            return _DOUBLED.sub(r"\1", "".join(skeletons))
        joined += bones[1:] if joined and joined[-1] == bones[0] else bones
    return joined


@cache
def _families() -> dict[str, tuple[str, float]]:
    """Return the common skeleton of every name that has other shapes, and how alike the shapes are."""
    found: dict[str, tuple[str, float]] = {}
    for row in read_table("name_families"):
        names = [skeleton(name) for name in row["names"].split()]
        head = found.get(names[0], (names[0], 1.0))[0]
        for name in names:
            found.setdefault(name, (head, float(row["likeness"])))
    return found


def name_family(bones: str) -> tuple[str, float]:
    """
    Return the head of the family of given names that the skeleton *bones* is in, and how alike it is to the head.

    >>> name_family("mohamad")[0]
    'muhamad'
    """
    head, alike = _families().get(bones, ("", 1.0))
    return head, 1.0 if head == bones else alike


def edit_budget(length: int) -> int:
    """
    Return how many edits a word of *length* letters may be away from a longer one.

    None up to 2 letters, 1 up to 7, 2 up to 40, and none beyond. An edit is an insertion, deletion, substitution, or swap
    of neighbours.
    """
    return 0 if length <= 2 or length > LONGEST else 1 if length <= 7 else MOST_EDITS


def slip_likeness(one: str, other: str) -> float:
    """
    Return how alike two words are that may differ by slips of the hand; 0 where they are beyond the edit budget.

    >>> slip_likeness("trinidad", "trinidd") > 0.8, slip_likeness("jo", "yo")
    (True, 0.0)
    """
    length, longer = len(one), len(other)
    if length > longer:
        length, longer = longer, length
    if longer > LONGEST or longer - length > MOST_EDITS:  # most pairs, told without asking for the budget
        return 0.0
    budget = edit_budget(length)
    if not budget or longer - length > budget:
        return 0.0
    edits = OSA.distance(one, other, score_cutoff=budget)
    return likeness(edits, length) if edits <= budget else 0.0


def likeness(edits: int, length: int) -> float:
    """Return how alike two words are that are *edits* apart, the shorter of *length* letters; never quite nothing."""
    return max(0.1, 1.0 - edits / (length + 1))
