"""
The same pairs of names and the same queries by laborscreen, rapidfuzz and nomenklatura, in one run. ``make bench-peers``.

rapidfuzz stands for a ratio of letters: ``WRatio`` of names in lower case without signs, with 85 as its threshold, and on
the hard pairs also with the one that serves it best. nomenklatura is asked with ``logic-v2`` and its own threshold of 0.7,
each name as an entity that has a name and nothing else. Neither has an index here: they compare with every listed name,
nomenklatura with a sample of the list from which the whole is reckoned.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version

from followthemoney import model
from names_bench import table
from names_gold import (
    NAMES,
    TRAPS,
    Pair,
    Score,
    altered,
    answered,
    between_lists,
    eight_forms,
    hard_pairs,
    spellings,
)
from names_lists import ListedName, listed_names
from names_people import made_up
from names_speed import firms_of_gleif
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig
from rapidfuzz import fuzz, process, utils

from laborscreen.names import NameIndex, compare
from laborscreen.names.evidence import REVIEW_THRESHOLD

CONFIG = ScoringConfig.defaults()
PEER_THRESHOLD = 0.7
RATIO_THRESHOLD = 85.0
DIFFERENT_PERSONS = 2000  # of 27,840 pairs
MADE_UP, LISTED_SAMPLE = 100, 200
QUERIES = 20


def laborscreen(a: str, b: str, kind: str) -> float:
    """Return laborscreen's score."""
    return compare(a, b, kind="person" if kind == "person" else "organization").score


def ratio(a: str, b: str, _kind: str) -> float:
    """Return rapidfuzz's score, from 0 to 100."""
    return fuzz.WRatio(a, b, processor=utils.default_process)


@lru_cache(maxsize=200_000)
def _entity(name: str, kind: str) -> object:
    entity = model.make_entity("Person" if kind == "person" else "Organization")
    entity.id = name
    entity.add("name", name)
    return entity


def logic(a: str, b: str, kind: str) -> float:
    """Return nomenklatura's score."""
    return LogicV2.compare(_entity(a, kind), _entity(b, kind), CONFIG).score  # type: ignore[arg-type]


def scores_of(pairs: list[Pair], score: Score) -> set[float]:
    """Return every score of *pairs*: the thresholds that make a difference."""
    return {score(pair.a, pair.b, pair.kind) for pair in pairs}


def main() -> None:
    """Print the tables."""
    hard = hard_pairs()
    systems: dict[str, tuple[Score, float]] = {
        f"laborscreen {version('laborscreen')}": (laborscreen, REVIEW_THRESHOLD),
        f"rapidfuzz {version('rapidfuzz')} WRatio": (ratio, RATIO_THRESHOLD),
        f"nomenklatura {version('nomenklatura')} logic-v2": (logic, PEER_THRESHOLD),
    }
    print(f"{time.strftime('%Y-%m-%d')}; {', '.join(systems)}")
    quality(hard, systems)
    if NAMES.is_dir():
        names = listed_names()
        real_lists(names, systems)
        speed(names)


def quality(hard: list[Pair], systems: dict[str, tuple[Score, float]]) -> None:
    """Print what needs no development data."""
    rng = random.Random(2)
    forms = list(eight_forms())
    alike = [pair for pair in forms if pair.same]
    apart = rng.sample([pair for pair in forms if not pair.same], DIFFERENT_PERSONS)
    lines: list[tuple[object, ...]] = [("", *systems)]
    lines.append(("threshold", *(f"{at:.3g}" for _, at in systems.values())))
    for label, kinds in (
        ("hard pairs, persons", {"person"}),
        ("hard pairs, organisations", {"organization"}),
    ):
        some = [pair for pair in hard if pair.kind in kinds]
        lines.append((f"{label}: F1", *(f"{answered(some, s, at).f1:.3f}" for s, at in systems.values())))
    told = [answered(hard, s, at) for s, at in systems.values()]
    lines += [
        ("hard pairs: F1", *(f"{one.f1:.3f}" for one in told)),
        (
            "hard pairs: F1 at its best threshold",
            *(
                f"{max(answered(hard, s, at).f1 for at in scores_of(hard, s)):.3f}"
                for s, _ in systems.values()
            ),
        ),
        ("hard pairs: AUC", *(f"{one.auc:.3f}" for one in told)),
    ]
    for group in ("all", *sorted({pair.group for pair in alike})):
        some = [pair for pair in alike if group in {"all", pair.group}]
        lines.append((f"eight forms, {group}", *(_share(some, s, at) for s, at in systems.values())))
    lines.append(("eight forms, different persons", *(_share(apart, s, at) for s, at in systems.values())))
    traps = [Pair("trap", kind, a, b, same=False) for kind, a, b in TRAPS]
    lines.append((f"traps, of {len(traps)}", *(_count(traps, s, at) for s, at in systems.values())))
    table("Pairs that meet, as a share of all", lines)


def real_lists(names: list[ListedName], systems: dict[str, tuple[Score, float]]) -> None:
    """Print what real lists give."""
    lines: list[tuple[object, ...]] = [("", *systems)]
    judged = [pair for part, pair in spellings() if part == "judge" and pair.group.endswith("strict")]
    for kind in ("person", "organization"):
        some = [pair for pair in judged if pair.kind == kind]
        lines.append((f"one party, {kind}, judge", *(_share(some, s, at) for s, at in systems.values())))
        ways = [
            (asked, listed)
            for part, known, _, asked, listed in between_lists()
            if (part, known) == ("judge", kind)
        ]
        lines.append(
            (
                f"another list, {kind}, judge",
                *(
                    f"{sum(any(s(a, b, kind) >= at for b in listed) for a, listed in ways) / len(ways):.3f}"
                    for s, at in systems.values()
                ),
            )
        )
    changed = list(altered(names))
    for change in dict.fromkeys(change for change, _ in changed):
        some = [pair for known, pair in changed if known == change]
        lines.append((f"UN names, {change}", *(_share(some, s, at) for s, at in systems.values())))
    rng = random.Random(4)
    listed = rng.sample([name.name for name in names if name.dprk and name.kind == "person"], LISTED_SAMPLE)
    for group in ("South Korean, Hangul", "South Korean, Latin", "Chinese, pinyin", "Russian Korean"):
        some_people = [one.name for one in rng.sample(made_up(3000)[group], MADE_UP)]
        cells = (
            f"{sum(any(s(one, name, 'person') >= at for name in listed) for one in some_people) / MADE_UP:.3f}"
            for s, at in systems.values()
        )
        lines.append((f"{group}, on no list", *cells))
    table(f"Real lists ({MADE_UP} names on no list against {LISTED_SAMPLE} listed ones)", lines)


def _share(pairs: list[Pair], score: Score, at: float) -> str:
    return f"{sum(score(pair.a, pair.b, pair.kind) >= at for pair in pairs) / len(pairs):.3f}"


def _count(pairs: list[Pair], score: Score, at: float) -> int:
    return sum(score(pair.a, pair.b, pair.kind) >= at for pair in pairs)


def speed(names: list[ListedName]) -> None:
    """Print what one query takes against all listed names, in seconds of the CPU."""
    rng = random.Random(3)
    index = NameIndex.build((name.entry, name.kind, name.name) for name in names)
    index.search("warm up")
    asked = rng.sample(firms_of_gleif(), QUERIES) + [name.name for name in rng.sample(names, QUERIES)]
    choices = [utils.default_process(name.name) for name in names]
    sample = rng.sample(names, 2000)

    def by_index(name: str) -> None:
        index.search(name, kind="organization")

    def by_ratio(name: str) -> None:
        process.extract(utils.default_process(name), choices, scorer=fuzz.WRatio, limit=10)

    def by_logic(name: str) -> None:
        for one in sample:
            logic(name, one.name, one.kind)

    for one in sample:
        _entity(one.name, one.kind)
    whole = len(names) / len(sample)
    lines = [
        ("laborscreen, by its index", f"{_milliseconds(by_index, asked):.2f} ms"),
        ("rapidfuzz, over all names", f"{_milliseconds(by_ratio, asked):.0f} ms"),
        (
            "nomenklatura, over all names",
            f"{whole * _milliseconds(by_logic, asked[:4]):.0f} ms (from {len(sample)})",
        ),
    ]
    table(f"One query against {len(names)} names, milliseconds of CPU on one core, mean", lines)


def _milliseconds(search: Callable[[str], None], asked: list[str]) -> float:
    started = time.process_time()
    for name in asked:
        search(name)
    return 1e3 * (time.process_time() - started) / len(asked)


if __name__ == "__main__":
    main()
