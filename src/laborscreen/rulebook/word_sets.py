"""
Sets of words that terms of other lists name, so that forty words for "kept" are written once: ``<papers> ... (seized|kept)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMED = re.compile(r"<([A-Za-z0-9_]+)>")
_ODD = re.compile(r"<(?![A-Za-z0-9_]+>)[^\W\d][^|() ]*|(?<!\S)\w+>")


def sets_named(term: str) -> tuple[str, ...]:
    """
    Return the sets a term names, in order.

    >>> sets_named("<papers> ... (seized|<kept>)")
    ('papers', 'kept')
    """
    return tuple(_NAMED.findall(term))


def oddly_named(term: str) -> str:
    """
    Return what looks like the name of a set and is none, or an empty string; a figure behind a sign is no name.

    >>> oddly_named("passports <kept"), oddly_named("<kept-by> boss"), oddly_named("<kept> under <18")
    ('<kept', '<kept-by>', '')
    """
    found = _ODD.search(term)
    return found.group() if found else ""


def spelled_out(term: str, sets: Mapping[str, tuple[str, ...]]) -> str:
    """
    Return a term with the words of the sets it names in their place.

    Args:
        term: a term that names known sets only.
        sets: the words of each set.

    >>> spelled_out("<papers> ... (seized|<kept>)", {"papers": ("passport*", "id cards"), "kept": ("held",)})
    '(passport*|id cards) ... (seized|held)'
    """
    told, at = "", 0
    for named in _NAMED.finditer(term):
        told += term[at : named.start()]
        words = "|".join(sets[named[1]])
        inside = told.count("(") > told.count(")")
        told += f"({words})" if "|" in words and not inside else words
        at = named.end()
    return told + term[at:]
