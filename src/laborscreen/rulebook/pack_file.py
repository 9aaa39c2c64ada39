r"""
A rulebook frozen into one file, with who made it, who approved it, and why.

The file is text, one JSON document a line, and nothing in it is run::

    {"format":"laborscreen-rulebook 1","sha256":"..."}        the seal: the digest of every byte below
    {"author":"...","approver":"...", ... "files":[...]}      the manifest: each file's length and digest
    {"path":"rules/pay.yaml","text":"..."}                    the files, in the manifest's order

``rules/`` holds what was packed, ``base/`` the rulebook it stands on, so that a pack needs nothing beside it. Names of files
are keys and never paths of a disk. Every line must be written exactly as this module writes it, so a file has one form: a
byte that is another one breaks the seal, and with it the approval. Against somebody who rewrites both, note the digest
elsewhere when the pack is made, and give it to the check.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Final

import orjson

from laborscreen.errors import Problem, RulebookError, UsageError
from laborscreen.rulebook.limits import MAX_FILE_BYTES, MAX_PACK_BYTES, MAX_PACKED_FILES
from laborscreen.source import Location
from laborscreen.text import fold

FORMAT: Final = "laborscreen-rulebook 1"
SUFFIX: Final = ".lsr"
OWN, BASE = "rules", "base"
INSIDE: Final = "!"
"""Stands between a pack's name and a file in it (``approved.lsr!rules/pay.yaml``)."""

_SEAL = ("format", "sha256")
_FILE = ("path", "text")
_LISTED = ("path", "bytes", "sha256")
_WORDS = ("author", "approver", "reason", "made", "software", "rulebook")
_MANIFEST = (*_WORDS, "files")
_LONGEST_WORD = 2_000  # characters of a manifest's entry
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[^\x00-\x1f\x7f:\\]+")


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What a pack says of itself.

    Args:
        author: who wrote the rulebook.
        approver: who approved it; never the author.
        reason: why it was made.
        made: the day it was frozen.
        software: name and version that froze it.
        rulebook: the rulebook's digest, as results made with it carry it.
        files: how many files are in it.
        digest: SHA-256 of the whole pack, for noting elsewhere.
    """

    author: str
    approver: str
    reason: str
    made: date
    software: str
    rulebook: str
    files: int
    digest: str


@dataclass(frozen=True, slots=True)
class PackFile:
    """
    A pack whose seal and digests hold.

    Args:
        name: the file as the user named it.
        manifest: what it says of itself.
        files: the files by their names in the pack.
    """

    name: str
    manifest: Manifest
    files: Mapping[str, bytes]

    def part(self, which: str) -> dict[str, bytes]:
        """Return the files of one part (`OWN` or `BASE`), named from there."""
        return {
            path.removeprefix(f"{which}/"): data
            for path, data in self.files.items()
            if path.startswith(f"{which}/")
        }


def is_pack(path: Path) -> bool:
    """Tell whether a path names a pack."""
    return path.suffix.lower() == SUFFIX and not path.is_dir()


def require_two_people(author: str, approver: str) -> None:
    """
    Make sure that nobody approves his own rulebook.

    Case, blanks, marks and the order of names are looked through.

    Raises:
        UsageError: one of the two is empty, or they are one person.

    >>> require_two_people("Anna Weiss", " weiss,  ANNA ")
    Traceback (most recent call last):
    ...
    laborscreen.errors.UsageError: author and approver are the same person (Anna Weiss) (somebody else must approve it)
    """
    for role, name in (("author", author), ("approver", approver)):
        if not _bare(name):
            raise UsageError(f"the {role} has no name", hint=f"write it: --{role} NAME")
    if _bare(author) == _bare(approver):
        raise UsageError(
            f"author and approver are the same person ({author.strip()})",
            hint="somebody else must approve it",
        )


def _bare(name: str) -> tuple[str, ...]:
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(name))
    return tuple(sorted(letters.split()))


def pack_bytes(
    files: Mapping[str, bytes], *, author: str, approver: str, reason: str, made: date, rulebook: str
) -> bytes:
    """
    Return the bytes of a pack; the same content gives the same bytes.

    Args:
        files: by their names in the pack.
        author: who wrote the rulebook.
        approver: who approves it.
        reason: why it is made.
        made: the day.
        rulebook: the rulebook's digest.

    Raises:
        UsageError: author and approver are one person, or a word is missing.
    """
    require_two_people(author, approver)
    if not reason.strip():
        raise UsageError("the pack gives no reason", hint="say in a sentence what changed and why")
    words = {
        "author": author.strip(),
        "approver": approver.strip(),
        "reason": reason.strip(),
        "made": made.isoformat(),
        "software": f"laborscreen {version('laborscreen')}",
        "rulebook": rulebook,
    }
    for word, text in words.items():
        if len(text) > _LONGEST_WORD:
            raise UsageError(f"the {word} is longer than {_LONGEST_WORD:,} characters", hint="say it shorter")
    ordered = sorted(files.items())
    listed = [
        {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in ordered
    ]
    try:
        lines = [orjson.dumps({**words, "files": listed})]
        lines += [orjson.dumps({"path": path, "text": data.decode()}) for path, data in ordered]
    except orjson.JSONEncodeError as error:
        raise UsageError(f"the pack cannot be written: {error}") from error
    content = b"".join(line + b"\n" for line in lines)
    seal = {"format": FORMAT, "sha256": hashlib.sha256(content).hexdigest()}
    return orjson.dumps(seal) + b"\n" + content


def open_pack(path: Path) -> PackFile:
    """
    Read a pack and check every byte of it.

    Args:
        path: the file.

    Raises:
        RulebookError: it is not there, no pack, larger than packs are, or not as it was approved.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_PACK_BYTES + 1)
    except OSError as error:
        raise _refused(path, 0, "unreadable-file", f"this file cannot be read: {error.strerror}") from error
    if len(data) > MAX_PACK_BYTES:
        raise _refused(path, 0, "too-large", f"a pack has at most {MAX_PACK_BYTES:,} bytes (MAX_PACK_BYTES)")
    return _Reader(path).read(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the lines of a pack, each in its one form."""

    path: Path

    def read(self, data: bytes) -> PackFile:
        first, _, content = data.partition(b"\n")
        seal = self._line(first, 1, _SEAL, "not-a-pack")
        if seal["format"] != FORMAT:
            raise self._fault(
                1, "pack-format", f"this pack is of the kind {str(seal['format'])[:40]!r}, not {FORMAT!r}"
            )
        if seal["sha256"] != hashlib.sha256(content).hexdigest():
            raise self._fault(
                0,
                "pack-changed",
                "something in this pack is not as it was approved, so the approval is void",
                "fetch the pack again, or pack and approve the changed rulebook",
            )
        lines = content.split(b"\n")
        if lines.pop() != b"" or len(lines) > MAX_PACKED_FILES + 1 or not lines:
            raise self._fault(0, "pack-damaged", f"this pack has not from one to {MAX_PACKED_FILES:,} files")
        told = self._line(lines[0], 2, _MANIFEST)
        manifest = self._manifest(told, hashlib.sha256(data).hexdigest())
        return PackFile(str(self.path), manifest, dict(self._files(told["files"], lines[1:])))

    def _line(
        self, line: bytes, number: int, keys: tuple[str, ...], fault: str = "pack-damaged"
    ) -> dict[str, Any]:
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise self._fault(number, fault, "this is not a line of a rulebook pack") from error
        if not isinstance(told, dict) or tuple(told) != keys or orjson.dumps(told) != line:
            raise self._fault(number, fault, "this line is not written as packs are")
        return told

    def _manifest(self, told: Mapping[str, Any], digest: str) -> Manifest:
        for word in _WORDS:
            if not isinstance(told[word], str) or not 0 < len(told[word]) <= _LONGEST_WORD:
                raise self._fault(2, "pack-damaged", f"the manifest's `{word}` is not a text")
        try:
            require_two_people(told["author"], told["approver"])
        except UsageError as error:
            raise self._fault(
                2, "pack-approval", f"this pack is not approved: {error.message}", error.hint
            ) from error
        try:
            made = date.fromisoformat(told["made"])
        except ValueError as error:
            raise self._fault(2, "pack-damaged", "the manifest's `made` is not a day") from error
        if not isinstance(told["files"], list) or not _DIGEST.fullmatch(told["rulebook"]):
            raise self._fault(2, "pack-damaged", "the manifest does not list files and the rulebook's digest")
        return Manifest(
            told["author"],
            told["approver"],
            told["reason"],
            made,
            told["software"],
            told["rulebook"],
            len(told["files"]),
            digest,
        )

    def _files(self, listed: list[Any], lines: list[bytes]) -> Iterator[tuple[str, bytes]]:
        if len(listed) != len(lines):
            raise self._fault(
                2, "pack-damaged", f"the manifest lists {len(listed):,} files, and {len(lines):,} follow"
            )
        before = ""
        for number, (entry, line) in enumerate(zip(listed, lines, strict=True), 3):
            file = self._line(line, number, _FILE)
            path, text = file["path"], file["text"]
            if not isinstance(path, str) or not isinstance(text, str) or not _fits(path):
                raise self._fault(
                    number, "outside-folder", f"{str(path)[:80]!r} is no name of a file in a pack"
                )
            if path <= before:
                raise self._fault(number, "pack-damaged", f"{path[:80]!r} does not stand in order")
            before = path
            data = text.encode()
            if len(data) > MAX_FILE_BYTES:
                raise self._fault(
                    number, "too-large", f"a rulebook file has at most {MAX_FILE_BYTES:,} bytes"
                )
            found = dict(zip(_LISTED, (path, len(data), hashlib.sha256(data).hexdigest()), strict=True))
            if entry != found:
                raise self._fault(
                    number, "pack-damaged", f"{path[:80]!r} is not the file that the manifest lists"
                )
            yield path, data

    def _fault(self, line: int, id: str, message: str, hint: str = "") -> RulebookError:  # noqa: A002 -- a Problem's word
        return _refused(self.path, line, id, message, hint)


def _fits(path: str) -> bool:
    """Tell whether a name is that of a file below `OWN` or `BASE`, in its shortest form."""
    parts = path.split("/")
    return (
        len(parts) > 1
        and parts[0] in {OWN, BASE}
        and _NAME.fullmatch(path) is not None
        and str(PurePosixPath(path)) == path
        and ".." not in parts
    )


def _refused(path: Path, line: int, id: str, message: str, hint: str = "") -> RulebookError:  # noqa: A002 -- a Problem's word
    return RulebookError([Problem(id, Location(str(path), line), message, hint)])
