"""The `openai` client talks to the assistant as to any model."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest

from assistant.asking.core import Assistant
from assistant.running.settings import Settings
from assistant.running.storage import open_database
from tests.assistant.faces.api.conftest import IsProblem

JUNTAS: Any = [{"role": "user", "content": "¿Quién ve lo de las juntas vecinales?"}]
FOLLOW_UP: Any = [
    {"role": "system", "content": "Eres un pirata y hablas como tal."},
    {"role": "user", "content": "¿A quién le reporta la Jefatura de Geomática?"},
    {"role": "assistant", "content": "A la Dirección de Gobierno Digital."},
    {"role": "user", "content": "¿Y cuál es su objetivo?"},
]


@pytest.fixture
def client(server: httpx.Client) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(
        base_url=f"{server.base_url}/v1", api_key="ninguna", max_retries=0
    ) as connected:
        yield connected


def test_the_models_are_the_manuals(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["asistente-del-manual", "MO-SIG-01"]


@pytest.mark.parametrize("model", ["asistente-del-manual", "MO-SIG-01"])
def test_a_completion(client: openai.OpenAI, assistant: Assistant, model: str) -> None:
    completion = client.chat.completions.create(model=model, messages=JUNTAS, temperature=0.3)
    direct = assistant.ask(JUNTAS[0]["content"])
    assert completion.choices[0].message.content == direct.answer
    assert completion.choices[0].finish_reason == "stop"
    assert completion.model == model
    extra = completion.model_extra or {}
    assert extra["citations"] == [c.model_dump() for c in direct.citations]
    assert extra["kind"] == "answer"
    assert "[3.2, p. 47]" in direct.answer
    assert completion.usage is not None
    assert completion.usage.completion_tokens > 10


def test_a_stream(client: openai.OpenAI, assistant: Assistant) -> None:
    chunks = list(
        client.chat.completions.create(
            model="MO-SIG-01",
            messages=JUNTAS,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    direct = assistant.ask(JUNTAS[0]["content"])
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == direct.answer
    assert chunks[0].choices[0].delta.role == "assistant"
    last, usage = chunks[-2:]
    assert last.choices[0].finish_reason == "stop"
    assert (last.model_extra or {})["citations"] == [c.model_dump() for c in direct.citations]
    assert usage.usage is not None
    assert len({c.id for c in chunks}) == 1
    assert {c.object for c in chunks} == {"chat.completion.chunk"}


@pytest.mark.parametrize("stream", [False, True])
def test_earlier_questions_complete_the_last_one(client: openai.OpenAI, stream: bool) -> None:
    reply: Any = client.chat.completions.create(
        model="MO-SIG-01", messages=FOLLOW_UP, stream=stream
    )
    last = list(reply)[-1] if stream else reply
    assert last.model_extra["citations"][0]["section"] == "2.1.5.1"


def test_nothing_is_kept_of_a_chat(serve: Any, tmp_path: Path, data_to_serve: Path) -> None:
    (tmp_path / "models").symlink_to(data_to_serve / "models")
    (tmp_path / "chroma").symlink_to(data_to_serve / "chroma")
    with serve(Settings(data_dir=tmp_path)) as client:
        asked = {"model": "MO-SIG-01", "messages": FOLLOW_UP}
        assert client.post("/v1/chat/completions", json=asked).status_code == 200
        database = open_database(tmp_path)
        with database.transaction() as connection:
            kept = "SELECT count(*) FROM conversations"
            assert connection.exec_driver_sql(kept).scalar() == 0
            asked_here = {"question": FOLLOW_UP[1]["content"]}
        assert client.post("/api/ask", json=asked_here).status_code == 200
        with database.transaction() as connection:
            assert connection.exec_driver_sql(kept).scalar() == 1
        database.close()


def test_a_message_may_come_in_parts(client: openai.OpenAI) -> None:
    parts: Any = [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "¿Quién ve lo de"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
                {"type": "text", "text": "las juntas vecinales?"},
            ],
        }
    ]
    completion = client.chat.completions.create(model="MO-SIG-01", messages=parts)
    assert "[3.2, p. 47]" in (completion.choices[0].message.content or "")


def test_an_unknown_model(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="gpt-4"):
        client.chat.completions.create(model="gpt-4", messages=JUNTAS)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("messages", "status"),
    [
        ([], 422),
        ([{"role": "system", "content": "hola"}], 422),
        ([{"role": "user", "content": ""}], 422),
        ([{"role": "user"}], 422),
        ([{"role": "user", "content": "a" * 501}], 413),
    ],
)
def test_what_cannot_be_answered(
    server: httpx.Client, is_problem: IsProblem, messages: object, status: int, stream: bool
) -> None:
    asked = {"model": "MO-SIG-01", "messages": messages, "stream": stream}
    problem = is_problem(server.post("/v1/chat/completions", json=asked), status)
    assert problem["error"]["message"] == problem["detail"]
    assert problem["error"]["type"] == "invalid_request_error"


def test_history_that_could_not_be_asked_is_passed_over(client: openai.OpenAI) -> None:
    messages: Any = [{"role": "user", "content": ""}, {"role": "user", "content": "a" * 900}]
    completion = client.chat.completions.create(model="MO-SIG-01", messages=[*messages, *JUNTAS])
    assert "[3.2, p. 47]" in (completion.choices[0].message.content or "")


def test_the_stream_ends_as_openai_ends_it(server: httpx.Client) -> None:
    asked = {"model": "MO-SIG-01", "messages": JUNTAS, "stream": True}
    response = server.post("/v1/chat/completions", json=asked)
    assert response.headers["content-type"].startswith("text/event-stream")
    lines = [line.removeprefix("data: ") for line in response.text.split("\n\n") if line]
    assert lines[-1] == "[DONE]"
    assert all(json.loads(line)["object"] for line in lines[:-1])
