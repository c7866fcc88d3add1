"""What a conversation keeps, and for how long."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.asking.conversation import MemoryConversations, new_conversation_id
from assistant.understanding.focus import NOTHING, Focus


def test_an_unknown_conversation_is_about_nothing() -> None:
    assert MemoryConversations().load("nunca") == NOTHING


def test_a_conversation_is_kept_until_it_is_forgotten() -> None:
    store = MemoryConversations()
    focus = Focus(positions=("3.2",), manual="MO-SIG-01")
    store.save("a", focus)
    store.save("b", Focus(positions=("4",)))
    assert store.load("a") == focus
    store.forget("a")
    store.forget("a")
    assert store.load("a") == NOTHING
    assert store.load("b").positions == ("4",)


def test_the_oldest_conversation_goes_when_there_are_too_many() -> None:
    store = MemoryConversations(capacity=2)
    for name in "abc":
        store.save(name, Focus(manual=name))
    assert [store.load(name).manual for name in "abc"] == [None, "b", "c"]


def test_going_on_keeps_a_conversation() -> None:
    store = MemoryConversations(capacity=2)
    for name in "abac":
        store.save(name, Focus(manual=name))
    assert [store.load(name).manual for name in "abc"] == ["a", None, "c"]


def test_a_conversation_ends_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    store = MemoryConversations(seconds_to_live=60)
    store.save("a", Focus(manual="m"))
    now = 1059.0
    assert store.load("a").manual == "m"
    now = 1061.0
    assert store.load("a") == NOTHING


def test_ids_are_not_to_be_guessed() -> None:
    ids = {new_conversation_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert min(map(len, ids)) >= 20


def test_threads_may_share_a_store() -> None:
    store = MemoryConversations(capacity=50)

    def use(number: int) -> bool:
        name = str(number % 70)
        store.save(name, Focus(manual=name))
        return store.load(name).manual in {name, None}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(2000)))
