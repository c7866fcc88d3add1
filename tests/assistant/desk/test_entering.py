"""Entering: sessions that end, attempts that are counted by account and by address."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from assistant.desk.deeds import DeedBook, What
from assistant.desk.entering import IDLE, LONGEST, MOST_BY_ACCOUNT, MOST_BY_ADDRESS, Entrance
from assistant.desk.errors import EntryRefusedError, LockedOutError
from assistant.desk.people import PersonBook, Role
from assistant.running.storage import Database
from assistant.running.storage.database import now

PASSWORD = "una frase bastante larga"


@pytest.fixture
def door(database: Database) -> Entrance:
    people = PersonBook(database)
    people.accept(people.invite("ana@oficina.mx"), PASSWORD)
    people.accept(people.invite("beto@oficina.mx", Role.READER), PASSWORD)
    return Entrance(database)


def test_who_enters_stays_until_they_leave(door: Entrance) -> None:
    entered = door.enter("ana@oficina.mx", PASSWORD, "", "10.0.0.1")
    found = door.find(entered.token)
    assert found is not None
    assert found.person.email == "ana@oficina.mx"
    assert found.made(entered.form_token)
    assert not found.made("0" * 64)
    door.close(entered.token)
    assert door.find(entered.token) is None


def test_the_database_does_not_know_what_the_cookie_carries(
    door: Entrance, database: Database
) -> None:
    entered = door.enter("ana@oficina.mx", PASSWORD, "", "10.0.0.1")
    with database.transaction() as connection:
        kept = connection.execute(text("SELECT * FROM desk_sessions")).all()
    assert entered.token not in str(kept)
    assert door.find(entered.key) is None


@pytest.mark.parametrize(("column", "after"), [("updated_at", IDLE), ("opened_at", LONGEST)])
def test_a_session_ends_by_itself(
    door: Entrance, database: Database, column: str, after: timedelta
) -> None:
    entered = door.enter("ana@oficina.mx", PASSWORD, "", "10.0.0.1")
    with database.transaction() as connection:
        long_ago = {"at": now() - after - timedelta(seconds=1)}
        connection.execute(text(f"UPDATE desk_sessions SET {column} = :at"), long_ago)
    assert door.find(entered.token) is None


def test_an_account_is_shut_after_some_failures_whatever_the_address(
    door: Entrance, database: Database
) -> None:
    for attempt in range(MOST_BY_ACCOUNT):
        with pytest.raises(EntryRefusedError):
            door.enter("ana@oficina.mx", "no es esta", "", f"10.0.0.{attempt}")
    with pytest.raises(LockedOutError, match="espere 15 minutos"):
        door.enter("Ana@oficina.mx", PASSWORD, "", "10.0.0.99")
    assert DeedBook(database).latest()[0].what == What.LOCKED_OUT
    assert door.enter("beto@oficina.mx", PASSWORD, "", "10.0.0.1").person.role is Role.READER


def test_an_address_is_shut_after_many_failures_whatever_the_account(door: Entrance) -> None:
    for attempt in range(MOST_BY_ADDRESS):
        with pytest.raises(EntryRefusedError):
            door.enter(f"nadie{attempt}@oficina.mx", "no es esta", "", "10.0.0.1")
    with pytest.raises(LockedOutError):
        door.enter("ana@oficina.mx", PASSWORD, "", "10.0.0.1")
    assert door.enter("ana@oficina.mx", PASSWORD, "", "10.0.0.2").person.email == "ana@oficina.mx"


def test_failures_before_a_success_count_no_more(door: Entrance) -> None:
    for _ in range(2):
        for _ in range(MOST_BY_ACCOUNT - 1):
            with pytest.raises(EntryRefusedError):
                door.enter("ana@oficina.mx", "no es esta", "", "10.0.0.1")
        door.enter("ana@oficina.mx", PASSWORD, "", "10.0.0.1")


def test_no_address_is_kept_as_it_is(door: Entrance, database: Database) -> None:
    with pytest.raises(EntryRefusedError):
        door.enter("ana@oficina.mx", "no es esta", "", "10.11.12.13")
    with database.transaction() as connection:
        kept = connection.execute(text("SELECT * FROM desk_attempts")).all()
    assert "10.11.12.13" not in str(kept)


def test_what_counts_no_more_is_deleted(door: Entrance, database: Database) -> None:
    entered = door.enter("ana@oficina.mx", PASSWORD, "", "10.0.0.1")
    with pytest.raises(EntryRefusedError):
        door.enter("ana@oficina.mx", "no es esta", "", "10.0.0.1")
    door.forget_old()
    assert door.find(entered.token) is not None
    with database.transaction() as connection:
        old = {"at": now() - LONGEST - timedelta(seconds=1)}
        for table in ("desk_sessions", "desk_attempts"):
            connection.execute(text(f"UPDATE {table} SET updated_at = :at"), old)
    door.forget_old()
    with database.transaction() as connection:
        for table in ("desk_sessions", "desk_attempts"):
            assert connection.execute(text(f"SELECT * FROM {table}")).all() == []
