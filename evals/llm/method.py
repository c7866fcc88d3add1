"""Asks the assistant with a language model, and tells apart what the model wrote and what of it
is shown."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answering.answer import Answer, AnswerKind
from assistant.asking.conversation import MemoryConversations, new_conversation_id
from assistant.render.places import marks
from assistant.running.events import WRITING
from assistant.writing.record import JudgedSentence, WritingRecord
from assistant.writing.writer import Writer
from evals.gold import GoldQuestion
from evals.llm.kept_replies import KeptReplies
from evals.methods.base import Reply
from evals.methods.ours import TurnWatcher, as_reply
from evals.workbench import Workbench

_NOTHING_WRITTEN = "El modelo no escribió nada que responda."


@dataclass(frozen=True)
class WrittenReply:
    """What came of one question, before and after the model's sentences were checked."""

    checked: Reply
    """What the user sees."""
    unchecked: Reply
    """What the user would see if the model was trusted."""
    record: WritingRecord | None
    """None where the model is not let write: its answer is the same before and after."""


class WritingAssistant:
    """The assistant with a model, on one manual. Earlier questions of a conversation are answered
    without the model, since nothing of what it writes is remembered."""

    def __init__(
        self, workbench: Workbench, code: str, writer: Writer, replies: KeptReplies
    ) -> None:
        conversations = MemoryConversations()
        self._plain = workbench.assistant(conversations=conversations)
        self._writing = workbench.assistant(writer=writer, conversations=conversations)
        self._code = code
        self._replies = replies

    def reply(self, question: GoldQuestion) -> WrittenReply:
        """Ask the model once. A reply from the file counts with the time that it took."""
        conversation = new_conversation_id()
        for earlier in question.history:
            self._plain.ask(earlier, conversation, self._code)
        watcher = _WritingWatcher()
        replayed, started = self._replies.replayed_seconds, time.perf_counter()
        answer = self._writing.ask(question.question, conversation, self._code, watcher)
        seconds = time.perf_counter() - started + self._replies.replayed_seconds - replayed
        checked = as_reply(answer, watcher.turn, seconds * 1000)
        if watcher.record is None:
            return WrittenReply(checked, checked, None)
        trusted = as_reply(_trusted(answer, watcher.record.sentences), watcher.turn, seconds * 1000)
        return WrittenReply(checked, trusted, watcher.record)


class _WritingWatcher(TurnWatcher):
    """Keeps the turn, and what came of letting the model write."""

    def __init__(self) -> None:
        super().__init__()
        self.record: WritingRecord | None = None

    def on_custom_event(self, name: str, data: Any, **_: Any) -> None:
        if name == WRITING:
            self.record = data


def _trusted(answer: Answer, judged: Sequence[JudgedSentence]) -> Answer:
    """An answer of all that the model wrote, with the passages that it named."""
    written = [sentence for sentence in judged if sentence.text]
    text = " ".join(f"{s.text} {marks(s.named)}".rstrip() + "." for s in written)
    return answer.model_copy(
        update={
            "answer": text or _NOTHING_WRITTEN,
            "kind": AnswerKind.ANSWER if written else AnswerKind.ABSTAIN,
            "citations": list(dict.fromkeys(c for s in written for c in s.named)),
            "blocks": (),
        }
    )
