"""
Write a synthetic rulebook: as many rules as asked for, three tests each, term lists of its own.

Rules are of the shapes that the shipped ones have: a comparison, two of them on one group of workers, words in free text, a
list of codes or countries, a combination of earlier rules. Thresholds, fields and lists differ from rule to rule, so that
little is shared.

    python benchmarks/make_rule_pack.py pack/ 1000
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

RULES_A_FILE = 50
LISTS = 40
TERMS = 30

NUMBERS = [
    "hours_per_day",
    "hours_per_week",
    "rest_days_per_year",
    "deductions_percent",
    "area_per_person",
    "recruitment_fee_months",
]
WORDS = [
    ("visa", ("student", "tourist", "private", "business", "transit"), "work"),
    ("pay_method", ("cash", "crypto", "in_kind", "ledger"), "bank"),
    ("lodging", ("camp", "container", "basement", "dormitory"), "own"),
    ("movement", ("group_only", "escorted", "confined"), "free"),
    ("documents_held_by", ("employer", "agency", "supervisor", "embassy"), "worker"),
]
COUNTRIES = ["RU", "CN", "MY", "VN", "AE", "TR", "PL", "MX", "IN", "KZ"]
SYLLABLES = [
    "ka",
    "ro",
    "mi",
    "te",
    "su",
    "lan",
    "dor",
    "vel",
    "pin",
    "gra",
    "zo",
    "hem",
    "bur",
    "tis",
    "ol",
    "qua",
]

HEAD = """\
  - id: SYN-GEN-{number:04d}
    title: Synthetic rule {number}
    status: draft
    version: 1
    axis: {axis}
    group: {group}
    strength: {strength}
"""
TAIL = """\
    because: As recorded
    ask: The record behind it.
    false_positives: [None known]
    references: [{source: ilo-indicators, where: indicator 11, says: Excessive overtime.}]
"""


def words(told: random.Random) -> str:
    """Return a made-up word of three syllables and a number, which no language has."""
    return "".join(told.choices(SYLLABLES, k=3)) + "ax"


def compared(told: random.Random, _number: int) -> str:
    """Return a rule body with one comparison."""
    field, limit = told.choice(NUMBERS), told.randrange(2, 24)
    return f"""\
    when: {{some: workforce, where: {{field: {field}, at_least: {limit}}}}}
    tests:
      - {{name: over, expect: match, record: {{workforce: [{{{field}: {limit}}}]}}}}
      - {{name: under, expect: no_match, record: {{workforce: [{{{field}: {limit - 1}}}]}}}}
      - {{name: silent, expect: unknown, record: {{workforce: [{{headcount: 9}}]}}}}
"""


def two_compared(told: random.Random, _number: int) -> str:
    """Return a rule body with two tests on one and the same group of workers."""
    field, limit = told.choice(NUMBERS), told.randrange(2, 24)
    word, telling, other = told.choice(WORDS)
    some = told.sample(telling, 2)
    return f"""\
    when:
      some: workforce
      where:
        all:
          - {{field: {field}, at_most: {limit}}}
          - any:
              - {{field: {word}, is_one_of: [{", ".join(some)}]}}
              - {{field: occupation, mentions: syn_words_{told.randrange(LISTS)}, if_missing: no_match}}
    tests:
      - {{name: both, expect: match, record: {{workforce: [{{{field}: {limit}, {word}: {some[0]}}}]}}}}
      - {{name: one, expect: no_match, record: {{workforce: [{{{field}: {limit}, {word}: {other}}}]}}}}
      - {{name: silent, expect: unknown, record: {{workforce: [{{{field}: {limit}}}]}}}}
"""


def mentioned(told: random.Random, _number: int) -> str:
    """Return a rule body that looks for words in free text."""
    which = told.randrange(LISTS)
    said = f"At the site {term(which, told.randrange(TERMS))} was seen."
    silent = "Nothing of the kind was seen."
    return f"""\
    when: {{field: observations.text, mentions: syn_words_{which}}}
    tests:
      - {{name: told, expect: match, record: {{observations: [{{source_type: audit, text: "{said}"}}]}}}}
      - {{name: not told, expect: no_match, record: {{observations: [{{source_type: audit, text: "{silent}"}}]}}}}
      - {{name: silent, expect: unknown, record: {{country: FR}}}}
"""


def placed(told: random.Random, _number: int) -> str:
    """Return a rule body on a country and a figure over the workforce."""
    one, other = told.sample(COUNTRIES, 2)
    limit = told.randrange(5, 200)
    return f"""\
    when:
      all:
        - {{field: country, is: {one}}}
        - {{total: workforce.headcount, at_least: {limit}}}
    tests:
      - {{name: large, expect: match, record: {{country: {one}, workforce: [{{headcount: {limit - 1}}}, {{headcount: 1}}]}}}}
      - {{name: elsewhere, expect: no_match, record: {{country: {other}, workforce: [{{headcount: {limit}}}]}}}}
      - {{name: silent, expect: unknown, record: {{country: {one}}}}}
"""


def combined(told: random.Random, number: int) -> str:
    """Return a rule body that combines an earlier comparison with a country."""
    base = told.randrange(number // 5) * 5 if number >= 5 else 0
    country = told.choice(COUNTRIES)
    return f"""\
    when: {{all: [{{flagged: SYN-GEN-{base:04d}}}, {{field: country, is: {country}}}]}}
    tests:
      - {{name: both, expect: unknown, record: {{country: {country}}}}}
      - {{name: elsewhere, expect: no_match, record: {{country: FR}}}}
      - {{name: silent, expect: unknown, record: {{kind: organization}}}}
"""


SHAPES: list[Callable[[random.Random, int], str]] = [compared, two_compared, mentioned, placed, combined]


def term(which: int, place: int) -> str:
    """Return a term of a list; the same each time."""
    return words(random.Random(which * 1_000 + place))


def main(folder: Path, rules: int) -> None:
    """Write the pack; the same rules each time."""
    told = random.Random(20260630)
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, rules, RULES_A_FILE):
        text = ["rules:\n"]
        for number in range(first, min(first + RULES_A_FILE, rules)):
            axis = told.choice(["forced_labour", "dprk_nexus", "concealment"])
            strength = told.choice(["strong", "circumstantial", "context"])
            body = SHAPES[number % len(SHAPES)](told, number)
            text += (
                HEAD.format(number=number, axis=axis, group=f"group_{number % 17}", strength=strength),
                body,
                TAIL,
            )
        (folder / f"rules_{first:04d}.yaml").write_text("".join(text), encoding="utf-8")
    lists = ["lists:\n"]
    for which in range(LISTS):
        terms = ", ".join(dict.fromkeys(term(which, place) for place in range(TERMS)))
        lists.append(
            f"  - {{id: syn_words_{which}, title: Words {which}, match: whole_word, terms: [{terms}]}}\n"
        )
    (folder / "lists.yaml").write_text("".join(lists), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)
