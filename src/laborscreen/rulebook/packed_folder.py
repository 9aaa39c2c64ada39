"""
The files of one part of a pack, read as a folder's are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.folder import YAML, decoded
from laborscreen.rulebook.nodes import Node, SourceFile
from laborscreen.rulebook.pack_file import INSIDE


@dataclass(frozen=True, slots=True)
class PackedFolder:
    """
    One part of a pack.

    Args:
        pack: the pack as the user named it.
        part: the part's name in it.
        held: the part's files by their names below it.
        faults: collects what is wrong.
    """

    pack: Path
    part: str
    held: Mapping[str, bytes]
    faults: Faults
    _asked: set[str] = field(default_factory=set)

    @property
    def named(self) -> Path:
        """The part as people are told of it."""
        return Path(self._shown(""))

    def files(self) -> Iterator[tuple[SourceFile, str]]:
        """Yield every YAML file with its text, in order of their paths."""
        for name in sorted(filter(_is_yaml, self.held), key=PurePosixPath):
            text = self._text(name)
            if text is None:
                self.faults.leave_out(None)
            else:
                yield SourceFile(self._shown(name), posixpath.dirname(name)), text

    def list_text(self, named: str, at: Node) -> tuple[SourceFile, str] | None:
        """Return the text of a list file named in a rule file; a name is a key and leads nowhere else."""
        name = posixpath.normpath(posixpath.join(at.file.folder, named))
        if name not in self.held:
            self.faults.error(
                "no-such-file",
                at,
                f"there is no file `{named[:80]}` in the pack",
                "pack the rulebook again from its folder",
            )
            return None
        text = self._text(name)
        return None if text is None else (SourceFile(self._shown(name), posixpath.dirname(name)), text)

    def unread(self) -> tuple[str, ...]:
        """Return the files that nothing asked for, named from the top of the pack."""
        return tuple(f"{self.part}/{name}" for name in self.held if name not in self._asked)

    def _text(self, name: str) -> str | None:
        self._asked.add(name)
        return decoded(self.held[name], self._shown(name), self.faults)

    def _shown(self, name: str) -> str:
        return f"{self.pack}{INSIDE}{self.part}" + (f"/{name}" if name else "")


def _is_yaml(name: str) -> bool:
    return name.lower().endswith(YAML)
