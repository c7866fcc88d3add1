"""The hybrid retriever: dense search in Chroma and lexical search in process, fused."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.confidence import DEFAULT_SCALE, Scale
from assistant.retrieval.lexical import LexicalIndex, Scores
from assistant.retrieval.terms import Term, topic_terms
from assistant.structure.tokens import tokenize
from corpus.model import Chunk, Record

DENSE_CANDIDATES = 60
"""Chunks taken from the dense side; below that, a chunk counts as no better than the last."""
LEXICAL_WEIGHT, COVERED_WEIGHT = 0.5, 10.0
"""Weights of BM25's z-scores and of the topic coverage beside the z-scores of the dense side, as
far as the manual holds the topic's words: where it holds none of them, lexical scores are noise."""


MOST_HITS = 40
"""Chunks that are looked at for an answer."""


class Hit(Record):
    """A retrieved chunk and why it was."""

    chunk: Chunk
    score: float
    """Fused score: a sum of z-scores, only to be compared within one query."""
    dense: float
    """Cosine similarity to the question, on the scale of the default model."""
    coverage: float
    """Share of the topic's weight that the chunk holds, in 0…1."""
    silence: float = 0.0
    """Share of the topic's weight that no chunk of the manual holds, in 0…1."""


class DenseSearch(Protocol):
    """Finds the chunks nearest to a question."""

    def __call__(self, question: str, k: int) -> list[tuple[str, float]]:
        """Ids of the `k` nearest chunks with their cosine similarities, best first."""


class HybridSearch:
    """Fuses dense and lexical scores over the chunks of one manual."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        lexical: LexicalIndex,
        dense: DenseSearch,
        *,
        scale: Scale = DEFAULT_SCALE,
    ) -> None:
        """`scale` is that of the model which the dense side searches with."""
        self.chunks = chunks
        self.lexical = lexical
        self.dense = dense
        self.scale = scale
        self._at = {chunk.id: i for i, chunk in enumerate(chunks)}

    def hits(self, question: str, terms: Sequence[Term] | None = None) -> list[Hit]:
        """The best chunks for a question, best first; `terms` are its topic, else all its words."""
        topic = topic_terms(tokenize(question)) if terms is None else terms
        return self.search(question, topic, MOST_HITS)

    def search(self, question: str, terms: Sequence[Term], k: int) -> list[Hit]:
        """The `k` best chunks for a question, best first; `terms` are its topic."""
        similarity = self.similarities(question)
        coverage = self.lexical.coverage(terms)
        silence = self.lexical.silence(terms)
        lexical = LEXICAL_WEIGHT * standardised(self.lexical.bm25(terms))
        fused = standardised(similarity) + (1 - silence) * (lexical + COVERED_WEIGHT * coverage)
        order = np.argsort(-fused, kind="stable")[:k]
        return [
            Hit(
                chunk=self.chunks[i],
                score=float(fused[i]),
                dense=self.scale.of_default(float(similarity[i])),
                coverage=float(coverage[i]),
                silence=silence,
            )
            for i in order
        ]

    def similarities(self, question: str) -> Scores:
        """Cosine similarity of every chunk, (chunks,); those not among the nearest get the least
        similarity that was found."""
        nearest = self.dense(question, min(DENSE_CANDIDATES, len(self.chunks)))
        least = min((s for _, s in nearest), default=0.0)
        similarity = np.full(len(self.chunks), least, dtype=np.float32)
        for chunk_id, value in nearest:
            similarity[self._at[chunk_id]] = value
        return similarity


def standardised(scores: NDArray[np.float32]) -> Scores:
    """z-scores of one query's scores; zeros where all are alike."""
    spread = float(scores.std()) if len(scores) else 0.0
    if spread < 1e-9:
        return np.zeros_like(scores)
    result: Scores = (scores - scores.mean()) / np.float32(spread)
    return result
