"""A scripted, strict OpenAI-compatible chat server on loopback, which misbehaves as it is told.

with model_server() as model:
    model.will(Fails(503), Says("La Dirección de Gobierno Digital [1]."))
    ...  # ask with base_url=model.base_url, api_key="x", model=MODEL
    assert model.requests[-1].messages[-1].text == "¿A quién le reporta?"
    assert not model.complaints
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Protocol, Self
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

MODEL = "prueba"
_HOST = "127.0.0.1"
_PIECE = 12
"""Characters in a chunk, about three tokens."""
_PATIENCE = 5.0
"""Seconds that a test waits for requests to come or to end."""


class _Read(BaseModel):
    """Part of a request. Types are not converted; what the server has no use for is left out."""

    model_config = ConfigDict(strict=True, frozen=True)


class Part(_Read):
    """A part of a message's content."""

    text: str = ""


class CalledTool(_Read):
    """A call that the model made before, as the client tells it again."""

    id: str


class Message(_Read):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | tuple[Part, ...] | None = None
    tool_calls: tuple[CalledTool, ...] = ()
    tool_call_id: str | None = None

    @property
    def text(self) -> str:
        """The content, whichever way it was sent."""
        if isinstance(self.content, tuple):
            return "".join(part.text for part in self.content)
        return self.content or ""


class ChatRequest(_Read):
    """A request for a completion, read as strictly as OpenAI reads it where clients go wrong."""

    model: str = Field(min_length=1)
    messages: tuple[Message, ...] = Field(min_length=1)
    stream: bool = False
    stream_options: dict[str, bool] | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    tools: tuple[dict[str, Any], ...] = ()
    response_format: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.stream_options is not None and not self.stream:
            raise ValueError("stream_options is only allowed when stream is enabled")
        called: set[str | None] = set()
        for message in self.messages:
            called.update(call.id for call in message.tool_calls)
            if message.content is None and not message.tool_calls:
                raise ValueError("content is missing")
            if message.role == "tool" and message.tool_call_id not in called:
                raise ValueError(f"nobody made the tool call {message.tool_call_id!r}")
        return self


class Script(Protocol):
    """What the model does with a request."""

    def __call__(self, request: ChatRequest, reply: "Reply") -> None: ...


@dataclass(frozen=True)
class Says:
    """The model answers with a text, or with what a function makes of the request: the first chunk
    after `first_after` seconds, each further one `between` seconds later."""

    text: str | Callable[[ChatRequest], str]
    piece: int = _PIECE
    """Characters in a chunk."""
    first_after: float = 0.0
    between: float = 0.0

    def __call__(self, request: ChatRequest, reply: "Reply") -> None:
        text = self.text if isinstance(self.text, str) else self.text(request)
        reply.pause(self.first_after)
        for part in _cut(text, self.piece) if request.stream else ():
            reply.chunk({"content": part})
            reply.pause(self.between)
        reply.end({"content": text}, "stop", text)


@dataclass(frozen=True)
class CutOff:
    """The connection closes after so many characters of a stream."""

    text: str
    after: int

    def __call__(self, request: ChatRequest, reply: "Reply") -> None:
        assert request.stream
        for part in _cut(self.text[: self.after], _PIECE):
            reply.chunk({"content": part})


@dataclass(frozen=True)
class Fails:
    """The server answers with an error."""

    status: int
    retry_after: str = "7"

    def __call__(self, request: ChatRequest, reply: "Reply") -> None:
        del request
        reply.error(self.status, "The model fails, as the test wishes.", self.retry_after)


@dataclass(frozen=True)
class Garbage:
    """The server answers with what is neither JSON nor an event of JSON."""

    body: bytes

    def __call__(self, request: ChatRequest, reply: "Reply") -> None:
        del request
        reply.send(200, self.body, "text/event-stream")


@dataclass(frozen=True)
class Hangs:
    """The server takes the request, sends nothing for so many seconds, and hangs up."""

    seconds: float

    def __call__(self, request: ChatRequest, reply: "Reply") -> None:
        del request
        reply.pause(self.seconds)


@dataclass(frozen=True)
class ToolCall:
    """A call of a tool."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class CallsTools:
    """The model answers that it wants tools to be called."""

    calls: Sequence[ToolCall]

    def __call__(self, request: ChatRequest, reply: "Reply") -> None:
        made = [
            {
                "index": at,
                "id": f"call_{uuid4().hex}",
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(call.arguments)},
            }
            for at, call in enumerate(self.calls)
        ]
        if request.stream:
            reply.chunk({"tool_calls": made})
        reply.end({"content": None, "tool_calls": made}, "tool_calls", str(made))


def _cut(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(0, len(text), length)]


class ModelServer:
    """A model at `base_url`. Until it is told what to do, each request is a complaint."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.under_way = 0
        """Requests whose replies have not ended."""
        self.over = threading.Event()
        """Ends whatever pauses or hangs."""
        self._changed = threading.Condition()
        self.reset()

    def reset(self) -> None:
        """Be as new: what was under way ends."""
        self.over.set()
        self.waits_until_idle()
        self.over = threading.Event()
        self.requests: list[ChatRequest] = []
        """Those that were well-formed, in the order in which they came."""
        self.complaints: list[str] = []
        """What clients, or the test's own scripts, did wrong."""
        self.most_at_once = 0
        """The most requests that were under way at the same time."""
        self._scripts: list[Script] = []

    def will(self, *scripts: Script) -> None:
        """What to do with the next requests, one each; the last one goes for all after it."""
        self._scripts = list(scripts)

    def always(self, script: Script) -> None:
        """What to do with each request from now on."""
        self.will(script)

    def waits_for_requests(self, count: int) -> None:
        """Returns once so many requests have come. Fails if they don't."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.requests) >= count, _PATIENCE)

    def waits_until_idle(self) -> None:
        """Returns once no request is under way. Fails if some stay so."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.under_way == 0, _PATIENCE)

    @contextmanager
    def taking(self, request: ChatRequest) -> Iterator[Script]:
        """What to do with a request, which is under way within the block. IndexError where nobody
        said."""
        with self._changed:
            self.requests.append(request)
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
            self.under_way += 1
            self.most_at_once = max(self.most_at_once, self.under_way)
            self._changed.notify_all()
        try:
            yield script
        finally:
            with self._changed:
                self.under_way -= 1
                self._changed.notify_all()


class Reply(BaseHTTPRequestHandler):
    """One request and what is sent for it; where that does not end, the connection breaks off."""

    protocol_version = "HTTP/1.1"
    model: ModelServer
    _request: ChatRequest
    _streams = False

    def do_POST(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            assert self.path == "/v1/chat/completions", self.path
            self._request = ChatRequest.model_validate_json(body)
            self._over = self.model.over
            with self.model.taking(self._request) as script:
                script(self._request, self)
        except OSError:
            pass  # the client left, or the test is over
        except ValidationError as error:
            self.model.complaints.append(str(error))
            self.error(400, str(error))
        except Exception as error:
            self.model.complaints.append(f"the script failed: {error!r}")

    def pause(self, seconds: float) -> None:
        """Go on after so many seconds, unless the test is over."""
        if self._over.wait(seconds):
            raise ConnectionAbortedError

    def chunk(self, delta: dict[str, Any] | None, finish: str | None = None, **more: Any) -> None:
        """An event with something more of the message."""
        if not self._streams:
            self._streams = True
            self._head(200, "text/event-stream", {"Transfer-Encoding": "chunked"})
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        chunk = {"object": "chat.completion.chunk", "choices": choices, **more}
        self._event(json.dumps(chunk))

    def end(self, message: dict[str, Any], finish: str, said: str) -> None:
        """All of the message at once, or the end of the stream; tokens are words."""
        read = sum(len(each.text.split()) for each in self._request.messages)
        told = {"prompt_tokens": read, "completion_tokens": len(said.split())}
        usage = {**told, "total_tokens": sum(told.values())}
        if not self._request.stream:
            choice = {"index": 0, "message": {"role": "assistant", **message}}
            choices = [{**choice, "finish_reason": finish}]
            whole = {"object": "chat.completion", "choices": choices, "usage": usage}
            self.send(200, json.dumps(whole).encode())
            return
        self.chunk({}, finish)
        if (self._request.stream_options or {}).get("include_usage"):
            self.chunk(None, usage=usage)
        self._event("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def error(self, status: int, message: str, retry_after: str = "7") -> None:
        """What OpenAI says instead of a completion."""
        body = json.dumps({"error": {"message": message, "type": "error"}}).encode()
        self.send(status, body, retry_after=retry_after)

    def send(self, status: int, body: bytes, of: str = "application/json", **more: str) -> None:
        """A whole body."""
        own = {name.replace("_", "-"): value for name, value in more.items()}
        self._head(status, of, {"Content-Length": str(len(body)), **own})
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def _head(self, status: int, of: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": of, "Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _event(self, data: str) -> None:
        event = f"data: {data}\n\n".encode()
        self.wfile.write(b"%x\r\n%b\r\n" % (len(event), event))


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server that answers within the block; what hangs at its end is hung up on."""
    with ThreadingHTTPServer((_HOST, 0), Reply) as server:
        model = ModelServer(f"http://{_HOST}:{server.server_port}/v1")
        server.RequestHandlerClass = type("OwnReply", (Reply,), {"model": model})
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield model
        finally:
            server.shutdown()
            model.over.set()


@contextmanager
def refused() -> Iterator[str]:
    """A base_url where connections are refused: the port is taken, but nobody listens."""
    with socket.socket() as taken:
        taken.bind((_HOST, 0))
        yield f"http://{_HOST}:{taken.getsockname()[1]}/v1"
