"""
What the ledger's tests share: a ledger in SQLite and one in a real PostgreSQL, and what is written into them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from laborscreen import Screener
from laborscreen.ledger import Decision, DecisionWord, Ledger, Run
from tests.ledger import postgres

ROOT = Path(__file__).parents[2]

TOLD: dict[str, Any] = {
    "id": "V-7",
    "name": "Амурстрой",
    "country": "RU",
    "workforce": [{"nationality": "КНДР", "headcount": 9}],
}

NewPlace = Callable[[], str]


@pytest.fixture(scope="session")
def screener() -> Screener:
    """
    The shipped rulebook on a fixed day.
    """
    return Screener(as_of=date(2026, 1, 1))


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """
    A PostgreSQL started for these tests.
    """
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL server is installed: apt-get install postgresql")
    if postgres.owner() is None:
        pytest.skip("PostgreSQL does not run as root, and there is no other account to run it")
    with postgres.running() as folder:
        yield folder


@pytest.fixture
def postgres_place(server: Path) -> str:
    """
    The URL of an empty database.
    """
    import psycopg

    name = f"cases_{uuid4().hex}"
    with psycopg.connect(host=str(server), user="ledger", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload] # a name of hexadecimal digits
    return f"postgresql://ledger@/{name}?host={server}"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """
    Where a ledger can be made: a file, and then a database of a real PostgreSQL.
    """
    if request.param == "sqlite":
        return str(tmp_path / "cases.db")
    url: str = request.getfixturevalue("postgres_place")
    return url


def filled(place: str | Path, screener: Screener, copies: int = 1) -> tuple[Ledger, tuple[int, ...]]:
    """
    Return a ledger with one run and some assessments, and their numbers.
    """
    ledger = Ledger(place, create=True)
    run = ledger.begin_run(Run.on(screener.on(), "procurement"))
    records = [{**TOLD, "id": f"V-{number}"} for number in range(copies)]
    return ledger, ledger.record(run, [(one, screener.screen(one)) for one in records])


def escalated(number: int, by: str = "M. Okafor") -> Decision:
    """
    Return a decision that needs nothing but a reason.
    """
    return Decision(number, DecisionWord.ESCALATED, by, "compliance officer", "the roster names them")
