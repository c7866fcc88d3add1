"""The assistant itself, watched while it answers."""

import time
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler

from assistant.answering.answer import Answer, AnswerKind
from assistant.answering.turn import Turn
from assistant.asking.conversation import new_conversation_id
from assistant.retrieval.evidence import weigh
from assistant.understanding.types import Intent
from evals.gold import GoldQuestion
from evals.methods.base import Method, Reply
from evals.workbench import Rebuilt, Source, Workbench


class OurMethod:
    """Asks the assistant, each gold question in a conversation of its own."""

    def __init__(
        self, workbench: Workbench, code: str, rebuilt: Rebuilt = lambda opened: opened
    ) -> None:
        self._assistant = workbench.assistant(rebuilt)
        self._code = code

    def reply(self, question: GoldQuestion) -> Reply:
        """The assistant's answer, and the turn behind it."""
        conversation = new_conversation_id()
        for earlier in question.history:
            self._assistant.ask(earlier, conversation, self._code)
        watcher = TurnWatcher()
        started = time.perf_counter()
        answer = self._assistant.ask(question.question, conversation, self._code, watcher)
        milliseconds = (time.perf_counter() - started) * 1000
        return as_reply(answer, watcher.turn, milliseconds)


def as_reply(answer: Answer, turn: Turn | None, milliseconds: float) -> Reply:
    """An answer of the assistant, with what is known of it from the turn behind it."""
    return Reply(
        answer,
        _ranking(answer, turn),
        _confidence(turn),
        milliseconds,
        withheld=answer.kind is AnswerKind.ABSTAIN,
    )


class TurnWatcher(BaseCallbackHandler):
    """Keeps the turn as the last step left it."""

    run_inline = True

    def __init__(self) -> None:
        self.turn: Turn | None = None

    def on_chain_end(self, outputs: Any, **_: Any) -> None:
        if isinstance(outputs, Turn):
            self.turn = outputs


def _ranking(answer: Answer, turn: Turn | None) -> tuple[str, ...]:
    """What the answer cites comes before what was found beside it."""
    cited = [citation.section for citation in answer.citations]
    found = [hit.chunk.section for hit in turn.hits] if turn else []
    return tuple(dict.fromkeys([*cited, *found]))


def _confidence(turn: Turn | None) -> float:
    """The chance of the evidence for a topic; what the sheets say is sure, and so is that they
    don't say it."""
    if turn is None or turn.understanding is None or turn.draft is None:
        return 0.0
    asked = turn.understanding
    if asked.intent is not Intent.TOPIC:
        return 0.0 if turn.draft.kind is AnswerKind.ABSTAIN else 1.0
    supports = weigh(asked, turn.hits).supports
    return supports[0].chance if supports else 0.0


def open_ours(workbench: Workbench, source: Source) -> Method:
    """The assistant as it is."""
    return OurMethod(workbench, source.manual.code)
