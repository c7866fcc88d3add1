"""Completions in OpenAI's JSON: a body at once, or the events of a stream."""

import json
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from tests.assistant.writing.model_server.chat_request import ChatRequest

DONE = b"data: [DONE]\n\n"


class Completion:
    """The answer to one request. Tokens are words; `usage` says whether they are told at all."""

    def __init__(self, request: ChatRequest, said: str, usage: bool = True) -> None:
        self._head = {
            "id": f"chatcmpl-{uuid4().hex}",
            "created": int(time.time()),
            "model": request.model,
        }
        prompt = sum(len(message.text.split()) for message in request.messages)
        words = len(said.split())
        counted = {"prompt_tokens": prompt, "completion_tokens": words}
        self._usage = {**counted, "total_tokens": prompt + words} if usage else None
        self._in_stream = usage and request.include_usage

    def body(self, message: dict[str, Any], finish: str) -> bytes:
        """All of it at once."""
        choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}
        told = {"usage": self._usage} if self._usage else {}
        whole = {**self._head, "object": "chat.completion", "choices": [choice], **told}
        return json.dumps(whole, ensure_ascii=False).encode()

    def chunk(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        """An event with something more of the message."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return self._event([choice], {"usage": None} if self._in_stream else {})

    def ending(self, finish: str) -> Iterator[bytes]:
        """The events after the last of the message."""
        yield self.chunk({}, finish)
        if self._in_stream:
            yield self._event([], {"usage": self._usage})
        yield DONE

    def _event(self, choices: list[dict[str, Any]], told: dict[str, Any]) -> bytes:
        chunk = {**self._head, "object": "chat.completion.chunk", "choices": choices, **told}
        return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


def error_body(status: int, message: str) -> bytes:
    """What OpenAI says instead of a completion."""
    kinds = {401: "authentication_error", 429: "rate_limit_error"}
    kind = kinds.get(status, "server_error" if status >= 500 else "invalid_request_error")
    error = {"message": message, "type": kind, "param": None, "code": None}
    return json.dumps({"error": error}, ensure_ascii=False).encode()
