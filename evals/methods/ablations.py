"""The assistant with one part left out, put together from the parts that remain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import numpy as np
from langchain_core.runnables import RunnableConfig

from assistant.answering.answer import AnswerKind
from assistant.answering.answerer import STRUCTURAL
from assistant.answering.knowledge import Knowledge
from assistant.answering.topical import responsible
from assistant.answering.turn import Turn
from assistant.asking.chain import build_chain, retrieved
from assistant.asking.library import ManualParts
from assistant.asking.steps import Chain, Step
from assistant.retrieval.hybrid import MOST_HITS, Hit, HybridSearch, standardised
from assistant.retrieval.terms import Term, topic_terms
from assistant.structure.tokens import tokenize
from assistant.understanding.focus import Focus
from assistant.understanding.types import (
    ABOUT_ONE_POSITION,
    OF_TWO,
    Expected,
    Intent,
    Understanding,
)
from assistant.understanding.understand import Interpreter
from evals.methods.base import Method
from evals.methods.ours import OurMethod
from evals.workbench import Rebuilt, Source, Workbench

Reread = Callable[[Understanding], Understanding]
"""What was understood in, what is left of it without some part of understanding out."""


def without(rebuilt: Rebuilt) -> Callable[[Workbench, Source], Method]:
    """Opens the assistant with its manuals rebuilt."""
    return lambda workbench, source: OurMethod(workbench, source.manual.code, rebuilt)


def without_lexical(opened: ManualParts) -> ManualParts:
    """Passages ranked by their vectors alone; whether the evidence is enough is told as before."""
    return _with(opened, passages=DenseRanked(opened.passages))


def without_entities(opened: ManualParts) -> ManualParts:
    """No name is linked to its sheet: what is asked of a position becomes a topic."""
    return _with(opened, knowledge=RereadKnowledge(opened.knowledge, _unlinked))


def without_sheets(opened: ManualParts) -> ManualParts:
    """Nothing is answered from the typed sheets: every question is a topic."""
    return _with(opened, knowledge=RereadKnowledge(opened.knowledge, _unstructured))


def without_refusals(opened: ManualParts) -> ManualParts:
    """Where the assistant refuses, the best passage is given all the same."""

    def insist(turn: Turn, _: RunnableConfig) -> Turn:
        return _insisted(turn, opened) if _refused(turn) else turn

    steps = [*opened.chain.steps, Step("insist", insist)]
    return replace(opened, chain=Chain(opened.chain.name, steps))


class DenseRanked(HybridSearch):
    """The hybrid search with its order by similarity alone."""

    def __init__(self, whole: HybridSearch) -> None:
        super().__init__(whole.chunks, whole.lexical, whole.dense, scale=whole.scale)

    def hits(self, question: str, terms: Sequence[Term] | None = None) -> list[Hit]:
        topic = topic_terms(tokenize(question)) if terms is None else terms
        hits = self.search(question, topic, len(self.chunks))
        scores = standardised(np.array([hit.dense for hit in hits], np.float32))
        order = np.argsort(-scores, kind="stable")[:MOST_HITS]
        return [hits[i].model_copy(update={"score": float(scores[i])}) for i in order]


class RereadKnowledge(Knowledge):
    """Knowledge of a manual of whose questions something understood is taken away."""

    def __init__(self, whole: Knowledge, reread: Reread) -> None:
        super().__init__(whole.manual)
        self._whole = whole
        self._reread = reread

    @cached_property
    def interpreter(self) -> Interpreter:
        return cast(Interpreter, _Rereading(self._whole.interpreter, self._reread))


@dataclass(frozen=True)
class _Rereading:
    whole: Interpreter
    reread: Reread

    def understand(self, question: str, focus: Focus) -> Understanding:
        return self.reread(self.whole.understand(question, focus))


def _with(
    opened: ManualParts,
    knowledge: Knowledge | None = None,
    passages: HybridSearch | None = None,
) -> ManualParts:
    """The manual with another part, and its chain built of what it then has."""
    known, finds = knowledge or opened.knowledge, passages or opened.passages
    return ManualParts(known, finds, build_chain(known, finds))


def _unlinked(asked: Understanding) -> Understanding:
    needs_name = asked.intent in ABOUT_ONE_POSITION | OF_TWO
    intent = Intent.TOPIC if needs_name else asked.intent
    return replace(
        asked, intent=intent, mentions=(), unknown=None, presupposed=None, post=None, within=None
    )


def _unstructured(asked: Understanding) -> Understanding:
    if asked.intent not in STRUCTURAL:
        return asked
    return replace(asked, intent=Intent.TOPIC, presupposed=None)


def _refused(turn: Turn) -> bool:
    return turn.draft is not None and turn.draft.kind is AnswerKind.ABSTAIN


def _insisted(turn: Turn, opened: ManualParts) -> Turn:
    """The turn with the answer that its best passage would give."""
    asked = Understanding(turn.question, Intent.TOPIC, expected=Expected.RESPONSIBLE)
    hits = turn.hits or retrieved(asked, opened.passages)
    draft = responsible(asked, [_as_if_sure(hit) for hit in hits], opened.knowledge)
    return replace(turn, understanding=asked, hits=hits, draft=draft)


def _as_if_sure(hit: Hit) -> Hit:
    """The hit, for the gate of refusals as strong as evidence can be; its rank stays."""
    return hit.model_copy(update={"dense": 1.0, "coverage": 1.0, "silence": 0.0})
