"""Fits how likely evidence answers: `python -m evals.fit_evidence`.

Topical questions of the dev gold sets, and those of whole offices that trained nothing
(`corpus/finetuning`), each office as a manual of its own; near misses and other offices' questions
are what it does not answer. Prints the weights for `assistant/retrieval/confidence.py`, how well
they tell in cross-validation over offices, their reliability, and the risk at each threshold.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.answering.answer import AnswerKind
from assistant.asking.chain import retrieved
from assistant.asking.core import open_library
from assistant.asking.library import OpenManual
from assistant.retrieval.confidence import Features
from assistant.retrieval.evidence import all_features, weigh
from assistant.retrieval.hybrid import HybridRetriever, HybridSearch
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.running.settings import load_settings
from assistant.understanding.focus import NOTHING
from assistant.understanding.question import clean_question
from assistant.understanding.types import Expected, Intent, Understanding
from corpus.embeddings import OnnxEmbeddings
from corpus.finetuning.pairs_file import Pairs
from corpus.finetuning.training_data import read_data
from corpus.model import Chunk, ChunkKind
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
from evals.gold import GOLD_FOLDER, read_gold

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
_FOREIGN = 60
"""Questions of other offices that are put to each."""
_SHOWN = 3
_OF_GOLD, _OF_NEAR_MISS = 3.0, 0.3
"""Weights of a gold question, since a whole manual is what is asked in earnest, and of a near miss,
which such a small manual can't tell from a question that it answers."""
_REGULARISATION = 10.0
"""scikit-learn's C: weak, since there are seven weights and hundreds of questions."""


@dataclass(frozen=True)
class Case:
    """A topical question: what was found first, and what of it is right."""

    group: str
    features: Features
    first: bool
    """The first section answers."""
    answerable: bool
    """One of the first three does."""
    weight: float = 1.0


def of_gold(opened: OpenManual) -> Iterator[Case]:
    """The topical questions of a manual's dev set."""
    code = opened.record.code
    for gold in read_gold(GOLD_FOLDER / f"{code.lower()}.dev.jsonl"):
        if gold.history or gold.expect is AnswerKind.CLARIFY:
            continue
        asked = opened.knowledge.interpreter.understand(
            clean_question(gold.question, 1000), NOTHING
        )
        if asked.intent is Intent.TOPIC and not asked.positions:
            right = {*gold.sections_any, *gold.sections_all}
            answer = right if gold.expect is AnswerKind.ANSWER else set()
            yield from _case(code, asked, opened.retriever, answer, _OF_GOLD)


def of_office(
    office: str, own: Sequence[Pairs], others: Sequence[Pairs], embeddings: OnnxEmbeddings
) -> Iterator[Case]:
    """An office's functions as a manual: its questions, its near misses, and others' questions."""
    rng = random.Random(office)
    retriever = retriever_of(office, own, embeddings)
    asked = [(q, {p.unit}, 1.0) for p in own for q in p.questions]
    asked += [(q, set(), _OF_NEAR_MISS) for p in own for q in p.near_misses[:1]]
    foreign = [q for p in others if p.office != office for q in p.questions]
    asked += [(q, set(), 1.0) for q in rng.sample(foreign, min(_FOREIGN, len(foreign)))]
    for question, right, weight in asked:
        topic = Understanding(question, Intent.TOPIC, expected=Expected.RESPONSIBLE)
        yield from _case(office, topic, retriever, right, weight)


def retriever_of(office: str, own: Sequence[Pairs], embeddings: OnnxEmbeddings) -> HybridRetriever:
    """The product's retriever over the functions of an office."""
    chunks = [
        Chunk(
            id=str(i),
            manual=office,
            section=p.unit,
            title=p.unit,
            breadcrumb="",
            page=1,
            kind=ChunkKind.FUNCTION,
            quote=p.function,
            function=1,
        )
        for i, p in enumerate(own)
    ]
    vectors = embeddings.passage_vectors([c.indexed_text for c in chunks])

    def nearest(question: str, k: int) -> list[tuple[str, float]]:
        similarity = vectors @ embeddings.query_vector(question)
        return [(chunks[i].id, float(similarity[i])) for i in np.argsort(-similarity)[:k]]

    lexical = LexicalIndex(chunks, default_thesaurus())
    return HybridRetriever(search=HybridSearch(chunks, lexical, nearest))


def _case(
    group: str, asked: Understanding, retriever: HybridRetriever, right: set[str], weight: float
) -> Iterator[Case]:
    hits = retrieved(asked, retriever)
    supports = weigh(asked, hits).supports
    if supports:
        shown = {s.section for s in supports[:_SHOWN]}
        features = all_features(asked, supports, hits)[0]
        first = supports[0].section in right
        yield Case(group, features, first, bool(shown & right), weight)


def main() -> None:
    """Fit and print."""
    console, settings = Console(), load_settings()
    embeddings = OnnxEmbeddings(prepared_folder(settings.data_dir, DEFAULT_MODEL))
    held_out = read_data()[1].pairs
    cases = [case for opened in open_library(settings).manuals() for case in of_gold(opened)]
    for office in sorted({p.office for p in held_out}):
        own = [p for p in held_out if p.office == office]
        cases += of_office(office, own, held_out, embeddings)
    table = np.array([list(asdict(c.features).values()) for c in cases])
    groups = np.array([c.group for c in cases])
    for name in ("first", "answerable"):
        right = np.array([getattr(c, name) for c in cases])
        report(name, table, right, groups, np.array([c.weight for c in cases]), console)


def report(
    name: str,
    table: Numbers,
    right: Flags,
    groups: NDArray[np.str_],
    weights: Numbers,
    console: Console,
) -> None:
    """Fit one model and print its weights, its reliability and its risk, (cases, features)."""
    model = LogisticRegression(C=_REGULARISATION, max_iter=10_000)
    folds = GroupKFold(len(set(groups)))
    chance = cross_val_predict(
        model,
        table,
        right,
        groups=groups,
        cv=folds,
        method="predict_proba",
        params={"sample_weight": weights},
    )[:, 1]
    model.fit(table, right, sample_weight=weights)
    names = [field.name for field in fields(Features)]
    fitted = dict(zip(names, model.coef_[0].round(2).tolist(), strict=True))
    console.print(name, {"bias": round(float(model.intercept_[0]), 2), **fitted})
    score, brier = roc_auc_score(right, chance), brier_score_loss(right, chance)
    shown = Table("from", "share", "right", title=f"AUROC {score:.3f}, Brier {brier:.3f}")
    for least in np.arange(0.0, 1.0, 0.1):
        told = (chance >= least) & (chance < least + 0.1)
        if told.any():
            shown.add_row(f"{least:.1f}", f"{told.mean():.1%}", f"{right[told].mean():.1%}")
    console.print(shown)
    risk = Table(
        "threshold", "right kept", "wrong let through", "precision", "gold: kept", "let through"
    )
    of_gold = weights == _OF_GOLD
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        told = chance >= least
        risk.add_row(
            f"{least:.2f}",
            f"{told[right].mean():.1%}",
            f"{told[~right].mean():.1%}",
            f"{right[told].mean():.1%}" if told.any() else "–",
            f"{told[right & of_gold].mean():.1%}",
            f"{told[~right & of_gold].mean():.1%}",
        )
    console.print(risk)


if __name__ == "__main__":
    main()
