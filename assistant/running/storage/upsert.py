"""Insert a row, beside or over the one with the same key, in one statement.

So that two writers at once do no harm.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects import postgresql, sqlite

from assistant.running.storage.tables import Table


def upsert(connection: Connection, table: type[Table], row: Mapping[str, Any]) -> None:
    """Write the row, over the one with its key."""
    statement, keys = _insert(connection, table, row)
    others = {name: statement.excluded[name] for name in row if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))


def insert_new(connection: Connection, table: type[Table], row: Mapping[str, Any]) -> bool:
    """Write the row unless there is one with its key; whether it was written."""
    statement, keys = _insert(connection, table, row)
    unless_there = statement.on_conflict_do_nothing(index_elements=keys)
    # a row count is not told by every driver
    return connection.execute(unless_there.returning(getattr(table, keys[0]))).first() is not None


def _insert(
    connection: Connection, table: type[Table], row: Mapping[str, Any]
) -> tuple[Any, list[str]]:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in inspect(table).primary_key]
    return dialect.insert(table).values(**row), keys
