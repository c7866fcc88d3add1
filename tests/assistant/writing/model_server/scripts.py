"""What the model does with a request, well-behaved or not."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tests.assistant.writing.model_server.chat_request import ChatRequest
from tests.assistant.writing.model_server.completion import Completion, error_body
from tests.assistant.writing.model_server.delivery import Piece, Reply

_PIECE = 12
"""Characters in a chunk, about three tokens."""


class Script(Protocol):
    """Decides what is sent for a request."""

    def reply(self, request: ChatRequest) -> Reply: ...


@dataclass(frozen=True)
class Says:
    """The model answers with a text, or with what a function makes of the request.

    The first chunk comes after `first_after` seconds, each further one `between` seconds later;
    an answer that is not streamed comes when its last chunk would.
    """

    text: str | Callable[[ChatRequest], str]
    piece: int = _PIECE
    """Characters in a chunk."""
    usage: bool = True
    first_after: float = 0.0
    between: float = 0.0
    finish: str = "stop"

    def reply(self, request: ChatRequest) -> Reply:
        text = self.text if isinstance(self.text, str) else self.text(request)
        completion = Completion(request, text, self.usage)
        texts = _cut(text, self.piece)
        if not request.stream:
            after = self.first_after + self.between * max(len(texts) - 1, 0)
            return Reply.whole(completion.body({"content": text}, self.finish), after=after)
        opening = Piece(completion.chunk({"role": "assistant", "content": ""}), self.first_after)
        pauses = [0.0, *[self.between] * len(texts)]
        said = (
            Piece(completion.chunk({"content": each}), pause)
            for each, pause in zip(texts, pauses, strict=False)
        )
        return Reply.events([opening, *said, *map(Piece, completion.ending(self.finish))])


@dataclass(frozen=True)
class CutOff:
    """The connection closes after so many characters of a stream, or amid a body."""

    text: str
    after: int

    def reply(self, request: ChatRequest) -> Reply:
        completion = Completion(request, self.text)
        if not request.stream:
            body = completion.body({"content": self.text}, "stop")
            half = (Piece(body[: len(body) // 2]),)
            return replace(Reply.whole(body), pieces=half, hangs_up=True)
        deltas = [{"role": "assistant", "content": ""}]
        deltas += [{"content": each} for each in _cut(self.text[: self.after], _PIECE)]
        return Reply.events((Piece(completion.chunk(each)) for each in deltas), hangs_up=True)


@dataclass(frozen=True)
class Fails:
    """The server answers with an error."""

    status: int
    retry_after: str | None = None
    message: str = "The model fails, as the test wishes."

    def reply(self, request: ChatRequest) -> Reply:
        del request
        reply = Reply.whole(error_body(self.status, self.message), self.status)
        told = {} if self.retry_after is None else {"retry-after": self.retry_after}
        return replace(reply, headers=reply.headers | told)


@dataclass(frozen=True)
class Garbage:
    """The server answers with what is neither JSON nor an event of JSON."""

    body: bytes = b"data: {esto no es JSON\n\n"
    status: int = 200

    def reply(self, request: ChatRequest) -> Reply:
        if not request.stream:
            return Reply.whole(self.body, self.status)
        return replace(Reply.events([Piece(self.body)]), status=self.status)


@dataclass(frozen=True)
class Hangs:
    """The server takes the request, sends nothing for so many seconds, and hangs up."""

    seconds: float

    def reply(self, request: ChatRequest) -> Reply:
        del request
        return Reply((Piece(b"", self.seconds),), hangs_up=True)


@dataclass(frozen=True)
class ToolCall:
    """A call of a tool; arguments given as text are sent as they are, JSON or not."""

    name: str
    arguments: dict[str, Any] | str

    @property
    def as_text(self) -> str:
        if isinstance(self.arguments, str):
            return self.arguments
        return json.dumps(self.arguments, ensure_ascii=False)


@dataclass(frozen=True)
class CallsTools:
    """The model answers that it wants tools to be called."""

    calls: Sequence[ToolCall]

    def reply(self, request: ChatRequest) -> Reply:
        completion = Completion(request, " ".join(call.as_text for call in self.calls))
        made: list[dict[str, Any]] = [
            {
                "id": f"call_{len(request.messages)}_{at}",  # no other of the conversation has it
                "type": "function",
                "function": {"name": call.name, "arguments": call.as_text},
            }
            for at, call in enumerate(self.calls)
        ]
        message: dict[str, Any] = {"content": None, "tool_calls": made}
        if not request.stream:
            return Reply.whole(completion.body(message, "tool_calls"))
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": None}]
        for at, call in enumerate(made):
            first, *more = _cut(call["function"]["arguments"], _PIECE) or [""]
            opened = {**call, "function": {**call["function"], "arguments": first}}
            parts = [opened, *({"function": {"arguments": each}} for each in more)]
            deltas += [{"tool_calls": [{"index": at, **each}]} for each in parts]
        chunks = [*map(completion.chunk, deltas), *completion.ending("tool_calls")]
        return Reply.events(map(Piece, chunks))


def _cut(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(0, len(text), length)]
