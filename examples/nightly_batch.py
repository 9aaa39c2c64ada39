"""
A nightly run over a vendor master that tells only what is new since the night before.

Run it with ``python examples/nightly_batch.py examples/vendor_master.csv demo-out/last_night.json``. The first night
everything is new; the second night, with the same file and rules, nothing is.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from laborscreen import Assessment, Screener
from laborscreen.formats import nest, open_source

GRAVEST_FIRST = ("refer", "review", "incomplete", "routine")


def records(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a file of any known format; rows that cannot be screened are named on the way."""
    for batch in open_source(path).batches():
        for reject in batch.rejects:
            print(f"{reject.file}, row {reject.row}: {reject.reason}")
        if batch.nested is not None:
            yield from batch.nested
            continue
        for cells in zip(*batch.columns.values(), strict=True):
            yield nest(dict(zip(batch.columns, cells, strict=True)))


def changes(before: Mapping[str, str], assessment: Assessment) -> str:
    """Return what is new about a supplier since the night *before*, or an empty string."""
    was = before.get(assessment.record_id)
    if was == assessment.outcome:
        return ""
    reason = next((flag.because for flag in assessment.flags if flag.status == "raised"), "")
    return f"{assessment.record_id}: {was or 'new'} -> {assessment.outcome}{': ' + reason if reason else ''}"


def main() -> None:
    """Screen a file and print what changed."""
    arguments = argparse.ArgumentParser(description="Screen a vendor master and tell what is new.")
    arguments.add_argument("vendors", type=Path, help="the vendor master")
    arguments.add_argument("memory", type=Path, help="where the outcomes of each night are kept")
    arguments.add_argument(
        "--as-of", type=date.fromisoformat, default=None, help="the day screened (default: today)"
    )
    options = arguments.parse_args()
    before = json.loads(options.memory.read_text(encoding="utf-8")) if options.memory.exists() else {}
    tonight: dict[str, str] = {}
    screener = Screener(as_of=options.as_of)
    for assessment in screener.screen_many(records(options.vendors), on_error="collect"):
        if not isinstance(assessment, Assessment):
            print(f"{assessment.record_id}: not screened: {assessment.field} {assessment.reason}")
            continue
        tonight[assessment.record_id] = assessment.outcome
        news = changes(before, assessment)
        if news and assessment.outcome in GRAVEST_FIRST[:2]:
            print(news)
    counts = Counter(tonight.values())
    print(", ".join(f"{word} {counts[word]}" for word in GRAVEST_FIRST))
    options.memory.parent.mkdir(parents=True, exist_ok=True)
    options.memory.write_text(json.dumps(tonight, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
