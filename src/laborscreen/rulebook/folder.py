"""
The files of a rulebook: found below one folder, bounded, decoded, and never outside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.limits import MAX_FILE_BYTES, MAX_FILES, MAX_FOLDERS, MAX_TOTAL_BYTES
from laborscreen.rulebook.nodes import Node, SourceFile
from laborscreen.source import Location

YAML = (".yaml", ".yml")


class RuleFiles(Protocol):
    """Where the files of a rulebook are read from: a folder, or one part of a pack."""

    @property
    def named(self) -> Path:
        """The place as the user named it."""

    def files(self) -> Iterator[tuple[SourceFile, str]]:
        """Yield every YAML file with its text, in order of their paths."""

    def list_text(self, named: str, at: Node) -> tuple[SourceFile, str] | None:
        """Return the text of a list file named in a rule file, or None with the reason told."""


@dataclass(slots=True)
class RulebookFolder:
    """
    A folder of rule files, or one rule file alone.

    Args:
        named: the folder as the user named it.
        faults: collects what is wrong.
        read: the files that were read, by their path below the folder.
        unsaved: texts that stand in for those of files, by path.
    """

    named: Path
    faults: Faults
    read: dict[str, bytes] = field(default_factory=dict)
    unsaved: Mapping[str, str] = field(default_factory=dict)
    _bytes_left: int = MAX_TOTAL_BYTES
    _root: Path = field(init=False)

    def __post_init__(self) -> None:
        """Find the real folder that everything must lie in."""
        folder = self.named if self.named.is_dir() else self.named.parent
        self._root = Path(os.path.realpath(folder))

    def files(self) -> Iterator[tuple[SourceFile, str]]:
        """
        Yield every YAML file below the folder with its text, in order of their paths.

        Files and folders whose names begin with a dot belong to editors and version control and are not read.
        """
        if self.named.is_file():
            text = self._text(self.named, str(self.named))
            if text is None:
                self.faults.leave_out(None)
            else:
                yield SourceFile(str(self.named), str(self._root)), text
            return
        if not self.named.is_dir():
            self.faults.error(
                "no-such-folder",
                Location(str(self.named)),
                "there is no such folder",
                "check the spelling of the path",
            )
            return
        paths = self._yaml_paths()
        if not paths:
            self.faults.error(
                "no-rules",
                Location(str(self.named)),
                "there are no YAML files in this folder",
                "rule files end in .yaml or .yml",
            )
        for path in paths:
            text = self._text(path, str(path))
            if text is None:
                self.faults.leave_out(None)
            else:
                yield SourceFile(str(path), str(path.parent)), text

    def _yaml_paths(self) -> list[Path]:
        found: list[Path] = []
        for folders, (here, inner, names) in enumerate(os.walk(self.named, followlinks=False), 1):
            kept = sorted(name for name in inner if not name.startswith("."))
            for name in kept:
                if Path(here, name).is_symlink():
                    self._outside(str(Path(here, name)), "a linked folder is not looked into")
            inner[:] = [name for name in kept if not Path(here, name).is_symlink()]
            found += [
                Path(here, name) for name in names if name.lower().endswith(YAML) and not name.startswith(".")
            ]
            if folders > MAX_FOLDERS or len(found) > MAX_FILES:
                self.faults.error(
                    "too-many-files",
                    Location(str(self.named)),
                    f"more than {MAX_FILES:,} rule files or {MAX_FOLDERS:,} folders stand here",
                    "name the folder of the rules alone",
                )
                return []
        return sorted(found)

    def list_text(self, named: str, at: Node) -> tuple[SourceFile, str] | None:
        """Return the text of a list file named in a rule file; only files below the folder are read."""
        if "\0" in named or Path(named).is_absolute() or "\\" in named or ":" in named:
            self.faults.error(
                "outside-folder",
                at,
                f"`{named[:80]}` is not a path below this folder",
                "write it as lists/name.csv",
            )
            return None
        path = Path(at.file.folder, named)
        try:
            inside, there = path.resolve().is_relative_to(self._root), path.is_file()
        except (OSError, RuntimeError):  # a name too long for the system, or a link to itself
            inside, there = True, False
        if not inside:
            self.faults.error(
                "outside-folder",
                at,
                f"`{named[:80]}` lies outside the rulebook's folder",
                "move the file below it",
            )
            return None
        if not there:
            self.faults.error(
                "no-such-file",
                at,
                f"there is no file `{named[:80]}` beside this one",
                "check the spelling, or add the file",
            )
            return None
        text = self._text(path, str(path))
        return None if text is None else (SourceFile(str(path), str(path.parent)), text)

    def _outside(self, path: str, message: str) -> None:
        self.faults.error(
            "outside-folder", Location(path), message, "copy the files themselves into the folder"
        )

    def _text(self, path: Path, shown: str) -> str | None:
        """Return a file's text, or None with the reason told."""
        place = Location(shown)
        if shown in self.unsaved:
            return self.unsaved[shown]
        try:
            if path != self.named and not path.resolve().is_relative_to(self._root):
                self._outside(shown, "this file is a link to somewhere outside the rulebook's folder")
                return None
            if not path.is_file():
                self.faults.error(
                    "unreadable-file", place, "this is not an ordinary file", "take it out of the folder"
                )
                return None
            with path.open("rb") as stream:
                content = stream.read(MAX_FILE_BYTES + 1)
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "it links to itself"
            self.faults.error(
                "unreadable-file", place, f"this file cannot be read: {reason}", "check its permissions"
            )
            return None
        if len(content) > MAX_FILE_BYTES:
            self.faults.error(
                "too-large",
                place,
                f"a rulebook file has at most {MAX_FILE_BYTES:,} bytes",
                "split it into several",
            )
            return None
        self._bytes_left -= len(content)
        if self._bytes_left < 0:
            self.faults.error(
                "too-large",
                place,
                f"a rulebook has at most {MAX_TOTAL_BYTES:,} bytes in all",
                "take files out",
            )
            return None
        self.read[self._below(path)] = content
        return decoded(content, shown, self.faults)

    def _below(self, path: Path) -> str:
        """Return a file's path below the folder, with slashes."""
        top = self.named if self.named.is_dir() else self.named.parent
        root = self._root if path.is_relative_to(self._root) else top
        return Path(os.path.relpath(path, root)).as_posix()


def decoded(content: bytes, shown: str, faults: Faults) -> str | None:
    """Return the text of a file, or None with the place told where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.error(
            "not-utf-8",
            Location(shown, line),
            "this file is not saved as UTF-8",
            "save it again with the encoding UTF-8 (in Excel: CSV UTF-8)",
        )
        return None
