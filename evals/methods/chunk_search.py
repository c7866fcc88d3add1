"""Plain search as a method: the best passage, quoted, is the answer. BM25 alone and vectors alone,
over the very chunks that the assistant searches."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.render.places import mark
from corpus.model import Chunk
from corpus.spanish import stems
from evals.gold import GoldQuestion
from evals.methods.base import Method, Reply
from evals.workbench import Source, Workbench

_SHOWN = 40
"""Passages that are ranked, as many as the assistant's own retriever gives."""


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


def open_bm25(workbench: Workbench, source: Source) -> Method:  # noqa: ARG001  (a method's opener)
    """BM25 over Spanish stems: no thesaurus, no vectors."""
    scores = plain_bm25([chunk.indexed_text for chunk in source.chunks])

    def search(question: str) -> list[Found]:
        found = scores(question)
        order = np.argsort(-found, kind="stable")[:_SHOWN]
        return [found_chunk(source.chunks[i], float(found[i])) for i in order if found[i] > 0]

    return FirstPassage(search)


def open_dense(workbench: Workbench, source: Source) -> Method:
    """The nearest vectors in Chroma: no words."""
    record = workbench.record(source.manual.code)
    chunks: Mapping[str, Chunk] = {chunk.id: chunk for chunk in source.chunks}

    def search(question: str) -> list[Found]:
        vector = workbench.embeddings.query_vector(question)
        nearest = workbench.store.search(record, vector, min(_SHOWN, len(chunks)))
        return [found_chunk(chunks[id_], similarity) for id_, similarity in nearest]

    return FirstPassage(search)


def plain_bm25(texts: Sequence[str]) -> Callable[[str], NDArray[np.float32]]:
    """BM25 over the stems of texts: a question in, a score for each text out, (texts,)."""
    import bm25s

    documents = [stems(text) for text in texts]
    known = {word for document in documents for word in document}
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index(documents, show_progress=False)

    def scores(question: str) -> NDArray[np.float32]:
        asked = [word for word in stems(question) if word in known]
        if not asked:
            return np.zeros(len(documents), np.float32)
        found: NDArray[np.float32] = index.get_scores(asked)
        return found

    return scores


def found_chunk(chunk: Chunk, score: float) -> Found:
    """A chunk as an answer: its section's title, and the passage verbatim."""
    citation = Citation(
        manual=chunk.manual,
        section=chunk.section,
        title=chunk.title,
        page=chunk.page,
        function=chunk.function,
        quote=chunk.quote,
    )
    text = f"{chunk.title}: «{chunk.quote}» {mark(chunk)}"
    return Found(text, (citation,), (chunk.section,), score)


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
