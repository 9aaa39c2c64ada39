"""
Names of people who are on no list, made up by chance or real, and which of them meet a listed name all the same.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from names_gold import NAMES, rows
from names_lists import ListedName

from laborscreen.names import NameIndex
from laborscreen.names.comparison import prepare
from laborscreen.names.hangul import Scheme, romanise_syllables
from laborscreen.names.korean_people import korean_names_of
from laborscreen.names.korean_sounds import hangul_syllable, syllables_cost
from laborscreen.names.letters import raw_words
from laborscreen.names.people import PersonName

PARTS = Path(__file__).parent / "names_parts.csv"


class MadeUp(NamedTuple):
    """A name of nobody in particular; ``hangul`` where it was made from Hangul."""

    name: str
    hangul: str = ""


class Rate(NamedTuple):
    """
    How many of a group's names there are, how many meet a listed name exactly, and otherwise, and how many are only near one.
    """

    group: str
    tried: int
    exact: int
    other: int
    near: int


def _romanisation(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((NAMES / "romanisation" / name).read_text(encoding="utf-8").splitlines()))


def made_up(count: int) -> dict[str, list[MadeUp]]:
    """Return names made by chance from lists of family and given names, by group; none belongs to anyone on purpose."""
    rng = random.Random(7)
    families, given = _romanisation("surnames_rr_mr.csv"), _romanisation("given_names_common_spelling.csv")
    weights = [int(row["population_2015"] or 0) for row in families]
    parts = {
        row["group"]: row["words"].split()
        for row in csv.DictReader(PARTS.read_text(encoding="utf-8").splitlines())
    }
    any_of = {group: lambda words=words: rng.choice(words) for group, words in parts.items()}

    def southern(spell: Callable[[dict[str, str], dict[str, str]], str]) -> MadeUp:
        family, one = rng.choices(families, weights)[0], rng.choice(given)
        return MadeUp(spell(family, one), family["hangul"] + one["hangul"])

    def apart(scheme: Scheme, family: dict[str, str], one: dict[str, str]) -> str:
        surname = "".join(romanise_syllables(family["hangul"], scheme))
        return " ".join([surname.title(), *map(str.title, romanise_syllables(one["hangul"], scheme))])

    makers: dict[str, Callable[[], MadeUp]] = {
        "South Korean, Hangul": lambda: southern(lambda family, one: family["hangul"] + one["hangul"]),
        "South Korean, Latin": lambda: southern(
            lambda family, one: f"{family['revised_romanization']} {one['common_latin']}"
        ),
        "American Korean": lambda: MadeUp(
            f"{any_of['american']()} {rng.choices(families, weights)[0]['mccune_reischauer']}"
        ),
        "Russian Korean": lambda: MadeUp(
            " ".join(any_of[part]() for part in ("russian_family", "russian", "russian_father"))
        ),
        "Chinese, pinyin": lambda: MadeUp(
            f"{any_of['pinyin_family']()} {any_of['pinyin']()}{any_of['pinyin']()}"
        ),
        "Chinese, characters": lambda: MadeUp(
            any_of["han_family"]() + any_of["han"]() + rng.choice(["", any_of["han"]()])
        ),
        "South Korean, syllables apart": lambda: southern(partial(apart, "revised")),
        "South Korean, in DPRK spelling": lambda: southern(partial(apart, "dprk")),
    }
    return {group: list(dict.fromkeys(make() for _ in range(count))) for group, make in makers.items()}


def real_people() -> list[MadeUp]:
    """Return South Korean authors and public figures (Library of Congress, CC-CEDICT) of the development data."""
    return [
        MadeUp(name["text"], name["text"] if name["script"] == "Hang" else "")
        for stranger in rows("hard_negatives.jsonl")
        if stranger["group"] in {"LOC", "CEDICT"}
        for name in stranger["names"]  # type: ignore[attr-defined]
    ]


def rates(names: list[ListedName]) -> list[Rate]:
    """Return how many names of each group meet a name of a DPRK listing."""
    index = NameIndex.build((name.entry, name.kind, name.name) for name in names if name.dprk)
    found = []
    for group, several in {**made_up(3000), "Korean authors and public figures, real": real_people()}.items():
        told = index.search_many([one.name for one in several], kind="person")
        met = [[hit for hit in hits if hit.comparison.is_match] for hits in told]
        exact = [any(homonym(one, hit.name) for hit in hits) for one, hits in zip(several, met, strict=True)]
        reviewed = sum(map(bool, met))
        near = sum(map(bool, told)) - reviewed
        found.append(Rate(group, len(several), sum(exact), reviewed - sum(exact), near))
    return found


def homonym(asked: MadeUp, listed: str) -> bool:
    """
    Return whether a listed name is *asked* itself: letter for letter, or its Hangul as a spelling system writes it.

    No list that gives such a name in Latin letters tells it from the name asked for.
    """
    ours, theirs = prepare(asked.name, "person"), prepare(listed, "person")
    if any(_letters(one) == _letters(other) for one in ours for other in theirs):
        return True
    for southern in korean_names_of(raw_words(asked.hangul), family_first=False):
        for other in theirs:
            assert isinstance(other, PersonName)
            for reading in other.korean:
                same = reading.family == southern.family and len(reading.given) == len(southern.given)
                spelled = tuple(map(hangul_syllable, southern.hangul))
                if same and syllables_cost(spelled, reading.given, 0.0) == 0.0:
                    return True
    return False


def _letters(name: object) -> tuple[str, tuple[str, ...]]:
    assert isinstance(name, PersonName)
    return name.script, tuple(sorted(name.folded.split()))
