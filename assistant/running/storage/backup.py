"""The rows of all tables as JSON, and back: from SQLite to PostgreSQL too."""

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, delete, func, insert, select
from sqlalchemy.types import TypeEngine

from assistant.running.storage.database import Database
from assistant.running.storage.tables import Table

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""By the table's name."""


def all_rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    """What the database keeps, as of one moment. Raises DatabaseError."""
    with database.transaction() as connection:
        return {
            table.name: [
                {name: _written(value) for name, value in row._mapping.items()}
                for row in connection.execute(select(table))
            ]
            for table in Table.metadata.sorted_tables
        }


def is_empty(database: Database) -> bool:
    """Whether nothing is kept. Raises DatabaseError."""
    with database.transaction() as connection:
        return not any(
            connection.scalar(select(func.count()).select_from(table))
            for table in Table.metadata.sorted_tables
        )


def put_rows_back(database: Database, rows: Rows) -> None:
    """Keep these rows and no others. Raises DatabaseError, and ValueError for what are none."""
    with database.transaction() as connection:
        for table in Table.metadata.sorted_tables:
            connection.execute(delete(table))
            known = {column.name: column.type for column in table.columns}
            read = [
                {name: _read(known[name], value) for name, value in row.items() if name in known}
                for row in rows.get(table.name, ())
            ]
            if read:
                connection.execute(insert(table), read)


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: TypeEngine[Any], value: Any) -> Any:
    match kind:
        case _ if value is None:
            return None
        case DateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return base64.b64decode(value, validate=True)
        case _:
            return value
