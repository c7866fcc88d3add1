"""What a language model replied, kept in a file: it is asked once, however often it is measured."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.runnables import RunnableConfig
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.writing.model import LanguageModel
from corpus.errors import AsistenteError


class KeptReply(BaseModel):
    """One line of the file."""

    model_config = ConfigDict(frozen=True)

    key: str
    """A hash of the model's name and of what it was given."""
    text: str
    tokens_read: int
    tokens_written: int
    seconds: float
    """That the model took."""


class KeptReplies:
    """The replies of a file, to which each new one is added at once: a run that was cut off goes
    on where it ended."""

    def __init__(self, path: Path) -> None:
        """Read what is there. Raises AsistenteError."""
        self.path = path
        self.replayed_seconds = 0.0
        """What the replies that were taken from the file had taken the model."""
        self.asked = 0
        """How many were not there, and came from the model."""
        self._whole_lines = True
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8") if path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise AsistenteError(
                f"No se pudo leer «{path}»; compruebe la ruta y los permisos."
            ) from error
        self._whole_lines = not text or text.endswith("\n")
        self._replies = {reply.key: reply for reply in _read(text)}

    def keeping(self, model: LanguageModel) -> LanguageModel:
        """The model, asked only for what it has not replied to yet."""

        def stream(
            messages: Sequence[BaseMessage], config: RunnableConfig
        ) -> Iterator[AIMessageChunk]:
            key = _key(model.name, messages)
            known = self._replies.get(key)
            if known is not None:
                self.replayed_seconds += known.seconds
                yield _as_chunk(known)
                return
            begun = time.monotonic()
            whole = AIMessageChunk(content="")
            for chunk in model.stream(messages, config):
                whole += chunk
                yield chunk
            # only what came whole is kept: whoever stops listening ends this at the yield above
            self._keep(_kept(key, whole, time.monotonic() - begun))

        return replace(model, stream=stream)

    def _keep(self, reply: KeptReply) -> None:
        line = reply.model_dump_json() + "\n"
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line if self._whole_lines else f"\n{line}")
        self._whole_lines = True
        self._replies[reply.key] = reply
        self.asked += 1


def _read(text: str) -> Iterator[KeptReply]:
    """The last line may be torn: the run that wrote it was cut off."""
    for line in text.splitlines():
        try:
            yield KeptReply.model_validate_json(line)
        except ValidationError:
            continue


def _key(model: str, messages: Sequence[BaseMessage]) -> str:
    given = [[message.type, message.text] for message in messages]
    return sha256(json.dumps([model, given], ensure_ascii=False).encode()).hexdigest()


def _kept(key: str, whole: AIMessageChunk, seconds: float) -> KeptReply:
    usage = whole.usage_metadata
    return KeptReply(
        key=key,
        text=whole.text,
        tokens_read=usage["input_tokens"] if usage else 0,
        tokens_written=usage["output_tokens"] if usage else 0,
        seconds=seconds,
    )


def _as_chunk(reply: KeptReply) -> AIMessageChunk:
    read, written = reply.tokens_read, reply.tokens_written
    usage = UsageMetadata(input_tokens=read, output_tokens=written, total_tokens=read + written)
    return AIMessageChunk(content=reply.text, usage_metadata=usage)
