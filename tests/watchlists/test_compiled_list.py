"""
The compiled form of lists.
"""

from __future__ import annotations

import pickle
from hashlib import blake2b
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import WatchlistError
from laborscreen.watchlists import Watchlist
from laborscreen.watchlists.compiled_list import BLOCK, FORMAT, MAGIC, content_digest, pack, unpack
from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry, Provenance
from tests.watchlists.lists import written
from tests.watchlists.strategies import snapshots

PROVENANCE = Provenance(
    "demo", "Demo", "demo.xml", "2026-01-01", "sha256:00", "Nobody", "CC0", 3, ("a warning",)
)


def entry(number: int) -> Entry:
    """Return an entry with a number."""
    draft = EntryDraft(str(number), "demo", "person")
    draft.add_name(f"Kim {number}", kind="primary")
    draft.add_nationality("KP")
    return draft.finish()


def sealed(body: bytes) -> bytes:
    """Return a body with a digest that fits, as a forger would."""
    return body + blake2b(body, digest_size=32).digest()


@given(snapshots())
def test_what_is_unpacked_is_what_was_packed(entries: tuple[Entry, ...]) -> None:
    """
    Packing and unpacking gives the same entries, provenance, digest and sections, however they are asked for.
    """
    found = unpack(pack(entries, [PROVENANCE], {"more": b"bytes"}), "demo.lsw")

    assert tuple(found.entries) == entries == found.entries[:]
    assert [found.entries[place] for place in range(len(entries))] == list(entries)
    assert found.provenance == (PROVENANCE,)
    assert found.digest == content_digest(entries, [PROVENANCE])
    assert found.sections == {"more": b"bytes"}


def test_entries_are_found_across_blocks() -> None:
    """
    A list of several blocks gives every entry by its number, also from the end, and none beyond it.
    """
    entries = [entry(number) for number in range(BLOCK * 3 + 5)]
    found = unpack(pack(entries, []), "demo.lsw").entries

    assert len(found) == len(entries)
    assert [found[place] for place in (0, BLOCK - 1, BLOCK, BLOCK * 3 + 4, -1)] == [
        entries[place] for place in (0, BLOCK - 1, BLOCK, BLOCK * 3 + 4, -1)
    ]
    with pytest.raises(IndexError):
        found[len(entries)]


def test_the_same_lists_give_the_same_bytes() -> None:
    """
    Packing is deterministic.
    """
    entries = [entry(number) for number in range(100)]

    assert pack(entries, [PROVENANCE]) == pack(tuple(entries), [PROVENANCE])


@given(st.data())
@settings(max_examples=60)
def test_any_damage_is_refused(data: st.DataObject) -> None:
    """
    A byte turned over, or a tail cut off, is refused.
    """
    whole = pack([entry(number) for number in range(BLOCK + 1)], [PROVENANCE], {"names": b"x" * 50})
    place = data.draw(st.integers(0, len(whole) - 1))
    turned = bytearray(whole)
    turned[place] ^= data.draw(st.integers(1, 255))

    for damaged in (bytes(turned), whole[:place], whole + b"x"):
        with pytest.raises(WatchlistError):
            unpack(damaged, "demo.lsw")


def test_another_format_version_is_told_from_damage() -> None:
    """
    A list made by a later version is refused as such.
    """
    later = bytearray(pack([entry(1)], []))
    later[3] = FORMAT + 1

    with pytest.raises(WatchlistError, match=f"format {FORMAT + 1}"):
        unpack(bytes(later), "demo.lsw")


@pytest.mark.parametrize(
    "change",
    [
        {"count": 10**9},
        {"count": -5},
        {"blocks": [[0, 10**9, 5]]},
        {"blocks": [[-50, 40, 5]]},
        {"blocks": [[0, 40, 10**12]]},
        {"blocks": "no"},
        {"sections": {"names": [0, 10**9]}},
        {"provenance": [{"list": "x"}]},
        {"digest": None, "blocks": [[0, 1, 1]]},
    ],
)
def test_a_forged_header_is_refused(change: dict[str, object]) -> None:
    """
    A header that lies, under a digest that fits, is refused before or while entries are read; nothing is run.
    """
    whole = pack([entry(1)], [PROVENANCE])
    length = int.from_bytes(whole[len(MAGIC) : len(MAGIC) + 4], "big")
    start = len(MAGIC) + 4
    header = orjson.dumps(orjson.loads(whole[start : start + length]) | change)
    body = MAGIC + len(header).to_bytes(4, "big") + header + whole[start + length : -32]

    with pytest.raises(WatchlistError):
        list(unpack(sealed(body), "demo.lsw").entries)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"L",
        b"LSW",
        MAGIC,
        pickle.dumps([1, 2]),
        b"PK\x03\x04",
        sealed(MAGIC),
        sealed(MAGIC + b"\xff" * 8),
    ],
)
def test_what_is_no_compiled_list_is_refused(tmp_path: Path, content: bytes) -> None:
    """
    Empty files, pickles, archives and bare heads are refused by name.
    """
    with pytest.raises(WatchlistError, match=r"list\.lsw"):
        Watchlist.load(written(tmp_path, "list.lsw", content))
