"""
What it takes to check a rulebook of a thousand rules with three tests each, and to refuse hostile ones.

    python benchmarks/rules_check_bench.py [RULES]

Each figure is user CPU seconds of a fresh process of the command line, best of three, so that start-up is in it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from make_rule_pack import main as make_pack

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.rulebook.hostile import HOSTILE

RULES = 1_000
RUNS = 3
BOUND_CHECK, BOUND_HOSTILE = 3.0, 2.0


def seconds(*arguments, expect, runs=RUNS):
    """User CPU seconds of `laborscreen` with some arguments, best of several."""
    best = float("inf")
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        ended = subprocess.run(
            [sys.executable, "-m", "laborscreen", *arguments], capture_output=True, check=False
        )
        best = min(best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
        if ended.returncode != expect:
            raise SystemExit(
                f"{' '.join(arguments)} ended with {ended.returncode}\n{ended.stderr.decode()[-2000:]}"
            )
    return best


def main():
    rules = int(sys.argv[1]) if len(sys.argv) > 1 else RULES
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        make_pack(pack, rules)
        took = seconds("rules", "check", str(pack), expect=0)
        kept &= took < BOUND_CHECK
        print(
            f"rules check, {rules:,} rules, {3 * rules:,} tests  {took:6.2f} s  (bound {BOUND_CHECK:g} s for 1,000)"
        )
        for name, text in HOSTILE.items():
            pack = Path(folder) / name.replace(" ", "_")
            pack.mkdir()
            (pack / "rules.yaml").write_text(text, encoding="utf-8")
            took = seconds("rules", "check", str(pack), expect=2, runs=1)
            kept &= took < BOUND_HOSTILE
            print(f"refused: {name:<32} {took:6.2f} s  (bound {BOUND_HOSTILE:g} s)")
    return 0 if kept or rules > RULES else 1


if __name__ == "__main__":
    raise SystemExit(main())
