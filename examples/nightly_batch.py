"""
A nightly run over a vendor master that tells only what is new since the night before.

Run it with ``python examples/nightly_batch.py examples/vendor_master.csv demo-out/nights``. The first night screens every
record. Every other night stands on the one before: results that still hold are taken over, and each flag that is new says
whether the record, a rule or a list changed. A night that was interrupted is gone on with.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

DONE = {0, 1, 3}  # done; something at or above --fail-on; done with rejected rows
FULL = ["--for-delta"]


def screen(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line, which uses all cores, and return how it ended."""
    command = [sys.executable, "-m", "laborscreen", "screen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def night(vendors: Path, folder: Path, more: list[str]) -> tuple[bool, str]:
    """
    Screen the vendor master; return whether all of it was screened, and the closing line.

    The result of the night before stays ``last.jsonl`` until tonight's is whole.
    """
    last, tonight, changes = folder / "last.jsonl", folder / "tonight.jsonl", folder / "changes.jsonl"
    asked = [str(vendors), "--out", str(tonight), "--summary", str(folder / "summary.json"), *more]
    stands_on = ["--delta", str(last), "--changes", str(changes)] if last.exists() else FULL
    goes_on = ["--resume"]
    while (ended := screen(*asked, *stands_on, *goes_on)).returncode not in DONE:
        said = " ".join(ended.stderr.split())
        if goes_on and "run without --resume" in said:
            goes_on = []  # an interrupted run of another night
        elif stands_on != FULL and "screen once in full" in said:
            stands_on = FULL  # a new version of laborscreen, or another mapping profile
        else:
            sys.exit(ended.stderr)
    if stands_on == FULL:
        changes.unlink(missing_ok=True)
    for suffix in ("", ".basis"):  # the two belong together
        tonight.with_name(tonight.name + suffix).replace(last.with_name(last.name + suffix))
    return stands_on == FULL, ended.stderr.strip().splitlines()[-1]


def news(folder: Path) -> Iterator[str]:
    """Yield what is new: a record that has to be looked at, and why that is so since last night."""
    changes = folder / "changes.jsonl"
    for line in changes.read_text(encoding="utf-8").splitlines() if changes.exists() else ():
        change: Mapping[str, Any] = json.loads(line)
        flags = [flag for flag in change["flags"] if flag["change"] == "new" and flag["now"] == "raised"]
        if change["outcome_now"] in {"refer", "review"} and flags:
            causes = {f"{one['kind']} {one['name']}".strip() for flag in flags for one in flag["causes"]}
            rules = ", ".join(flag["rule"] for flag in flags)
            moved = f"{change['outcome_was'] or 'new'} -> {change['outcome_now']}"
            yield f"{change['record_id']}: {moved}: {rules} (because of: {', '.join(sorted(causes))})"


def main() -> None:
    """Screen a file and print what changed."""
    arguments = argparse.ArgumentParser(description="Screen a vendor master and tell what is new.")
    arguments.add_argument("vendors", type=Path, help="the vendor master")
    arguments.add_argument("folder", type=Path, help="where each night finds the one before")
    options, more = (
        arguments.parse_known_args()
    )  # anything else is for `laborscreen screen`: --map, --watchlist ...
    options.folder.mkdir(parents=True, exist_ok=True)
    full, closing = night(options.vendors, options.folder, more)
    print("every record was screened" if full else "stood on the night before")
    for line in news(options.folder):
        print(line)
    outcomes = json.loads((options.folder / "summary.json").read_text(encoding="utf-8"))["outcomes"]
    print(", ".join(f"{word} {count}" for word, count in outcomes.items()))
    print(closing)


if __name__ == "__main__":
    main()
