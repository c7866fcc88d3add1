"""The database is opened with its tables up to date, by however many processes at once."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assistant.running.storage import Database, DatabaseError, SqlConversations, open_database
from assistant.running.storage.database import FILE_NAME
from assistant.running.storage.tables import Table
from assistant.understanding.focus import Focus

_ROW = "INSERT INTO conversations VALUES ('a', '{}', '2024-01-01 00:00:00')"


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    with database.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_several_that_open_an_empty_database_at_once_do_no_harm(
    url: str | None, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: open_database(tmp_path, url), range(6)))
    for each in opened:
        each.check()
        each.close()


def test_opening_again_keeps_what_is_there(url: str | None, tmp_path: Path) -> None:
    for _ in range(2):
        open_database(tmp_path, url).close()


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            connection.exec_driver_sql(_ROW)
            connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(DatabaseError):
        fail()
    with database.transaction() as connection:
        assert connection.exec_driver_sql("SELECT * FROM conversations").all() == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://asistente:secreta@127.0.0.1:1/asistente",
        "mysql://127.0.0.1/asistente",
        "esto no es una dirección",
    ],
)
def test_a_url_that_leads_nowhere_is_told_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="ASISTENTE_DATABASE_URL") as told:
        open_database(tmp_path, url)
    assert "secreta" not in str(told.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "asistente.sqlite3").write_text("esto no es una base de datos" * 100, "utf-8")
    with pytest.raises(DatabaseError, match=r"asistente\.sqlite3"):
        open_database(tmp_path)


def test_what_is_erased_is_gone_from_the_file(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    conversations = SqlConversations(database, lambda _: None)
    conversations.save("una", Focus(unplaced="¿quién manda en Zacatlán?"))
    conversations.forget("una")
    database.close()
    assert all("Zacatlán".encode() not in each.read_bytes() for each in tmp_path.iterdir())


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    file = tmp_path / "asistente.sqlite3"
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_a_new_file_that_another_process_is_preparing_is_waited_for(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # as a migration does, before the file is in WAL
        opening = pool.submit(open_database, tmp_path)
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.3)
        other.execute("COMMIT")
        other.close()
        opening.result().close()
