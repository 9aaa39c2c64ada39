"""
Verdicts of tables are those of single records.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen import Record, Screener
from laborscreen.formats import open_source
from laborscreen.record import nested
from laborscreen.screening.verdicts import REJECTED, TableVerdicts

ROOT = Path(__file__).resolve().parents[2]
DAY = Screener(as_of=date(2026, 6, 30)).on()

CELLS = {
    "id": ["V-1", "V-2", None],
    "name": ["Vostok", "Duval", " "],
    "country": ["RU", "Korea", "Россия", "FR", "nowhere", None],
    "workforce.nationality": ["КНДР", "UZ", "Korea", None],
    "workforce.headcount": ["40", "n/a", None],
    "workforce.hours_per_day": ["18 часов", "8", "many", None],
    "workforce[1].nationality": ["KP", "KR", None],
    "workforce[1].documents_held_by": ["agency", "worker", None],
    "workforce.visa": ["учебная", "work", None],
    "workforce.manual": ["yes", None],
    "source_type": ["media", "anonymous", "document", None],
    "activities": ["North Korean workers on site", "no North Korean workers", "", None],
    "remote_work.vpn": ["persistent", None],
}
ROWS = st.lists(
    st.fixed_dictionaries({path: st.sampled_from(cells) for path, cells in CELLS.items()}), max_size=12
)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_a_table_gets_the_verdicts_of_its_records(rows: list[dict[str, str | None]]) -> None:
    """
    Outcome, bands, scores, flags and coverage are what the record alone gets; a row without id or name is refused.
    """
    verdicts = TableVerdicts(DAY)
    columns = {path: [row[path] for row in rows] for path in CELLS}
    numbers = verdicts.of(verdicts.table(len(rows), columns)).tolist()

    for row, number in zip(rows, numbers, strict=True):
        if row["id"] is None or not (row["name"] or "").strip():
            assert number == REJECTED
        else:
            assert verdicts.known[number] == DAY.verdict(Record.model_validate(nested(row)))


def test_the_example_file_gets_the_same_verdicts_both_ways() -> None:
    """
    Every row of the example vendor master, read as a file.
    """
    verdicts = TableVerdicts(DAY)
    seen = 0
    for batch in open_source(ROOT / "examples" / "vendor_master.csv").batches(64):
        numbers = verdicts.of(verdicts.table(len(batch), batch.columns)).tolist()
        for row, number in enumerate(numbers):
            told = nested({path: column[row] for path, column in batch.columns.items()})
            assert verdicts.known[number] == DAY.verdict(Record.model_validate(told))
            seen += 1

    assert seen > 150


def test_an_exception_is_honoured_in_a_table(tmp_path: Path) -> None:
    """
    A record that a person has excepted from a rule gets its own verdict, and its twin of another id does not share it.
    """
    import shutil

    from laborscreen.rulebook import shipped_folder

    rules = tmp_path / "rules"
    shutil.copytree(shipped_folder(), rules)
    (rules / "exceptions.yaml").write_text(
        "exceptions:\n"
        "  - {rule: LS-NAT-001, record: V-1, reason: Looked into, approver: A. Person, expires: 2027-01-01}\n",
        encoding="utf-8",
    )
    day = Screener(rules, as_of=date(2026, 6, 30)).on()
    verdicts = TableVerdicts(day)
    columns = {
        "id": ["V-1", "V-2"],
        "name": ["One", "Other"],
        "workforce.nationality": ["KP", "KP"],
        "workforce.starts": ["2024-05-01", "2024-05-01"],
    }
    excepted, plain = (verdicts.known[number] for number in verdicts.of(verdicts.table(2, columns)).tolist())

    assert "LS-NAT-001" in plain.raised
    assert "LS-NAT-001" not in excepted.raised
