"""
lxml and the standard library read the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.watchlists.lists import FIXTURES, REAL, read_one, shared

FILES = [FIXTURES / "uk_sanctions_list.xml", FIXTURES / "sdn_advanced.xml"]


def both(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a file with both parsers and compare."""
    with_lxml = read_one(path)
    monkeypatch.setitem(sys.modules, "lxml", None)

    assert read_one(path) == with_lxml


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_small_list_reads_the_same_without_lxml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without lxml the small XML lists give the same entries and provenance.
    """
    both(path, monkeypatch)


@pytest.mark.parametrize("name", ["un-2021", "un-2024", "un-2026", "cons-xml"])
def test_a_real_list_reads_the_same_without_lxml(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without lxml the real XML lists give the same entries and provenance.
    """
    both(shared(REAL[name][0][0]), monkeypatch)
