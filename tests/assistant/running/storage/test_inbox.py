"""What comes is handled once, also when it comes twice or its process dies."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import text

from assistant.running.storage import Database, Inbox, Waiting
from assistant.running.storage.database import now


def test_what_comes_twice_is_accepted_once(database: Database) -> None:
    inbox = Inbox(database)
    assert inbox.accept("7", "hola")
    assert not inbox.accept("7", "hola")
    inbox.handled("7")
    assert not inbox.accept("7", "hola")


def test_of_two_workers_that_get_it_at_once_one_has_it(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(lambda _: Inbox(database).accept("7", "hola"), range(8)))
    assert accepted.count(True) == 1


def test_what_a_dead_process_left_is_taken_over_in_order_and_once(database: Database) -> None:
    inbox = Inbox(database)
    for key in ("1", "2", "3"):
        inbox.accept(key, f"mensaje {key}")
    inbox.handled("2")
    untouched = timedelta(minutes=5)
    assert inbox.take_over(untouched) == []
    with database.transaction() as connection:
        hour_ago = {"then": now() - timedelta(hours=1)}
        connection.execute(text("UPDATE inbox SET updated_at = :then"), hour_ago)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: inbox.take_over(untouched), range(4)))
    waiting = [Waiting("1", "mensaje 1"), Waiting("3", "mensaje 3")]
    assert sorted((each for some in taken for each in some), key=lambda w: w.key) == waiting
    assert inbox.take_over(untouched) == []
    assert inbox.take_over() == waiting  # of a process that is known to be gone


def test_nothing_of_it_stays_once_it_is_handled(database: Database) -> None:
    inbox = Inbox(database)
    inbox.accept("1", "¿a quién le reporto?")
    inbox.handled("1")
    with database.transaction() as connection:
        assert connection.execute(text("SELECT payload FROM inbox")).all() == [(None,)]
    assert inbox.take_over() == []
