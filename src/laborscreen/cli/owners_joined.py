"""
What became of the files of owners: rows used, left out and rejected; companies met in the records, and those that were not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from laborscreen.formats.owners import Owners, OwnersRead

_NAMED = 3


@dataclass(frozen=True, slots=True)
class OwnersJoined:
    """
    What became of the files of owners.

    Args:
        read: the files.
        companies: how many companies they tell of.
        matched: how many of them were met in the records.
        unmatched: how the first of the others are known.
        ambiguous: records with a number that is that of several companies, so that none of them was joined.
        notes: what else a person should know.
    """

    read: tuple[OwnersRead, ...]
    companies: int
    matched: int
    unmatched: tuple[str, ...]
    ambiguous: int
    notes: tuple[str, ...]

    def in_words(self) -> list[str]:
        """Return what a person should know of them."""
        found = told_of_files(self.read)
        found += self.notes
        left_over = self.companies - self.matched
        told = f"--owners: {self.matched:,} of {self.companies:,} companies were met in the records"
        if left_over:
            shown = ", ".join(self.unmatched) + (" ..." if left_over > len(self.unmatched) else "")
            told += f"; not met: {left_over:,} ({shown})"
        found.append(told)
        if self.ambiguous:
            found.append(
                f"--owners: {self.ambiguous:,} records bear a number that is that of several companies; none was joined to "
                "them (give LEI, or the id of the supplier file)"
            )
        return found

    def to_dict(self) -> dict[str, object]:
        """Return the form that ``--summary`` writes."""
        return {
            "files": [{**asdict(one), "left_out": dict(one.left_out), "rows": one.rows} for one in self.read],
            "companies": self.companies,
            "matched": self.matched,
            "unmatched": self.companies - self.matched,
            "first_unmatched": list(self.unmatched),
            "ambiguous": self.ambiguous,
            "notes": list(self.notes),
        }


def told_of_files(read: Iterable[OwnersRead]) -> list[str]:
    """Return in words what became of the rows of some files of owners."""
    found = []
    for one in read:
        left = "".join(f", {count:,} {why}" for why, count in one.left_out.items())
        found.append(
            f"{one.file}: {one.format}, rows {one.rows:,} = used {one.used:,}{left}, rejected {one.rejected:,}"
        )
        found += [
            f"{one.file}: row {bad.row} (line {bad.line}) rejected: {bad.reason}" for bad in one.first_rejects
        ]
        found += [f"{one.file}: {note}" for note in one.notes]
    return found


def tell_owners(owners: Owners | None) -> None:
    """Print what became of the files of owners, beside the results."""
    from laborscreen.cli.terminal import console, safe

    for line in told_of_files(owners.read) if owners else ():
        console(err=True).print(safe(line, "dim"), soft_wrap=True)


def owners_joined(owners: Owners, met: Iterable[int], ambiguous: int) -> OwnersJoined:
    """Sum up what became of *owners*, of which the companies *met* stood in the records."""
    matched = np.zeros(len(owners), np.bool_)
    matched[list(met)] = True
    left = np.flatnonzero(~matched)[:_NAMED].tolist()
    return OwnersJoined(
        owners.read, len(owners), int(matched.sum()), owners.names(left), ambiguous, owners.notes
    )
