"""Retrieval on XQuAD-es, a public set by others: find the paragraph that answers a question.

google-deepmind/xquad, CC BY-SA 4.0; it is not part of the project. Our retriever is compared with
its own parts, and with the two plain ways of putting them together.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.hybrid import HybridSearch, standardised
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.terms import topic_terms
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.structure.tokens import tokenize
from corpus.errors import AsistenteError
from corpus.model import Chunk, ChunkKind
from evals.methods.chunk_search import plain_bm25
from evals.metrics.figures import Figures, ranking_figures
from evals.metrics.needs import judge_rankings
from evals.report_model import Xquad, XquadMethod
from evals.workbench import Workbench

_KEPT = 10
"""Ranks that are judged."""
_RRF = 60
"""The constant of reciprocal rank fusion, as its authors have it."""
_PLAIN_LEXICAL = 0.5
"""Weight of BM25 in the plain sum, as in the figures that are to be beaten."""

Scores = NDArray[np.float32]
Rank = Callable[[int], Scores]
"""The number of a question in, a score for each paragraph out."""


class XquadError(AsistenteError):
    """The file is not what it should be."""


@dataclass(frozen=True)
class Retrieval:
    """Paragraphs, and questions with the place of the paragraph that answers each."""

    paragraphs: tuple[str, ...]
    questions: tuple[tuple[str, int], ...]


def read_xquad(path: Path) -> Retrieval:
    """The set from its file. Raises XquadError."""
    try:
        articles = json.loads(path.read_text("utf-8-sig"))["data"]
        printed = [each for article in articles for each in article["paragraphs"]]
        return Retrieval(
            tuple(each["context"].lstrip("\ufeff") for each in printed),
            tuple(
                (asked["question"], i) for i, each in enumerate(printed) for asked in each["qas"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise XquadError(
            f"No se pudo leer «{path}»: revise que sea xquad.es.json, como lo publica XQuAD."
        ) from error


def examine_retrieval(
    path: Path, workbench: Workbench, on_method: Callable[[], None] = lambda: None
) -> Xquad:
    """Rank the paragraphs for every question, in each way; `on_method` is called after each.
    Raises XquadError."""
    retrieval = read_xquad(path)
    ranks = _ways(retrieval, workbench)
    methods = []
    for key, (name, rank) in ranks.items():
        methods.append(XquadMethod(key=key, name=name, recall=_judged(retrieval, rank)))
        on_method()
    return Xquad(
        paragraphs=len(retrieval.paragraphs), questions=len(retrieval.questions), methods=methods
    )


WAYS = 6
"""How many ways are compared."""


def _ways(retrieval: Retrieval, workbench: Workbench) -> Mapping[str, tuple[str, Rank]]:
    passages, questions = _vectors(retrieval, workbench)
    similarity: Scores = questions @ passages.T
    score_words = plain_bm25(retrieval.paragraphs)
    words = np.stack([score_words(question) for question, _ in retrieval.questions])
    chunks = list(_chunks(retrieval.paragraphs))
    lexical = LexicalIndex(chunks, default_thesaurus())
    terms = [topic_terms(tokenize(question)) for question, _ in retrieval.questions]
    return {
        "hybrid": ("buscador del asistente", _hybrid(retrieval, chunks, lexical, similarity)),
        "dense": ("sólo vectores", lambda i: similarity[i]),
        "bm25": ("sólo BM25", lambda i: words[i]),
        "own_lexical": (
            "sólo su parte léxica (BM25 con pares y sinónimos)",
            lambda i: lexical.bm25(terms[i]),
        ),
        "weighted_sum": (
            f"suma simple: vectores + {_PLAIN_LEXICAL} · BM25",
            lambda i: (
                standardised(similarity[i]) + np.float32(_PLAIN_LEXICAL) * standardised(words[i])
            ),
        ),
        "rrf": ("fusión por rango recíproco", lambda i: _reciprocal(similarity[i], words[i])),
    }


def _hybrid(
    retrieval: Retrieval, chunks: Sequence[Chunk], lexical: LexicalIndex, similarity: Scores
) -> Rank:
    """The retriever that serves, its vectors looked up instead of computed."""
    number_of = {question: i for i, (question, _) in enumerate(retrieval.questions)}

    def nearest(question: str, k: int) -> list[tuple[str, float]]:
        own = similarity[number_of[question]]
        return [(chunks[j].id, float(own[j])) for j in np.argsort(-own, kind="stable")[:k]]

    search = HybridSearch(chunks, lexical, nearest)
    places = {chunk.id: i for i, chunk in enumerate(chunks)}

    def rank(i: int) -> Scores:
        question = retrieval.questions[i][0]
        scores = np.full(len(chunks), -np.inf, np.float32)
        for hit in search.search(question, topic_terms(tokenize(question)), _KEPT):
            scores[places[hit.chunk.id]] = hit.score
        return scores

    return rank


def _reciprocal(*scores: Scores) -> Scores:
    places = [np.argsort(np.argsort(-own, kind="stable"), kind="stable") for own in scores]
    fused: Scores = np.sum([1.0 / (_RRF + 1 + place) for place in places], axis=0)
    return fused


def _judged(retrieval: Retrieval, rank: Rank) -> Figures:
    rankings = {}
    for i in range(len(retrieval.questions)):
        best = np.argsort(-rank(i), kind="stable")[:_KEPT]
        rankings[str(i)] = [str(place) for place in best]
    needs = {str(i): (frozenset({str(at)}),) for i, (_, at) in enumerate(retrieval.questions)}
    return ranking_figures(list(judge_rankings(needs, rankings).values()))


def _vectors(retrieval: Retrieval, workbench: Workbench) -> tuple[Scores, Scores]:
    """Of the paragraphs and of the questions, kept from one evaluation to the next."""
    told = "\n".join([*retrieval.paragraphs, *(question for question, _ in retrieval.questions)])
    file = workbench.cache / f"xquad-{sha256(told.encode()).hexdigest()[:12]}.npz"
    if file.exists():
        kept = np.load(file)
        return kept["passages"], kept["questions"]
    passages = workbench.embeddings.passage_vectors(retrieval.paragraphs)
    questions = np.stack(
        [workbench.embeddings.query_vector(question) for question, _ in retrieval.questions]
    )
    np.savez(file, passages=passages, questions=questions)
    return passages, questions


def _chunks(paragraphs: Sequence[str]) -> Iterator[Chunk]:
    for i, text in enumerate(paragraphs):
        yield Chunk(
            id=str(i),
            manual="XQUAD-ES",
            section=str(i),
            title="",
            breadcrumb="",
            page=1,
            kind=ChunkKind.PROSE,
            quote=text,
        )
