"""The figures as tables in the terminal."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.comparison import Comparison
from evals.report_model import Report
from evals.reporting.tables import tables
from evals.reporting.words import generated_summary, group_name

_MOST_FAILURES = 10


def show_report(report: Report, console: Console) -> None:
    """All tables of an evaluation."""
    for figured in tables(report, [each.key for each in report.sets]):
        table = Table(title=escape(figured.title), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        table.add_column(figured.heads[0])
        for head in figured.heads[1:]:
            table.add_column(escape(head), justify="right")
        for row in figured.rows:
            table.add_row(*map(escape, row))
        console.print(table)
    if report.generated is not None:
        console.print(generated_summary(report.generated))
        for failure in report.generated.failures[:_MOST_FAILURES]:
            told = f"  ✗ {failure.manual} (semilla {failure.seed}): {failure.question.question}"
            console.print(told, style="red", markup=False)
    for reason in report.skipped:
        console.print(f"Se omitió: {reason}", style="yellow", markup=False)


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
