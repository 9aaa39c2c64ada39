"""One screener for all tests of this room; making it is the slow part."""

from __future__ import annotations

from datetime import date

import pytest

from laborscreen import Screener


@pytest.fixture(scope="session")
def screener() -> Screener:
    """The shipped rulebook on a fixed day."""
    return Screener(as_of=date(2026, 1, 1))
