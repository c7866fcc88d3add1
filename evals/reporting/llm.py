"""The tables of the evaluation of a language model, for the terminal and as Markdown."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.writing.grounding import Fault
from assistant.writing.record import Outcome as WritingOutcome
from evals.llm.report import TOTAL, LlmReport, Way, WrittenOn
from evals.metrics.figures import Figures, Metric
from evals.reporting.markdown import plain_text, table_lines, told_origin
from evals.reporting.words import (
    FAULT_NAMES,
    METRIC_NAMES,
    WRITING_NAMES,
    group_name,
    interval,
    told,
)

_METRICS = (
    Metric.CORRECTNESS,
    Metric.ANSWER_CORRECTNESS,
    Metric.CITATION_RECALL,
    Metric.CITATION_PRECISION,
    Metric.ABSTENTION_F1,
    Metric.FALSE_REFUSALS,
)
_NONE = "–"


@dataclass(frozen=True)
class Figured:
    """A table: what its rows are, then figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def llm_tables(report: LlmReport, *, intervals: bool) -> Iterator[Figured]:
    """All tables of an evaluation: the ways side by side, by set and in total, and what the
    verification did. With 95 % intervals they are too wide for 80 columns."""
    groups = [TOTAL] if len(report.sets) == 1 else report.groups
    for group in groups:
        yield _ways(report, group, intervals=intervals)
    yield _caught(report, groups)


def llm_markdown(report: LlmReport) -> str:
    """All tables as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def show_llm(report: LlmReport, console: Console) -> None:
    """All tables in the terminal."""
    for figured in llm_tables(report, intervals=False):
        table = Table(title=escape(figured.title), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        table.add_column(figured.heads[0])
        for head in figured.heads[1:]:
            table.add_column(escape(head), justify="right")
        for row in figured.rows:
            table.add_row(*map(escape, row))
        console.print(table)
    for reason in report.skipped:
        console.print(f"Se omitió: {reason}", style="yellow", markup=False)


def _lines(report: LlmReport) -> Iterator[str]:
    yield f"# Respuestas con {plain_text(report.model)}"
    yield ""
    yield f"{told_origin(report.origin)}."
    for figured in llm_tables(report, intervals=True):
        yield from ("", f"## {plain_text(figured.title)}", "")
        yield from table_lines([plain_text(head) for head in figured.heads], figured.rows)
    if report.skipped:
        yield from ("", "## Se omitió", "", *(f"- {plain_text(r)}" for r in report.skipped))


def _ways(report: LlmReport, group: str, *, intervals: bool) -> Figured:
    """One group: a column for each way."""
    asked = len([o for o in report.method(Way.CHECKED).outcomes if group in (o.set, TOTAL)])
    written_on = report.written_on(group)
    figures = [report.method(way).figures.get(group, {}) for way in Way]
    rows = [
        (METRIC_NAMES[metric], *(_told(each, metric, intervals=intervals) for each in figures))
        for metric in _METRICS
    ]
    rows += [
        _row("Correctas, de las que se dan al modelo", _percent, written_on.correctness),
        _row("Oraciones con sustento en lo que citan", _percent, written_on.support),
        ("Latencia mediana, de todas", *(_seconds(each, Metric.P50) for each in figures)),
        ("Latencia p95, de todas", *(_seconds(each, Metric.P95) for each in figures)),
        _row("Latencia mediana, dadas al modelo", _time, lambda way: written_on.seconds(way, 50)),
        _row("Latencia p95, dadas al modelo", _time, lambda way: written_on.seconds(way, 95)),
        ("Tokens leídos por respuesta", *_tokens(written_on, 0)),
        ("Tokens escritos por respuesta", *_tokens(written_on, 1)),
    ]
    title = f"{_name(report, group)}: {asked} preguntas, dadas al modelo {len(written_on.writings)}"
    return Figured(title, ("Medida", *(report.method(way).name for way in Way)), tuple(rows))


def _caught(report: LlmReport, groups: Sequence[str]) -> Figured:
    """What the verification did: a column for each group."""
    own = [report.written_on(group) for group in groups]

    def counts(name: str, count: Callable[[WrittenOn], int]) -> tuple[str, ...]:
        return (name, *(str(count(each)) for each in own))

    rows = [counts("Preguntas dadas al modelo", lambda w: len(w.writings))]
    outcomes = [Counter(writing.outcome for writing in each.writings) for each in own]
    rows += [
        (f"… {WRITING_NAMES[outcome]}", *(str(each[outcome]) for each in outcomes))
        for outcome in WritingOutcome
        if any(each[outcome] for each in outcomes)
    ]
    rows += [
        counts("Oraciones escritas", lambda w: sum(bool(s.text) for s in w.sentences)),
        counts("… mostradas", lambda w: len(w.shown)),
        counts("… mostradas con la cita corregida", lambda w: sum(s.mended for s in w.shown)),
        counts("… con alguna falla", lambda w: sum(s.fault is not None for s in w.sentences)),
    ]
    faults = [Counter(sentence.fault for sentence in each.sentences) for each in own]
    rows += [
        (f"…… {FAULT_NAMES[fault]}", *(str(each[fault]) for each in faults))
        for fault in Fault
        if any(each[fault] for each in faults)
    ]
    rows += [
        counts("Respuestas que corrigió", lambda w: w.turned(right=True)),
        counts("Respuestas correctas que perdió", lambda w: w.turned(right=False)),
    ]
    heads = ("Qué", *(_name(report, group) for group in groups))
    return Figured("Lo que hizo la comprobación", heads, tuple(rows))


def _name(report: LlmReport, group: str) -> str:
    if group != TOTAL:
        return group_name(group)
    return group_name(report.sets[0].key) if len(report.sets) == 1 else "En total"


def _told(figures: Figures, metric: Metric, *, intervals: bool) -> str:
    edges = interval(figures, metric)
    return f"{told(figures, metric)} ({edges})" if edges and intervals else told(figures, metric)


def _seconds(figures: Figures, metric: Metric) -> str:
    figure = figures.get(metric)
    return _NONE if figure is None else _time(figure.value / 1000)


def _tokens(written_on: WrittenOn, which: int) -> tuple[str, ...]:
    """The same before and after checking; none without a model."""
    tokens = written_on.tokens
    own = _NONE if tokens is None else f"{tokens[which]:.0f}"
    return _NONE, own, own


def _row(
    name: str, write: Callable[[float], str], value: Callable[[Way], float | None]
) -> tuple[str, ...]:
    values = (value(way) for way in Way)
    return (name, *(_NONE if each is None else write(each) for each in values))


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s"
