"""Plain search as a method: the best passage, quoted, is the answer."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.answer import Answer, AnswerKind, Citation
from evals.gold import GoldQuestion
from evals.methods.base import Reply


@dataclass(frozen=True)
class Found:
    """A passage that search found."""

    text: str
    """As it would be shown."""
    citations: tuple[Citation, ...]
    sections: tuple[str, ...]
    """The sections that it stands in, the main one first."""
    score: float


Search = Callable[[str], Sequence[Found]]
"""A question in, passages out, best first."""


class FirstPassage:
    """Answers with the first passage found. It has no memory: the earlier questions of a
    conversation are not looked at, and it never refuses unless nothing is found at all."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def reply(self, question: GoldQuestion) -> Reply:
        """The first passage, with its citations."""
        started = time.perf_counter()
        found = self._search(question.question)
        milliseconds = (time.perf_counter() - started) * 1000
        ranking = tuple(dict.fromkeys(s for each in found for s in each.sections))
        answer = _quoted(found[0]) if found else _nothing()
        return Reply(answer, ranking, found[0].score if found else 0.0, milliseconds)


def _quoted(found: Found) -> Answer:
    return Answer(
        answer=found.text,
        kind=AnswerKind.ANSWER,
        citations=list(found.citations),
        conversation_id="",
        answer_id="",
    )


def _nothing() -> Answer:
    return Answer(
        answer="No se encontró nada.", kind=AnswerKind.ABSTAIN, conversation_id="", answer_id=""
    )
