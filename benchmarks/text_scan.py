"""
How fast term lists are looked for.

    python benchmarks/text_scan.py --common PATH/TO/rule_engines/common.py [--terms 3000]

The records and the 300 terms are those of the rule-engine comparison, which is given by its path. ``--terms`` adds terms
made of the same syllables. Times are the best of several runs on one core; the automaton alone is shown beside the whole.
"""

import argparse
import importlib.util
import random
import time

import ahocorasick_rs as ac

from laborscreen.text import TermList, TermScanner


def best(work, runs=7):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--common", required=True)
    parser.add_argument("--terms", type=int, default=300)
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("common", options.common)
    common = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(common)

    records = common.make_records()
    columns = [[record[field] for record in records] for field in ("description", "notes")]
    lists = [TermList(name, tuple(terms)) for name, terms in common.TERMS.items()]
    dice = random.Random(3)
    words = [dice.choice(common.VOCAB) + dice.choice(common.VOCAB) for _ in range(options.terms)]
    made = [f"{word} {dice.choice(common.VOCAB)}" for word in words][: max(0, options.terms - 300)]
    lists += [TermList(f"made-{first}", tuple(made[first : first + 50])) for first in range(0, len(made), 50)]

    start = time.perf_counter()
    scanner = TermScanner(lists)
    print(f"build: {1000 * (time.perf_counter() - start):.0f} ms, {len(lists)} lists")

    literals = [term.encode() for one in lists for term in one.terms]
    alone = ac.BytesAhoCorasick(literals, implementation=ac.Implementation.DFA)
    buffers = [
        "\x7f".join(column[first : first + 4096]).encode()
        for column in columns
        for first in range(0, len(column), 4096)
    ]
    floor, _ = best(lambda: [alone.find_matches_as_indexes(buffer, True) for buffer in buffers])
    whole, hits = best(lambda: [scanner.scan_column(column) for column in columns])
    size = sum(map(len, buffers)) / 1e6
    print(f"automaton of the terms alone: {1000 * floor:.0f} ms for {size:.0f} MB")
    print(
        f"scan_column: {1000 * whole:.0f} ms, {sum(map(len, hits)):,} mentions, {len(records) / whole:,.0f} records/s"
    )

    text = "the quick brown fox jumps over the lazy dog and " * 6
    single, _ = best(lambda: [scanner.scan(text) for _ in range(1000)])
    print(f"scan of {len(text)} characters without a mention: {1000 * single:.1f} microseconds")
    judged = "Auditors visited twice. No passports held by the agency were found, the report says."
    single, _ = best(lambda: [scanner.scan(judged) for _ in range(1000)])
    print(f"scan of a sentence that has to be judged: {1000 * single:.1f} microseconds")


if __name__ == "__main__":
    main()
