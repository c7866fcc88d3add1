"""The tests' model server behaves and misbehaves as told, seen by `openai` and by LangChain."""

import functools
import json
import operator
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import openai
import pytest
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage, ToolMessage

from tests.assistant.writing.model_server import (
    MODEL,
    CallsTools,
    ChatRequest,
    CutOff,
    Fails,
    Garbage,
    Hangs,
    ModelServer,
    Says,
    Script,
    ToolCall,
    model_server,
    refused,
)

ANSWER = "La Jefatura de Geomática reporta a la Dirección de Gobierno Digital [1]."
QUESTION = "¿A quién le reporta la Jefatura de Geomática?"
ASKED: Any = [
    {"role": "system", "content": "Responde sólo con los pasajes."},
    {"role": "user", "content": QUESTION},
]
SEARCH: Any = {
    "type": "function",
    "function": {"name": "buscar", "parameters": {"type": "object", "properties": {}}},
}
LOOK_UP = CallsTools(
    [ToolCall("buscar", {"texto": "Jefatura de Geomática"}), ToolCall("abrir", "no es JSON")]
)

Ask = Callable[[openai.OpenAI], object]


@pytest.fixture(scope="module")
def one_server() -> Iterator[ModelServer]:
    """The same for all tests; each begins with it as new."""
    with model_server() as server:
        yield server


@pytest.fixture
def model(one_server: ModelServer) -> ModelServer:
    one_server.reset()
    return one_server


@pytest.fixture
def client(model: ModelServer) -> Iterator[openai.OpenAI]:
    with _client(model.base_url) as connected:
        yield connected


@pytest.fixture
def chain(model: ModelServer) -> BaseChatModel:
    return _chain(model.base_url)


def _client(base_url: str, retries: int = 0, timeout: float = 5.0) -> openai.OpenAI:
    return openai.OpenAI(base_url=base_url, api_key="x", max_retries=retries, timeout=timeout)


def _chain(base_url: str) -> BaseChatModel:
    made: BaseChatModel = init_chat_model(
        f"openai:{MODEL}", base_url=base_url, api_key="x", stream_usage=True, max_retries=0
    )
    return made


def _ask(client: openai.OpenAI) -> str | None:
    completion = client.chat.completions.create(model=MODEL, messages=ASKED)
    return completion.choices[0].message.content


def _stream(client: openai.OpenAI) -> Iterator[str]:
    """The texts of the chunks as they come."""
    with client.chat.completions.create(model=MODEL, messages=ASKED, stream=True) as chunks:
        for chunk in chunks:
            yield chunk.choices[0].delta.content or ""


def _stream_whole(client: openai.OpenAI) -> str:
    return "".join(_stream(client))


def _merged(chunks: Iterable[AIMessageChunk]) -> AIMessageChunk:
    return functools.reduce(operator.add, chunks)


def _post(model: ModelServer, body: object) -> httpx.Response:
    return httpx.post(_url(model), json=body)


def _url(model: ModelServer) -> str:
    return f"{model.base_url}/chat/completions"


BOTH_WAYS = pytest.mark.parametrize("ask", [_ask, _stream_whole])


# what it says


def test_one_model_is_listed(client: openai.OpenAI) -> None:
    assert [each.id for each in client.models.list()] == ["prueba"]


def test_an_answer_in_one_body(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says(ANSWER))
    completion = client.chat.completions.create(model=MODEL, messages=ASKED)
    assert completion.choices[0].message.content == ANSWER
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None
    assert completion.usage.prompt_tokens == 5 + 8
    assert completion.usage.completion_tokens == 12
    assert completion.usage.total_tokens == 25


def test_an_answer_in_chunks(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says("uno dos tres", piece=5, finish="length"))
    options: Any = {"include_usage": True}
    stream = client.chat.completions.create(
        model=MODEL, messages=ASKED, stream=True, stream_options=options
    )
    *chunks, last = list(stream)
    deltas = [(each.choices[0].delta.content, each.choices[0].finish_reason) for each in chunks]
    assert deltas == [("", None), ("uno d", None), ("os tr", None), ("es", None), (None, "length")]
    assert all(each.usage is None for each in chunks)
    assert last.choices == []
    assert last.usage is not None
    assert last.usage.completion_tokens == 3
    assert len({each.id for each in [*chunks, last]}) == 1


@pytest.mark.parametrize(("options", "usage"), [({}, True), ({"include_usage": True}, False)])
def test_a_stream_without_usage(
    model: ModelServer, client: openai.OpenAI, options: Any, usage: bool
) -> None:
    model.always(Says(ANSWER, usage=usage))
    stream = client.chat.completions.create(
        model=MODEL, messages=ASKED, stream=True, stream_options=options
    )
    assert all(each.choices and each.usage is None for each in stream)


def test_a_body_without_usage(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says(ANSWER, usage=False))
    assert client.chat.completions.create(model=MODEL, messages=ASKED).usage is None


def test_langchain_gets_the_answer_and_its_usage(model: ModelServer, chain: BaseChatModel) -> None:
    model.always(Says(ANSWER))
    whole = chain.invoke([SystemMessage("Sé breve."), HumanMessage(QUESTION)])
    assert whole.text == ANSWER
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["output_tokens"] == 12
    pieces = list(chain.stream(QUESTION))
    assert next(each.text for each in pieces if each.text) == ANSWER[:12]
    merged = _merged(pieces)
    assert merged.text == ANSWER
    assert merged.response_metadata["finish_reason"] == "stop"
    assert merged.usage_metadata is not None
    assert merged.usage_metadata["output_tokens"] == 12
    assert [each.stream for each in model.requests] == [False, True]
    assert not model.complaints


@BOTH_WAYS
def test_an_answer_made_of_the_request(model: ModelServer, client: openai.OpenAI, ask: Ask) -> None:
    model.always(Says(lambda request: request.messages[-1].text.upper()))
    assert ask(client) == QUESTION.upper()


def test_the_first_chunk_and_those_after_it_take_their_time(
    model: ModelServer, client: openai.OpenAI
) -> None:
    model.always(Says("abcd", piece=1, first_after=0.2, between=0.1))
    began = time.monotonic()
    came = [(text, time.monotonic() - began) for text in _stream(client) if text]
    assert [text for text, _ in came] == ["a", "b", "c", "d"]
    assert came[0][1] >= 0.2
    assert came[-1][1] >= 0.5
    assert came[1][1] < came[-1][1] - 0.1  # they don't come all at the end
    began = time.monotonic()
    assert _ask(client) == "abcd"
    assert time.monotonic() - began >= 0.5


# one script after another


def test_each_script_goes_for_one_request_and_the_last_for_ever(
    model: ModelServer, client: openai.OpenAI
) -> None:
    model.will(Says("uno"), Says("dos"))
    assert [_ask(client) for _ in range(4)] == ["uno", "dos", "dos", "dos"]
    model.always(Says("tres"))
    assert _ask(client) == "tres"


def test_a_client_that_waits_as_told_gets_through(model: ModelServer) -> None:
    model.will(Fails(429, retry_after="0.01"), Fails(503, retry_after="0.01"), Says(ANSWER))
    with _client(model.base_url, retries=2) as patient:
        assert _ask(patient) == ANSWER
    assert len(model.requests) == 3


def test_as_new_after_a_reset(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says(ANSWER))
    _ask(client)
    _post(model, {})
    model.reset()
    assert (model.requests, model.complaints, model.most_at_once) == ([], [], 0)
    with pytest.raises(openai.BadRequestError, match="nobody said"):
        _ask(client)


# tools


def test_calls_of_tools(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(LOOK_UP)
    completion = client.chat.completions.create(model=MODEL, messages=ASKED, tools=[SEARCH])
    choice = completion.choices[0]
    assert choice.finish_reason == "tool_calls"
    assert choice.message.content is None
    first, second = choice.message.tool_calls or []
    assert first.type == second.type == "function"
    assert json.loads(first.function.arguments) == {"texto": "Jefatura de Geomática"}
    assert (second.function.name, second.function.arguments) == ("abrir", "no es JSON")
    assert first.id != second.id
    assert model.requests[0].tools == (SEARCH,)


def test_calls_of_tools_in_chunks(model: ModelServer, chain: BaseChatModel) -> None:
    model.always(LOOK_UP)
    merged = _merged(chain.stream(QUESTION))
    assert [(each["name"], each["args"]) for each in merged.tool_calls] == [
        ("buscar", {"texto": "Jefatura de Geomática"})
    ]
    assert [each["args"] for each in merged.invalid_tool_calls] == ["no es JSON"]
    assert merged.response_metadata["finish_reason"] == "tool_calls"


def test_langchain_brings_back_what_a_tool_said(model: ModelServer, chain: BaseChatModel) -> None:
    model.will(CallsTools([ToolCall("buscar", {})]), Says(ANSWER))
    question = HumanMessage(QUESTION)
    wanted = chain.invoke([question])
    found = ToolMessage("3.2 Jefatura", tool_call_id=wanted.tool_calls[0]["id"])
    assert chain.invoke([question, wanted, found]).text == ANSWER
    assert [each.role for each in model.requests[1].messages] == ["user", "assistant", "tool"]
    assert not model.complaints


# what goes wrong


@BOTH_WAYS
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, openai.AuthenticationError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
        (503, openai.InternalServerError),
    ],
)
def test_an_error(
    model: ModelServer,
    client: openai.OpenAI,
    ask: Ask,
    status: int,
    error: type[openai.APIStatusError],
) -> None:
    model.always(Fails(status, retry_after="7", message="hoy no"))
    with pytest.raises(error, match="hoy no") as raised:
        ask(client)
    assert raised.value.status_code == status
    assert raised.value.response.headers["retry-after"] == "7"


@pytest.mark.parametrize("after", [0, 5, 30])
def test_a_stream_that_breaks_off(model: ModelServer, client: openai.OpenAI, after: int) -> None:
    model.always(CutOff(ANSWER, after=after))
    got: list[str] = []
    with pytest.raises(openai.APIConnectionError):
        got.extend(_stream(client))
    assert "".join(got) == ANSWER[:after]


def test_a_stream_that_breaks_off_under_langchain(model: ModelServer, chain: BaseChatModel) -> None:
    model.always(CutOff(ANSWER, after=20))
    got: list[str] = []
    with pytest.raises(openai.APIConnectionError):
        got.extend(each.text for each in chain.stream(QUESTION))
    assert "".join(got) == ANSWER[:20]


def test_a_body_that_breaks_off(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(CutOff(ANSWER, after=5))
    with pytest.raises(openai.APIConnectionError):
        _ask(client)
    body = {"model": MODEL, "messages": ASKED}
    with httpx.stream("POST", _url(model), json=body) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
            response.read()


@BOTH_WAYS
def test_garbage(model: ModelServer, client: openai.OpenAI, ask: Ask) -> None:
    model.always(Garbage())
    with pytest.raises(json.JSONDecodeError):
        ask(client)


@BOTH_WAYS
def test_garbage_with_an_error(model: ModelServer, client: openai.OpenAI, ask: Ask) -> None:
    model.always(Garbage(b"\xff<html>", status=502))
    with pytest.raises(openai.InternalServerError) as raised:
        ask(client)
    assert raised.value.response.content == b"\xff<html>"


def test_a_page_instead_of_a_stream_is_silence(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Garbage(b"<html></html>"))
    assert _stream_whole(client) == ""  # no error: whoever reads it must notice


@BOTH_WAYS
def test_a_client_tires_of_a_hanging_server(model: ModelServer, ask: Ask) -> None:
    model.always(Hangs(60))
    with _client(model.base_url, timeout=0.2) as hasty, pytest.raises(openai.APITimeoutError):
        ask(hasty)
    model.waits_until_idle(timeout=1)


@BOTH_WAYS
def test_a_hanging_server_hangs_up_in_the_end(
    model: ModelServer, client: openai.OpenAI, ask: Ask
) -> None:
    model.always(Hangs(0.1))
    with pytest.raises(openai.APIConnectionError) as raised:
        ask(client)
    assert not isinstance(raised.value, openai.APITimeoutError)


@pytest.mark.parametrize("script", [Hangs(60), Says(ANSWER, between=60)])
def test_the_server_stops_at_once_whatever_it_does(script: Script) -> None:
    with ThreadPoolExecutor(2) as pool:
        with model_server() as model:
            model.always(script)
            asked = [pool.submit(_asks_once, model.base_url, ask) for ask in (_ask, _stream_whole)]
            model.waits_for_requests(2)
            began = time.monotonic()
        assert time.monotonic() - began < 1
        for each in asked:
            assert isinstance(each.exception(timeout=1), openai.APIConnectionError)


def _asks_once(base_url: str, ask: Ask) -> None:
    with _client(base_url, timeout=30) as client:
        ask(client)


def test_nothing_answers_once_the_server_has_stopped() -> None:
    with model_server() as model:
        model.always(Says(ANSWER))
    with _client(model.base_url) as client, pytest.raises(openai.APIConnectionError):
        _ask(client)


@BOTH_WAYS
def test_a_connection_is_refused(ask: Ask) -> None:
    with refused() as base_url, _client(base_url) as client:
        with pytest.raises(openai.APIConnectionError) as raised:
            ask(client)
        assert "refused" in repr(raised.value.__cause__)


# what it notes


def test_requests_are_noted(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says(ANSWER))
    parts: Any = [{"type": "text", "text": "¿Quién "}, {"type": "text", "text": "reporta?"}]
    form: Any = {"type": "json_object"}
    client.chat.completions.create(
        model="otro",
        messages=[*ASKED, {"role": "user", "content": parts}],
        temperature=0.25,
        max_tokens=300,
        response_format=form,
        extra_headers={"X-Session": "7"},
    )
    (request,) = model.requests
    assert request.model == "otro"
    assert [each.role for each in request.messages] == ["system", "user", "user"]
    assert [each.text for each in request.messages[1:]] == [QUESTION, "¿Quién reporta?"]
    assert (request.stream, request.temperature, request.max_tokens) == (False, 0.25, 300)
    assert (request.tools, request.response_format) == ((), form)
    assert request.headers["authorization"] == "Bearer x"
    assert request.headers["x-session"] == "7"


def test_the_most_tokens_under_their_newer_name(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says(ANSWER))
    client.chat.completions.create(model=MODEL, messages=ASKED, max_completion_tokens=64)
    assert model.requests[0].max_tokens == 64


def test_requests_at_once_are_counted(model: ModelServer) -> None:
    everybody_asked = threading.Event()

    def once_all_are_here(request: ChatRequest) -> str:
        del request
        assert everybody_asked.wait(5)
        return ANSWER

    model.always(Says(once_all_are_here))
    with ThreadPoolExecutor(3) as pool:
        for _ in range(3):
            pool.submit(_asks_once, model.base_url, _ask)
        model.waits_for_requests(3)
        assert model.under_way == 3
        everybody_asked.set()
    model.waits_until_idle()
    assert model.most_at_once == 3
    assert not model.complaints


@BOTH_WAYS
def test_requests_one_after_another_are_not_at_once(
    model: ModelServer, client: openai.OpenAI, ask: Ask
) -> None:
    model.always(Says("sí"))
    for _ in range(30):
        ask(client)
    assert model.most_at_once == 1


def test_a_stream_that_its_reader_leaves_is_over(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says(ANSWER, piece=1, between=0.2))
    with client.chat.completions.create(model=MODEL, messages=ASKED, stream=True) as chunks:
        next(iter(chunks))
        assert model.under_way == 1
    model.waits_until_idle(timeout=1)  # saying it all would take 14 seconds


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"messages": []}, "messages"),
        ({"messages": None}, "messages"),
        ({"model": None}, "model"),
        ({"messages": [{"role": "robot", "content": "hola"}]}, "messages.0.role"),
        ({"messages": [{"content": "hola"}]}, "messages.0.role"),
        ({"messages": [{"role": "user", "content": 7}]}, "messages.0.content"),
        ({"messages": [{"role": "user", "content": ["hola"]}]}, "messages.0.content"),
        ({"messages": [{"role": "user"}]}, "content is missing"),
        ({"messages": [{"role": "assistant", "content": None}]}, "content is missing"),
        ({"messages": [{"role": "tool", "content": "3.2"}]}, "tool_call_id"),
        ({"messages": [{"role": "tool", "content": "3.2", "tool_call_id": "a"}]}, "'a'"),
        ({"temperature": 3}, "temperature"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"stream": "yes"}, "stream"),
        ({"stream_options": {"include_usage": True}}, "stream_options"),
    ],
)
def test_a_malformed_request_is_a_complaint(
    model: ModelServer, wrong: dict[str, Any], complaint: str
) -> None:
    model.will(Says("uno"), Says("dos"))
    response = _post(model, {"model": MODEL, "messages": ASKED} | wrong)
    assert response.status_code == 400
    assert response.json()["error"]["type"] == "invalid_request_error"
    assert len(model.complaints) == 1
    assert complaint in model.complaints[0]
    assert not model.requests
    well_formed = _post(model, {"model": MODEL, "messages": ASKED})
    assert well_formed.json()["choices"][0]["message"]["content"] == "uno"


def test_what_is_no_json_is_a_complaint(model: ModelServer) -> None:
    assert httpx.post(_url(model), content=b"{").status_code == 400
    assert "JSON" in model.complaints[0]


def test_another_address_is_a_complaint(model: ModelServer, client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError):
        client.responses.create(model=MODEL, input="hola")
    assert httpx.get(_url(model)).status_code == 404
    assert model.complaints == [
        "there is no POST /v1/responses",
        "there is no GET /v1/chat/completions",
    ]


def test_a_script_that_fails_is_a_complaint(model: ModelServer, client: openai.OpenAI) -> None:
    model.always(Says(lambda request: request.messages[7].text))
    with pytest.raises(openai.InternalServerError):
        _ask(client)
    assert "IndexError" in model.complaints[0]
    model.waits_until_idle()
