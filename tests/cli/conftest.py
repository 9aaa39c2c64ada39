"""
What the command-line tests share: a way to call it, and files to call it on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laborscreen.cli.app import app

VENDORS = """\
id,name,country,workforce.nationality,workforce.headcount,workforce.hours_per_day,workforce.rest_days_per_year,remarks
V-1,ООО Востокстрой,Россия,КНДР,40,18,2,Passports are held by the agency
V-2,Papeterie Duval,France,,,,,
V-3,Daehan Paint,South Korea,South Korean,12,8,104,
V-4,Unclear Ltd,Korea,,,,,
"""
"""One record that must be referred, two that are routine, and one whose country nobody can tell."""


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Ended]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """
    Run ``laborscreen`` in this process; a bug surfaces as the exception it is.
    """
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object, columns: int = 100) -> Ended:
        monkeypatch.setenv("COLUMNS", str(columns))
        result = CliRunner().invoke(app, [str(one) for one in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def vendors(tmp_path: Path) -> Path:
    """
    Four suppliers in a flat file.
    """
    path = tmp_path / "vendors.csv"
    path.write_text(VENDORS, encoding="utf-8")
    return path


def rows_of(path: Path) -> Sequence[str]:
    """
    Return the lines of a text file.
    """
    return path.read_text(encoding="utf-8").splitlines()
