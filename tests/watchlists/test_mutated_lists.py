"""
Lists with bytes turned over at random.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import WatchlistError
from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.importers import import_lists
from laborscreen.watchlists.listfile import ListFile
from tests.watchlists.lists import FIXTURES, shared

NAMES = [
    "uk_sanctions_list.csv",
    "uk_sanctions_list.xml",
    "targets.simple.csv",
    "entities.ftm.json",
    "sdn_advanced.xml",
]
REAL_HEADS = [
    "us_bis/csl_small.csv",
    "us_bis/dpl.txt",
    "us_ofac/csv_2021/sdn.csv",
    "us_ofac/cons_2025/cons_alt.csv",
]
PIECES = st.sampled_from(
    [
        b"",
        b"\x00",
        b'"',
        b",",
        b"\n",
        b"\t",
        b"<",
        b"</",
        b"&",
        b"]]>",
        b"{",
        b"[",
        b"null",
        b"9" * 30,
        b"\xff",
        "²".encode(),
    ]
)


def survives(data: bytes) -> None:
    """Read a list: it must be refused in words or give whole entries."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(data)
        try:
            readings = list(import_lists([ListFile(path)]))
        except WatchlistError:
            return
    for reading in readings:
        assert all(isinstance(entry, Entry) and entry.id and entry.names for entry in reading.entries)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_list_with_anything_put_anywhere_is_refused_or_read(name: str, data: st.DataObject) -> None:
    """
    Bytes put in, taken out or turned over never end in anything but a refusal or a reading.
    """
    whole = (FIXTURES / name).read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(whole)))
        gone = data.draw(st.integers(0, 5))
        whole = whole[:place] + data.draw(PIECES) + whole[place + gone :]

    survives(whole)


@pytest.mark.parametrize("name", REAL_HEADS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_head_of_a_real_table_with_anything_put_anywhere_is_refused_or_read(
    name: str, data: st.DataObject
) -> None:
    """
    The same holds for the first rows of real tables.
    """
    whole = b"".join(shared(name).read_bytes().splitlines(keepends=True)[:6])
    place = data.draw(st.integers(0, len(whole)))

    survives(whole[:place] + data.draw(PIECES) + whole[place + data.draw(st.integers(0, 5)) :])


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    """
    No bytes at all end in anything but a refusal or a reading.
    """
    survives(data)
