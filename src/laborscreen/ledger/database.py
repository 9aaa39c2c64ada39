"""
The database under a ledger: a SQLite file, or PostgreSQL by URL; one writer at a time, and nothing lost once told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from laborscreen.errors import InputError, LaborscreenError, MissingExtraError, OutputError, UsageError

WAIT_SECONDS = 60
"""How long a writer waits for another one before it gives up."""

_SAFE = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")
# Digests are scattered over their index, so a ledger of millions would be read page by page without a larger cache; and
# fewer checkpoints write a page that several transactions touch once.
_QUICK = ("cache_size = -131072", "wal_autocheckpoint = 16384")

_LOCK = 0x6C61626F72  # any number that nothing else in the database locks: "labor"
_WRITES = "laborscreen_writes"


class Database:
    """
    A ledger's tables, made if they may be.

    Args:
        place: a file path, or a URL (``postgresql://user@host/name``).
        create: whether a ledger may be made where there is none.

    Raises:
        InputError: there is no ledger, or it is none, or a newer laborscreen made it.
        UsageError: a URL of another kind of database.
        MissingExtraError: a PostgreSQL URL without its driver.
    """

    def __init__(self, place: str | Path, *, create: bool) -> None:
        url = _url_of(place)
        self.name = url.render_as_string(hide_password=True) if url.host or url.query else str(place)
        self._file = Path(url.database) if url.drivername.startswith("sqlite") and url.database else None
        if self._file is not None and not self._file.exists():
            if not create:
                raise InputError(
                    f"{self.name}: there is no ledger", hint="`laborscreen ledger record` makes one"
                )
            if not self._file.parent.is_dir():
                raise OutputError(f"{self.name}: there is no such folder")
        try:
            self._engine = create_engine(url, **_options(url))
        except ModuleNotFoundError as error:
            raise MissingExtraError("postgres", "keep the ledger in PostgreSQL") from error
        if self._file is not None:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        try:
            self._bring_up_to_date(create=create)
        except LaborscreenError:
            self.close()
            raise

    @contextmanager
    def reading(self, *, any_bytes: bool = False) -> Iterator[Connection]:
        """
        Give a connection that sees one state of the ledger from beginning to end.

        Args:
            any_bytes: give bytes that are no text as lone surrogates instead of failing on them.
        """
        options = {} if self._file is not None else {"isolation_level": "REPEATABLE READ"}
        with self._explained(InputError, "read"), self._engine.connect() as plain:
            connection = plain.execution_options(**options)
            driver: Any = connection.connection.driver_connection
            if self._file is None or not any_bytes:
                yield connection
                return
            driver.text_factory = _any_text
            try:
                yield connection
            finally:
                driver.text_factory = str

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose work is kept whole when the block ends, and not at all when it fails."""
        with self._explained(OutputError, "written to"), self._engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def tidy(self) -> None:
        """
        Leave nothing of deleted rows on the disk.

        Raises:
            OutputError: another program reads the old state for longer than `WAIT_SECONDS`.
        """
        with self._explained(OutputError, "tidied"), self._engine.connect() as plain:
            if self._file is None:
                connection = plain.execution_options(isolation_level="AUTOCOMMIT")
                connection.exec_driver_sql("VACUUM payloads, identities")
                return
            driver: Any = plain.connection.driver_connection
            (busy, *_) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise OutputError(
                    f"{self.name}: erased, but another program still reads the state before",
                    hint="the disk is free of it when that program has ended and the ledger is written to again",
                )

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def _bring_up_to_date(self, *, create: bool) -> None:
        config = Config()
        config.set_main_option(
            "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
        )
        config.set_main_option("path_separator", "os")
        newest = ScriptDirectory.from_config(config).get_current_head()
        with self.reading() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        if found == newest:
            return
        if found is None and not create:
            raise InputError(f"{self.name} is no ledger", hint="`laborscreen ledger record` makes one")
        known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            raise InputError(f"{self.name} was made by a newer laborscreen", hint="upgrade laborscreen")
        with self.writing() as connection:
            if self._file is None:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def _explained(self, kind: type[InputError | OutputError], done: str) -> Iterator[None]:
        """Say in words what the database refuses; its own words hold no value of a row."""
        try:
            yield
        except DBAPIError as error:
            cause = str(error.orig).strip().split("\n", 1)[0]
            raise kind(f"{self.name} cannot be {done}: {cause}") from error
        except UnicodeDecodeError as error:  # SQLite quotes a damaged name in its message
            raise kind(f"{self.name} cannot be {done}: it is damaged") from error


def _url_of(place: str | Path) -> URL:
    text = str(place)
    if "://" not in text:
        return URL.create("sqlite+pysqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise UsageError("the ledger's URL cannot be read", hint="postgresql://user@host/name") from error
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite+pysqlite")
    raise UsageError(f"a ledger cannot be kept in {kind}", hint="a file path, or postgresql://user@host/name")


def _options(url: URL) -> dict[str, Any]:
    """Return how an engine is made; errors carry no values, so that no log shows what a row holds."""
    told: dict[str, Any] = {"hide_parameters": True}
    if url.drivername.startswith("sqlite"):
        told["connect_args"] = {"timeout": WAIT_SECONDS}
    return told


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Hand transactions over to us, keep what is told on the disk before it is told, wipe what is deleted."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in (*_SAFE, *_QUICK):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _any_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that turns writer later can be refused without waiting.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
