"""
What all assessments of one run were made from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import orjson

from laborscreen.errors import UsageError
from laborscreen.ledger.decision import named
from laborscreen.screening.day import Day
from laborscreen.screening.result import Assessment, ListUsed
from laborscreen.values import DEFAULT, ReadingSettings


@dataclass(frozen=True, slots=True)
class Run:
    """
    One screening of some records.

    Args:
        requested_by: who asked for it.
        software: name and version.
        rulebook: digest of the rulebook.
        lists: the watchlists compared with.
        screened_on: the day screened.
        include: which rules counted, by status.
        purpose: why the records were screened; empty for any purpose.
        settings: date order and decimal mark of the files.
        files: digests of the files read, if any.
    """

    requested_by: str
    software: str
    rulebook: str
    lists: tuple[ListUsed, ...]
    screened_on: date
    include: tuple[str, ...] = ("stable",)
    purpose: str = ""
    settings: ReadingSettings = DEFAULT
    files: tuple[str, ...] = ()

    @classmethod
    def on(
        cls,
        day: Day,
        requested_by: str,
        *,
        include: Sequence[str] = ("stable",),
        purpose: str = "",
        settings: ReadingSettings = DEFAULT,
        files: Sequence[str] = (),
    ) -> Self:
        """
        Return what a run of a screener on one day is made from.

        Args:
            day: what `Screener.on` gives.
            requested_by: who asked for the screening.
            include: as the screener was told.
            purpose: as the screener was told.
            settings: date order and decimal mark of the files.
            files: digests of the files read.
        """
        from laborscreen import __version__

        return cls(
            requested_by,
            f"laborscreen {__version__}",
            day.rulebook.digest,
            day.lists,
            day.day,
            tuple(include),
            purpose,
            settings,
            tuple(files),
        )

    @classmethod
    def read(cls, row: dict[str, str], requested_by: str) -> Self:
        """Return the run that a row holds."""
        return cls(
            requested_by,
            row["software"],
            row["rulebook"],
            tuple(ListUsed(*one) for one in orjson.loads(row["lists"])),
            date.fromisoformat(row["screened_on"]),
            tuple(orjson.loads(row["include"])),
            row["purpose"],
            ReadingSettings(row["date_order"] or None, row["decimal_mark"] or None),  # type: ignore[arg-type] # as written
            tuple(orjson.loads(row["files"])),
        )

    def columns(self) -> dict[str, int | str]:
        """Return the run as a row holds it, but for whoever asked for it."""
        named("whoever asked for the run", self.requested_by)
        return {
            "software": self.software,
            "rulebook": self.rulebook,
            "lists": orjson.dumps([[one.list, one.date, one.digest] for one in self.lists]).decode(),
            "screened_on": self.screened_on.isoformat(),
            "include": orjson.dumps(self.include).decode(),
            "purpose": self.purpose,
            "files": orjson.dumps(self.files).decode(),
            "date_order": self.settings.date_order or "",
            "decimal_mark": self.settings.decimal_mark or "",
        }

    def require_same(self, assessment: Assessment) -> None:
        """
        Make sure that an assessment was made from what the run says.

        Raises:
            UsageError: another rulebook, other lists, another day or another version.
        """
        told = assessment.provenance
        for what, mine, its in (
            ("software", self.software, told.software),
            ("rulebook", self.rulebook, told.rulebook),
            ("lists", self.lists, told.lists),
            ("day screened", self.screened_on.isoformat(), told.screened_on),
        ):
            if mine != its:
                raise UsageError(
                    f"the assessment of {assessment.record_id} was made with another {what} than its run",
                    hint="begin a run of its own for it",
                )
