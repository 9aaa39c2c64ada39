"""
Pairs of names whose answer is known, and what a way to compare names makes of them.

Parties of the development data are split in two by a hash of their id; the half called *judge* was not looked at while the
rules were written. Nor were the pairs of ``names_hard_pairs.csv``, which were written when the comparison was finished.
"""

from __future__ import annotations

import collections
import csv
import hashlib
import itertools
import json
import random
import string
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from names_lists import DATA, ListedName

NAMES = DATA / "names"
FORMS = Path(__file__).parents[1] / "tests" / "names" / "eight_forms.csv"
HARD = Path(__file__).parent / "names_hard_pairs.csv"
VENDOR_FORMS = Path(__file__).parent / "names_vendor_forms.csv"
SCRIPTS = {"hangul": "Hangul", "southern": "Hangul", "russian": "Cyrillic", "chinese": "Chinese"}
LISTS = {
    "JP_MOF_2026-03-06": "JP",
    "OFAC_SDN_2024-05-07": "OFAC",
    "EU_FSF_2024-05-13": "EU",
    "UN_SC_2026-02-27": "UN",
}
# The traps of the brief: what is shared is a legal form, a head word or a number's mark, or one word of two.
TRAPS = (
    ("organization", "CORP", "KOREA NAMGANG TRADING CORPORATION"),
    ("organization", "Trading Ltd", "Zeus Trading Ltd"),
    ("organization", "the group", "Lazarus Group"),
    ("organization", "11420 CORP.", "BELLETECH CORP"),
    ("organization", "No. 53", "No. 55"),
    ("organization", "Department 53", "Department 55"),
    ("person", "Li Shanlan", "Li Shangfu"),
)  # fmt: skip

Score = Callable[[str, str, str], float]


class Pair(NamedTuple):
    """Two names, whether they are one party's, and the row of the table they count in."""

    group: str
    kind: str
    a: str
    b: str
    same: bool


class Told(NamedTuple):
    """How pairs were answered: precision, recall, their harmonic mean, and the area under the curve."""

    precision: float
    recall: float
    f1: float
    auc: float


def half(entity_id: str) -> str:
    """Return the half of the development data a party is in."""
    return "tune" if hashlib.sha256(entity_id.encode()).digest()[-1] % 2 == 0 else "judge"


def rows(name: str) -> list[dict[str, object]]:
    """Return the lines of a file of the development data."""
    return [json.loads(line) for line in (NAMES / name).read_text(encoding="utf-8").splitlines()]


def eight_forms() -> Iterator[Pair]:
    """Yield every ordered pair of forms of one of thirty persons, and every pair of forms of two of them."""
    people = list(csv.DictReader(FORMS.read_text(encoding="utf-8").splitlines()))
    for person in people:
        for a, b in itertools.permutations(person, 2):
            group = f"{SCRIPTS.get(a, 'Latin')} to {SCRIPTS.get(b, 'Latin')}"
            yield Pair(group, "person", person[a], person[b], same=True)
    for one, other in itertools.combinations(people, 2):
        for a, b in itertools.product(one, other):
            yield Pair("different persons", "person", one[a], other[b], same=False)


def hard_pairs(path: Path = HARD) -> list[Pair]:
    """Return the pairs of ``names_hard_pairs.csv``, or of another file of that make."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        Pair(row["kind"], row["kind"], row["a"], row["b"], row["same"] == "1")
        for row in csv.DictReader(lines)
    ]


def spellings() -> Iterator[tuple[str, Pair]]:
    """Yield the half and the pair for spellings of one party in real lists."""
    for pair in rows("variant_pairs.jsonl"):
        kind = "person" if pair["kind"] == "person" else "organization"
        for mark in ("trivial", "strict"):
            if pair[mark]:
                group = f"{kind} {pair['slice']} {mark}"
                yield (
                    half(str(pair["entity_id"])),
                    Pair(group, kind, str(pair["a"]), str(pair["b"]), same=True),
                )


def between_lists() -> Iterator[tuple[str, str, str, str, list[str]]]:
    """
    Yield half, kind, which list to which, the first name in the one list and all names of the party in the other.

    Names that are the same but for case, signs and order are left out of the other list.
    """
    for party in rows("name_variants.jsonl"):
        kind = "person" if party["kind"] == "person" else "organization"
        by_list: dict[str, list[str]] = collections.defaultdict(list)
        for name in party["names"]:  # type: ignore[attr-defined]
            for source in name["source"].split("|"):
                if source in LISTS:
                    by_list[LISTS[source]].append(name["text"])
        for one, other in itertools.permutations(by_list, 2):
            asked = by_list[one][0]
            listed = [name for name in by_list[other] if _plain(name) != _plain(asked)]
            if listed:
                yield half(str(party["entity_id"])), kind, f"{one} to {other}", asked, listed


def _plain(name: str) -> list[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    return sorted(letters.split())


def altered(names: Iterable[ListedName], seed: int = 5) -> Iterator[tuple[str, Pair]]:
    """Yield the change and the pair for the first name of each entry of the UN list, altered by chance."""
    rng = random.Random(seed)
    first: dict[int, ListedName] = {}
    for name in names:
        if name.source == "UN":
            first.setdefault(name.entry, name)

    def shuffled(name: str) -> str:
        return " ".join(rng.sample(words := name.split(), len(words)))

    changes: dict[str, Callable[[str], str]] = {
        "lower case": str.lower,
        "hyphen for a space": lambda name: name.replace(" ", "-", 1),
        "a space lost": lambda name: name.replace(" ", "", 1),
        "last word first": lambda name: " ".join(name.split()[-1:] + name.split()[:-1]),
        "words shuffled": shuffled,
        "one slip": lambda name: slip(name, rng),
        "slip and shuffled": lambda name: shuffled(slip(name, rng)),
    }
    for change, make in changes.items():
        for listed in first.values():
            group = (
                listed.kind if listed.kind != "person" else f"person, {'DPRK' if listed.dprk else 'other'}"
            )
            yield change, Pair(group, listed.kind, listed.name, make(listed.name), same=True)


def slip(name: str, rng: random.Random) -> str:
    """Return *name* with one letter changed, lost, added or swapped with its neighbour."""
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


def answered(pairs: Iterable[Pair], score: Score, threshold: float) -> Told:
    """Return how *score* answers *pairs* at *threshold*."""
    pairs = list(pairs)
    scores = [score(pair.a, pair.b, pair.kind) for pair in pairs]
    alike = [one for one, pair in zip(scores, pairs, strict=True) if pair.same]
    apart = [one for one, pair in zip(scores, pairs, strict=True) if not pair.same]
    found, false = sum(one >= threshold for one in alike), sum(one >= threshold for one in apart)
    ahead = sum((a > b) + 0.5 * (a == b) for a in alike for b in apart)
    return Told(
        found / (found + false) if found else 0.0,
        found / len(alike),
        2 * found / (found + false + len(alike)),
        ahead / (len(alike) * len(apart)),
    )
