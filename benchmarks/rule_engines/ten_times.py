"""
Ten times the rules over ten times the terms, on the comparison's records.

    PYTHONPATH=<folder of the comparison> python benchmarks/rule_engines/ten_times.py

Prints the time of 50 rules over 300 terms, of 500 rules over 3,000 terms, and their ratio, in one run: the best of
several turns taken one after the other.
"""

from __future__ import annotations

import random
import time

from common import RULES, TERMS, VOCAB, make_records
from laborscreen_adapter import columns_of, runner_for


def ten_times_the_terms():
    """Each list ten times under other names, filled with other terms of the same make."""
    terms = dict(TERMS)
    for copy in range(1, 10):
        draw = random.Random(1_000 + copy)
        for name, texts in TERMS.items():
            terms[f"{name}_{copy}"] = [
                f"{draw.choice(VOCAB)}{draw.choice(VOCAB)} {draw.choice(VOCAB)}" for _ in texts
            ]
    return terms


def renamed(node, copy):
    """The same rule with other thresholds and other lists."""
    kind = node[0]
    if kind in ("and", "or", "not"):
        inner = [renamed(child, copy) for child in (node[1] if kind != "not" else [node[1]])]
        return (kind, inner if kind != "not" else inner[0])
    if kind == "contains_any":
        return (kind, node[1], f"{node[2]}_{copy}")
    if kind in ("gt", "ge", "lt", "le"):
        return (kind, node[1], node[2] + copy)
    return node


def main():
    records = make_records()
    columns, count = columns_of(records), len(records)
    few = runner_for(records[0])
    rules = RULES + [renamed(rule, copy) for copy in range(1, 10) for rule in RULES]
    many = runner_for(records[0], rules, ten_times_the_terms())
    best = {"few": float("inf"), "many": float("inf")}
    for _ in range(5):
        for name, runner in (("few", few), ("many", many)):
            started = time.process_time()
            answers = runner.judge(count, columns).evaluate().answers
            best[name] = min(best[name], time.process_time() - started)
            assert answers
    print(f"{count} records")
    print(f"  50 rules,   300 terms: {best['few']:.3f} s CPU")
    print(
        f" 500 rules, 3,000 terms: {best['many']:.3f} s CPU, {best['many'] / best['few']:.2f} times as long"
    )


if __name__ == "__main__":
    main()
