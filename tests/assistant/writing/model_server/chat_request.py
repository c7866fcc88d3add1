"""What a client asks of the model, read as strictly as OpenAI reads it where clients go wrong."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator


class MalformedError(Exception):
    """A request that no client should send; the text says what is wrong with it."""


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    DEVELOPER = "developer"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class _Read(BaseModel):
    """Part of a request. Types are not converted; what the server has no use for is left out."""

    model_config = ConfigDict(strict=True, frozen=True)


class Part(_Read):
    """A part of a message's content: text, or something else that is not looked into."""

    type: str
    text: str = ""


class CalledTool(_Read):
    """A call that the model made before, as the client tells it again."""

    id: str


class Message(_Read):
    """One message of the conversation."""

    role: Role
    content: str | tuple[Part, ...] | None = None
    tool_calls: tuple[CalledTool, ...] = ()
    tool_call_id: str | None = None

    @property
    def text(self) -> str:
        """The content, whichever way it was sent."""
        if isinstance(self.content, tuple):
            return "".join(part.text for part in self.content)
        return self.content or ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.content is None and not (self.role is Role.ASSISTANT and self.tool_calls):
            raise ValueError("content is missing")
        if self.role is Role.TOOL and not self.tool_call_id:
            raise ValueError("a tool message needs a tool_call_id")
        return self


class _StreamOptions(_Read):
    include_usage: bool = False


class ChatRequest(_Read):
    """A request for a completion."""

    model: str = Field(min_length=1)
    messages: tuple[Message, ...] = Field(min_length=1)
    stream: bool = False
    stream_options: _StreamOptions | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int | None = Field(
        default=None, gt=0, validation_alias=AliasChoices("max_completion_tokens", "max_tokens")
    )
    tools: tuple[dict[str, Any], ...] = ()
    response_format: dict[str, Any] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    """Names in lower case."""

    @property
    def include_usage(self) -> bool:
        """Whether a stream is to end with a chunk that tells the usage."""
        return self.stream_options is not None and self.stream_options.include_usage

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.stream_options is not None and not self.stream:
            raise ValueError("stream_options is only allowed when stream is enabled")
        called: set[str] = set()
        for message in self.messages:
            called.update(call.id for call in message.tool_calls)
            if message.role is Role.TOOL and message.tool_call_id not in called:
                raise ValueError(f"nobody made the tool call {message.tool_call_id!r}")
        return self


def read_chat_request(body: bytes, headers: Mapping[str, str]) -> ChatRequest:
    """A request from its JSON. Raises MalformedError."""
    try:
        request = ChatRequest.model_validate_json(body)
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise MalformedError("; ".join(wrong)) from None
    return request.model_copy(update={"headers": dict(headers)})
