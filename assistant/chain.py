"""The way of a question, as one LangChain runnable: the steps stand in `build_chain`."""

import logging
from dataclasses import dataclass, field, replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answering.answerer import draft, needs_retrieval
from assistant.answering.draft import Draft
from assistant.answering.refusal import not_in_manual
from assistant.conversation import NOTHING, Focus
from assistant.knowledge import Knowledge
from assistant.retrieval.hybrid import Hit, HybridRetriever
from assistant.retrieval.terms import topic_terms
from assistant.understanding.tokens import tokenize
from assistant.understanding.types import Understanding
from assistant.verification import verified

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """A question on its way; each step fills in one field more."""

    question: str
    """Cleaned."""
    focus: Focus = NOTHING
    understanding: Understanding | None = None
    hits: tuple[Hit, ...] = field(default=())
    draft: Draft | None = None


def build_chain(knowledge: Knowledge, retriever: HybridRetriever) -> Runnable[Turn, Turn]:
    """Understand, retrieve, answer, verify: a turn in, the same turn with a verified draft out."""

    def understand(turn: Turn) -> Turn:
        understood = knowledge.interpreter.understand(turn.question, turn.focus)
        return replace(turn, understanding=understood)

    def retrieve(turn: Turn) -> Turn:
        asked = _understood(turn)
        if not needs_retrieval(asked):
            return turn
        return replace(turn, hits=retrieved(asked, retriever))

    def answer(turn: Turn) -> Turn:
        return replace(turn, draft=draft(_understood(turn), turn.hits, knowledge))

    def verify(turn: Turn) -> Turn:
        if turn.draft is None:
            raise ValueError("nothing was drafted")
        passed, broken = verified(turn.draft, knowledge.manual)
        if passed is None:
            log.error("draft withheld: %d citations do not hold", len(broken))
            passed = not_in_manual(_understood(turn), knowledge)
        return replace(turn, draft=passed)

    return (
        RunnableLambda(understand, name="understand")
        | RunnableLambda(retrieve, name="retrieve")
        | RunnableLambda(answer, name="answer")
        | RunnableLambda(verify, name="verify")
    )


def retrieved(asked: Understanding, retriever: HybridRetriever) -> tuple[Hit, ...]:
    """What is found for a question on a topic; the names of positions in it are no topic."""
    tokens = tokenize(asked.question)
    told = (*asked.mentions, *((asked.within,) if asked.within else ()))
    named = {i for m in told for i in range(m.start, m.end)}
    terms = topic_terms(tokens, frozenset(named)) or topic_terms(tokens)
    documents = retriever.invoke(asked.question, terms=terms)
    return tuple(d.metadata["hit"] for d in documents)


def _understood(turn: Turn) -> Understanding:
    if turn.understanding is None:
        raise ValueError("the question was not understood first")
    return turn.understanding
