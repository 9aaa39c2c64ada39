"""
Personal names: made ready once, compared often.

Two names that both read as Korean are compared by family name and given syllables in their order, so that Kim
Jong Un, Kim Un Jong and Kim Yo Jong are three people. Others are compared word by word in any order; a
missing patronymic is forgiven, a different one is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from laborscreen.names.alignment import LEAST_COVERAGE, align, alignment_reasons
from laborscreen.names.evidence import NameMatch, name_evidence, near_evidence
from laborscreen.names.han import mandarin_spellings
from laborscreen.names.korean_people import KoreanName, korean_names_of
from laborscreen.names.korean_slips import NO_SLIPS, Slips, near_between, slip_between, slips_of
from laborscreen.names.korean_sounds import syllables_cost
from laborscreen.names.letters import RawWord, Script, raw_words
from laborscreen.names.rarity import korean_bits
from laborscreen.names.titles import without_titles
from laborscreen.names.words import Word, latin_text, person_word

__all__ = ["READ_IN_SEVERAL_WAYS", "PersonName", "compare_people", "person_names"]

KOREAN_LIMIT = 1.6
OTHER_CHARACTER = 0.15
SCRIPT_GAP = 0.15
SPELLING_GAP = 0.05
# Several names share the sounds that a Chinese character is read with, or that katakana can write.
READING_GAP = 0.1
# A slip of the hand, where it leaves what nobody is called: names told by less than 9 bits stay below review with it.
SLIP = 0.7
READ_IN_SEVERAL_WAYS: frozenset[Script] = frozenset({"han", "kana"})
EXTRA_WORDS = 0.6
MOST_WITHOUT_TITLE = 2
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "jr", "sr", "haji", "hajj", "alhaji", "mullah", "maulavi", "shaykh", "sheikh"}
)
_SLIPPING: frozenset[Script] = frozenset({"latin", "cyrillic"})
_LETTER_SCRIPTS: tuple[Script, ...] = ("latin", "cyrillic", "hangul", "han", "kana", "other")


@dataclass(eq=False)
class PersonName:
    """
    One personal name in one script, made ready for comparison.

    Args:
        folded: its folded words with single spaces, titles and all.
        squashed: the same without titles and spaces.
        script: the script it is written in.
        words: its words in Latin letters.
        written: its words as written, without titles.
        family_first: a comma told that the family name stands first.
    """

    folded: str
    squashed: str
    script: Script
    words: tuple[Word, ...]
    written: tuple[RawWord, ...]
    family_first: bool

    # Read when first asked for: nobody asks this of most listed names that a name is compared with.
    @cached_property
    def korean(self) -> tuple[KoreanName, ...]:
        """Its readings as a Korean name."""
        return korean_names_of(self.written, family_first=self.family_first)

    @cached_property
    def slips(self) -> Slips:
        """How slips are looked for in it as a Korean name."""
        return slips_of(self.written) if self.script in _SLIPPING else NO_SLIPS


def person_names(text: str) -> tuple[PersonName, ...]:
    """
    Return *text* made ready, once for each script in it: ``Jin Tiesan (金铁三)`` is two names.

    >>> [name.script for name in person_names("Jin Tiesan (金铁三)")]
    ['latin', 'han']
    """
    words = raw_words(text)
    comma = text.find(",")
    family_first = comma > 0 and " " not in text[:comma].strip()
    present = {word.script for word in words}
    found: list[PersonName] = []
    for script in _LETTER_SCRIPTS:
        if script in present:
            found += _names_of(tuple([word for word in words if word.script == script]), script, family_first)
    return tuple(found)


def _names_of(words: tuple[RawWord, ...], script: Script, family_first: bool) -> list[PersonName]:
    """Return the name that *words* make; one in Chinese characters may be written in several ways in Latin letters."""
    folded = " ".join([word.text for word in words])
    words = without_titles(words)
    squashed = "".join([word.text for word in words])
    spelled: Iterable[tuple[str, ...]]
    if script == "hangul":
        folded, spelled = folded.replace(" ", ""), [()]
    elif script == "han":
        folded, spelled = folded.replace(" ", ""), mandarin_spellings(squashed)
    else:
        spelled = [tuple(filter(None, map(latin_text, words)))]
    return [PersonName(folded, squashed, script, _ready(latin), words, family_first) for latin in spelled]


def _ready(latin: tuple[str, ...]) -> tuple[Word, ...]:
    """Return the words of a name made ready, without titles."""
    if len(latin) > MOST_WITHOUT_TITLE:
        latin = tuple([word for word in latin if word not in _TITLES]) or latin
    return tuple(map(person_word, latin))


def compare_people(asked: PersonName, listed: PersonName) -> NameMatch | None:
    """
    Return what is in common between two personal names, or None where nothing is that a search may find.

    The order of the two makes no difference to the answer; the second is not read further than the first gives cause for.
    """
    one, other = (asked, listed) if asked.folded <= listed.folded else (listed, asked)
    if one.folded == other.folded:
        return _exact(one)
    best: NameMatch | None = None
    if one.squashed == other.squashed:
        best = _exact(one, spaces_apart=True)
    if asked.slips != NO_SLIPS and one.script == other.script:
        slip = _compare_slipped(one, other) or _compare_near(one, other)
        if best is None or (slip is not None and slip.evidence > best.evidence):
            best = slip
    both_korean = bool(asked.korean) and bool(listed.korean)
    if both_korean:
        found = _compare_korean(one, other)
        if best is None or (found is not None and found.evidence > best.evidence):
            best = found
        if one.script == other.script or READ_IN_SEVERAL_WAYS.isdisjoint((one.script, other.script)):
            return best
    if one.words and other.words:
        match = _compare_words(one, other, edits=not both_korean)
        if match is not None and (best is None or match.evidence > best.evidence):
            best = match
    return best


def _exact(name: PersonName, *, spaces_apart: bool = False) -> NameMatch:
    bits = min(map(korean_bits, name.korean)) if name.korean else sum([word.weight for word in name.words])
    if spaces_apart:
        return NameMatch(
            name_evidence(bits), lambda: ("same letters, spaces or titles apart", *_commonness(bits))
        )
    native = name.script in {"hangul", "han"}
    reason = "same name, character for character" if native else "same name, letter for letter"
    return NameMatch(name_evidence(bits, exact=True, native=native), lambda: (reason, *_commonness(bits)))


def _commonness(bits: float) -> tuple[str, ...]:
    return ("a common name: weak evidence on its own",) if bits < 9 else ()


def _compare_korean(one: PersonName, other: PersonName) -> NameMatch | None:
    best: tuple[float, float, KoreanName, KoreanName] | None = None
    for first in one.korean:
        for second in other.korean:
            if first.family != second.family or len(first.given) != len(second.given):
                continue
            cost = first.cost + second.cost
            cost += syllables_cost(first.given, second.given, KOREAN_LIMIT - min(cost, KOREAN_LIMIT))
            if cost > KOREAN_LIMIT:
                continue
            if first.origin == second.origin == "han":
                cost += OTHER_CHARACTER * sum(
                    a != b for a, b in zip(one.squashed, other.squashed, strict=False)
                )
            if first.origin == second.origin:
                cost += SPELLING_GAP
            else:
                cost += SCRIPT_GAP
                cost += READING_GAP * (not READ_IN_SEVERAL_WAYS.isdisjoint((first.origin, second.origin)))
            # An unlikely reading must not make a name look rare.
            bits = min(map(korean_bits, (first, second, one.korean[0], other.korean[0])))
            evidence = name_evidence(bits) - cost
            if best is None or evidence > best[0]:
                best = (evidence, cost, first, second)
    if best is None:
        return None
    evidence, cost, first, second = best

    def tell() -> tuple[str, ...]:
        how = "one spelling system to another" if cost <= 0.3 else "loosely"
        reason = (
            f"same Korean name by sound ({how}): "
            f"family name {first.family}, {len(first.given)} given syllable(s)"
        )
        return (reason, *_commonness(min(korean_bits(first), korean_bits(second))))

    return NameMatch(evidence, tell)


def _compare_slipped(one: PersonName, other: PersonName) -> NameMatch | None:
    found = slip_between(one.slips, other.slips)
    if found is None:
        return None
    sound = one if found[1] in one.slips.sound else other
    bits = min(map(korean_bits, sound.korean), default=0.0)
    reason = f"one slip of the hand apart, and nobody is called so: {' / '.join(found)}"
    return NameMatch(name_evidence(bits) - SLIP, lambda: (reason, *_commonness(bits)))


def _compare_near(one: PersonName, other: PersonName) -> NameMatch | None:
    """Return what is in common between two names that people bear both, and that a slip or another order made of one."""
    found = near_between(one.slips, other.slips)
    if found is None:
        return None
    how = f"one letter apart ({' / '.join(found)})" if any(found) else "the same words in another order"
    bits = min(map(korean_bits, (*one.korean, *other.korean)), default=0.0)
    return NameMatch(near_evidence(bits), lambda: (f"{how}, which may be another person",))


def _compare_words(one: PersonName, other: PersonName, *, edits: bool) -> NameMatch | None:
    found = align(one.words, other.words, edits=edits)
    if min(found.left_covered, found.right_covered) < LEAST_COVERAGE:
        return None
    if found.words < 2 and max(len(one.words), len(other.words)) > 1:
        return None
    quality = EXTRA_WORDS * max(found.left, found.right) + (1 - EXTRA_WORDS) * min(found.left, found.right)
    gap = 0.0 if one.script == other.script else SCRIPT_GAP
    evidence = name_evidence(found.weight, quality=quality) - gap
    return NameMatch(
        evidence, lambda: (*alignment_reasons(found, one.words, other.words), *_commonness(found.weight))
    )
