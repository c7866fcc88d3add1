"""What every table holds goes through JSON and comes back as it was."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, DateTime, Integer, LargeBinary, insert, select

from assistant.running.storage import Database, open_database
from assistant.running.storage.backup import all_rows, is_empty, put_rows_back
from assistant.running.storage.tables import Table


def _some(kind: Any) -> Any:
    match kind:
        case DateTime():
            return datetime(2026, 3, 1, 12, 30, 15, 250)
        case Date():
            return datetime(2026, 3, 1).date()
        case Integer():
            return 7
        case LargeBinary():
            return b"\x00\xff\x10"
        case _:
            return "up"


@pytest.mark.parametrize("nothing", [False, True], ids=["all set", "none where none may be"])
def test_all_rows_come_back(database: Database, tmp_path: Path, nothing: bool) -> None:
    tables = Table.metadata.sorted_tables
    with database.transaction() as connection:
        for table in tables:
            row = {
                column.name: None if nothing and column.nullable else _some(column.type)
                for column in table.columns
            }
            connection.execute(insert(table).values(**row))
        before = {table.name: connection.execute(select(table)).all() for table in tables}
    written = json.dumps(all_rows(database))
    other = open_database(tmp_path / "other")
    assert is_empty(other)
    put_rows_back(other, json.loads(written))
    with other.transaction() as connection:
        after = {table.name: connection.execute(select(table)).all() for table in tables}
    other.close()
    assert after == before
