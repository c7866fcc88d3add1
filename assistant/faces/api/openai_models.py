"""The shapes of OpenAI's chat API, as far as they are served here."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.answer import Answer, AnswerKind, Citation

ANY_MANUAL = "asistente-del-manual"
"""The model that finds out by itself which manual a question is about."""


class TextPart(BaseModel):
    """A piece of a message; only text can be read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of a conversation."""

    role: str = Field(examples=["user"])
    content: str | list[TextPart] | None = Field(
        default=None, examples=["¿Quién ve lo de las juntas vecinales?"]
    )

    @property
    def text(self) -> str:
        """All of its text."""
        if isinstance(self.content, list):
            return " ".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream is to hold besides."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A chat so far. What sets a language model's temper is accepted, and has no effect."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "model": ANY_MANUAL,
                    "messages": [
                        {"role": "user", "content": "¿Quién ve lo de las juntas vecinales?"}
                    ],
                }
            ]
        },
    )

    model: str = Field(default=ANY_MANUAL, max_length=64)
    messages: Annotated[list[Message], Field(min_length=1, max_length=500)]
    stream: bool = False
    stream_options: StreamOptions | None = None

    @property
    def questions(self) -> list[str]:
        """What the person has said, oldest first."""
        return [message.text for message in self.messages if message.role == "user"]


class Model(BaseModel):
    """A model that may be named."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = ANY_MANUAL


class ModelList(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[Model]


class Usage(BaseModel):
    """How long question and answer are, in words: nothing is counted in tokens here."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Extras(BaseModel):
    """What an answer says beyond OpenAI's shape."""

    citations: list[Citation] | None = None
    suggestions: list[str] | None = None
    kind: AnswerKind | None = None
    answer_id: str | None = None


class ReplyMessage(BaseModel):
    """The assistant's message."""

    role: Literal["assistant"] = "assistant"
    content: str


class Choice(BaseModel):
    """The one reply."""

    index: int = 0
    message: ReplyMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class ChatCompletion(Extras):
    """A whole reply."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage


class Delta(BaseModel):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    """The one reply, in part."""

    index: int = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class ChatChunk(Extras):
    """A part of a streamed reply; the last one brings the citations."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None


def completion_of(answer: Answer, model: str, created: int, usage: Usage) -> ChatCompletion:
    """An answer as a whole reply."""
    return ChatCompletion(
        id=f"chatcmpl-{answer.answer_id}",
        created=created,
        model=model,
        choices=[Choice(message=ReplyMessage(content=answer.answer))],
        usage=usage,
        citations=answer.citations,
        suggestions=answer.suggestions,
        kind=answer.kind,
        answer_id=answer.answer_id,
    )


@dataclass(frozen=True)
class Chunks:
    """Makes the parts of one streamed reply."""

    id: str
    created: int
    model: str

    def opening(self) -> ChatChunk:
        """The part that says who speaks."""
        return self._chunk([ChunkChoice(delta=Delta(role="assistant", content=""))])

    def text(self, piece: str) -> ChatChunk:
        """A piece of the answer's text."""
        return self._chunk([ChunkChoice(delta=Delta(content=piece))])

    def end(self, answer: Answer) -> ChatChunk:
        """The last part of the reply, with all that goes beside the text."""
        chunk = self._chunk([ChunkChoice(delta=Delta(), finish_reason="stop")])
        chunk.citations, chunk.suggestions = answer.citations, answer.suggestions
        chunk.kind, chunk.answer_id = answer.kind, answer.answer_id
        return chunk

    def usage(self, usage: Usage) -> ChatChunk:
        """What follows the reply if it was asked for."""
        chunk = self._chunk([])
        chunk.usage = usage
        return chunk

    def _chunk(self, choices: list[ChunkChoice]) -> ChatChunk:
        return ChatChunk(id=self.id, created=self.created, model=self.model, choices=choices)


def usage_of(questions: list[str], answer: Answer) -> Usage:
    """Words in and words out."""
    asked, said = sum(len(q.split()) for q in questions), len(answer.answer.split())
    return Usage(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)
