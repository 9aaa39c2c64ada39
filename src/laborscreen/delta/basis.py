"""
What a result was made from, in a file of its own beside it: ``RESULTS.jsonl.basis``.

It binds itself to the result by digest, so that a result that was cut, edited or put in the place of another is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from laborscreen.delta.parts import Parts, parts_of
from laborscreen.errors import InputError
from laborscreen.formats.writers import Target
from laborscreen.screening.result import ListUsed, Provenance
from laborscreen.source import Location
from laborscreen.watchlists import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laborscreen.screening.day import Day
    from laborscreen.watchlists import Watchlist

BASIS_SUFFIX: Final = ".basis"
MAX_BASIS: Final = 1 << 30
"""Bytes of a basis; the largest public lists need some ten million."""

_FORMAT = 2
_ANY_INPUT = "sha256:" + "0" * 64
_FINGERPRINT = 16  # hexadecimal figures kept of an entry's fingerprint
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Basis:
    """
    What a result was made from.

    Args:
        result: SHA-256 of the result file.
        size: its bytes.
        choice: which rules count, in words.
        profile: digest of the mapping profile, or an empty string.
        provenance: what every result in it bears but for the digest of its input.
        parts: the rulebook, part by part.
        entries: list to id to the beginning of the entry's fingerprint.
        records: digest of the files that the records were read from, and of the answers to them.
        owners: digest of the files that tell their owners, or an empty string.
    """

    result: str
    size: int
    choice: str
    profile: str
    provenance: Provenance
    parts: Parts
    entries: Mapping[str, Mapping[str, str]]
    records: str = ""
    owners: str = ""

    @property
    def around(self) -> tuple[bytes, bytes]:
        """What stands in every line of the result from the provenance on, before and after the figures of the digest."""
        before, _, after = orjson.dumps(self.provenance).partition(_ANY_INPUT.encode())
        return b',"provenance":' + before + b"sha256:", after + b"}\n"


def basis_path(results: Path) -> Path:
    """
    Return where the basis of a result stands.

    >>> basis_path(Path("out/results.jsonl")).as_posix()
    'out/results.jsonl.basis'
    """
    return results.with_name(results.name + BASIS_SUFFIX)


def basis_of(
    day: Day,
    watchlists: Sequence[Watchlist],
    *,
    choice: str,
    profile: str,
    results: Path,
    records: str,
    owners: str,
) -> Basis:
    """
    Return what a result was made from.

    Args:
        day: the screener on the day screened.
        watchlists: its lists.
        choice: which rules count, in words.
        profile: digest of the mapping profile, or an empty string.
        results: the result file, whole.
        records: digest of what the records were read from.
        owners: digest of the files that tell their owners, or an empty string.
    """
    entries: dict[str, dict[str, str]] = {one.list: {} for one in day.lists}
    for watchlist in watchlists:
        for entry in watchlist.entries:
            kept = fingerprint(entry).removeprefix("sha256:")[:_FINGERPRINT]
            entries.setdefault(entry.list, {})[entry.id] = kept
    digest = hashlib.sha256()
    with results.open("rb") as file:
        while data := file.read(_AT_ONCE):
            digest.update(data)
        size = file.tell()
    return Basis(
        digest.hexdigest(),
        size,
        choice,
        profile,
        day.provenance(_ANY_INPUT),
        parts_of(day.rulebook, day.day),
        entries,
        records,
        owners,
    )


def write_basis(results: Path, basis: Basis) -> None:
    """
    Write a basis beside its result: whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    told = orjson.dumps(asdict(basis))
    with Target(basis_path(results)) as target:
        target.write(
            orjson.dumps({"format": _FORMAT, "digest": _sha256(told), "basis": orjson.Fragment(told)})
        )


def read_basis(results: Path) -> Basis:
    """
    Read the basis that stands beside a result.

    Raises:
        InputError: there is none, or it is damaged, or of another version.
    """
    path = basis_path(results)
    if not results.exists():
        raise InputError("there is no such file", location=Location(str(results)))
    if not path.exists():
        raise InputError(
            f"nothing beside this result says what it was made from: {path.name} is not there",
            location=Location(str(results)),
            hint="a run leaves it with --for-delta; screen once in full with that",
        )
    if path.stat().st_size > MAX_BASIS:
        raise InputError(f"it is larger than {MAX_BASIS:,} bytes (MAX_BASIS)", location=Location(str(path)))
    try:
        told = orjson.loads(path.read_bytes())
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(told, dict) or told.get("format") != _FORMAT or "basis" not in told:
        raise _damaged(path)
    if told.get("digest") != _sha256(orjson.dumps(told["basis"])):
        raise _damaged(path)
    return _basis(told["basis"])  # its digest fits, so it is what a run wrote


def _damaged(path: Path) -> InputError:
    return InputError(
        "this is not what a run of this version left, or it was changed",
        location=Location(str(path)),
        hint="screen once in full with --for-delta",
    )


def _basis(told: dict[str, Any]) -> Basis:
    made, parts = told.pop("provenance"), told.pop("parts")
    lists = tuple(ListUsed(**one) for one in made.pop("lists"))
    leans_on = {name: tuple(others) for name, others in parts["leans_on"].items()}
    return Basis(
        provenance=Provenance(lists=lists, **made),
        parts=Parts(parts["digests"], leans_on, tuple(parts["in_force"])),
        **told,
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
