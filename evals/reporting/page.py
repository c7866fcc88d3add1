"""The report as one web page that needs nothing else."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from assistant.answering.answer import AnswerKind
from evals.methods.catalog import NEVER_REFUSES
from evals.metrics.figures import Metric
from evals.metrics.risk import risk_coverage
from evals.report_model import Report
from evals.reporting import words
from evals.reporting.plots import Bar, Curve, Point, latency, risk_curves, shares
from evals.reporting.tables import METHOD_METRICS
from evals.reporting.worst import worst

_ENVIRONMENT = Environment(
    loader=PackageLoader("evals.reporting"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_BY_GROUP = (
    Metric.CORRECTNESS,
    Metric.CITATION_PRECISION,
    Metric.CITATION_RECALL,
    Metric.FALSE_REFUSALS,
)


@dataclass(frozen=True)
class _Plots:
    correctness: Markup
    recall: Markup
    risk: Markup
    latency: Markup


@dataclass(frozen=True)
class _Split:
    """What is shown of the dev sets, or of the test sets."""

    key: str
    plots: _Plots
    confusion: dict[AnswerKind, Counter[AnswerKind]]
    count: int


def report_page(report: Report) -> str:
    """The page; all texts are escaped."""
    splits = [_split(report, key) for key in ("test", "dev") if key in report.groups]
    return _ENVIRONMENT.get_template("report.html").render(
        report=report,
        splits=splits,
        bad=worst(report),
        words=words,
        metrics=[m for m in Metric if any(m in f for f in report.ours.figures.values())],
        method_metrics=METHOD_METRICS,
        by_group=_BY_GROUP,
        kinds=list(AnswerKind),
    )


def _split(report: Report, key: str) -> _Split:
    mine = {each.key for each in report.sets if each.split == key}
    outcomes = [o for o in report.ours.outcomes if o.set in mine]
    confusion: dict[AnswerKind, Counter[AnswerKind]] = {kind: Counter() for kind in AnswerKind}
    for outcome in outcomes:
        confusion[outcome.marks.due][outcome.kind] += 1
    return _Split(key, _plots(report, key, mine), confusion, len(outcomes))


def _plots(report: Report, key: str, sets: set[str]) -> _Plots:
    name = words.group_name(key)
    milliseconds = np.array([o.marks.milliseconds for o in report.ours.outcomes if o.set in sets])
    marks = [
        (label, report.ours.figures[key][metric].value)
        for label, metric in (("p50", Metric.P50), ("p95", Metric.P95))
    ]
    return _Plots(
        correctness=_bars(
            f"Respuestas correctas por método, {name}", report, key, Metric.CORRECTNESS
        ),
        recall=_bars(f"Recall@5 por método, {name}", report, key, Metric.RECALL_5),
        risk=Markup(_risk(f"Riesgo y cobertura, {name}", report, sets)),
        latency=Markup(latency(f"Latencia del asistente, {name}", milliseconds, marks)),
    )


def _bars(title: str, report: Report, key: str, metric: Metric) -> Markup:
    return Markup(
        shares(
            title,
            [
                Bar(method.name, method.figures[key][metric], method is report.ours)
                for method in report.methods
                if metric in method.figures[key]
            ],
        )
    )


def _risk(title: str, report: Report, sets: set[str]) -> str:
    """The curves of ours and of the methods that have a plain score, and where we are on it."""
    curves = []
    for method in report.methods:
        own = [o for o in method.outcomes if o.set in sets]
        unlike_ours = method.key != NEVER_REFUSES.key  # that curve is ours once more
        if unlike_ours and all(o.marks.right_if_said is not None for o in own):
            xs, ys = risk_coverage(
                np.array([o.marks.confidence for o in own], np.float64),
                np.array([o.marks.right_if_said for o in own], np.bool_),
            )
            curves.append(Curve(method.name, xs, ys, method is report.ours))
    mine = [o for o in report.ours.outcomes if o.set in sets]
    said = [o for o in mine if o.kind is not AnswerKind.ABSTAIN]
    wrong = sum(not o.verdict.correct for o in said)
    here = Point(len(said) / len(mine), wrong / max(1, len(said)), "umbral en uso")
    return risk_curves(title, curves, [here])
