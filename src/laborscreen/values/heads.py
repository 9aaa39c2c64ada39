"""
Counts of people written beside what they are: "DPRK (12)", «КНДР - 40 чел.», 朝鲜30人.
"""

from __future__ import annotations

import re
from functools import cache

_NAMED = (
    r"\s*(?:чел(?:овека?)?|рабоч(?:их|ий|ие)|работник(?:ов|а|и)?|people|persons?|workers?|nationals|citizens|men|women|"
    r"heads?|pax|人员|人|名|명|인)\.?"
)
_UNIT = f"(?:{_NAMED})?"
_SHORT = re.compile("[A-Za-z]{1,2}")
"""What may be the code of a country or a word such as "no"; a mere number behind it is no count."""
_ALONE = rf"\s*(\d{{1,6}}){_NAMED}\s*"
_BRACKETED = rf"[(\[（【]\s*(\d{{1,6}}){_UNIT}\s*[)\]）】]"
_BEFORE = rf"^\s*(\d{{1,6}}){_UNIT}(?:\s*[x×:=–—-]\s*|\s+(?:из\s+|of\s+|from\s+)?|(?=[^\W\d_]))"
# "KP-001" is the number of somebody or something; "КНДР-40" is a count.
_AFTER = rf"(?:\s*[x×:=–—]\s*|\s+-?\s*|(?<=\w{{4}})-|(?<=[\u3040-\u9fff\uac00-\ud7a3]))(\d{{1,6}}){_UNIT}\s*$"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern ready for use; most runs never meet a count beside a country."""
    return re.compile(pattern, re.IGNORECASE)


def part_at_counts(written: str) -> str:
    """
    Write a semicolon after each count in brackets, which ends one entry of a list that has no other signs.

    >>> part_at_counts("КНДР (12) Узбекистан (28)")
    'КНДР (12); Узбекистан (28);'
    """
    if not any(letter.isdigit() for letter in written):
        return written
    return _compiled(_BRACKETED).sub(lambda found: f"{found.group()};", written)


def count_beside(written: str) -> tuple[str, int | None]:
    """
    Return what is counted and the count beside it, or the text as it is and None; of "7 people" nothing is left.

    >>> count_beside("КНДР - 40 чел."), count_beside("12 North Koreans"), count_beside("North Korea")
    (('КНДР', 40), ('North Koreans', 12), ('North Korea', None))
    """
    if not any(letter.isdigit() for letter in written):
        return written, None
    alone = _compiled(_ALONE).fullmatch(written)
    if alone is not None:
        return "", int(alone[1])
    for pattern in (_BRACKETED, _AFTER, _BEFORE):
        found = list(_compiled(pattern).finditer(written))
        if len(found) == 1:
            rest = (written[: found[0].start()] + " " + written[found[0].end() :]).strip()
            if not rest or (_SHORT.fullmatch(rest) and found[0].group().strip(" -") == found[0][1]):
                return written, None
            return rest, int(found[0][1])
    return written, None
