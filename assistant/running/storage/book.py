"""What every book of the database does: single reads and writes, each in its own transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable, Row

from assistant.running.storage.database import Database
from assistant.running.storage.tables import Table
from assistant.running.storage.upsert import upsert


class Book:
    """Some tables of the database. Its methods raise DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _all(self, wanted: Executable) -> Sequence[Row[Any]]:
        """The rows that are wanted."""
        with self._database.transaction() as connection:
            return connection.execute(wanted).all()

    def _first(self, wanted: Executable) -> Row[Any] | None:
        """The first of them; None if there is none."""
        with self._database.transaction() as connection:
            return connection.execute(wanted).first()

    def _value(self, wanted: Executable) -> Any:
        """Its first value; None if there is none."""
        with self._database.transaction() as connection:
            return connection.scalar(wanted)

    def _change(self, change: Executable) -> int:
        """Insert, update or delete; how many rows."""
        with self._database.transaction() as connection:
            return connection.execute(change).rowcount

    def _put(self, table: type[Table], **row: Any) -> None:
        """Write a row, over the one with its key."""
        with self._database.transaction() as connection:
            upsert(connection, table, row)
