"""Judges sentences one after the other, as a model writes them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache

from assistant.answering.knowledge import Knowledge
from assistant.retrieval.thesaurus import Thesaurus
from assistant.writing.claims import Claim
from assistant.writing.grounding import Fault, faults
from assistant.writing.passages import Passage
from assistant.writing.reply import Sentence
from assistant.writing.support import ENOUGH, Similarity, support_of

if TYPE_CHECKING:
    from corpus.embeddings import OnnxEmbeddings, Vector

_KEPT_VECTORS = 2_000
_MENDED = frozenset({Fault.SUPPORT, Fault.NAME, Fault.AGENT, Fault.NUMBER, Fault.AUTHORITY})
"""Faults that a wrong number of a passage alone may be the cause of."""


@dataclass(frozen=True)
class Verdict:
    """What is found of a sentence: the passages that it rests on, or why it may not be shown."""

    fault: Fault | None
    rests_on: tuple[Passage, ...] = ()


class Judge:
    """Judges the sentences of one answer.

    A sentence rests on those of the passages it names that support it alone; where none does, on
    all of them together. Where it follows from another passage that was given, that one is cited:
    small models confuse numbers, and what counts is that the sentence holds.
    """

    def __init__(self, knowledge: Knowledge, thesaurus: Thesaurus, similarity: Similarity) -> None:
        self._knowledge = knowledge
        self._thesaurus = thesaurus
        self._similarity = similarity
        self._spoken_of: frozenset[str] = frozenset()

    def verdict(self, sentence: Sentence, passages: Sequence[Passage]) -> Verdict:
        """Judge a sentence. What it was about is remembered for the next one, which may go on
        with "también"."""
        given = {p.number: p for p in passages}
        if not sentence.passages or not set(sentence.passages) <= set(given):
            return Verdict(Fault.UNCITED)
        named = tuple(given[n] for n in sentence.passages)
        first = self._of_these(sentence.text, named)
        verdict = first
        if first.fault in _MENDED:
            others = (p for p in passages if p not in named)
            tried = (self._of_these(sentence.text, (p,)) for p in others)
            verdict = next((v for v in tried if v.fault is None), first)
        if verdict.fault is None:
            rests_on = Claim(sentence.text, verdict.rests_on, self._knowledge)
            self._spoken_of = frozenset(p.number for p in rests_on.holders)
        return verdict

    def _of_these(self, text: str, passages: tuple[Passage, ...]) -> Verdict:
        """The verdict where a sentence may rest on some passages, and only on them."""
        claim = Claim(text, passages, self._knowledge, self._spoken_of)
        if len(passages) > 1:
            alone = tuple(p for p in passages if self._fault(replace(claim, passages=(p,))) is None)
            if alone:
                return Verdict(None, alone)
        fault = self._fault(claim) or self._fault_of_an_agent(claim)
        return Verdict(fault, () if fault else passages)

    def _fault(self, claim: Claim) -> Fault | None:
        fault = next(faults(claim), None)
        if fault is None and not self._is_supported(claim):
            return Fault.SUPPORT
        return fault

    def _is_supported(self, claim: Claim) -> bool:
        return ENOUGH.is_enough(support_of(claim, self._thesaurus, self._similarity))

    def _fault_of_an_agent(self, claim: Claim) -> Fault | None:
        """Whoever is said to do a thing must do it by the passages of the own sheet: another's
        are no evidence."""
        sheets = {p.number for p in claim.holders}
        for agent in claim.agents():
            own = {p.number for p in agent.candidates} & sheets
            rests_on = tuple(p for p in claim.passages if own & p.sections)
            if own and not self._is_supported(replace(claim, passages=rests_on)):
                return Fault.SUPPORT
        return None


def embedding_similarity(embeddings: "OnnxEmbeddings") -> Similarity:
    """Compares by the embedding model; what was compared lately is not embedded anew."""
    vectors: LRUCache[tuple[bool, str], Vector] = LRUCache(_KEPT_VECTORS)
    lock = threading.Lock()

    def vector_of(text: str, *, is_sentence: bool) -> "Vector":
        key = (is_sentence, text)
        with lock:
            known = vectors.get(key)
        if known is None:
            known = (
                embeddings.query_vector(text)
                if is_sentence
                else embeddings.passage_vectors([text])[0]
            )
            with lock:
                vectors[key] = known
        return known

    def similarity(sentence: str, texts: Sequence[str]) -> float:
        own = vector_of(sentence, is_sentence=True)
        return max(float(np.dot(own, vector_of(t, is_sentence=False))) for t in texts)

    return similarity


NewJudge = Callable[[Knowledge], Judge]
"""Makes a judge for one answer."""
