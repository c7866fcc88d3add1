"""The figures of many answers, each by the field's name, with its interval."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np

from assistant.answering.answer import AnswerKind
from evals.metrics.bootstrap import Estimate, ratio, statistic
from evals.metrics.marks import Marks
from evals.metrics.needs import Ranked
from evals.metrics.risk import areas


class Metric(StrEnum):
    """What is measured. All are shares, but the latencies (milliseconds)."""

    CORRECTNESS = "correctness"
    ANSWER_CORRECTNESS = "answer_correctness"
    """Of the questions that the manual answers."""
    RECALL_1 = "recall@1"
    RECALL_3 = "recall@3"
    RECALL_5 = "recall@5"
    MRR = "mrr"
    NDCG_10 = "ndcg@10"
    CITATION_PRECISION = "citation_precision"
    CITATION_RECALL = "citation_recall"
    FACT_SUPPORT = "fact_support"
    VERBATIM = "verbatim"
    PAGES = "pages"
    ABSTENTION_PRECISION = "abstention_precision"
    ABSTENTION_RECALL = "abstention_recall"
    ABSTENTION_F1 = "abstention_f1"
    FALSE_REFUSALS = "false_refusals"
    CLARIFICATION = "clarification"
    """Of the questions to be asked back, those that were."""
    NEEDLESS_CLARIFICATION = "needless_clarification"
    AURC = "aurc"
    P50 = "latency_p50"
    P95 = "latency_p95"


LOWER_IS_BETTER = frozenset(
    {Metric.FALSE_REFUSALS, Metric.NEEDLESS_CLARIFICATION, Metric.AURC, Metric.P50, Metric.P95}
)
MILLISECONDS = frozenset({Metric.P50, Metric.P95})
Figures = dict[Metric, Estimate]

Parts = tuple[float, float]
_NONE: Parts = (0.0, 0.0)


def figures(marks: Sequence[Marks]) -> Figures:
    """Every figure that these answers give; what does not apply to any of them is left out."""
    measured: dict[Metric, Estimate | None] = {
        metric: ratio([parts(each) for each in marks]) for metric, parts in _RATIOS.items()
    }
    measured |= ranking_figures([each.ranked for each in marks if each.ranked is not None])
    measured[Metric.AURC] = _area(marks)
    measured[Metric.P50] = _latency(marks, 50)
    measured[Metric.P95] = _latency(marks, 95)
    return {metric: figure for metric in Metric if (figure := measured.get(metric)) is not None}


def ranking_figures(ranked: Sequence[Ranked]) -> Figures:
    """The figures of rankings alone."""
    measured = {
        metric: ratio([(value(each), 1.0) for each in ranked]) for metric, value in _RANKING.items()
    }
    return {metric: figure for metric, figure in measured.items() if figure is not None}


def _area(marks: Sequence[Marks]) -> Estimate | None:
    if any(each.right_if_said is None for each in marks):
        return None
    confidence = np.array([each.confidence for each in marks], np.float64)
    right = np.array([each.right_if_said for each in marks], np.bool_)
    return statistic(len(marks), lambda drawn: areas(confidence[drawn], right[drawn]))


def _latency(marks: Sequence[Marks], percent: int) -> Estimate | None:
    values = np.array([each.milliseconds for each in marks], np.float64)
    return statistic(len(values), lambda drawn: np.percentile(values[drawn], percent, axis=1))


def _mean(value: float | None) -> Parts:
    return _NONE if value is None else (value, 1.0)


def _share(holds: bool, of: bool) -> Parts:
    return (float(holds and of), float(of))


def _refused(marks: Marks) -> bool:
    return marks.given is AnswerKind.ABSTAIN


def _rightly(marks: Marks) -> bool:
    return _refused(marks) and marks.due is AnswerKind.ABSTAIN


def _f1(marks: Marks) -> Parts:
    due = marks.due is AnswerKind.ABSTAIN
    return (2.0 * _rightly(marks), float(_refused(marks)) + due)


_RANKING: dict[Metric, Callable[[Ranked], float]] = {
    Metric.RECALL_1: lambda r: r.recall_1,
    Metric.RECALL_3: lambda r: r.recall_3,
    Metric.RECALL_5: lambda r: r.recall_5,
    Metric.MRR: lambda r: r.reciprocal_rank,
    Metric.NDCG_10: lambda r: r.ndcg_10,
}

_RATIOS: dict[Metric, Callable[[Marks], Parts]] = {
    Metric.CORRECTNESS: lambda m: (m.correct, 1.0),
    Metric.ANSWER_CORRECTNESS: lambda m: _share(m.correct, m.due is AnswerKind.ANSWER),
    Metric.CITATION_PRECISION: lambda m: _mean(m.citation_precision),
    Metric.CITATION_RECALL: lambda m: _mean(m.citation_recall),
    Metric.FACT_SUPPORT: lambda m: _mean(m.fact_support),
    Metric.VERBATIM: lambda m: (m.verbatim, m.quotes),
    Metric.PAGES: lambda m: (m.on_page, m.quotes),
    Metric.ABSTENTION_PRECISION: lambda m: _share(_rightly(m), _refused(m)),
    Metric.ABSTENTION_RECALL: lambda m: _share(_rightly(m), m.due is AnswerKind.ABSTAIN),
    Metric.ABSTENTION_F1: _f1,
    Metric.FALSE_REFUSALS: lambda m: _share(_refused(m), m.due is AnswerKind.ANSWER),
    Metric.CLARIFICATION: lambda m: _share(
        m.given is AnswerKind.CLARIFY, m.due is AnswerKind.CLARIFY
    ),
    Metric.NEEDLESS_CLARIFICATION: lambda m: _share(
        m.given is AnswerKind.CLARIFY, m.due is not AnswerKind.CLARIFY
    ),
}
"""Each measure as a numerator and a denominator for every answer."""
