"""
Everything that explains one result, in one archive that can be checked years later.

The pack holds the result byte for byte, a page for people, the text of every rule, guard and exception that had a part
in it, the sources these rest on, both sides of each list hit, what a ledger keeps of it (the input, the decisions, the
rows of the chain), and whatever is attached (correspondence, photographs). ``manifest.json`` lists every file with its
SHA-256. A manifest inside the archive shows damage and slips; against somebody who rewrites both, note the digest of the
manifest elsewhere when the pack is made (a ledger, a mail) and give it to the check.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Final

import orjson

from laborscreen.archives import DAMAGED, UNREADABLE
from laborscreen.errors import InputError, UsageError
from laborscreen.formats.writers import Target
from laborscreen.report.html_report import Heading, HtmlReport
from laborscreen.rulebook import Rulebook, written_at
from laborscreen.screening import Assessment
from laborscreen.screening.screened import Model, Screened
from laborscreen.source import Location

FORMAT = "laborscreen-evidence 1"
MANIFEST = "manifest.json"

MAX_FILES: Final = 1_000
"""Files of a pack."""

MAX_UNPACKED: Final = 1 << 30
"""Bytes of a pack when unpacked."""

MAX_MANIFEST: Final = 10_000_000
"""Bytes of a manifest."""

NOTHING_MORE: Final[Mapping[str, bytes]] = MappingProxyType({})

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time an archive can tell; the same content gives the same bytes
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Verified:
    """
    What a check found.

    Args:
        record_id: the record the pack is about.
        files: how many files agree with the manifest.
        manifest: SHA-256 of the manifest.
        faults: what does not agree, in words; empty for a pack that is whole.
    """

    record_id: str
    files: int
    manifest: str
    faults: tuple[str, ...]


def write_pack(
    path: Path,
    line: bytes,
    assessment: Assessment,
    rulebook: Rulebook | None,
    attachments: Sequence[Path] = (),
    name: str = "",
    kept: Mapping[str, bytes] = NOTHING_MORE,
) -> str:
    """
    Write a pack and return the SHA-256 of its manifest.

    Args:
        path: the archive.
        line: the result as it stands in the results file.
        assessment: the same result.
        rulebook: the rulebook the result was made with; its digest must be the result's.
        attachments: files to enclose as they are.
        name: the record's name, for the page.
        kept: further files by their name in the pack: what a ledger keeps about the result.

    Raises:
        UsageError: the rulebook is another one, or two attachments have one name.
        OutputError: the archive cannot be written.
    """
    made = assessment.provenance
    if rulebook is not None and rulebook.digest != made.rulebook:
        raise UsageError(
            f"the result was made with rulebook {made.rulebook}, and this one is {rulebook.digest}",
            hint="give the rulebook of that day with --rules, or leave rule texts out with --without-rules",
        )
    files: dict[str, bytes] = {
        "result.json": line + b"\n",
        "report.html": _page(assessment, name),
        "explanation.txt": assessment.explain().encode("utf-8", "backslashreplace") + b"\n",
        "list_entries.json": _pretty(_list_entries(assessment)),
        **kept,
    }
    if rulebook is not None:
        files |= _rule_texts(assessment, rulebook)
        files["sources.json"] = _pretty(_sources(assessment, rulebook))
    for one in attachments:
        inside = f"attached/{one.name}"
        if inside in files:
            raise UsageError(f"two attachments are called {one.name}", hint="rename one of them")
        files[inside] = one.read_bytes()
    manifest = {
        "format": FORMAT,
        "record_id": assessment.record_id,
        "outcome": assessment.outcome,
        "screened_on": made.screened_on,
        "software": made.software,
        "rulebook": made.rulebook,
        "rule_texts": "enclosed" if rulebook is not None else "left out on request",
        "lists": [one.to_dict() for one in made.lists],
        "lists_note": made.lists_note,
        "input": made.input,
        "files": [
            {"path": inside, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for inside, data in sorted(files.items())
        ],
    }
    told = _pretty(manifest)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for inside, data in ((MANIFEST, told), *sorted(files.items())):
            entry = zipfile.ZipInfo(inside, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    with Target(path) as target:
        target.write(packed.getvalue())
    return hashlib.sha256(told).hexdigest()


def verify_pack(path: Path, manifest: str = "") -> Verified:
    """
    Check every file of a pack against its manifest, and the manifest against a digest noted elsewhere.

    Args:
        path: the archive.
        manifest: SHA-256 of the manifest as noted when the pack was made; empty where nobody noted it.

    Raises:
        InputError: it is no archive, no evidence pack, or larger than packs are.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _verified(archive, path, manifest.removeprefix("sha256:").lower())
    except UNREADABLE as error:
        raise _refused(path, f"it cannot be read as an archive: {error}") from error


def _verified(archive: zipfile.ZipFile, path: Path, noted: str) -> Verified:
    entries = archive.infolist()
    if len(entries) > MAX_FILES or sum(one.file_size for one in entries) > MAX_UNPACKED:
        raise _refused(path, f"it has more than {MAX_FILES:,} files or {MAX_UNPACKED:,} bytes")
    names = [one.filename for one in entries]
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
        raise _refused(path, f"it has no {MANIFEST} of a size manifests have")
    raw = archive.read(MANIFEST)
    told = _manifest(raw, path)
    digest = hashlib.sha256(raw).hexdigest()
    faults = [f"{name} stands in it twice" for name in sorted({one for one in names if names.count(one) > 1})]
    if noted and noted != digest:
        faults.append(f"{MANIFEST}: its sha256 is {digest}, and {noted} was noted")
    expected = {one["path"]: one for one in told["files"]}
    faults += [
        f"{name}: the manifest does not know it"
        for name in names
        if name not in expected and name != MANIFEST
    ]
    whole = 0
    for inside, one in expected.items():
        if inside not in names:
            faults.append(f"{inside}: it is missing")
        elif (found := _digest(archive, inside)) != one["sha256"]:
            faults.append(
                f"{inside}: its sha256 is {found or 'not to be had'}, and the manifest says {one['sha256']}"
            )
        else:
            whole += 1
    return Verified(str(told.get("record_id", "")), whole, digest, tuple(faults))


def _manifest(raw: bytes, path: Path) -> Mapping[str, Any]:
    try:
        told = orjson.loads(raw)
        if told["format"] != FORMAT:
            raise _refused(path, f"its manifest is not of the kind {FORMAT!r}")
        for one in told["files"]:
            inside = PurePosixPath(one["path"])
            if inside.is_absolute() or ".." in inside.parts or not isinstance(one["sha256"], str):
                raise _refused(path, f"its manifest names {str(one['path'])[:80]!r}")
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise _refused(path, f"its {MANIFEST} cannot be read") from error
    found: Mapping[str, Any] = told
    return found


def _digest(archive: zipfile.ZipFile, inside: str) -> str:
    """Return a file's SHA-256, or nothing where its bytes are damaged."""
    digest = hashlib.sha256()
    try:
        with archive.open(inside) as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
    except DAMAGED:
        return ""
    return digest.hexdigest()


def _page(assessment: Assessment, name: str) -> bytes:
    """Return the page of this one record."""
    import tempfile

    made = assessment.provenance
    with tempfile.TemporaryDirectory(prefix="laborscreen-") as folder:
        page = Path(folder) / "report.html"
        with HtmlReport(page) as report:
            report.add(Screened(assessment.record_id, name, made.input, Model(assessment)))
            report.finish(Heading(made.software, made.screened_on, made.rulebook, lists=made.lists))
        return page.read_bytes()


def _rule_texts(assessment: Assessment, rulebook: Rulebook) -> dict[str, bytes]:
    """
    Return the text of each rule and guard that had a part in the result, and of each exception written for the record.

    Expired and void exceptions are among them: somebody once approved them.
    """
    rules = {flag.rule for flag in assessment.flags} | {gap.rule for gap in assessment.gaps}
    guards = {one.guard for one in assessment.guards}
    placed = [("rules", one.id, one.location) for one in rulebook.rules if one.id in rules]
    placed += [("guards", one.id, one.location) for one in rulebook.guards if one.id in guards]
    written = [
        one
        for one in rulebook.exceptions
        if one.record == assessment.record_id and one.rule in {flag.rule for flag in assessment.flags}
    ]
    placed += [("exceptions", f"{number}-{one.rule}", one.location) for number, one in enumerate(written, 1)]
    return {f"{kind}/{one}.yaml": _block_at(location) for kind, one, location in placed}


def _sources(assessment: Assessment, rulebook: Rulebook) -> list[dict[str, Any]]:
    """Return each source cited, with the day somebody read it and what was noted then."""
    cited = {one.source: one for flag in assessment.flags for one in flag.references}
    told = []
    for name, one in sorted(cited.items()):
        known = rulebook.sources.get(name)
        told.append(
            {
                "source": name,
                "title": one.title,
                "url": one.url,
                "issuer": known.issuer if known else "",
                "issued": known.issued.isoformat() if known and known.issued else None,
                "checked": known.checked.isoformat() if known and known.checked else None,
                "supports": known.supports if known else "",
                "note": known.note if known else "",
            }
        )
    return told


def _list_entries(assessment: Assessment) -> list[dict[str, Any]]:
    """Return both sides of each name that met a list: what the record says, and what the list said on its date."""
    return [
        {
            "rule": flag.rule,
            "field": one.field,
            "record_says": one.seen,
            "similarity": one.similarity,
            "entry": one.entry,
            "list_says": one.listed.to_dict(),
        }
        for flag in assessment.flags
        for one in flag.evidence
        if one.listed is not None
    ]


def _pretty(told: object) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _block_at(location: Location) -> bytes:
    """Return the entry of a YAML list that begins at a place: its own line, and those indented below it."""
    lines = written_at(location.path).splitlines(keepends=True)
    first = location.line - 1
    while first > 0 and not lines[first].lstrip().startswith("- "):
        first -= 1
    indent = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    while last < len(lines) and (
        not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > indent
    ):
        last += 1
    return "".join(lines[first:last]).rstrip().encode() + b"\n"


def _refused(path: Path, why: str) -> InputError:
    return InputError(why, location=Location(str(path)))
