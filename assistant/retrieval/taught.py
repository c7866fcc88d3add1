"""The office's own words at work: what a question says again, and further ways to functions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.terms import topic_terms
from assistant.structure.tokens import tokenize
from corpus.model import Chunk, ChunkKind
from corpus.office_words import LONGEST, OfficeWord
from corpus.words_store import StoredWord

LEAST_ALIKE = 0.82
"""Cosine from which a question says a wording again, if it also has all of its topic's words. Near
meaning alone is not enough: "boletos del cine" comes as near to "boletos del teatro" (0.89) as
other words for the same do. Chosen by hand on pairs of the development sets."""
_APART = 0.06
"""By how much two questions that one function answers are nearer to each other than a question and
that function. With less, the nearest wording would win over the nearest function; measured on the
pairs of offices that trained nothing, 0.06 gave the best recall (`docs/evaluation.md`)."""


@dataclass(frozen=True)
class _Way:
    """A wording as it is looked for."""

    word: OfficeWord
    key: str
    topic: frozenset[str]


class OfficeWords:
    """The wordings of one manual. Immutable."""

    def __init__(self, stored: Sequence[StoredWord], model_name: str) -> None:
        """Vectors of another model than that of this name count for nothing."""
        self.stored = tuple(stored)
        self._by_key = {each.word.key: each.word for each in stored}
        own = [each for each in stored if each.model_name == model_name]
        self._ways = [_Way(w.word, w.word.key, _topic(w.word.text)) for w in own]
        self._vectors = _unit(np.array([each.vector for each in own], np.float32))

    def leading(self, question: str, vector: NDArray[np.float32]) -> OfficeWord | None:
        """The wording that a question says again, letter by letter or nearly; None if none is.

        `vector` is the question's, (dimension,), of unit length.
        """
        if not self.stored:
            return None
        asked = OfficeWord(text=question[:LONGEST]).key if len(question) > 1 else ""
        if asked in self._by_key:
            return self._by_key[asked]
        if not self._ways:
            return None
        alike = self._vectors @ vector
        near = [i for i in np.argsort(-alike) if alike[i] >= LEAST_ALIKE]
        topic = _topic(question) if near else frozenset()
        told = (self._ways[i] for i in near)
        return next((w.word for w in told if w.topic and w.topic <= topic), None)

    def raised(
        self,
        vector: NDArray[np.float32],
        nearest: Sequence[tuple[str, float]],
        places: dict[tuple[str, int | None], str],
    ) -> list[tuple[str, float]]:
        """Chunks with their similarities to a question, best first, those raised to which a wording
        leads that is nearer to the question than they are themselves; see `places_of`."""
        if not self._ways:
            return list(nearest)
        similar = dict(nearest)
        least = min(similar.values(), default=-1.0)
        for way, value in zip(self._ways, self._vectors @ vector - _APART, strict=True):
            chunk = places.get((way.word.section or "", way.word.function))
            if chunk is not None and value > similar.get(chunk, least):
                similar[chunk] = float(value)
        return sorted(similar.items(), key=lambda each: -each[1])[: len(nearest)]


def places_of(chunks: Sequence[Chunk]) -> dict[tuple[str, int | None], str]:
    """The ids of chunks by section and function; by None the first thing that a section says."""
    told = [c for c in reversed(chunks) if c.kind is not ChunkKind.REPORTING]
    return {(c.section, c.function): c.id for c in told}


def _topic(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in topic_terms(tokenize(text)))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(vectors):
        return vectors
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-9)
    return result
