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
    Pair,
    Told,
    altered,
    answered,
    between_lists,
    eight_forms,
    half,
    hard_pairs,
    rows,
    spellings,
)
from names_lists import ListedName, listed_names
from names_people import rates
from names_speed import speed

from laborscreen.names import compare
from laborscreen.names.comparison import Kind, compare_prepared, prepare
from laborscreen.names.evidence import REVIEW_THRESHOLD, TELL_THRESHOLD

Line = tuple[object, ...]
# Other runs of chance, of which no single case was looked at.
OTHER_SEEDS = (301, 302, 303, 304)
REORDERED = ("words shuffled", "one slip", "slip and shuffled")
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


def told(a: str, b: str, kind: str) -> bool:
    """Return whether a search left to its default threshold tells the one name when asked for the other."""
    return score(a, b, kind) >= TELL_THRESHOLD


def forms_of_thirty() -> None:
    met: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for pair in eight_forms():
        total[pair.group] += 1
        met[pair.group] += told(pair.a, pair.b, pair.kind)
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
    groups = ("person", "organization", "all")
    answers: dict[tuple[str, float], Told] = {
        (group, at): answered([p for p in pairs if group in {p.kind, "all"}], score, at)
        for group in groups
        for at in (TELL_THRESHOLD, REVIEW_THRESHOLD)
    }
    table(
        f"{len(pairs)} hard pairs, Latin and Cyrillic (not tuned on): precision, recall, F1, AUC",
        [
            (f"{group}, from {at:.2f}", *(f"{figure:.3f}" for figure in one))
            for (group, at), one in answers.items()
        ],
    )
    at_least("hard pairs: F1", 0.90, answers["all", TELL_THRESHOLD].f1)
    at_least("hard pairs, for review: F1", 0.90, answers["all", REVIEW_THRESHOLD].f1)
    at_least("hard pairs: area under the curve", 0.90, answers["all", TELL_THRESHOLD].auc)
    caught = sum(matches(a, b, kind) for kind, a, b in TRAPS)
    at_most("traps that reach review", 0, caught)
    at_most("traps that a search tells", 0, sum(told(a, b, kind) for kind, a, b in TRAPS))


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
    lines: list[Line] = [("", "names", "exact homonyms", "other hits", "near names alone")]
    for rate in rates(names):
        exact, other = 100 * rate.exact / rate.tried, 100 * rate.other / rate.tried
        lines.append(
            (
                rate.group,
                rate.tried,
                f"{rate.exact} ({exact:.2f} %)",
                f"{rate.other} ({other:.2f} %)",
                f"{rate.near} ({100 * rate.near / rate.tried:.2f} %)",
            )
        )
        at_most(f"name-only hits that are no homonyms: {rate.group}", 1, other, " %")
        at_most(f"name-only hits, homonyms counted: {rate.group}", 1, exact + other, " %")
    table("Names of nobody listed against the names of DPRK listings", lines)


def with_slips(names: list[ListedName]) -> None:
    first = recall(list(altered(names)))
    table(
        "1003 names of the UN list, altered by chance: recall from 0.65 (what a search tells) and from 0.70 (for review)",
        first,
    )
    others = [one for seed in OTHER_SEEDS for one in altered(names, seed) if one[0] in REORDERED]
    for part in ("judge", "tune"):
        some = [(change, pair) for change, pair in others if half(pair.a) == part]
        table(
            f"The same by other runs of chance ({', '.join(map(str, OTHER_SEEDS))}), half {part}",
            recall(some),
        )
    share = {str(change): float(str(one).split()[0]) for change, one, *_ in first[1:]}
    at_least("UN names, words shuffled: recall", 0.99, share["words shuffled"])
    at_least("UN names, last word first: recall", 0.99, share["last word first"])
    at_least("UN names, one slip: recall", 0.99, share["one slip"])
    at_least("UN names, one slip and shuffled: recall", 0.97, share["slip and shuffled"])


def recall(changed: list[tuple[str, Pair]]) -> list[Line]:
    """Return a head and a line for each change: what a search tells and what reaches review, of all and of each group."""
    scores = [(change, pair.group, score(pair.a, pair.b, pair.kind)) for change, pair in changed]
    groups = ["all", *dict.fromkeys(group for _, group, _ in scores)]
    lines: list[Line] = [("", *groups)]
    for change in dict.fromkeys(change for change, _, _ in scores):
        cells = []
        for wanted in groups:
            some = [one for known, group, one in scores if known == change and wanted in {"all", group}]
            cells.append(
                "  ".join(
                    f"{sum(one >= at for one in some) / len(some):.3f}"
                    for at in (TELL_THRESHOLD, REVIEW_THRESHOLD)
                )
            )
        lines.append((change, *cells))
    return lines


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
