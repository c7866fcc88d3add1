"""Insert a row, or write over the one with the same key."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects import postgresql, sqlite

from assistant.storage.tables import Table


def upsert(connection: Connection, table: type[Table], row: Mapping[str, Any]) -> None:
    """Write the row in one statement, so that two writers at once do no harm."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in inspect(table).primary_key]
    statement = dialect.insert(table).values(**row)
    others = {name: statement.excluded[name] for name in row if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))
