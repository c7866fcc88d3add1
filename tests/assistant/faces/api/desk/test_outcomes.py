"""However a question ends, and by whatever endpoint it came: counted once, and kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from assistant.answering.answer import Answer
from assistant.asking.core import Assistant
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.questions import KeptQuestion, QuestionBook, Wanted
from assistant.running.settings import Settings
from assistant.running.storage import open_database
from assistant.running.storage.database import now
from tests.assistant.faces.api.conftest import Serve

Ask = Callable[[httpx.Client, str], httpx.Response]
BAD, SLOW = "¿Qué pasa con lo que falla?", "¿Qué pasa con lo que tarda?"


class Faulty:
    """An assistant with a bug that one question meets, and another that it never ends."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def ask(self, question: str, *more: Any) -> Answer:
        _mishap(question, more[-1])
        return self._assistant.ask(question, *more)

    def ask_after(self, history: list[str], question: str, *more: Any) -> Answer:
        _mishap(question, more[-1])
        return self._assistant.ask_after(history, question, *more)


def _mishap(question: str, listener: Any) -> None:
    if question == BAD:
        raise RuntimeError(f"a bug with {question}")
    while question == SLOW:
        listener.check()
        time.sleep(0.01)


def _chat(client: httpx.Client, question: str, **more: Any) -> httpx.Response:
    messages = [{"role": "user", "content": question}]
    body = {"model": "asistente-del-manual", "messages": messages, **more}
    return client.post("/v1/chat/completions", json=body)


ENDPOINTS: dict[str, tuple[Channel, Ask]] = {
    "ask": (Channel.API, lambda c, q: c.post("/api/ask", json={"question": q})),
    "stream": (Channel.API, lambda c, q: c.post("/api/ask/stream", json={"question": q})),
    "openai": (Channel.API, _chat),
    "openai by parts": (Channel.API, lambda c, q: _chat(c, q, stream=True)),
    "page": (Channel.WEB, lambda c, q: c.post("/preguntar/flujo", json={"question": q})),
    "form": (Channel.WEB, lambda c, q: c.post("/preguntar", data={"pregunta": q})),
}


@pytest.fixture
def client(own_data: Path, assistant: Assistant, serve: Serve) -> Iterator[httpx.Client]:
    with _served(own_data, assistant, serve) as client:
        yield client


def _served(
    data: Path, assistant: Assistant, serve: Serve, **more: Any
) -> AbstractContextManager[httpx.Client]:
    settings = Settings(data_dir=data, rate_limit="no", keep_questions=True, **more)
    return serve(settings, cast(Assistant, Faulty(assistant)))


def _counted(data: Path) -> dict[tuple[Channel, Outcome], int]:
    database = open_database(data)
    tallies = QuestionBook(database).tallies(now().date())
    database.close()
    found: dict[tuple[Channel, Outcome], int] = {}
    for each in tallies:
        of_kind = each.channel, each.outcome
        found[of_kind] = found.get(of_kind, 0) + each.count
    return found


def _kept(data: Path) -> list[KeptQuestion]:
    database = open_database(data)
    kept = QuestionBook(database).wanted(Wanted())
    database.close()
    return kept


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_what_fails_is_counted_like_what_is_answered(
    endpoint: str, client: httpx.Client, own_data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    channel, ask = ENDPOINTS[endpoint]
    assert ask(client, "¿Cuál es la misión?").status_code == 200
    ask(client, BAD)
    assert _counted(own_data) == {(channel, Outcome.ANSWERED): 1, (channel, Outcome.FAILED): 1}
    failed = next(each for each in _kept(own_data) if each.outcome is Outcome.FAILED)
    assert (failed.question, failed.manual) == (BAD, "MO-SIG-01")
    assert failed.why == (
        "Error: algo falló dentro del asistente; el registro del servidor dice qué. (RuntimeError)",
    )
    counter = f'asistente_failures_total{{endpoint="{endpoint.split()[0]}",error="RuntimeError"}} 1'
    assert counter in client.get("/metrics").text
    line = next(each for each in caplog.messages if "pregunta sin responder" in each)
    assert ("RuntimeError" in line, BAD in line) == (True, False)


def test_what_takes_too_long_is_counted(own_data: Path, assistant: Assistant, serve: Serve) -> None:
    with _served(own_data, assistant, serve, answer_timeout=5) as client:
        assert client.post("/api/ask", json={"question": SLOW}).status_code == 503
    assert _counted(own_data) == {(Channel.API, Outcome.FAILED): 1}
    assert "tardó demasiado" in _kept(own_data)[0].why[-1]


def test_what_was_never_a_question_is_no_failure(client: httpx.Client, own_data: Path) -> None:
    for body, status in (
        ({"question": "  "}, 422),
        ({"question": "¿Qué? " * 500}, 413),
        ({"question": "¿Cuál es la misión?", "manual": "MO-NADA-99"}, 404),
    ):
        assert client.post("/api/ask", json=body).status_code == status
    assert _chat(client, "¿Qué hace?", model="MO-NADA-99").status_code == 404
    assert _counted(own_data) == {}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_question_that_finds_no_manual_is_counted(
    endpoint: str, serve: Serve, lend_model: Callable[[Path], None], tmp_path: Path
) -> None:
    lend_model(tmp_path)
    channel, ask = ENDPOINTS[endpoint]
    with serve(Settings(data_dir=tmp_path, rate_limit="no")) as client:
        assert ask(client, "¿Cuál es la misión?").status_code == 503
    assert _counted(tmp_path) == {(channel, Outcome.FAILED): 1}
