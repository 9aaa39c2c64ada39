"""
Write what comes from the rules anew.

That is docs/rulebook.md, docs/rule-messages.md, the table in docs/fairness.md, the schemas, and the prepared form of the
rulebook, the cues and the mapping profiles that every start reads. ``--check`` writes nothing and fails where one of
them is not what the rules say today.
"""  # noqa: INP001

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path

from laborscreen.formats import prepared_profiles
from laborscreen.rulebook import SCHEMA_FILE, load_rulebook, schema_text
from laborscreen.rulebook.handbook import as_handbook
from laborscreen.rulebook.loading import prepare_shipped
from laborscreen.rulebook.message_page import as_message_page
from laborscreen.rulebook.prepared import PREPARED
from laborscreen.screening import Screener
from laborscreen.text import cue_table
from laborscreen.trials.fairness import group_rates, read_members

HERE = Path(__file__).resolve().parents[1]
DAY = date(2026, 6, 1)
OWN_RULES = HERE / "examples" / "rulebook"
MEMBERS = HERE / "tests" / "fairness" / "people_and_firms.jsonl"
_TABLE = re.compile(r"(<!-- flag rates -->\n).*?(<!-- end -->)", re.DOTALL)


def flag_rates() -> str:
    """Return the table of flag rates per group, as Markdown."""
    rates = group_rates(Screener(watchlists=(), as_of=DAY), read_members(MEMBERS))
    rows = [f"| {one.group} | {one.records} | {one.with_points} | {one.raised} |" for one in rates]
    whole = [sum(getattr(one, name) for one in rates) for name in ("records", "with_points", "raised")]
    head = ["| group | records | points on dprk_nexus | review or refer |", "|---|---:|---:|---:|"]
    total = f"| **all** | {' | '.join(map(str, whole))} |"
    return "\n".join([f"Screened as on {DAY}.", "", *head, *rows, total])


def pages() -> dict[Path, str]:
    """Return each page as it should be."""
    fairness = HERE / "docs" / "fairness.md"
    text = fairness.read_text(encoding="utf-8")
    return {
        HERE / "docs" / "rulebook.md": as_handbook(load_rulebook()),
        HERE / "docs" / "rule-messages.md": as_message_page(),
        HERE / "rules" / SCHEMA_FILE: schema_text(),
        PREPARED: prepare_shipped(),
        cue_table.PREPARED: cue_table.prepare_cues(),
        prepared_profiles.PREPARED: prepared_profiles.prepare_profiles(),
        OWN_RULES / SCHEMA_FILE: schema_text(OWN_RULES),
        fairness: _TABLE.sub(lambda found: f"{found[1]}{flag_rates()}\n{found[2]}", text),
    }


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where a page is out of date"
    )
    checking = parser.parse_args().check
    late = {
        path: text
        for path, text in pages().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }
    for path, text in late.items():
        if checking:
            sys.stderr.write(f"{path.relative_to(HERE)} is out of date: `make docs` writes it anew\n")
        else:
            path.write_text(text, encoding="utf-8")
    return int(checking and bool(late))


if __name__ == "__main__":
    raise SystemExit(main())
