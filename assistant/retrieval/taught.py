"""The office's own words at work: which of them a question says again."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.terms import topic_terms
from assistant.structure.tokens import tokenize
from corpus.office_words import LONGEST, OfficeWord
from corpus.words_store import StoredWord

LEAST_ALIKE = 0.69
"""Cosine from which a question says a wording again, if it also has all of its topic's words. Near
meaning alone is not enough: "boletos del cine" comes as near to "boletos del teatro" (0.80) as
other words for the same do. Of pairs of questions of one office on different functions, one in ten
thousand comes so near (those of `corpus/finetuning/pairs` that are held out)."""


class OfficeWords:
    """The wordings of one manual. Immutable."""

    def __init__(self, stored: Sequence[StoredWord], model_name: str) -> None:
        """Vectors of another model than that of this name count for nothing."""
        self.stored = tuple(stored)
        self._by_key = {each.word.key: each.word for each in stored}
        own = [each for each in stored if each.model_name == model_name]
        self._own = [each.word for each in own]
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
        if not self._own:
            return None
        alike = self._vectors @ vector
        near = np.flatnonzero(alike >= LEAST_ALIKE)
        if not len(near):
            return None
        near = near[np.argsort(-alike[near], kind="stable")]
        topic = _topic(question)
        told = ((self._own[i], _topic(self._own[i].text)) for i in near)
        return next((word for word, own in told if own and own <= topic), None)


@lru_cache(maxsize=4096)
def _topic(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in topic_terms(tokenize(text)))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(vectors):
        return vectors
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-9)
    return result
