"""
Where a statement begins and ends: sentences, and the clauses inside them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_SENTENCE = 600
"""Characters looked at on either side of a term; longer sentences are cut there."""

# A full stop ends a sentence before a space, at the end, or after a character of a script without spaces; not after one
# letter or one of these shortened words.
_STOP = re.compile(r"[!?;]|\.(?=\s|$|[\u3040-\u9fff\uac00-\ud7a3\"'])")
_SHORTENED = re.compile(
    r"(?:^|[^\w])(?:[a-zа-я]|co|ltd|inc|corp|mr|mrs|ms|dr|st|approx|e\.g|i\.e|etc|vs|art|par|para|fig|руб|тыс|млн|чел|ул|обл|"
    r"стр|им|др|пр|т\.е|т\.д|т\.п)$"
)

# Words that open a new statement, whatever stood before.
_HARD = re.compile(
    r";|, (?:so|therefore|hence)\b|\b(?:but|although|though|however|whereas|nevertheless|yet|except that)\b"
    r"|\b(?:но|однако|хотя|зато|тем не менее)\b"
    r"|(?:하지만|그러나|그런데|반면|다만|지만|으나|는데|면서도)(?=[\s,])|[가-힣]나(?=,)"
    r"|但是|但|然而|不过|却|可是"
)
_SOFT = re.compile(
    r",(?! (?:что|чтобы|того|that)\b)|[:()]| - "
    r"|\b(?:and|while|so|because|since|as|which|who|и|а|так как|потому что|поскольку|который|которые|которых)\b"
    r"|(?:이며|하며|으며|고|었고|았고)(?=\s)|而且|并且|同时|而"
)

_VERBS = {
    "en": re.compile(
        r"\b(?:is|are|was|were|has|have|had|does|did|will|would|can|could|occurred|happened|occurs|arose|came|holds|keeps|"
        r"uses|employs|works?|worked|lives?|lived|took|takes|hires|sleeps?|slept|said|says|reported|confirmed|withholds)\b"
    ),
    "ru": re.compile(
        r"\b(?:был[аои]?|есть|является|являются|[а-я]{3,}(?:ет|ют|ит|ят|ат|ут|ется|ются|ится|ятся|ал|ала|али|ало|ил|ила|или|ило|"
        r"ался|алась|ались|алось|ились|илось|илась|ился|ены|ано|аны|ена|ено|ён|ен|ята|яты|ято|ыто|ыты))\b"
    ),
    "ko": re.compile(r"[다요음됨함](?=[\s,.]|$)|(?:고|며)(?=[\s,])"),
    "zh": re.compile(r"[有是被在用了]|使用|扣押|发生|发现|工作|保管|雇用|雇佣|支付|存在|居住"),
}


def has_verb(part: str, language: str) -> bool:
    """
    Tell whether a stretch of scannable text holds a predicate of its own.

    >>> has_verb(" accidents occurred", "en"), has_verb(" forced or child labour", "en")
    (True, False)
    """
    return _VERBS[language].search(part) is not None


_AUXILIARY = re.compile(r"\s*(?:(?:is|are|was|were|has|have|had|been|be|do|does|did)\s+)*")


def goes_on(part: str) -> bool:
    """
    Tell whether a clause names no subject of its own, so that it goes on about the one before it.

    >>> goes_on(" are "), goes_on(" wages are ")
    (True, False)
    """
    return _AUXILIARY.fullmatch(part) is not None


class Sentence(NamedTuple):
    """
    The sentence a term stands in.

    Args:
        start: where it begins in the text.
        stop: where it ends, its closing mark included.
        asks: whether it ends with a question mark.
    """

    start: int
    stop: int
    asks: bool

    def hard(self, between: str) -> bool:
        """Tell whether a new statement opens somewhere in `between`."""
        return _HARD.search(between) is not None

    def parts(self, between: str, language: str, term: str = "") -> bool:
        """
        Tell whether what stands between a cue and a term keeps them apart.

        A word that opens a statement does. A comma or "and" does where a predicate stands on either side of it, for then
        it does not merely go on with a list, and where it follows the cue at once, which then governs nothing. Chinese
        writes its lists with a mark of their own, so that a comma always parts; and so it does in a language whose
        predicates are not known here.

        Args:
            between: what stands between them.
            language: the cue's language.
            term: the term, where it comes first, for it may hold the predicate ("passports were retained and nobody").
        """
        if _HARD.search(between):
            return True
        soft = list(_SOFT.finditer(between))
        if not soft:
            return False
        if language == "zh" and "," in between:
            return True
        if language not in _VERBS:
            return True  # no predicate can be told there, so that a denial reaches no further than its own clause
        first, last = between[: soft[0].start()], between[soft[-1].end() :]
        if not term and not first.strip():
            return True
        return has_verb(term + first, language) or (has_verb(last, language) and not (term and goes_on(last)))

    def leaves_condition(self, between: str) -> bool:
        """Tell whether a conditional clause is over before the end of `between`: a comma after its predicate, or "then"."""
        closed = re.search(r",| то | then |\u5219|\u90a3\u4e48", between)
        return closed is not None and any(
            has_verb(between[: closed.start()], language) for language in _VERBS
        )

    def clause_end(self, text: str, at: int) -> int:
        """Return where the clause that runs on at `at` ends."""
        ends = [
            found.start()
            for pattern in (_HARD, re.compile(r"[,:()]| - "))
            if (found := pattern.search(text, at, self.stop))
        ]
        return min(ends, default=self.stop)


def sentence_around(text: str, start: int, end: int) -> Sentence:
    """
    Return the sentence of scannable text that holds ``text[start:end]``.

    >>> sentence_around("none found. passports held by acme co. in all.", 12, 26)
    Sentence(start=11, stop=46, asks=False)
    """
    low, high = max(0, start - LONGEST_SENTENCE), min(len(text), end + LONGEST_SENTENCE)
    begin = max((stop.end() for stop in _STOP.finditer(text, low, start) if _ends(text, stop)), default=low)
    for stop in _STOP.finditer(text, end, high):
        if _ends(text, stop):
            return Sentence(begin, stop.end(), stop.group() == "?")
    return Sentence(begin, high, asks=False)


def _ends(text: str, stop: re.Match[str]) -> bool:
    return stop.group() != "." or not _SHORTENED.search(text, max(0, stop.start() - 8), stop.start())
