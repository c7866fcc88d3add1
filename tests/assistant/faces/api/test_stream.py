"""A streamed answer: its events in order, and work that stops when nobody waits for it."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from assistant.answering.answer import Answer, AnswerKind
from assistant.asking.core import Assistant
from assistant.faces.serving.steps import StepListener
from assistant.running.settings import Settings
from tests.assistant.faces.api.conftest import IsProblem

Events = Callable[[str], list[tuple[str, Any]]]

JUNTAS = {"question": "¿Quién ve lo de las juntas vecinales?"}


class SlowAssistant:
    """Stands for an assistant whose steps take as long as a test lets them."""

    def __init__(self, inner: Assistant, steps: int = 200) -> None:
        self.library = inner.library
        self.steps = steps
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.ended_after: int | None = None

    def ask(self, question: str, _: None, __: None, listener: StepListener) -> Answer:
        done = 0
        try:
            while done < self.steps and not self.go_on.wait(0.02):
                listener.check()
                self.begun.set()
                done += 1
        finally:
            self.ended_after = done
        return Answer(answer=question, kind=AnswerKind.ANSWER, conversation_id="c", answer_id="a")


class BrokenAssistant:
    """Stands for an assistant with a bug."""

    def __init__(self, inner: Assistant) -> None:
        self.library = inner.library

    def ask(self, *_: object) -> Answer:
        raise RuntimeError("the question was: secret")


def test_events_come_in_order(server: httpx.Client, events_in: Events) -> None:
    response = server.post("/api/ask/stream", json=JUNTAS)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    events = events_in(response.text)
    names = [name for name, _ in events]
    assert list(dict.fromkeys(names)) == ["status", "token", "citation", "done"]
    assert names == sorted(names, key=["status", "token", "citation", "done"].index)
    steps = [data["step"] for name, data in events if name == "status"]
    assert steps == ["begin", "understand", "retrieve", "answer", "verify"]


def test_people_at_the_page_get_in_one_piece_what_is_whole_already(
    server: httpx.Client, events_in: Events
) -> None:
    events = events_in(server.post("/preguntar/flujo", json=JUNTAS).text)
    assert {name for name, _ in events[:-1]} == {"status"}
    name, last = events[-1]
    assert name == "done"
    assert "Coordinación de Mesas Directivas y Juntas Vecinales (3.2)" in last["html"]


def test_the_pieces_make_the_whole(server: httpx.Client, events_in: Events) -> None:
    events = events_in(server.post("/api/ask/stream", json=JUNTAS).text)
    whole = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "token") == whole["answer"]
    assert [data for name, data in events if name == "citation"] == whole["citations"]
    asked = server.post("/api/ask", json=JUNTAS).json()
    assert {**whole, "conversation_id": "", "answer_id": ""} == {
        **asked, "conversation_id": "", "answer_id": "",
    }  # fmt: skip


def test_what_is_wrong_from_the_start_is_a_problem_and_no_stream(
    server: httpx.Client, is_problem: IsProblem
) -> None:
    is_problem(server.post("/api/ask/stream", json={"question": " "}), 422)
    is_problem(server.post("/api/ask/stream", json={"question": "a" * 501}), 413)
    is_problem(server.post("/api/ask/stream", json={"question": "a", "manual": "NADA"}), 404)


def test_what_goes_wrong_later_is_an_event(
    serve: Any, data_to_serve: Path, assistant: Assistant, events_in: Events
) -> None:
    settings = Settings(data_dir=data_to_serve)
    with serve(settings, BrokenAssistant(assistant)) as client:
        stream = client.post("/api/ask/stream", json=JUNTAS).text
        name, problem = events_in(stream)[-1]
        assert (name, problem["status"]) == ("error", 500)
        assert "secret" not in stream


def test_a_bug_is_told_without_what_it_is(
    serve: Any, data_to_serve: Path, assistant: Assistant, is_problem: IsProblem
) -> None:
    settings = Settings(data_dir=data_to_serve)
    with serve(settings, BrokenAssistant(assistant)) as client:
        response = client.post("/api/ask", json=JUNTAS)
        problem = is_problem(response, 500)
        assert problem["request_id"] in problem["detail"]
        assert "secret" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"


def test_work_stops_when_the_client_goes_away(
    serve: Any, data_to_serve: Path, assistant: Assistant
) -> None:
    slow = SlowAssistant(assistant)
    with serve(Settings(data_dir=data_to_serve), slow) as client:
        with client.stream("POST", "/api/ask/stream", json=JUNTAS) as response:
            pieces = response.iter_text()  # kept: when it goes, so does the connection
            next(pieces)
            assert slow.begun.wait(5)
        wait_until(lambda: slow.ended_after is not None)
    assert slow.ended_after is not None
    assert slow.ended_after < slow.steps


def test_an_answer_that_takes_too_long_is_given_up(
    serve: Any, data_to_serve: Path, assistant: Assistant, is_problem: IsProblem
) -> None:
    slow = SlowAssistant(assistant)
    settings = Settings(data_dir=data_to_serve, answer_timeout=0.1)
    with serve(settings, slow) as client:
        response = client.post("/api/ask", json=JUNTAS)
        assert "tardó demasiado" in is_problem(response, 503)["detail"]
        assert int(response.headers["retry-after"]) > 0
        wait_until(lambda: slow.ended_after is not None)


def test_the_event_loop_is_free_while_all_threads_work(
    serve: Any, data_to_serve: Path, assistant: Assistant
) -> None:
    slow = SlowAssistant(assistant)
    with serve(Settings(data_dir=data_to_serve, threads=1), slow) as client:
        waiting = threading.Thread(target=client.post, args=("/api/ask",), kwargs={"json": JUNTAS})
        waiting.start()
        assert slow.begun.wait(5)
        started = time.monotonic()
        assert client.get("/healthz").status_code == 200
        assert client.get("/api/manuals/MO-SIG-01/sections/I").status_code == 200
        assert time.monotonic() - started < 2
        slow.go_on.set()
        waiting.join()


def wait_until(so: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.01)
