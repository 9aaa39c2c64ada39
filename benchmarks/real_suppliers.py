"""
Every real supplier file, screened: rows, screened, rejected, outcomes, processor seconds.

    python benchmarks/real_suppliers.py [FOLDER]

FOLDER is ``../shared/data/suppliers`` unless told. The exit code is 1 when rows read are not screened + rejected. Whoever is
above low on any axis is named below the table, to be looked at by a person.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from laborscreen.errors import RecordError
from laborscreen.formats import Profile, open_source, parse_profile
from laborscreen.record import Record
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import OUTCOMES, Rejected, Screener
from laborscreen.screening.batch import TableScreener
from laborscreen.screening.screened import screened_alone

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "suppliers"
PARTICIPANTS = """
profile: tatarstan-participants
columns:
  id: [applications.inn]
  name: [applications.inn]
  identifiers.RU-INN: [applications.inn]
  addresses.street: [applications.postAddress]
"""
"""The list of bidders has no names; the tax number stands for one."""

LOW = BANDS.index("low")


def screened(path: Path, screener: Screener) -> tuple[int, int, Counter[str], list[str]]:
    """Return the rows read and rejected, the outcomes, and who is above low."""
    profile: Profile | None = (
        parse_profile(PARTICIPANTS, "participants.yaml") if "participants" in path.name else None
    )
    day = screener.on()
    table = TableScreener(day)
    read = rejected = 0
    outcomes: Counter[str] = Counter()
    above: list[str] = []
    for batch in open_source(path, profile=profile).batches():
        read += batch.rows_read
        rejected += len(batch.rejects)
        for one in (
            table.screen(len(batch), batch.columns) if batch.nested is None else _each(batch.nested, day)
        ):
            if isinstance(one, Rejected):
                rejected += 1
                continue
            judged = one.model.assessment
            outcomes[judged.outcome] += 1
            worst = max(judged.axes.items(), key=lambda axis: BANDS.index(axis[1].band))
            if BANDS.index(worst[1].band) > LOW:
                rules = " ".join(flag.rule for flag in judged.flags if flag.status == "raised")
                above.append(f"{path.name}: {one.record_id} {one.name}: {worst[0]} {worst[1].band}: {rules}")
    return read, rejected, outcomes, above


def _each(nested, day):
    for told in nested:
        try:
            yield screened_alone(day, Record.model_validate(told))
        except RecordError as error:
            yield Rejected(error.record_id, error.field, error.message, error.hint)


def main() -> int:
    """Print the table; return 1 when the accounts do not hold."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not folder.exists():
        print(f"{folder} is not there")
        return 1
    screener = Screener(as_of=date(2026, 6, 30))
    print(
        f"{'file':44} {'rows':>8} {'screened':>9} {'rejected':>8} "
        + " ".join(f"{one:>10}" for one in OUTCOMES)
        + f" {'seconds':>8}"
    )
    total: Counter[str] = Counter()
    above: list[str] = []
    wrong = False
    for path in sorted(
        one for one in folder.rglob("*") if one.is_file() and one.suffix in {".csv", ".tsv", ".gz", ".json"}
    ):
        began = time.process_time()
        read, rejected, outcomes, found = screened(path, screener)
        seconds = time.process_time() - began
        wrong |= read != outcomes.total() + rejected
        above += found
        total += Counter({"rows": read, "rejected": rejected, **outcomes})
        row(str(path.relative_to(folder)), read, rejected, outcomes, seconds)
    row(
        "all",
        total["rows"],
        total["rejected"],
        Counter({one: total[one] for one in OUTCOMES}),
        time.process_time(),
    )
    print(f"\n{len(above)} records above low")
    for line in above:
        print(f"  {line}")
    return int(wrong)


def row(name: str, read: int, rejected: int, outcomes: Counter[str], seconds: float) -> None:
    """Print one line of the table."""
    words = " ".join(f"{outcomes[one]:>10,}" for one in OUTCOMES)
    print(
        f"{name[-44:]:44} {read:>8,} {outcomes.total():>9,} {rejected:>8,} {words} {seconds:>8.1f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
