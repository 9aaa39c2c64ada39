"""
Write down what searching real names finds, so that two versions of the code can be held against each other.

Firms of GLEIF, every listed name and a misspelt form of each are searched in the lists of the development data and in
the embedded one, with the threshold for review and with a loose one. One line a query: list, kind, threshold, name,
and each hit's entry, listed name, score and reasons. Where nothing was meant to change, ``cmp`` of two such files is silent.

    python benchmarks/names_answers.py before.jsonl [firms]
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from pathlib import Path
from typing import TextIO

from names_gold import slip
from names_lists import listed_names
from names_speed import firms_of_gleif

from laborscreen import Watchlist
from laborscreen.names import NameIndex

THRESHOLDS = (0.3, 0.7)


def write(out: TextIO, label: str, index: NameIndex, kind: str | None, names: list[str]) -> None:
    for threshold in THRESHOLDS:
        found = index.search_many(names, kind=kind, threshold=threshold, limit=1000)
        for name, hits in zip(names, found, strict=True):
            told = [[hit.entry, hit.name, hit.comparison.score, hit.comparison.reasons] for hit in hits]
            line = [label, kind, threshold, name, told]
            out.write(json.dumps(line, ensure_ascii=True) + "\n")


def main(path: Path, firms: int) -> None:
    rng = random.Random(11)
    listed = listed_names()
    persons = list(dict.fromkeys(name.name for name in listed if name.kind == "person"))
    others = list(dict.fromkeys(name.name for name in listed if name.kind != "person"))
    some_firms = list(dict.fromkeys(rng.sample(firms_of_gleif(), firms)))
    embedded = [
        (number, entry.kind, name.text)
        for number, entry in enumerate(Watchlist.embedded().entries)
        for name in entry.names
    ]
    everything = [(name.entry, name.kind, name.name) for name in listed]
    with path.open("w", encoding="utf-8") as out:
        for label, names in (("embedded", embedded), ("all", everything)):
            index = NameIndex.build(names)
            write(out, label, index, "organization", some_firms)
            write(out, label, index, None, some_firms[:2000])
            write(out, label, index, "organization", others)
            write(out, label, index, "person", persons)
            write(out, label, index, "organization", [slip(name, rng) for name in others])
            write(out, label, index, "person", [slip(name, rng) for name in persons])
    print(f"sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}  {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
