"""
The screener of one day: a compiled rulebook, the lists as they are that day, and the memory of what was judged.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from laborscreen.conditions import BoundProgram, Evaluation, Grades, Pattern, RowRunner, Traced
from laborscreen.errors import WatchlistError
from laborscreen.record import Record
from laborscreen.rulebook import Rulebook
from laborscreen.screening.compiled import Compiled
from laborscreen.screening.digests import input_digest
from laborscreen.screening.excepted import Excepted
from laborscreen.screening.explanation import Explainer, Settled
from laborscreen.screening.result import Assessment, ListUsed, Provenance, Verdict
from laborscreen.source import Location

if TYPE_CHECKING:
    from laborscreen.screening.parties import ListedParties
    from laborscreen.watchlists import StaleList

_PATTERNS = 50_000  # distinct patterns remembered; beyond that the memory starts anew


class ListsUsed(NamedTuple):
    """
    The lists names are compared with.

    Args:
        lists: each with its date and digest.
        note: what a reader of the result should know of them: none, a mere snapshot, too old.
        stale: those that are so old that no batch may rely on them.
        most_days: how old a list may be.
    """

    lists: tuple[ListUsed, ...]
    note: str
    stale: tuple[StaleList, ...]
    most_days: int


class Alike(NamedTuple):
    """
    What records have in common that answer every test alike.

    Args:
        pattern: all that their answers depend on.
        settled: what follows from it.
        traced: rule to its condition with the answers filled in, for the rules that were explained.
    """

    pattern: Pattern
    settled: Settled
    traced: dict[str, Traced]


class Day:
    """
    A screener on one day, with its memory of judged values.

    Made by `Screener.on`.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        compiled: Compiled,
        bound: BoundProgram,
        grades: Grades,
        parties: ListedParties | None,
        lists: ListsUsed,
        day: date,
    ) -> None:
        from laborscreen import __version__

        self.rulebook = rulebook
        self.compiled = compiled
        self.bound = bound
        self.grades = grades
        self.day = day
        self._runner = RowRunner(bound, grades)
        self._settled: dict[tuple[Pattern, tuple[int, ...]], Settled] = {}
        self.excepted = Excepted(rulebook.exceptions, compiled, parties, day)
        self.lists = lists.lists
        self.lists_note = lists.note
        self._stale_lists, self._most_days = lists.stale, lists.most_days
        self._software = f"laborscreen {__version__}"
        self._explainer = Explainer(rulebook, compiled.program, compiled.rules, day, self.excepted.witness)

    def refuse_stale_lists(self) -> None:
        """
        Refuse to screen a batch against lists that are too old; one record at a time is screened, and told so.

        Raises:
            WatchlistError: a list is older than the rulebook allows, and neither it nor the caller says to warn only.
        """
        if self._stale_lists:
            raise WatchlistError(
                "; ".join(map(str, self._stale_lists)) + f"; the rulebook allows {self._most_days:,} days",
                location=Location(self._stale_lists[0].provenance.file),
                hint="import a newer list, or ask for a warning only: --stale-lists warn, Screener(when_stale='warn')",
            )

    def verdict(self, record: Record) -> Verdict:
        """Return the outcome and the bands of one record, without evidence."""
        return self._settle(record)[1].verdict

    def screen(self, record: Record, like: Alike | None = None) -> Assessment:
        """
        Screen one record and explain the result.

        Args:
            record: the record.
            like: what was found for another record, if this one is known to answer every test as that one does.
        """
        same = like or self.alike(record)
        evaluation = self._runner.evaluate(
            same.pattern, record, self.excepted.slots(record), same.settled.answers
        )
        return self._explainer.assess(
            record,
            evaluation,
            same.settled,
            self.excepted.rules(record),
            self._provenance(record),
            same.traced,
        )

    def alike(self, record: Record) -> Alike:
        """Return what every record that answers the tests as this one does has in common with it."""
        return Alike(*self._settle(record), {})

    def evaluate(self, record: Record) -> Evaluation:
        """Return the answers for one record with all they came from, for those who trace a rule."""
        pattern, settled = self._settle(record)
        return self._runner.evaluate(pattern, record, self.excepted.slots(record), settled.answers)

    def _settle(self, record: Record) -> tuple[Pattern, Settled]:
        """Return what follows from a record's pattern alone; each pattern is judged once and remembered."""
        pattern = self._runner.pattern(record)
        exempt = self.excepted.slots(record)
        key = (pattern, exempt)
        found = self._settled.get(key)
        if found is None:
            evaluation = self._runner.evaluate(pattern, record, exempt)
            judge = self.compiled.judge
            judgement = judge.judge(evaluation.answers, evaluation.at, lambda: evaluation.direct)
            found = self._explainer.settle(record, evaluation, judgement, judge.verdict(judgement))
            if len(self._settled) >= _PATTERNS:
                self._settled = {}
            self._settled[key] = found
        return pattern, found

    def pattern(self, record: Record) -> Pattern:
        """Return all that a record's answers depend on."""
        return self._runner.pattern(record)

    def _provenance(self, record: Record) -> Provenance:
        return self.provenance(input_digest(record))

    def provenance(self, digest: str) -> Provenance:
        """Return what the result of an input with this *digest* is made from."""
        return Provenance(
            self._software,
            self.rulebook.digest,
            self.lists,
            self.lists_note,
            digest,
            self.day.isoformat(),
            self.rulebook.note,
        )
