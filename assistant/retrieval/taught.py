"""Which of the office's wordings a question says again: then what the office chose answers it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.terms import topic_terms
from assistant.structure.tokens import tokenize
from corpus.office_words import LONGEST, OfficeWord
from corpus.words_store import StoredWord

LEAST_ALIKE = 0.82
"""Cosine from which a question says a wording again, if it also has all of its topic's words. Near
meaning alone is not enough: "boletos del cine" comes as near to "boletos del teatro" (0.89) as
other words for the same do. Chosen by hand on pairs of the development sets."""


def leading(
    question: str, vector: NDArray[np.float32], words: Sequence[StoredWord], model_name: str
) -> OfficeWord | None:
    """The wording that a question says again, letter by letter or nearly; None if none is.

    `vector` is the question's, (dimension,), by the model of that name.
    """
    asked = OfficeWord(text=question[:LONGEST]).key if len(question) > 1 else ""
    for each in words:
        if each.word.key == asked:
            return each.word
    near = [
        (alike, each.word)
        for each in words
        if each.model_name == model_name
        and (alike := _cosine(vector, each.vector)) >= LEAST_ALIKE
        and _has_topic(question, each.word.text)
    ]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _has_topic(question: str, wording: str) -> bool:
    topic = {term.stem for term in topic_terms(tokenize(wording))}
    return bool(topic) and topic <= {term.stem for term in topic_terms(tokenize(question))}


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(other))))
