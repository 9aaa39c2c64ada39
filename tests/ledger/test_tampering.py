"""
Whoever changes a ledger behind its back is found out, and the first broken link is named.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from laborscreen import Screener
from laborscreen.errors import LaborscreenError
from laborscreen.ledger import ErasureGround, Ledger
from tests.ledger.conftest import escalated, filled

TABLES = ("policies", "runs", "assessments", "decisions", "erasures", "payloads", "identities", "head")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, screener: Screener) -> Path:
    """
    A ledger with a row in every table, folded into one file.
    """
    place = tmp_path_factory.mktemp("whole") / "cases.db"
    ledger, numbers = filled(place, screener, copies=3)
    with ledger:
        ledger.set_policy(ledger.policy, by="The board")
        ledger.decide(*(escalated(number) for number in numbers))
        ledger.erase("V-2", by="M. Okafor", ground=ErasureGround.REQUEST, reference="letter 12", early=True)
        assert ledger.verify().broken == ()
    return place


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """
    A copy of it that may be spoilt.
    """
    return Path(shutil.copy(whole, tmp_path / "cases.db"))


def opened(place: Path) -> sqlite3.Connection:
    """
    Return a connection past the ledger's own guards.
    """
    raw = sqlite3.connect(place, isolation_level=None)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    return raw


def cells(raw: sqlite3.Connection) -> Iterator[tuple[str, int, str, object]]:
    """
    Yield every cell of every table, by table, row and column.
    """
    for table in TABLES:
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        for row in raw.execute(f"SELECT rowid, * FROM {table}").fetchall():
            yield from ((table, row[0], name, value) for name, value in zip(names, row[1:], strict=True))


def changed(value: object, told: random.Random) -> object:
    """
    Return a value that differs in one place.
    """
    match value:
        case int():
            return value + 1_000
        case bytes():
            at = told.randrange(len(value))
            return value[:at] + bytes([value[at] ^ (1 << told.randrange(8))]) + value[at + 1 :]
        case str():
            at = told.randrange(len(value) + 1)
            return value[:at] + "~" + value[at + 1 :]
        case _:
            raise AssertionError(value)


def test_a_change_in_any_cell_is_found(whole: Path, tmp_path: Path) -> None:
    """
    Every column of every table, one after another, changed in one place of some row: each change is found.
    """
    told = random.Random(7)
    columns: dict[tuple[str, str], list[tuple[int, object]]] = {}
    with sqlite3.connect(whole) as raw:
        for table, row, name, value in cells(raw):
            columns.setdefault((table, name), []).append((row, value))
    raw.close()
    assert {table for table, _ in columns} == set(TABLES)
    missed = []
    for (table, name), rows in columns.items():
        row, value = told.choice(rows)
        place = Path(shutil.copy(whole, tmp_path / "cell.db"))
        raw = opened(place)
        raw.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (changed(value, told), row))
        raw.close()
        with Ledger(place) as ledger:
            if not ledger.verify().broken:
                missed.append((table, row, name))

    assert missed == []


def test_the_first_broken_link_is_named(copy: Path) -> None:
    """
    Of two changed rows the earlier is named first, with its table and number.
    """
    raw = opened(copy)
    numbers = [number for (number,) in raw.execute("SELECT seq FROM decisions ORDER BY seq")]
    for number in reversed(numbers):
        raw.execute("UPDATE decisions SET role = 'owner' WHERE seq = ?", (number,))
    raw.close()

    with Ledger(copy) as ledger:
        first = ledger.verify().first

    assert first is not None
    assert (first.table, first.number) == ("decisions", numbers[0])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM decisions WHERE seq = (SELECT max(seq) FROM decisions)",
        "DELETE FROM erasures",
        "DELETE FROM payloads WHERE part = 'note'",
        "DELETE FROM identities WHERE kind = 'person'",
        "INSERT INTO payloads VALUES (99, 'note', x'00', x'00')",
        "UPDATE decisions SET seq = -seq",
        "UPDATE head SET seq = seq + 1",
    ],
)
def test_a_row_taken_away_added_or_moved_is_found(copy: Path, statement: str) -> None:
    """
    A row too few, a row too many and rows out of their places each break the chain.
    """
    raw = opened(copy)
    assert raw.execute(statement).rowcount > 0
    raw.close()

    with Ledger(copy) as ledger:
        assert ledger.verify().broken != ()


def test_a_chain_cut_off_with_its_head_is_found_by_the_end_noted_elsewhere(copy: Path) -> None:
    """
    Who removes the last rows and mends the head passes the check, but not the check against an end that was noted.
    """
    with Ledger(copy) as ledger:
        noted = ledger.verify().end
    raw = opened(copy)
    raw.execute("DELETE FROM erasures")
    raw.execute("DELETE FROM decisions WHERE seq = (SELECT max(seq) FROM decisions)")
    last = raw.execute("SELECT seq, digest FROM decisions ORDER BY seq DESC LIMIT 1").fetchone()
    raw.execute("UPDATE head SET seq = ?, digest = ?", last)
    raw.close()

    with Ledger(copy) as ledger:
        told = [one.what for one in ledger.verify(noted).broken]

    assert any("rows were cut off or replaced" in what for what in told)


def contents(place: Path) -> list[tuple[str, int, str, object]] | None:
    """
    Return all that a ledger's file says, or None where it cannot be read.
    """
    try:
        raw = sqlite3.connect(place)
        raw.text_factory = bytes
        return list(cells(raw))
    except sqlite3.DatabaseError:
        return None
    finally:
        raw.close()


def test_a_flipped_byte_of_the_file_is_found_or_means_nothing(whole: Path, tmp_path: Path) -> None:
    """
    A bit flipped anywhere in the file is found, or refused as damage, unless the ledger still says exactly the same.
    """
    told = random.Random(3)
    data = whole.read_bytes()
    before = contents(whole)
    place = tmp_path / "flipped.db"
    missed = []
    for at in told.sample(range(len(data)), 80):
        spoilt = bytearray(data)
        spoilt[at] ^= 1 << told.randrange(8)
        place.write_bytes(spoilt)
        try:
            with Ledger(place) as ledger:
                found = bool(ledger.verify().broken)
        except LaborscreenError:
            found = True
        if not found and contents(place) != before:
            missed.append(at)

    assert missed == []
