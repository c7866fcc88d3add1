"""The tables of an evaluation, for the terminal and for Markdown alike."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.llm.report import LlmReport, Way, WrittenOn
from evals.metrics.figures import Metric
from evals.report_model import Report, Xquad
from evals.reporting.words import (
    FAULT_NAMES,
    METRIC_NAMES,
    WRITING_NAMES,
    group_name,
    percent,
    told,
    told_with_interval,
)

METHOD_METRICS = (
    Metric.CORRECTNESS,
    Metric.ANSWER_CORRECTNESS,
    Metric.RECALL_1,
    Metric.MRR,
    Metric.CITATION_PRECISION,
    Metric.CITATION_RECALL,
    Metric.ABSTENTION_F1,
    Metric.FALSE_REFUSALS,
    Metric.P50,
)
"""The figures by which methods are set side by side."""
_SHORT = ("Bien", "Debidas", "R@1", "MRR", "Cita P", "Cita R", "Abst. F1", "De más", "p50")
"""Their heads, short enough for 80 columns."""
_XQUAD_METRICS = (Metric.RECALL_1, Metric.RECALL_3, Metric.RECALL_5, Metric.MRR)
_NONE = "–"


@dataclass(frozen=True)
class Figured:
    """A table: what its rows are, then figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(report: Report, groups: Sequence[str]) -> Iterator[Figured]:
    """All tables of an evaluation; the figures of ours are those of these sets and splits."""
    yield _ours(report, groups)
    if len(report.methods) > 1:
        yield from (_methods(report, split) for split in ("test", "dev") if split in report.groups)
    if report.xquad is not None:
        yield _xquad(report.xquad)
    if isinstance(report, LlmReport):
        yield _written(report)


def _ours(report: Report, groups: Sequence[str]) -> Figured:
    own = [report.ours.figures[group] for group in groups]
    rows = (
        (METRIC_NAMES[metric], *(told_with_interval(figures, metric) for figures in own))
        for metric in Metric
        if any(metric in figures for figures in own)
    )
    heads = ("Medida", *map(group_name, groups))
    return Figured("Asistente: cifra e intervalo de 95 %", heads, tuple(rows))


def _methods(report: Report, split: str) -> Figured:
    rows = (
        (each.name, *(_bare(told(each.figures[split], metric)) for metric in METHOD_METRICS))
        for each in report.methods
    )
    title = f"Métodos, {group_name(split)}: en %, y p50 en ms"
    return Figured(title, ("Método", *_SHORT), tuple(rows))


def _xquad(xquad: Xquad) -> Figured:
    title = f"XQuAD-es: {xquad.questions:,} preguntas, {xquad.paragraphs} párrafos; en %"
    heads = (METRIC_NAMES[metric].removesuffix(" por sección") for metric in _XQUAD_METRICS)
    rows = (
        (each.name, *(_bare(told(each.recall, metric)) for metric in _XQUAD_METRICS))
        for each in xquad.methods
    )
    return Figured(title, ("Buscador", *heads), tuple(rows))


def _written(report: LlmReport) -> Figured:
    """What the model wrote and what the verification did: a column for each split and set."""
    own = [report.written_on(group) for group in report.groups]

    def row(name: str, value: Callable[[WrittenOn], str | int]) -> tuple[str, ...]:
        return (name, *(str(value(each)) for each in own))

    def counts(
        names: Mapping[Any, str], lead: str, of: Callable[[WrittenOn], Iterable[Any]]
    ) -> Iterator[tuple[str, ...]]:
        counted = [Counter(of(each)) for each in own]
        for key, name in names.items():
            if any(each[key] for each in counted):
                yield (f"{lead} {name}", *(str(each[key]) for each in counted))

    rows = [
        row("Preguntas dadas al modelo", lambda w: len(w.writings)),
        *counts(WRITING_NAMES, "…", lambda w: (each.outcome for each in w.writings)),
        row("Oraciones escritas", lambda w: sum(bool(s.text) for s in w.sentences)),
        row("… mostradas", lambda w: len(w.shown)),
        row("… mostradas con la cita corregida", lambda w: sum(s.mended for s in w.shown)),
        row("… con alguna falla", lambda w: sum(s.fault is not None for s in w.sentences)),
        *counts(FAULT_NAMES, "……", lambda w: (each.fault for each in w.sentences)),
        row("Con sustento en lo que citan", lambda w: percent(w.support(Way.UNCHECKED))),
        row("… de las mostradas", lambda w: percent(w.support(Way.CHECKED))),
        *(
            (f"Correctas de las dadas, {name}", *(percent(w.correctness(way)) for w in own))
            for way, name in ((way, report.method(way).name) for way in Way)
        ),
        row("Respuestas que corrigió", lambda w: w.turned(right=True)),
        row("Respuestas correctas que perdió", lambda w: w.turned(right=False)),
        row("Latencia mediana", lambda w: _time(w.seconds(50))),
        row("Latencia p95", lambda w: _time(w.seconds(95))),
        row("Tokens leídos por respuesta", lambda w: f"{w.tokens[0]:.0f}" if w.tokens else _NONE),
        row("Tokens escritos por respuesta", lambda w: f"{w.tokens[1]:.0f}" if w.tokens else _NONE),
    ]
    title = f"Lo que escribe {report.model}, y lo que hizo la comprobación"
    return Figured(title, ("Qué", *map(group_name, report.groups)), tuple(rows))


def _bare(figure: str) -> str:
    """A figure without its unit, which the title tells."""
    return figure.removesuffix(" %").removesuffix(" ms")


def _time(seconds: float | None) -> str:
    return _NONE if seconds is None else f"{seconds:.2f} s"
