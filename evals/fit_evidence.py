"""Fits which section answers, and how likely: `python -m evals.fit_evidence`.

Topical questions of the dev gold sets, those of made-up manuals, and those of whole offices that
trained nothing (`corpus/finetuning`), each office as a manual of its own; near misses and other
offices' questions are what it does not answer. Prints the weights for
`assistant/retrieval/confidence.py`, how well they tell in cross-validation over manuals, their
reliability, and the risk at each threshold.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.answering.answer import AnswerKind
from assistant.asking.chain import retrieved
from assistant.asking.library import OpenManual
from assistant.retrieval.confidence import RANKING, Features, RankingModel, Traces
from assistant.retrieval.evidence import all_features, traces_of, weigh
from assistant.retrieval.hybrid import HybridSearch
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.running.settings import load_settings
from assistant.understanding.aspect_reader import AspectReader
from assistant.understanding.aspects import Sort, sort_of
from assistant.understanding.focus import NOTHING
from assistant.understanding.question import clean_question
from assistant.understanding.types import Expected, Intent, Understanding
from corpus.embeddings import OnnxEmbeddings
from corpus.finetuning.training_data import Pairs, read_data
from corpus.model import Chunk, ChunkKind
from evals.generated_manuals import generate, questions
from evals.gold import GoldQuestion
from evals.gold_sets import Split, gold_sets
from evals.workbench import Workbench, open_workbench

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
_MANUALS = range(301, 311)
"""Seeds of the made-up manuals; those that are measured elsewhere are others."""
_SEEN = 10
"""Sections of a question among which the right one is ranked."""
_SHRINKAGE = 0.02
"""Weight of the squared weights in the loss of the ranking."""
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
    ranked: tuple[tuple[Traces, bool], ...] = ()
    """The first sections with whether each answers."""


def of_manual(
    opened: OpenManual, questions: Sequence[GoldQuestion], weight: float
) -> Iterator[Case]:
    """The topical ones of questions on a manual."""
    code = opened.record.code
    for gold in questions:
        if gold.history or gold.expect is AnswerKind.CLARIFY:
            continue
        asked = opened.knowledge.interpreter.understand(
            clean_question(gold.question, 1000), NOTHING
        )
        if asked.intent is Intent.TOPIC and not asked.positions:
            right = {*gold.sections_any, *gold.sections_all}
            answer = right if gold.expect is AnswerKind.ANSWER else set()
            yield from _case(code, asked, opened.passages, answer, weight)


def of_gold(workbench: Workbench, manuals_dir: Path) -> Iterator[Case]:
    """The dev sets."""
    for each in gold_sets(manuals_dir, (Split.DEV,))[0]:
        workbench.ingest(each.source)
        opened = workbench.assistant().library.manual(each.code)
        yield from of_manual(opened, each.questions, _OF_GOLD)


def of_generated(seed: int, workbench: Workbench) -> Iterator[Case]:
    """A made-up manual's everyday questions."""
    manual = generate(seed)
    own, _ = workbench.made_up(f"fitted-{seed}", manual)
    asked = [GoldQuestion.model_validate(line) for line in questions(manual.truth)]
    topical = [q for q in asked if q.asks in ("responsible", "out_of_scope")]
    yield from of_manual(own.assistant().library.manual(manual.truth.code), topical, 1.0)


def of_office(
    office: str, own: Sequence[Pairs], others: Sequence[Pairs], embeddings: OnnxEmbeddings
) -> Iterator[Case]:
    """An office's functions as a manual: its questions, its near misses, and others' questions."""
    rng = random.Random(office)
    passages = passages_of(office, own, embeddings)
    asked = [(q, {p.unit}, 1.0) for p in own for q in p.questions]
    asked += [(q, set(), _OF_NEAR_MISS) for p in own for q in p.near_misses[:1]]
    foreign = [q for p in others if p.office != office for q in p.questions]
    asked += [(q, set(), 1.0) for q in rng.sample(foreign, min(_FOREIGN, len(foreign)))]
    reader = AspectReader(embeddings)
    for question, right, weight in asked:
        outside = sum(p for name, p in reader.aspects(question) if sort_of(name) is Sort.OUTSIDE)
        topic = Understanding(
            question, Intent.TOPIC, expected=Expected.RESPONSIBLE, outside=outside
        )
        yield from _case(office, topic, passages, right, weight)


def passages_of(office: str, own: Sequence[Pairs], embeddings: OnnxEmbeddings) -> HybridSearch:
    """The product's search over the functions of an office."""
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
    return HybridSearch(chunks, lexical, nearest)


def _case(
    group: str, asked: Understanding, passages: HybridSearch, right: set[str], weight: float
) -> Iterator[Case]:
    hits = retrieved(asked, passages)
    supports = weigh(asked, hits).supports
    if supports:
        shown = {s.section for s in supports[:_SHOWN]}
        features = all_features(asked, supports, hits)[0]
        first = supports[0].section in right
        least = min(h.dense for h in hits)
        ranked = tuple((traces_of(s.hits, least), s.section in right) for s in supports[:_SEEN])
        yield Case(group, features, first, bool(shown & right), weight, ranked)


def fitted_ranking(cases: Sequence[Case], start: RankingModel) -> RankingModel:
    """The conditional logit that is likeliest, its weights shrunk a little towards none."""
    told = [(*_table(c), c.weight) for c in cases if any(right for _, right in c.ranked)]
    scale = np.vstack([table for table, _, _ in told]).std(axis=0)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope, count = 0.0, np.zeros_like(weights), 0.0
        for table, right, weight in told:
            odds = table / scale @ weights
            likely = np.exp(odds - odds.max())
            likely /= likely.sum()
            answered = float(likely[right].sum())
            total -= weight * float(np.log(answered + 1e-12))
            slope += weight * (table / scale).T @ (likely - likely * right / answered)
            count += weight
        return (
            total / count + _SHRINKAGE * float(weights @ weights),
            slope / count + 2 * _SHRINKAGE * weights,
        )

    begin = np.array(list(asdict(start).values())) * scale
    best = minimize(loss, begin, jac=True, method="L-BFGS-B").x / scale
    return RankingModel(*(round(float(weight), 2) for weight in best))


def _table(case: Case) -> tuple[Numbers, Flags]:
    """(sections, traces) and which of the sections answer."""
    traces = np.array([list(asdict(traces).values()) for traces, _ in case.ranked])
    return traces, np.array([right for _, right in case.ranked])


def right_first(cases: Sequence[Case], model: RankingModel) -> float:
    """How often the section of the greatest utility answers, where one of them does."""
    due = [c.ranked for c in cases if any(right for _, right in c.ranked)]
    firsts = [max(ranked, key=lambda each: model.utility(each[0]))[1] for ranked in due]
    return sum(firsts) / len(firsts)


def main() -> None:
    """Fit and print. The ranking first: put its weights in, and run it again for the others."""
    console, settings = Console(), load_settings()
    workbench = open_workbench(settings)
    held_out = read_data()[1].pairs
    cases = list(of_gold(workbench, settings.manuals_dir))
    for seed in _MANUALS:
        cases += of_generated(seed, workbench)
    for office in sorted({p.office for p in held_out}):
        own = [p for p in held_out if p.office == office]
        cases += of_office(office, own, held_out, workbench.embeddings)
    console.print("ranking", fitted_ranking(cases, RANKING))
    for group in sorted({c.group for c in cases}):
        apart = [c for c in cases if c.group == group]
        model = fitted_ranking([c for c in cases if c.group != group], RANKING)
        before, after = right_first(apart, RANKING), right_first(apart, model)
        console.print(f"{group}: {len(apart)}, first right {before:.3f}, fitted {after:.3f}")
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
