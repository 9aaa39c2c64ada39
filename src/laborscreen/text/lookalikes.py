"""
Letters of one script that look like letters of another.

``KHДP`` typed with a Latin K, H and P is КНДР to every reader and to no computer. Whole words of three letters or more
are folded; two-letter codes never are, because КР and KP are different things that look the same.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.resources import files

from laborscreen.text.scripts import Script, script_of, scripts_of

SHORTEST = 3
"""Words of fewer letters are left alone: country codes are two letters long."""

_PAIRS = (
    (Script.LATIN, Script.CYRILLIC),
    (Script.LATIN, Script.GREEK),
    (Script.CYRILLIC, Script.LATIN),
    (Script.CYRILLIC, Script.GREEK),
    (Script.GREEK, Script.LATIN),
    (Script.GREEK, Script.CYRILLIC),
)


@lru_cache(maxsize=1)
def _table() -> Mapping[tuple[Script, Script], Mapping[str, str]]:
    source = files("laborscreen.text") / "tables" / "lookalikes.csv"
    rows = list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))
    return {
        (here, there): {
            row[here.value]: row[there.value] for row in rows if row[here.value] and row[there.value]
        }
        for here, there in _PAIRS
    }


def lookalikes_in(word: str, script: Script) -> str | None:
    """
    Return a folded word as it would be spelled in `script`, or None where a letter has no twin there.

    >>> lookalikes_in("khдp", Script.CYRILLIC)
    'кндр'
    >>> lookalikes_in("khдp", Script.LATIN) is None
    True
    """
    letters = []
    for letter in word:
        here = script_of(letter)
        if here is script or not letter.isalpha():
            letters.append(letter)
            continue
        twin = _table().get((here, script), {}).get(letter)
        if twin is None:
            return None
        letters.append(twin)
    return "".join(letters)


def fold_lookalikes(word: str, known: Collection[str] = ()) -> str:
    """
    Return a folded word with the letters of other scripts replaced by the twins they stand for.

    A word that mixes scripts is written in the one script that can hold all of it; where two can, in the one most of its
    letters are from. A word of one script is changed only if that makes it one of `known`.

    Args:
        word: one word, already folded (see `fold`).
        known: folded words a one-script word may turn into.

    >>> fold_lookalikes("khдp"), fold_lookalikes("nоrth"), fold_lookalikes("kp")
    ('кндр', 'north', 'kp')
    >>> fold_lookalikes("baxta", known={"вахта"})
    'вахта'
    """
    if sum(map(str.isalpha, word)) < SHORTEST:
        return word
    scripts = scripts_of(word)
    if not scripts <= {Script.LATIN, Script.CYRILLIC, Script.GREEK}:
        return word
    if len(scripts) > 1:
        by_share = sorted(
            scripts, key=lambda script: (-sum(script_of(letter) is script for letter in word), script)
        )
        return next(
            (turned for script in by_share if (turned := lookalikes_in(word, script)) is not None), word
        )
    for script in (Script.CYRILLIC, Script.LATIN, Script.GREEK):
        turned = lookalikes_in(word, script)
        if turned is not None and turned != word and turned in known:
            return turned
    return word
