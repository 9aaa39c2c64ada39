"""
A rulebook as it stood at a revision of a git repository: ``git:REV``, ``git:REV:FOLDER`` or git's own ``REV:FOLDER``.
"""

from __future__ import annotations

import re
import subprocess
import tarfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path, PurePosixPath
from shutil import which
from tempfile import TemporaryDirectory

from laborscreen.errors import InputError, Problem, RulebookError, UsageError
from laborscreen.rulebook.limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES
from laborscreen.rulebook.loading import load_rulebook
from laborscreen.rulebook.model import Rulebook
from laborscreen.source import Location

SHIPPED = "shipped"
"""The name of the shipped rulebook where a folder is asked for."""

DEFAULT_FOLDER = "rules"
"""The folder of a revision that names none, as in this repository."""

_MARK = "git:"
_REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./@{}^~+-]{0,199}")
_KEPT = (".yaml", ".yml", ".csv", ".xlsx")
_SECONDS = 60


def rulebook_at(
    named: str, *, include: Collection[str] = ("stable",), purpose: str | None = None, folder: str = ""
) -> Rulebook:
    """
    Return a rulebook by its name: a folder, file or pack, ``shipped``, or a revision of the repository one stands in.

    Args:
        named: what the user wrote.
        include: statuses of the rules that score.
        purpose: what the screening is for.
        folder: the folder of a revision that names none.

    Raises:
        RulebookError: the rulebook has faults.
        UsageError: there is no such revision, or no git.

    >>> rulebook_at("shipped").by_id["LS-HRS-003"].axis
    'forced_labour'
    """
    if named == SHIPPED and not Path(named).exists():
        return load_rulebook(include=include, purpose=purpose)
    revision, inner = _taken_apart(named)
    if not revision:
        return load_rulebook(named, include=include, purpose=purpose)
    inner = inner or folder or DEFAULT_FOLDER
    shown = f"{_MARK}{revision}:{inner}"
    with TemporaryDirectory(prefix="laborscreen-") as made:
        _unpack(revision, inner, Path(made), named)
        try:
            return load_rulebook(made, include=include, purpose=purpose)
        except RulebookError as error:
            # The folder it was unpacked to means nothing to the reader, and is gone when the message is read.
            raise RulebookError([_renamed(one, made, shown) for one in error.problems]) from None


def is_revision(named: str) -> bool:
    """Return whether a name means a revision and not a folder."""
    return bool(_taken_apart(named)[0])


def _taken_apart(named: str) -> tuple[str, str]:
    """Return revision and folder; an empty revision where the name means something in the file system."""
    if named.startswith(_MARK):
        revision, _, inner = named.removeprefix(_MARK).partition(":")
    elif ":" in named and not Path(named).exists():
        revision, _, inner = named.partition(":")
        if len(revision) == 1:  # a drive of Windows
            return "", ""
    else:
        return "", ""
    if not _REVISION.fullmatch(revision):
        raise UsageError(
            f"{named!r}: {revision!r} is not the name of a revision",
            hint="write git:HEAD~1 or git:v1.2:rules",
        )
    return revision, inner


def _unpack(revision: str, inner: str, into: Path, named: str) -> None:
    """Write the files of a folder at a revision, and nothing but rule files and lists, below *into*."""
    git = which("git")
    if git is None:
        raise UsageError(f"{named!r} is a revision, and git is not installed", hint="give a folder instead")
    top = subprocess.run(  # noqa: S603 -- a fixed command
        [git, "rev-parse", "--show-toplevel"], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if top.returncode:
        raise UsageError(
            f"{named!r} is a revision, and this folder is in no git repository",
            hint="stand in the repository, or give a folder",
        )
    tree = f"{revision}:{'' if inner == '.' else inner.strip('/')}"
    with subprocess.Popen(  # noqa: S603 -- the revision is checked and cannot be an option
        [git, "archive", "--format=tar", tree],
        cwd=top.stdout.strip(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        try:
            with tarfile.open(fileobj=running.stdout, mode="r|") as archive:
                _write_members(archive, into, named)
        except tarfile.ReadError:
            told = running.stderr.read().decode("utf-8", "replace").strip().splitlines()
            reason = told[-1].removeprefix("fatal: ") if told else "git gave nothing"
            raise UsageError(
                f"{named!r}: {reason}", hint="paths count from the top of the repository one stands in"
            ) from None
        finally:
            running.kill()


def _write_members(archive: tarfile.TarFile, into: Path, named: str) -> None:
    total = files = 0
    for member in archive:
        path = PurePosixPath(member.name)
        if not member.isfile() or path.suffix.lower() not in _KEPT:
            continue
        total += member.size
        files += 1
        too_much = member.size > MAX_FILE_BYTES or total > MAX_TOTAL_BYTES or files > MAX_FILES
        if too_much or ".." in path.parts or path.is_absolute():
            raise InputError(
                f"{named!r} holds more or larger files than a rulebook may", location=Location(str(path))
            )
        content = archive.extractfile(member)
        assert content is not None
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.read())


def _renamed(problem: Problem, made: str, shown: str) -> Problem:
    path = problem.location.path.replace(made, shown, 1)
    return replace(problem, location=replace(problem.location, path=path))
