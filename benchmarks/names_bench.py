"""
Measure names: recall across written forms, false alerts, slips of the hand, speed, each beside what it must be.

``make bench-names`` runs all of it, ``make bench-names NAMES=quality`` and ``NAMES=speed`` one part. What is counted where is
told in ``names_gold.py`` and ``names_people.py``; ``make bench-peers`` asks others the same.
"""

from __future__ import annotations

import collections
import random
import sys
from collections.abc import Iterable

from names_gold import (
    NAMES,
    TRAPS,
    VENDOR_FORMS,
    Told,
    altered,
    answered,
    between_lists,
    eight_forms,
    hard_pairs,
    rows,
    spellings,
)
from names_lists import ListedName, listed_names
from names_people import rates
from names_speed import speed

from laborscreen.names import compare
from laborscreen.names.comparison import Kind, compare_prepared, prepare
from laborscreen.names.evidence import REVIEW_THRESHOLD

Line = tuple[object, ...]
# What must hold, in the order of the brief: what, the bound in words, what was measured, whether it holds.
BOUNDS: list[tuple[str, str, str, bool]] = []


def table(title: str, lines: Iterable[Line]) -> None:
    """Print a table."""
    print(f"\n{title}")
    for line in lines:
        print("  " + "  ".join(f"{cell:<34}" if place == 0 else f"{cell}" for place, cell in enumerate(line)))


def at_least(what: str, bound: float, measured: float) -> None:
    """Note what must be *bound* or more."""
    BOUNDS.append((what, f"at least {bound:g}", f"{measured:.3f}", measured >= bound))


def at_most(what: str, bound: float, measured: float, unit: str = "") -> None:
    """Note what must be *bound* or less."""
    BOUNDS.append((what, f"at most {bound:g}{unit}", f"{measured:.2f}{unit}", measured <= bound))


def score(a: str, b: str, kind: str) -> float:
    """Return the score of two names."""
    known: Kind = "person" if kind == "person" else "organization"
    return compare(a, b, kind=known).score


def matches(a: str, b: str, kind: str) -> bool:
    """Return whether two names reach the threshold for review."""
    return score(a, b, kind) >= REVIEW_THRESHOLD


def forms_of_thirty() -> None:
    met: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for pair in eight_forms():
        total[pair.group] += 1
        met[pair.group] += matches(pair.a, pair.b, pair.kind)
    apart = "different persons"
    table(
        "Thirty persons in eight forms: pairs that meet (the persons were looked at)",
        [(group, f"{met[group] / total[group]:.4f}", total[group]) for group in sorted(total)],
    )

    def share(*groups: str) -> float:
        return sum(met[group] for group in groups) / sum(total[group] for group in groups)

    at_least("eight forms, all ordered pairs: recall", 0.90, share(*(set(total) - {apart})))
    at_least("eight forms, Latin to Latin: recall", 0.98, share("Latin to Latin"))
    at_least("eight forms, Hangul to Latin: recall", 0.95, share("Hangul to Latin"))
    at_least("eight forms, Cyrillic to Latin: recall", 0.90, share("Cyrillic to Latin"))
    at_least(
        "eight forms, Chinese to Korean forms: recall", 0.80, share("Chinese to Hangul", "Chinese to Latin")
    )
    at_most("eight forms, different persons: false alerts", 0.5, 100 * share(apart), " %")


def written_by_hand() -> None:
    pairs = hard_pairs()
    told: dict[str, Told] = {
        group: answered([p for p in pairs if group in {p.kind, "all"}], score, REVIEW_THRESHOLD)
        for group in ("person", "organization", "all")
    }
    table(
        f"{len(pairs)} hard pairs, Latin and Cyrillic (not tuned on): precision, recall, F1, AUC",
        [(group, *(f"{figure:.3f}" for figure in one)) for group, one in told.items()],
    )
    at_least("hard pairs: F1", 0.90, told["all"].f1)
    at_least("hard pairs: area under the curve", 0.90, told["all"].auc)
    caught = sum(matches(a, b, kind) for kind, a, b in TRAPS)
    at_most("traps that reach review", 0, caught)


def vendor_forms() -> None:
    pairs = hard_pairs(VENDOR_FORMS)
    right = [(pair, matches(pair.a, pair.b, pair.kind) == pair.same) for pair in pairs]
    lines: list[Line] = [("answered right", f"{sum(one for _, one in right)}/{len(pairs)}")]
    lines += [("wrong", pair.a, pair.b) for pair, one in right if not one]
    table("Listed names in forms a vendor master would hold (looked at)", lines)


def one_party() -> None:
    counts: dict[tuple[str, str], list[int]] = collections.defaultdict(lambda: [0, 0])
    for part, pair in spellings():
        cell = counts[pair.group, part]
        cell[0] += matches(pair.a, pair.b, pair.kind)
        cell[1] += 1
    groups = sorted({group for group, _ in counts})
    table(
        "Spellings of one party in real lists, found of all: judge (not tuned on), tune",
        [(group, *("{}/{}".format(*counts[group, part]) for part in ("judge", "tune"))) for group in groups],
    )
    counts.clear()
    for part, kind, way, asked, listed in between_lists():
        for group in (way, "all"):
            cell = counts[f"{kind} {group}", part]
            cell[0] += any(matches(asked, name, kind) for name in listed)
            cell[1] += 1
    groups = sorted({group for group, _ in counts})
    table(
        "A party looked for by its first name in one list, in another list under other letters: judge, tune",
        [(group, *("{}/{}".format(*counts[group, part]) for part in ("judge", "tune"))) for group in groups],
    )


def strangers() -> None:
    """Count hits of people and firms that are not listed against the listed parties of the development data."""
    ready: dict[str, list[object]] = {"person": [], "organization": []}
    for party in rows("name_variants.jsonl"):
        kind: Kind = "person" if party["kind"] == "person" else "organization"
        ready[kind] += [prepare(name["text"], kind) for name in party["names"]]  # type: ignore[attr-defined]
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for stranger in rows("hard_negatives.jsonl"):
        kind = "person" if stranger["kind"] == "person" else "organization"
        asked = [prepare(name["text"], kind) for name in stranger["names"]]  # type: ignore[attr-defined]
        hit = any(compare_prepared(a, b).is_match for a in asked for b in ready[kind])  # type: ignore[arg-type]
        counts[str(stranger["group"])][0] += hit
        counts[str(stranger["group"])][1] += 1
    table(
        "Not the listed party: alerts by group", [(g, f"{hit}/{n}") for g, (hit, n) in sorted(counts.items())]
    )


def namesakes(names: list[ListedName]) -> None:
    lines: list[Line] = [("", "names", "exact homonyms", "other hits")]
    for rate in rates(names):
        exact, other = 100 * rate.exact / rate.tried, 100 * rate.other / rate.tried
        lines.append(
            (rate.group, rate.tried, f"{rate.exact} ({exact:.2f} %)", f"{rate.other} ({other:.2f} %)")
        )
        at_most(f"name-only hits that are no homonyms: {rate.group}", 1, other, " %")
        at_most(f"name-only hits, homonyms counted: {rate.group}", 1, exact + other, " %")
    table("Names of nobody listed against the names of DPRK listings", lines)


def with_slips(names: list[ListedName]) -> None:
    counts: dict[tuple[str, str], list[int]] = collections.defaultdict(lambda: [0, 0])
    for change, pair in altered(names):
        for group in (pair.group, "all"):
            cell = counts[change, group]
            cell[0] += matches(pair.a, pair.b, pair.kind)
            cell[1] += 1
    changes = list(dict.fromkeys(change for change, _ in counts))
    groups = list(dict.fromkeys(group for _, group in counts))

    def share(change: str, group: str) -> float:
        hit, tried = counts[change, group]
        return hit / tried

    table(
        f"{counts['lower case', 'all'][1]} names of the UN list, altered by chance: recall",
        [("", *groups), *((c, *(f"{share(c, group):.3f}" for group in groups)) for c in changes)],
    )
    at_least("UN names, words shuffled: recall", 0.99, share("words shuffled", "all"))
    at_least("UN names, last word first: recall", 0.99, share("last word first", "all"))
    at_least("UN names, one slip: recall", 0.99, share("one slip", "all"))
    at_least("UN names, one slip and shuffled: recall", 0.97, share("slip and shuffled", "all"))


def quality(names: list[ListedName]) -> None:
    """Print the tables of what is found and what is not."""
    one_party()
    strangers()
    namesakes(names)
    with_slips(names)


def main(part: str) -> None:
    """Measure *part*: ``quality``, ``speed`` or ``all``."""
    if part in {"all", "quality"}:
        forms_of_thirty()
        written_by_hand()
        vendor_forms()
    if NAMES.is_dir():
        names = listed_names()
        if part in {"all", "quality"}:
            quality(names)
        if part in {"all", "speed"}:
            table("Speed, one process; seconds of CPU", speed(names, random.Random(3), BOUNDS))
    else:
        print(f"\n{NAMES} is not there: the other tables need the development data")
    table(
        "What must hold",
        [(what, bound, told, "" if held else "NOT HELD") for what, bound, told, held in BOUNDS],
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "all")
