"""
A personal name read as Korean: family name and given syllables.

The family name stands first in Hangul, Chinese characters and most Latin spellings, and last where Western
order is kept; ``Kyong-su RA`` says which by its hyphen and capitals, ``Kim, Jong Un`` by its comma. Where
nothing tells, both readings are kept and the second one costs a little. Family names meet by their Hangul
(Kim = Gim, Ri = Yi = Lee), after the South's initial law is undone: 리 and 이, 로 and 노 are one name.
"""

from __future__ import annotations

import itertools
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from laborscreen.names.han import korean_names
from laborscreen.names.korean_sounds import INFINITE, hangul_syllable, keys, syllables_cost
from laborscreen.names.korean_spelling import Reading, readings
from laborscreen.names.letters import RawWord
from laborscreen.names.tables import read_table

__all__ = [
    "KoreanName",
    "Origin",
    "family_end",
    "family_share",
    "family_spellings",
    "is_usual_family",
    "is_usual_share",
    "korean_names_of",
    "person_keys",
]

Origin = Literal["hangul", "latin", "cyrillic", "han", "kana"]

MOST_GIVEN = 3
MOST_NAMES = 24
LISTED_SPELLING = 0.05
UNLISTED_SPELLING = 0.3
BOTH_ENDS_FAMILY = 0.2
FAMILY_LAST = 0.05
JOINED = 0.05
SHUFFLED = 0.4
FAR_LIKELIER = 25.0
USUAL_FAMILY = 0.0005

_INITIAL_LAW = {
    "리": "이", "림": "임", "류": "유", "로": "노", "라": "나", "량": "양", "려": "여", "렴": "염", "륙": "육", "룡": "용",
}  # fmt: skip


class KoreanName(NamedTuple):
    """
    One reading of a name.

    Args:
        family: the family name in Hangul, initial law undone.
        given: the given syllables.
        cost: how unusual this reading of the family name and of the order is.
        origin: the script it was read from.
        hangul: the given name in Hangul, where the script tells it.
    """

    family: str
    given: Reading
    cost: float
    origin: Origin
    hangul: str = ""


@cache
def _families() -> tuple[dict[str, dict[str, float]], dict[str, list[str]], dict[str, float]]:
    """Return families by listed spelling, by class key of their syllables, and their shares of all Koreans."""
    listed: dict[str, dict[str, float]] = {}
    by_key: dict[str, list[str]] = {}
    share: dict[str, float] = {}
    for row in read_table("surnames"):
        hangul = row["hangul"]
        family = _INITIAL_LAW.get(hangul, hangul)
        share[family] = max(share.get(family, 0.0), (float(row["share"]) or 0.3) / 1000)
        for spelling in row["spellings"].split():
            listed.setdefault(spelling, {})[family] = LISTED_SPELLING
        for key in keys(tuple(map(hangul_syllable, hangul))):
            by_key.setdefault(key, []).append(hangul)
    return listed, by_key, share


def family_share(family: str) -> float:
    """Return which share of Koreans bear *family*; a name outside the table counts as rare."""
    return _families()[2].get(family, 0.0002)


@cache
def family_spellings(family: str) -> tuple[str, ...]:
    """
    Return the listed spellings of the family name *family*, Latin and Russian.

    >>> "rhee" in family_spellings("리")
    True
    """
    plain = _INITIAL_LAW.get(family, family)
    return tuple(spelling for spelling, families in _families()[0].items() if plain in families)


def is_usual_family(word: str) -> bool:
    """
    Return whether *word* is a listed spelling of a family name that at least one Korean in two thousand bears.

    >>> is_usual_family("rhee"), is_usual_family("bo"), is_usual_family("shi")
    (True, False, False)
    """
    listed, _, share = _families()
    return any(is_usual_share(share[family]) for family in listed.get(word, ()))


def is_usual_share(share: float) -> bool:
    """Return whether a family name with this *share* of all Koreans is a usual one."""
    return share >= USUAL_FAMILY


@lru_cache(maxsize=50_000)
def families_of(word: str) -> tuple[tuple[str, float], ...]:
    """
    Return the family names that *word* may spell, each with its cost.

    >>> families_of("park")
    (('박', 0.05),)
    """
    listed, by_key, _ = _families()
    found = dict(listed.get(word, {}))
    for reading in readings(word):
        for key in keys(reading):
            for hangul in by_key.get(key, ()):
                cost = syllables_cost(reading, tuple(map(hangul_syllable, hangul)), UNLISTED_SPELLING)
                family = _INITIAL_LAW.get(hangul, hangul)
                if cost <= UNLISTED_SPELLING:
                    found[family] = min(cost, found.get(family, INFINITE))
    return tuple(sorted(found.items(), key=lambda item: (item[1], item[0])))


def korean_names_of(words: tuple[RawWord, ...], *, family_first: bool) -> tuple[KoreanName, ...]:
    """
    Return the readings of a person's *words*, the cheapest first; *family_first* where a comma told so.

    >>> from laborscreen.names.letters import raw_words
    >>> [name.family for name in korean_names_of(raw_words("Pak Hun"), family_first=False)]
    ['박']
    """
    if not words or len({word.script for word in words}) != 1:
        return ()
    script = words[0].script
    if script == "han":
        found = [
            KoreanName(
                _INITIAL_LAW.get(family, family), tuple(map(hangul_syllable, given)), 0.0, "han", given
            )
            for family, given in korean_names("".join(word.text for word in words))
            if len(given) <= MOST_GIVEN
        ]
    elif script == "hangul":
        found = _from_hangul("".join(word.text for word in words))
    elif script in {"latin", "cyrillic", "kana"}:
        found = _from_letters(words, family_first, cast("Origin", script))
    else:
        return ()
    best: dict[tuple[str, Reading], KoreanName] = {}
    for name in found:
        known = best.get((name.family, name.given))
        if known is None or name.cost < known.cost:
            best[name.family, name.given] = name
    return tuple(sorted(best.values(), key=lambda name: (name.cost, name.family, name.given)))[:MOST_NAMES]


def _from_hangul(text: str) -> list[KoreanName]:
    listed, _, shares = _families()
    lengths = [2, 1] if text[:2] in shares and len(text) > 2 else [1]
    found: list[KoreanName] = []
    for length in lengths:
        head, given = text[:length], text[length:]
        if 0 < len(given) <= MOST_GIVEN:
            # A slip of a publisher (촤 for 최) is listed beside the spellings in other scripts.
            families = listed.get(head) or {_INITIAL_LAW.get(head, head): 0.0}
            found += [
                KoreanName(family, tuple(map(hangul_syllable, given)), cost, "hangul", given)
                for family, cost in families.items()
            ]
    return found


def _from_letters(words: tuple[RawWord, ...], family_first: bool, origin: Origin) -> list[KoreanName]:
    if len(words) > MOST_GIVEN + 1:
        return []
    if len(words) == 1:
        return _joined(words[0].text, origin)
    unread = [place for place, word in enumerate(words) if not readings(word.text)]
    if len(unread) > 1:  # all words but the family name are read as syllables
        return []
    first, last = families_of(words[0].text), families_of(words[-1].text)
    end = family_end(words, family_first=family_first)
    if end == "first":
        last = ()
    elif end == "last":
        first = ()
    if first and last:
        first, last = _likelier(first, last), _likelier(last, first)
    found = [KoreanName(family, given, cost, origin) for family, cost in first for given in _given(words[1:])]
    best_first, best_last = _best_share(first), _best_share(last)
    for family, cost in last:
        extra = 0.0 if end else FAMILY_LAST
        if best_first:
            extra = FAMILY_LAST * 2 if family_share(family) > best_first else BOTH_ENDS_FAMILY
        found += [KoreanName(family, given, cost + extra, origin) for given in _given(words[:-1])]
    if len(words) == 3 and not end:
        # Only a shuffled name has the family name in the middle; the order of the given syllables is then lost as well.
        found += [
            KoreanName(family, given, cost + SHUFFLED, origin)
            for family, cost in families_of(words[1].text)
            if family_share(family) > max(best_first, best_last)
            for given in (*_given((words[0], words[2])), *_given((words[2], words[0])))
        ]
    return found


Families = tuple[tuple[str, float], ...]


def _best_share(families: Families) -> float:
    return max((family_share(family) for family, _ in families), default=0.0)


def _likelier(families: Families, others: Families) -> Families:
    """Return *families* without those that are far less likely than what stands at the other end (Kim Jong Un: not 은)."""
    least = _best_share(others) / FAR_LIKELIER
    return tuple((family, cost) for family, cost in families if family_share(family) >= least)


def family_end(words: tuple[RawWord, ...], *, family_first: bool) -> Literal["first", "last", ""]:
    """Return the end the family name stands at, where a comma, a hyphen or capitals tell."""
    if family_first:
        return "first"
    groups = [word.group for word in words]
    if groups[0] == groups[1] and groups[-1] != groups[-2]:
        return "last"
    if groups[-1] == groups[-2] and groups[0] != groups[1]:
        return "first"
    capitals = [word.capitals for word in words]
    if capitals[-1] and not any(capitals[:-1]):
        return "last"
    return "first" if capitals[0] and not any(capitals[1:]) else ""


def _given(words: tuple[RawWord, ...]) -> list[Reading]:
    several = [readings(word.text) for word in words]
    if not all(several):
        return []
    joined = (tuple(itertools.chain.from_iterable(parts)) for parts in itertools.product(*several))
    return [reading for reading in joined if len(reading) <= MOST_GIVEN][:MOST_NAMES]


def _joined(text: str, origin: Origin) -> list[KoreanName]:
    """Read a name written in one word (``Kimjongun``)."""
    found: list[KoreanName] = []
    listed = _families()[0]
    for length in range(1, min(8, len(text) - 2)):
        head, rest = text[:length], text[length:]
        if head not in listed:
            continue
        found += [
            KoreanName(family, given, cost + JOINED, origin)
            for family, cost in families_of(head)
            for given in readings(rest)
            if len(given) == 2
        ]
    return found


def person_keys(name: KoreanName) -> tuple[str, ...]:
    """Return the keys under which *name* is looked for: family and classes of the given syllables."""
    return tuple(f"{name.family} {key}" for key in keys(name.given))
