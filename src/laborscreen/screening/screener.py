"""
The screener: records in, assessments out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from laborscreen.conditions import Grades
from laborscreen.errors import RecordError
from laborscreen.log import log
from laborscreen.record import Record
from laborscreen.rulebook import Rulebook, load_rulebook
from laborscreen.screening.compiled import Compiled, compile_rules
from laborscreen.screening.day import Day, ListsUsed
from laborscreen.screening.open_lists import EMBEDDED, notice, open_lists, too_old
from laborscreen.screening.result import Assessment, ListUsed, Rejected, Verdict
from laborscreen.values import DEFAULT, ReadingSettings

if TYPE_CHECKING:
    from laborscreen.owners import OwnersIndex
    from laborscreen.screening.parties import ListedParties
    from laborscreen.watchlists import Watchlist

Purpose = Literal["supplier_due_diligence", "contractor_onboarding", "employment"]


class Screener:
    """
    Screens records against a rulebook.

    Args:
        rules: a rulebook, or the folder or pack it is read from; the shipped one if left out.
        watchlists: lists of parties to compare names with: a `Watchlist`, a compiled list (``.lsw``) or a file as its
            publisher made it, or several of these. If left out, the dated snapshot of DPRK-related designations that comes
            with the package (``"embedded"``), and every result says how old it is; with ``()`` no name is compared, and
            every result says that.
        as_of: the day screened; the clock is read once per call if left out.
        include: which rules count, by status.
        purpose: why the records are screened; only rules fit for it are used.
        when_stale: whether a batch is refused (``fail``) or warned of (``warn``) where a list is older than the rulebook
            allows; as the rulebook says if left out.
        owners: owners told elsewhere (`laborscreen.formats.owners.load_owners`); they come into every record they belong
            to, after the owners that it tells itself.

    A screener may be shared by threads and pickled. It holds no record.

    Raises:
        RulebookError: the rulebook has faults; all of them are listed.
        WatchlistError: a list cannot be read, or is given twice.

    >>> screener = Screener()
    >>> screener.screen({"id": "V-7", "name": "Atelier Duval", "country": "FR"}).outcome
    'routine'
    """

    def __init__(
        self,
        rules: Rulebook | str | Path | None = None,
        *,
        watchlists: Watchlist | str | Path | Sequence[Watchlist | str | Path] = EMBEDDED,
        as_of: date | None = None,
        include: Iterable[str] = ("stable",),
        purpose: Purpose | None = None,
        when_stale: Literal["warn", "fail"] | None = None,
        owners: OwnersIndex | None = None,
    ) -> None:
        self._include = tuple(include)
        self._purpose = purpose
        self._rulebook = (
            rules
            if isinstance(rules, Rulebook)
            else load_rulebook(rules, include=self._include, purpose=purpose)
        )
        self._watchlists = open_lists(watchlists)
        self._when_stale = when_stale or self._rulebook.policy.list_age.when_older
        self._as_of = as_of
        self._owners = owners
        self._start()

    def _start(self) -> None:
        policy = self._rulebook.policy
        self._grades = Grades(dict(policy.quality), policy.direct_from, policy.named_person_direct_from)
        self._parties = self._compare_with()
        self._compiled: dict[tuple[str, ...], Compiled] = {}
        self._days: dict[date, Day] = {}
        if self._as_of is not None:
            self.on(self._as_of)

    def __getstate__(self) -> dict[str, Any]:
        """Leave compiled functions behind; they are made anew."""
        return {
            "_include": self._include,
            "_purpose": self._purpose,
            "_rulebook": self._rulebook,
            "_watchlists": self._watchlists,
            "_when_stale": self._when_stale,
            "_as_of": self._as_of,
            "_owners": self._owners,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._start()

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook in use."""
        return self._rulebook

    @property
    def watchlists(self) -> tuple[Watchlist, ...]:
        """The lists names are compared with."""
        return self._watchlists

    @property
    def owners(self) -> OwnersIndex | None:
        """Owners told elsewhere."""
        return self._owners

    @property
    def choice(self) -> str:
        """Which of the rulebook's rules count, in words."""
        return f"{', '.join(self._include)}; {self._purpose or 'any purpose'}"

    def screen(self, record: Record | Mapping[str, Any], *, as_of: date | None = None) -> Assessment:
        """
        Screen one record and explain the result.

        Args:
            record: a `Record`, or a mapping of its fields.
            as_of: the day screened, if not the screener's.

        Raises:
            RecordError: the record has no id or no name, or a field nobody knows.
        """
        return self.on(as_of).screen(self._whole(record))

    def verdict(self, record: Record, *, as_of: date | None = None) -> Verdict:
        """Return the outcome and the bands of one record, without evidence."""
        return self.on(as_of).verdict(self._whole(record))

    def screen_many(
        self,
        records: Iterable[Record | Mapping[str, Any]],
        *,
        as_of: date | None = None,
        on_error: Literal["raise", "collect"] = "raise",
    ) -> Iterator[Assessment | Rejected]:
        """
        Screen records one after the other, in constant memory; the day is fixed once.

        Args:
            records: any iterable of records or mappings.
            as_of: the day screened, if not the screener's.
            on_error: raise at a bad record, or give a `Rejected` in its place.

        Raises:
            WatchlistError: a list is older than the rulebook allows.
        """
        day = self.on(as_of)
        day.refuse_stale_lists()
        for record in records:
            try:
                yield day.screen(self._whole(record))
            except RecordError as error:
                if on_error == "raise":
                    raise
                yield Rejected(error.record_id, error.field, error.message, error.hint)

    def screen_frame(
        self,
        frame: Any,
        *,
        as_of: date | None = None,
        settings: ReadingSettings = DEFAULT,
        with_assessment: bool = True,
    ) -> Any:
        """
        Screen a data frame and return one of the same kind.

        Its columns are record paths (``country``, ``workforce.nationality``), or whole groups (``workforce``) as lists of
        structures or mappings.

        Args:
            frame: a polars or pandas data frame, or a pyarrow table.
            as_of: the day screened, if not the screener's.
            settings: date order and decimal mark of the values.
            with_assessment: whether the column ``assessment`` is made, which holds the whole result as JSON and most of the
                memory.

        Returns:
            One row for each row of *frame*, in its order, with the columns `screening.frames.RESULT_COLUMNS`.

        Raises:
            UsageError: not a frame, or a column that is no record path.
            WatchlistError: a list is older than the rulebook allows.
        """
        from laborscreen.screening.frames import screen_frame

        return screen_frame(self.on(as_of), frame, settings, self._owners, with_assessment=with_assessment)

    def on(self, as_of: date | None = None) -> Day:
        """
        Return the screener for one day: the given one, the screener's own, or today.

        It screens records as they are: no owners come into them there.
        """
        day = as_of or self._as_of or datetime.now(tz=UTC).date()
        found = self._days.get(day)
        if found is None:
            compiled = self._compile(day)
            bound = compiled.program.on(day, dict(self._rulebook.rates.usd_per_unit), self._parties)
            lists = self._lists_used(day)
            found = Day(self._rulebook, compiled, bound, self._grades, self._parties, lists, day)
            log.info(
                "screening on %s: rulebook %s, %d rules", day, self._rulebook.digest, len(compiled.rules)
            )
            for one in lists.lists:
                log.info("list %s of %s, %s", one.list, one.date or "unknown date", one.digest)
            if lists.note:
                log.warning("%s", lists.note) if lists.lists else log.info("%s", lists.note)
            self._days = {**self._days, day: found} if len(self._days) < 8 else {day: found}
        return found

    def _compile(self, day: date) -> Compiled:
        rules = self._rulebook.active_on(day)
        key = tuple(rule.id for rule in rules)
        found = self._compiled.get(key)
        if found is None:
            found = compile_rules(self._rulebook, rules)
            self._compiled = {**self._compiled, key: found}
        return found

    def _compare_with(self) -> ListedParties | None:
        """Return what compares names, if there is any list."""
        if not self._watchlists:
            return None
        from laborscreen.screening.parties import ListedParties

        policy = self._rulebook.policy
        return ListedParties(self._watchlists, policy.name_thresholds, policy.listed_share)

    def _lists_used(self, day: date) -> ListsUsed:
        most_days = self._rulebook.policy.list_age.most_days
        stale = too_old(self._watchlists, day, most_days) if self._when_stale == "fail" else ()
        used = tuple(
            ListUsed(one.list, str(one.file_date or ""), one.digest)
            for watchlist in self._watchlists
            for one in watchlist.provenance
        )
        return ListsUsed(used, notice(self._watchlists, day, most_days), stale, most_days)

    def _whole(self, record: Record | Mapping[str, Any]) -> Record:
        """Return a record with the owners told elsewhere in it."""
        whole = record if isinstance(record, Record) else Record.model_validate(record)
        if self._owners is None:
            return whole
        from laborscreen.owners import into_record

        return into_record(self._owners, whole)
