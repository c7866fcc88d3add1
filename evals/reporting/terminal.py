"""The figures as tables in the terminal."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from evals.comparison import Comparison
from evals.metrics.figures import Metric
from evals.report_model import Generated, Report, Xquad
from evals.reporting.words import METRIC_NAMES, group_name, interval, told

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
_SHORT = {
    Metric.CORRECTNESS: "Bien",
    Metric.RECALL_1: "R@1",
    Metric.MRR: "MRR",
    Metric.CITATION_PRECISION: "Cita P",
    Metric.CITATION_RECALL: "Cita R",
    Metric.ABSTENTION_F1: "Abst. F1",
    Metric.FALSE_REFUSALS: "De más",
    Metric.P50: "p50",
}
"""The heads of the table of methods, short enough for 80 columns."""
_XQUAD_METRICS = (Metric.RECALL_1, Metric.RECALL_3, Metric.RECALL_5, Metric.MRR)
_MOST_FAILURES = 10


def show_report(report: Report, console: Console) -> None:
    """All tables of an evaluation."""
    console.print(_ours(report))
    if len(report.methods) > 1:
        for group in [g for g in ("test", "dev") if g in report.groups]:
            console.print(_methods(report, group))
    if report.xquad is not None:
        console.print(_xquad(report.xquad))
    if report.generated is not None:
        _show_generated(report.generated, console)
    for reason in report.skipped:
        console.print(f"Se omitió: {reason}", style="yellow", markup=False)


def _ours(report: Report) -> Table:
    table = _table("Asistente: cifra e intervalo de 95 %", "Medida")
    for each in report.sets:
        table.add_column(group_name(each.key), justify="right")
    for metric in Metric:
        own = [report.ours.figures[each.key] for each in report.sets]
        if any(metric in figures for figures in own):
            cells = (f"{told(f, metric)}\n[dim]{interval(f, metric)}[/]" for f in own)
            table.add_row(METRIC_NAMES[metric], *cells)
    return table


def _methods(report: Report, group: str) -> Table:
    table = _table(f"Métodos, {group_name(group)}: en %, y p50 en ms", "Método")
    for head in _SHORT.values():
        table.add_column(head, justify="right")
    for method in report.methods:
        own = method.figures[group]
        table.add_row(method.name, *(_bare(told(own, metric)) for metric in _SHORT))
    return table


def _xquad(xquad: Xquad) -> Table:
    title = f"XQuAD-es: {xquad.questions:,} preguntas, {xquad.paragraphs} párrafos; en %"
    table = _table(title, "Buscador")
    for metric in _XQUAD_METRICS:
        table.add_column(METRIC_NAMES[metric].removesuffix(" por sección"), justify="right")
    for method in xquad.methods:
        table.add_row(method.name, *(_bare(told(method.recall, m)) for m in _XQUAD_METRICS))
    return table


def _table(title: str, of: str) -> Table:
    """A table narrow enough for 80 columns."""
    table = Table(title=title, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(of)
    return table


def _bare(figure: str) -> str:
    """A figure without its unit, which the title tells."""
    return figure.removesuffix(" %").removesuffix(" ms")


def _show_generated(generated: Generated, console: Console) -> None:
    right = generated.structural - len(generated.failures)
    console.print(
        f"Manuales generados: {len(generated.manuals)}; preguntas de estructura correctas: "
        f"{right} de {generated.structural}; las demás: "
        f"{told(generated.other_figures, Metric.CORRECTNESS)} correctas."
    )
    for failure in generated.failures[:_MOST_FAILURES]:
        console.print(
            f"  ✗ {failure.manual} (semilla {failure.seed}): {failure.question.question}",
            style="red",
            markup=False,
        )


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Which questions got better or worse, and whether that may be chance."""
    for title, style, changes in (
        ("Mejoraron", "green", comparison.better),
        ("Empeoraron", "red", comparison.worse),
    ):
        console.print(f"{title}: {len(changes)}", style=f"bold {style}")
        for change in changes:
            line = f"  {group_name(change.set)} · {change.id}: {change.question}"
            console.print(line, style=style, markup=False)
    console.print(
        f"Correctas: {comparison.right_before} → {comparison.right_after} de {comparison.common} "
        f"preguntas en común. {_weighed(comparison)}"
    )


def _weighed(comparison: Comparison) -> str:
    if not comparison.better and not comparison.worse:
        return "Nada cambió."
    verdict = "la diferencia es significativa" if comparison.significant else "puede ser azar"
    return f"McNemar exacta, p = {comparison.p_value:.3f}: {verdict}."
