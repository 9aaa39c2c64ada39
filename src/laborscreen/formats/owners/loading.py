"""
Owners as files tell them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from laborscreen.formats.owners.gathering import Gathering, OwnersRead
from laborscreen.owners import Held, OwnersIndex


class Owners(OwnersIndex):
    """
    Companies by key, each with its owners and people, and what became of the files that tell of them.

    Made by `load_owners`.
    """

    def __init__(
        self,
        companies: Iterable[Held],
        read: Sequence[OwnersRead],
        notes: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        super().__init__(companies)
        self.read = tuple(read)
        self.notes = tuple(notes())  # complete only now
        """What became of the links of GLEIF."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the digests of all files, in hexadecimal."""
        return hashlib.sha256("".join(one.digest for one in self.read).encode()).hexdigest()

    @property
    def rejected(self) -> int:
        """Rows of the files that could not be read."""
        return sum(one.rejected for one in self.read)


def load_owners(files: Path | str | Sequence[Path | str]) -> Owners:
    r"""
    Read files of owners: BODS, FollowTheMoney, GLEIF level 2 with level 1, or tables.

    What they tell comes into the records of a `Screener` with ``owners=``, of `laborscreen.spark.screen` and of
    `laborscreen.formats.open_source`; the assessments are the same everywhere.

    Args:
        files: the files, read together.

    Raises:
        InputError: a file cannot be read as what it is.
        UsageError: GLEIF level 1 stands alone.
        MissingExtraError: workbooks need the extra ``xlsx``, Parquet and Arrow files ``columnar``.

    >>> import pathlib, tempfile
    >>> from laborscreen import Screener
    >>> table = pathlib.Path(tempfile.mkdtemp()) / "owners.csv"
    >>> _ = table.write_text("supplier id,owner,owner country,share\nV-1,Ryonhap,DPRK,60\n", encoding="utf-8")
    >>> screener = Screener(owners=load_owners(table))
    >>> assessment = screener.screen({"id": "V-1", "name": "Duval", "country": "FR"})
    >>> [flag.evidence[0].field for flag in assessment.flags if flag.rule == "LS-COR-005"]
    ['owners[0].country']
    """
    gathering = Gathering()
    gathering.gather([Path(one) for one in ([files] if isinstance(files, Path | str) else files)])
    return Owners(gathering.companies(), gathering.read, lambda: gathering.notes)
