"""
The ledger as its users see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from laborscreen.errors import MissingExtraError
from laborscreen.ledger.decision import Decision
from laborscreen.ledger.ground import ErasureGround
from laborscreen.ledger.policy import ReviewPolicy
from laborscreen.ledger.run import Run
from laborscreen.ledger.stored import CaseLine, Replay, StoredCase, Verification

if TYPE_CHECKING:
    from collections.abc import Callable

    from laborscreen.ledger.database import Database
    from laborscreen.record import Record
    from laborscreen.screening import Assessment, Screener


def _now() -> datetime:
    return datetime.now(tz=UTC)


class Ledger:
    """
    An append-only record of results and of what people decided about them.

    Args:
        place: a SQLite file, or a PostgreSQL URL (``postgresql://user@host/name``).
        create: make the ledger where there is none.
        clock: tells the time of a row.

    Many programs may write to one ledger at once. Once a call that writes has returned, what it wrote is on the disk.

    Raises:
        MissingExtraError: SQLAlchemy is not installed.
        InputError: there is no ledger and none may be made, or it cannot be read.

    >>> import tempfile
    >>> from laborscreen import Screener
    >>> told = {"id": "V-7", "name": "Atelier Duval", "country": "FR"}
    >>> screener = Screener()
    >>> with tempfile.TemporaryDirectory() as folder, Ledger(f"{folder}/cases.db", create=True) as ledger:
    ...     run = ledger.begin_run(Run.on(screener.on(), "procurement"))
    ...     (number,) = ledger.record(run, [(told, screener.screen(told))])
    ...     ledger.replay(number, screener).same, ledger.verify().broken
    (True, ())
    """

    def __init__(
        self, place: str | Path, *, create: bool = False, clock: Callable[[], datetime] = _now
    ) -> None:
        self._database = _open(place, create=create)
        self._clock = clock

    @property
    def name(self) -> str:
        """Where the ledger is, without any password."""
        return self._database.name

    @property
    def policy(self) -> ReviewPolicy:
        """The policy in force."""
        from laborscreen.ledger.appending import policy_in_force

        with self._database.reading() as connection:
            return policy_in_force(connection)

    def set_policy(self, policy: ReviewPolicy, *, by: str) -> int:
        """Write a policy that holds for rows from here on, and return its row's number."""
        from laborscreen.ledger import writing

        return writing.set_policy(self._database, self._clock, policy, by)

    def begin_run(self, run: Run) -> int:
        """Write what a run is made from, and return its number."""
        from laborscreen.ledger import writing

        return writing.begin_run(self._database, self._clock, run)

    def record(
        self, run: int, screened: Iterable[tuple[Mapping[str, Any] | Record, Assessment]]
    ) -> tuple[int, ...]:
        """
        Write assessments, each with what its record was made of: all of them or none.

        Args:
            run: the number that `begin_run` gave.
            screened: what was screened, and the assessment of it.

        Returns:
            The assessments' numbers.

        Raises:
            UsageError: an assessment that is not of that run, or not of that record.
        """
        from laborscreen.ledger import writing

        return writing.record(self._database, self._clock, run, screened)

    def decide(self, *decisions: Decision) -> tuple[int, ...]:
        """
        Write decisions of people, all of them or none, and return their numbers.

        Raises:
            UsageError: no such assessment, or one that was erased, or the policy wants another reviewer.
        """
        from laborscreen.ledger import writing

        return writing.decide(self._database, self._clock, decisions)

    def cases(self, **filters: Any) -> Iterator[CaseLine]:
        """Yield assessments in the order they were written; filters are those of `reading.list_cases`."""
        from laborscreen.ledger import reading

        return reading.list_cases(self._database, **filters)

    def case(self, number: int, *, redacted: bool = False) -> StoredCase:
        """Return one assessment with its run, its texts and the decisions about it."""
        from laborscreen.ledger import reading

        return reading.show_case(self._database, number, redacted=redacted)

    def export_party(self, record_id: str, *, final: bool = False, redacted: bool = False) -> dict[str, Any]:
        """Return all that is kept about one party (`export.export_party`)."""
        from laborscreen.ledger import export

        return export.export_party(self._database, self._clock, record_id, final=final, redacted=redacted)

    def export_log(self) -> Iterator[dict[str, Any]]:
        """Yield every row of the chain in order; nothing in it is personal (`export.export_log`)."""
        from laborscreen.ledger import export

        return export.export_log(self._database)

    def erase(
        self, record_id: str, *, by: str, ground: ErasureGround, reference: str, early: bool = False
    ) -> int:
        """Erase all texts kept about a party and return how many there were (`erasure.erase`)."""
        from laborscreen.ledger import erasure

        return erasure.erase(
            self._database, self._clock, record_id, by=by, ground=ground, reference=reference, early=early
        )

    def verify(self, expected: str | None = None) -> Verification:
        """
        Check every row, text and name.

        Args:
            expected: an end noted earlier, which must still be in the chain.
        """
        from laborscreen.ledger import verification

        return verification.verify(self._database, expected)

    def replay(self, number: int, screener: Screener) -> Replay:
        """Make an old result again with the rulebook and lists of that time, and say whether it is the same."""
        from laborscreen.ledger.replaying import replay

        return replay(self.case(number), screener)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the database."""
        self.close()


def _open(place: str | Path, *, create: bool) -> Database:
    try:
        from laborscreen.ledger.database import Database
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("sqlalchemy", "alembic"):
            raise MissingExtraError("ledger", "keep a ledger of results and decisions") from error
        raise
    return Database(place, create=create)
