"""Calls of a model: nobody waits in vain, and a model that fails is left alone for a while."""

import threading
import time
from collections.abc import Iterator

import pytest
from langchain_core.messages import AIMessageChunk

from assistant.writing.calling import CallError, ModelCaller, Usage
from assistant.writing.record import Outcome


def says(*pieces: str) -> Iterator[AIMessageChunk]:
    return iter([AIMessageChunk(content=p) for p in pieces])


def breaks() -> Iterator[AIMessageChunk]:
    raise ConnectionError


def trouble_of(caller: ModelCaller) -> Outcome:
    with pytest.raises(CallError) as caught:
        list(caller.reply(breaks, Usage()))
    return caught.value.outcome


def test_the_pieces_come_one_by_one_and_tokens_are_counted() -> None:
    def source() -> Iterator[AIMessageChunk]:
        yield AIMessageChunk(content="La A ")
        yield AIMessageChunk(content="hace X")
        told = {"input_tokens": 7, "output_tokens": 4, "total_tokens": 11}
        yield AIMessageChunk(content="", usage_metadata=told)

    usage = Usage()
    assert list(ModelCaller(5.0, 1, 0).reply(source, usage)) == ["La A ", "hace X"]
    assert (usage.read, usage.written) == (7, 4)


def test_after_three_failures_it_is_left_alone_and_tried_again_later() -> None:
    caller = ModelCaller(5.0, 1, 0, leave_alone=0.5)
    assert [trouble_of(caller) for _ in range(3)] == [Outcome.FAILED] * 3
    assert trouble_of(caller) is Outcome.RESTING
    assert caller.is_resting
    time.sleep(0.6)
    assert list(caller.reply(lambda: says("ya"), Usage())) == ["ya"]
    assert not caller.is_resting


def test_it_is_not_asked_again_once_something_was_given_out() -> None:
    asked = []

    def source() -> Iterator[AIMessageChunk]:
        asked.append(1)
        yield AIMessageChunk(content="La A ")
        raise ConnectionError

    pieces = ModelCaller(5.0, 1, 0).reply(source, Usage())
    assert next(pieces) == "La A "
    with pytest.raises(CallError):
        next(pieces)
    assert len(asked) == 1


def test_a_model_that_hangs_is_waited_for_no_longer_than_allowed() -> None:
    go_on = threading.Event()

    def source() -> Iterator[AIMessageChunk]:
        go_on.wait(10.0)
        yield AIMessageChunk(content="tarde")

    began = time.monotonic()
    with pytest.raises(CallError) as caught:
        list(ModelCaller(0.2, 1, 0).reply(source, Usage()))
    go_on.set()
    assert caught.value.outcome is Outcome.TIMED_OUT
    assert time.monotonic() - began < 5.0


def test_so_many_at_a_time_so_many_waiting_and_the_rest_do_without() -> None:
    go_on, under_way = threading.Event(), threading.Semaphore(0)
    caller = ModelCaller(10.0, concurrency=1, waiting=1)
    said: list[str] = []

    def source() -> Iterator[AIMessageChunk]:
        under_way.release()
        go_on.wait(10.0)
        yield AIMessageChunk(content="ya")

    def ask() -> None:
        try:
            said.extend(caller.reply(source, Usage()))
        except CallError as error:
            said.append(error.outcome)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert under_way.acquire(timeout=5.0)
    deadline = time.monotonic() + 5.0
    while said != [Outcome.BUSY] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert said == [Outcome.BUSY]
    go_on.set()
    for thread in threads:
        thread.join(5.0)
    assert sorted(said) == sorted([Outcome.BUSY, "ya", "ya"])
