"""Opens the database, brings its tables up to date, and words its failures for people."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from corpus.breaker import Breaker
from corpus.errors import AsistenteError

FILE_NAME = "asistente.sqlite3"
_TURN_SECONDS = 30
"""How long SQLite waits for another process that brings the tables up to date."""
_WRITER_SECONDS = 5
"""How long it waits for another writer."""
_SOON = 0.02
_CONNECT_SECONDS = 3
_ANSWER_SECONDS = 5.0
"""How long PostgreSQL may take for a statement, each of which takes milliseconds."""
_MIGRATION_SECONDS = 120.0
_REST_SECONDS = 5.0
"""For how long a database that failed is not asked."""
_MIGRATING = 0x61736973
"""Key of PostgreSQL's advisory lock: processes that start together migrate one after another."""


class DatabaseError(AsistenteError):
    """The database can't be opened, read or written."""

    outward = "La base de datos no responde en este momento; vuelva a intentarlo en un momento."


class Database:
    """Connections to the database. Safe for threads, and for several processes at once.

    Its tables are brought up to date before the first transaction. A database that fails is left
    alone for a moment: whoever comes meanwhile is told at once.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where
        self._breaker = Breaker(_REST_SECONDS)
        self._is_ready = False
        self._preparing = threading.Lock()

    @property
    def is_postgresql(self) -> bool:
        """Whether it is PostgreSQL rather than SQLite."""
        return self._engine.dialect.name == "postgresql"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed at the end. Raises DatabaseError."""
        if not self._is_ready:
            self.migrate()
        with self._guarded(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if not self._breaker.admits():
            raise _unusable(self._where)
        try:
            yield
        except (OperationalError, InterfaceError, PoolTimeoutError) as error:
            # a file fails at once, and has nothing to be spared, unless another keeps it locked
            if self.is_postgresql or "locked" in str(error):
                self._breaker.failed()
            else:
                self._breaker.worked()
            raise _unusable(self._where) from error
        except SQLAlchemyError as error:  # it answered, if not as was hoped for
            self._breaker.worked()
            raise _unusable(self._where) from error
        except BaseException:
            self._breaker.worked()  # the fault is the caller's
            raise
        self._breaker.worked()

    def check(self) -> None:
        """Raise DatabaseError unless the database answers."""
        with self.transaction() as connection:
            connection.execute(text("SELECT 1"))

    def migrate(self) -> None:
        """Bring the tables up to date, once. Raises DatabaseError."""
        if self._breaker.is_resting and self._preparing.locked():
            raise _unusable(self._where)  # somebody tries, and it failed before
        with self._preparing:
            if not self._is_ready:
                with self._guarded():
                    self._migrate()
                self._is_ready = True

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "assistant.running.storage:migrations")
        with self._engine.begin() as connection:
            # one process at a time: two that start together would both create the tables
            if self.is_postgresql:
                waiting: Any = connection.connection.dbapi_connection
                waiting.seconds = _MIGRATION_SECONDS
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))
            else:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_TURN_SECONDS * 1000}")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if self.is_postgresql:
                waiting.seconds = _ANSWER_SECONDS
            else:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_WRITER_SECONDS * 1000}")

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_database(data_dir: Path, url: str | None = None) -> Database:
    """The database at `url`, or else the SQLite file in the data folder, its tables up to date.

    Raises DatabaseError.
    """
    database = database_to_open(data_dir, url)
    try:
        database.migrate()
    except BaseException:
        database.close()
        raise
    return database


def database_to_open(data_dir: Path, url: str | None = None) -> Database:
    """The same, connected to when it is first used: it may not answer yet.

    Raises DatabaseError for what can't be used whatever happens: an address that is none, a folder
    that can't be written.
    """
    where = _location(data_dir, url)
    try:
        return Database(_engine(data_dir, url), where)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise _unusable(where) from error


def now() -> datetime:
    """The time as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _engine(data_dir: Path, url: str | None) -> Engine:
    if url is not None:
        from assistant.running.storage.bounded import BoundedConnection

        engine = create_engine(
            _postgresql(url),
            pool_pre_ping=True,
            pool_timeout=_ANSWER_SECONDS,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )

        def connect(_dialect: object, _record: object, args: Any, options: Any) -> Any:
            return BoundedConnection.connect(*args, **options)

        event.listen(engine, "do_connect", connect)
        return engine
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / FILE_NAME
    file.touch(mode=0o600)  # what SQLite itself would make, anybody could read
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        connect_args={"timeout": _WRITER_SECONDS},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _postgresql(url: str) -> URL:
    """The URL with the driver that is installed, however its scheme is written."""
    parsed = make_url(url)
    if parsed.drivername not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise ArgumentError("not PostgreSQL")
    return parsed.set(drivername="postgresql+psycopg")


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # readers don't wait for the writer, and a commit doesn't wait for the disk
    _let_readers_be(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file


def _let_readers_be(connection: sqlite3.Connection) -> None:
    """Switch the file to WAL. Who finds it in use by another that opens it must try again: for this
    SQLite does not wait by itself."""
    deadline = time.monotonic() + _TURN_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_SOON)


def _location(data_dir: Path, url: str | None) -> str:
    """What a person would call the database, without its password."""
    if url is None:
        return str(data_dir / FILE_NAME)
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "ASISTENTE_DATABASE_URL"


def _unusable(where: str) -> DatabaseError:
    return DatabaseError(
        f"La base de datos de «{where}» no se puede usar; compruebe ASISTENTE_DATABASE_URL o el "
        "acceso a la carpeta de datos."
    )
