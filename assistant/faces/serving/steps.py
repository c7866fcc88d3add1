"""Listens to the steps of an answer: tells them, times them, and stops them."""

# ruff: noqa: ARG002 - of what LangChain hands over, little is looked at
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler

from assistant.faces.serving.explaining import Explanation
from assistant.running.events import SENTENCE, WRITING, StoppedError
from assistant.writing.record import WritingRecord, WrittenPart

STEPS = ("understand", "retrieve", "answer", "verify")
"""The names of the steps in `assistant/asking/chain.py` that are told and timed."""
MODEL = "model"
"""A call of a language model, where one is configured."""


class StepListener(BaseCallbackHandler):
    """Follows one answer. Called on the thread that works; `stop` may be called from any."""

    raise_error = True
    """So that StoppedError ends the work."""
    run_inline = True

    def __init__(
        self,
        told: Callable[[str], None] | None = None,
        timed: Callable[[str, float], None] | None = None,
        said: Callable[[WrittenPart], None] | None = None,
        written: Callable[[WritingRecord], None] | None = None,
    ) -> None:
        """`told` gets the name of each step that begins; `timed` its seconds when it ends; `said`
        each verified part of an answer that a model writes; `written` what came of that."""
        self._told = told
        self._timed = timed
        self._said = said
        self._written = written
        self.explanation = Explanation()
        """How the questions were understood, and what decided."""
        self._under_way: dict[UUID, tuple[str, float]] = {}
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Let the work end before its next step."""
        self._stopped.set()

    def check(self) -> None:
        """Raise StoppedError if the work was stopped."""
        if self._stopped.is_set():
            raise StoppedError

    def on_chain_start(
        self, serialized: dict[str, Any], inputs: dict[str, Any], *, run_id: UUID, **kwargs: Any
    ) -> None:
        """A step of the chain begins, or the chain itself."""
        self._begin(str(kwargs.get("name")), run_id)

    def on_chain_end(self, outputs: dict[str, Any], *, run_id: UUID, **kwargs: Any) -> None:
        """It ends."""
        self.explanation.note(outputs)
        self._end(run_id)

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[Any]], *, run_id: UUID, **kwargs: Any
    ) -> None:
        """A language model is asked."""
        self._begin(MODEL, run_id)

    def on_llm_end(self, response: Any, *, run_id: UUID, **kwargs: Any) -> None:
        """It has answered."""
        self._end(run_id)

    def on_llm_new_token(self, token: Any, *, run_id: UUID, **kwargs: Any) -> None:
        """It writes on."""
        self.check()

    def on_custom_event(self, name: str, data: Any, *, run_id: UUID, **kwargs: Any) -> None:
        """A part of an answer is verified, or it is known what came of the writing."""
        if name == SENTENCE and self._said is not None:
            self._said(data)
        elif name == WRITING and self._written is not None:
            self._written(data)

    def _begin(self, name: str, run_id: UUID) -> None:
        self.check()
        if name not in STEPS and name != MODEL:
            return
        self._under_way[run_id] = (name, time.perf_counter())
        if self._told is not None:
            self._told(name)

    def _end(self, run_id: UUID) -> None:
        begun = self._under_way.pop(run_id, None)
        if begun is not None and self._timed is not None:
            self._timed(begun[0], time.perf_counter() - begun[1])
