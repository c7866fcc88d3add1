"""The way of a question: the steps stand in `build_chain`."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering.answer import Citation
from assistant.answering.answerer import draft, needs_retrieval
from assistant.answering.evident import evident
from assistant.answering.knowledge import Knowledge
from assistant.answering.refusal import not_in_manual
from assistant.answering.taught import as_taught
from assistant.answering.turn import Turn
from assistant.asking.steps import Chain, Step
from assistant.asking.verification import verified
from assistant.retrieval.hybrid import Hit, HybridSearch
from assistant.retrieval.terms import topic_terms
from assistant.structure.tokens import tokenize
from assistant.understanding.focus import NOTHING
from assistant.understanding.question import clean_question
from assistant.understanding.types import SMALLTALK, Intent, Understanding
from corpus.office_words import LONGEST, OfficeWord

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig

    from assistant.writing.writer import Writer

log = logging.getLogger(__name__)

_LONGEST_SEARCH = 300
"""Characters of what a model may search for."""


Taught = Callable[[str], OfficeWord | None]
"""Gives the office's wording that a question says again."""


def build_chain(
    knowledge: Knowledge,
    passages: HybridSearch,
    writer: "Writer | None" = None,
    taught: Taught = lambda _: None,
) -> Chain:
    """Understand, retrieve, answer, verify: a turn in, the same turn with a verified draft out.

    With a writer, a language model puts the draft in its own words before it is verified. What the
    office has `taught` goes before what is found.
    """

    def understand(turn: Turn, _: "RunnableConfig") -> Turn:
        understood = knowledge.interpreter.understand(turn.question, turn.focus)
        return replace(turn, understanding=understood)

    def retrieve(turn: Turn, _: "RunnableConfig") -> Turn:
        asked = _understood(turn)
        if not needs_retrieval(asked):
            return turn
        return replace(turn, hits=retrieved(asked, passages))

    def answer(turn: Turn, _: "RunnableConfig") -> Turn:
        asked = _understood(turn)
        word = taught(turn.question) if asked.intent not in SMALLTALK else None
        if word is not None and asked.intent is not Intent.TOPIC:
            # what a sheet answers exactly gives way only to the very words that were taught
            word = word if word.key == OfficeWord(text=turn.question[:LONGEST]).key else None
        chosen = as_taught(word, asked, knowledge) if word else None
        return replace(turn, draft=chosen or draft(asked, turn.hits, knowledge))

    def write(turn: Turn, config: "RunnableConfig") -> Turn:
        if writer is None or not turn.shown:
            return turn
        return replace(turn, draft=writer.write(turn, knowledge, search, config))

    def search(question: str) -> list[Citation]:
        asked = knowledge.interpreter.understand(clean_question(question, _LONGEST_SEARCH), NOTHING)
        return evident(asked, retrieved(asked, passages), knowledge.manual)

    def verify(turn: Turn, _: "RunnableConfig") -> Turn:
        if turn.draft is None:
            raise ValueError("nothing was drafted")
        passed, broken = verified(turn.draft, knowledge.manual)
        if passed is None:
            log.error("draft withheld: %d citations do not hold", len(broken))
            passed = not_in_manual(_understood(turn), knowledge)
        return replace(turn, draft=passed)

    steps = [
        Step("understand", understand),
        Step("retrieve", retrieve),
        Step("answer", answer),
        *([Step("write", write)] if writer else []),
        Step("verify", verify),
    ]
    return Chain("turn", steps)


def retrieved(asked: Understanding, passages: HybridSearch) -> tuple[Hit, ...]:
    """What is found for a question on a topic; the names of positions in it are no topic."""
    tokens = tokenize(asked.question)
    told = (*asked.mentions, *((asked.within,) if asked.within else ()))
    named = {i for m in told for i in range(m.start, m.end)}
    terms = topic_terms(tokens, frozenset(named)) or topic_terms(tokens)
    return tuple(passages.hits(asked.question, terms))


def _understood(turn: Turn) -> Understanding:
    if turn.understanding is None:
        raise ValueError("the question was not understood first")
    return turn.understanding
