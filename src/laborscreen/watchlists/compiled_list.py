"""
The compiled form of lists (``.lsw``): plain data, quick to load, refused when damaged.

::

    8 bytes    LSW, format version, line ends that text transfer would ruin
    4 bytes    length of the header
    header     JSON: provenance, number of entries, place of every block and section
    blocks     64 entries each, JSON arrays, compressed
    sections   further bytes under a name, such as the candidate index
    32 bytes   BLAKE2b of everything before

Entries are unpacked when they are asked for, one block at a time. Nothing in the file is code; a file that was not made
by `pack` is refused at the first thing that does not fit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any, NamedTuple, overload

import orjson

from laborscreen.errors import WatchlistError
from laborscreen.source import Location
from laborscreen.watchlists.entry import DprkReason, Entry, Identifier, ListedName, Provenance

FORMAT = 1
MAGIC = b"LSW" + bytes([FORMAT]) + b"\r\n\x1a\n"
BLOCK = 64  # entries; small blocks keep a single look-up short
MAX_BLOCK = 1 << 26  # bytes of one block once unpacked
_DIGEST = 32
_IDENTIFIERS = 7  # where they stand in the row of an entry


class CompiledEntries(Sequence[Entry]):
    """
    The entries of a compiled list, unpacked on demand.

    Args:
        data: the whole file.
        blocks: offset, packed length and unpacked length of each block.
        count: how many entries there are.
        path: the file, for messages.
    """

    def __init__(self, data: bytes, blocks: Sequence[Sequence[int]], count: int, path: str) -> None:
        self._data = data
        self._blocks = blocks
        self._count = count
        self._path = path
        self._rows = lru_cache(maxsize=64)(self._unpack)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Entry: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, number: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(number, slice):
            return tuple(self[place] for place in range(*number.indices(self._count)))
        place = number + self._count if number < 0 else number
        if not 0 <= place < self._count:
            raise IndexError(number)
        return _entry_of(self._rows(place // BLOCK)[place % BLOCK])

    def __iter__(self) -> Iterator[Entry]:
        for block in range(len(self._blocks)):
            for row in self._unpack(block):
                yield _entry_of(row)

    def numbers(self) -> Iterator[list[str]]:
        """Yield the numbers each entry bears, as written, without making entries of what is unpacked."""
        for block in range(len(self._blocks)):
            for row in self._unpack(block):
                yield [value for _, value, _ in row[_IDENTIFIERS]]

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross process borders as data."""
        return type(self), (self._data, self._blocks, self._count, self._path)

    def _unpack(self, block: int) -> list[list[Any]]:
        """Return the rows of one block."""
        offset, packed, unpacked = self._blocks[block]
        try:
            text = zlib.decompressobj().decompress(self._data[offset : offset + packed], unpacked + 1)
            rows = orjson.loads(text)
        except (zlib.error, orjson.JSONDecodeError) as fault:
            raise _damaged(self._path, f"block {block}: {fault}") from fault
        expected = min(BLOCK, self._count - block * BLOCK)
        if len(text) != unpacked or not isinstance(rows, list) or len(rows) != expected:
            raise _damaged(self._path, f"block {block} is not what its header says")
        return rows


class Unpacked(NamedTuple):
    """
    What a compiled list holds.

    Args:
        entries: its entries, unpacked on demand.
        provenance: where they came from.
        digest: the digest of their content.
        sections: further bytes by name.
    """

    entries: CompiledEntries
    provenance: tuple[Provenance, ...]
    digest: str
    sections: dict[str, bytes]


def numbers_of(entries: Sequence[Entry]) -> Iterator[list[str]]:
    """Yield the numbers each of *entries* bears, as written."""
    if isinstance(entries, CompiledEntries):
        return entries.numbers()
    return ([item.value for item in entry.identifiers] for entry in entries)


def pack(
    entries: Sequence[Entry], provenance: Sequence[Provenance], sections: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the compiled form; the same entries give the same bytes."""
    blocks = [
        orjson.dumps([_row_of(entry) for entry in entries[start : start + BLOCK]])
        for start in range(0, len(entries), BLOCK)
    ]
    packed = [zlib.compress(block, 9) for block in blocks]
    parts = dict(sections or {})
    header = {
        "count": len(entries),
        "digest": content_digest(entries, provenance),
        "provenance": [_provenance_row(item) for item in provenance],
        "blocks": _places([len(block) for block in packed], [len(block) for block in blocks]),
        "sections": dict(zip(parts, _places([len(part) for part in parts.values()]), strict=True)),
    }
    head = orjson.dumps(header)
    body = b"".join((MAGIC, len(head).to_bytes(4, "big"), head, *packed, *parts.values()))
    return body + blake2b(body, digest_size=_DIGEST).digest()


def content_digest(entries: Iterable[Entry], provenance: Iterable[Provenance]) -> str:
    """Return ``sha256:`` and a digest of what lists say; how they were packed makes no difference."""
    state = sha256(orjson.dumps([[item.list, item.file_date, item.digest] for item in provenance]))
    for entry in entries:
        state.update(orjson.dumps(_row_of(entry)))
    return "sha256:" + state.hexdigest()


def unpack(data: bytes, path: str) -> Unpacked:
    """
    Return what a compiled list holds.

    Raises:
        WatchlistError: the file is no compiled list, of another format version, or damaged.
    """
    if data[:3] != MAGIC[:3]:
        raise WatchlistError(
            "this is no compiled list",
            location=Location(path),
            hint="make one with `laborscreen lists import`",
        )
    if len(data) > 3 and data[3] != FORMAT:
        raise WatchlistError(
            f"the list is of format {data[3]}, this version reads format {FORMAT}",
            location=Location(path),
            hint="import the lists again",
        )
    body, digest = data[:-_DIGEST], data[-_DIGEST:]
    if not body.startswith(MAGIC) or blake2b(body, digest_size=_DIGEST).digest() != digest:
        raise _damaged(path, "its digest does not fit")
    try:
        return _unpack_body(body, path)
    except (KeyError, TypeError, ValueError) as fault:
        raise _damaged(path, f"its header cannot be read ({fault})") from fault


def _unpack_body(body: bytes, path: str) -> Unpacked:
    start = len(MAGIC) + 4
    length = int.from_bytes(body[len(MAGIC) : start], "big")
    header = orjson.loads(body[start : start + length])
    blocks_at = start + length
    blocks = [_checked(place, blocks_at, len(body)) for place in header["blocks"]]
    count = int(header["count"])
    if len(blocks) != -(-count // BLOCK) or any(block[2] > MAX_BLOCK for block in blocks):
        raise ValueError("blocks and entries do not agree")
    sections_at = blocks_at + sum(block[1] for block in blocks)
    sections = {
        str(name): body[place[0] : place[0] + place[1]]
        for name, place in (
            (name, _checked(place, sections_at, len(body))) for name, place in header["sections"].items()
        )
    }
    provenance = tuple(_provenance_of(row) for row in header["provenance"])
    return Unpacked(CompiledEntries(body, blocks, count, path), provenance, str(header["digest"]), sections)


def _places(lengths: Sequence[int], *more: Sequence[int]) -> list[list[int]]:
    """Return offset and length of parts that lie one behind the other, with further figures of each."""
    places: list[list[int]] = []
    offset = 0
    for number, length in enumerate(lengths):
        places.append([offset, length, *(figures[number] for figures in more)])
        offset += length
    return places


def _checked(place: Sequence[int], base: int, end: int) -> tuple[int, ...]:
    """Return a place counted from the start of the file, if it lies within it."""
    offset, length = base + int(place[0]), int(place[1])
    if offset < base or length < 0 or offset + length > end:
        raise ValueError("a part lies outside the file")
    return (offset, length, *map(int, place[2:]))


def _row_of(entry: Entry) -> list[Any]:
    """Return an entry as a JSON array."""
    return [
        entry.id,
        entry.list,
        entry.kind,
        [[name.text, name.strength, name.script, name.kind] for name in entry.names],
        entry.programmes,
        entry.countries,
        entry.nationalities,
        [[item.scheme, item.value, item.country] for item in entry.identifiers],
        entry.birth_dates,
        entry.positions,
        entry.addresses,
        entry.remarks,
        [[reason.by, reason.value] for reason in entry.dprk_reasons],
    ]


def _entry_of(row: list[Any]) -> Entry:
    """Return the entry in a JSON array."""
    return Entry(
        id=row[0],
        list=row[1],
        kind=row[2],
        names=tuple(ListedName(*name) for name in row[3]),
        programmes=tuple(row[4]),
        countries=tuple(row[5]),
        nationalities=tuple(row[6]),
        identifiers=tuple(Identifier(*item) for item in row[_IDENTIFIERS]),
        birth_dates=tuple(row[8]),
        positions=tuple(row[9]),
        addresses=tuple(row[10]),
        remarks=row[11],
        dprk_related=bool(row[12]),
        dprk_reasons=tuple(DprkReason(*reason) for reason in row[12]),
    )


def _provenance_row(item: Provenance) -> dict[str, Any]:
    return {name: getattr(item, name) for name in Provenance.__slots__}


def _provenance_of(row: dict[str, Any]) -> Provenance:
    return Provenance(**{**row, "warnings": tuple(row["warnings"])})


def _damaged(path: str, cause: str) -> WatchlistError:
    return WatchlistError(
        f"the compiled list is damaged: {cause}", location=Location(path), hint="import the lists again"
    )
