"""The report as Markdown, to paste into a README or a pull request."""

from collections.abc import Iterator, Sequence

from evals.metrics.figures import Metric
from evals.report_model import Origin, Report
from evals.reporting.terminal import METHOD_METRICS
from evals.reporting.words import METRIC_NAMES, WRONG_NAMES, group_name, interval, told
from evals.reporting.worst import worst


def report_markdown(report: Report) -> str:
    """All figures as Markdown tables."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# Evaluación del asistente"
    yield ""
    yield f"{told_origin(report.origin)}."
    yield ""
    names = [group_name(group) for group in report.groups]
    rows = []
    for metric in Metric:
        own = [report.ours.figures[group] for group in report.groups]
        if any(metric in figures for figures in own):
            cells = [
                f"{told(f, metric)} ({interval(f, metric)})" if metric in f else "–" for f in own
            ]
            rows.append([METRIC_NAMES[metric], *cells])
    yield from table_lines(["Asistente", *names], rows)
    for group in [g for g in ("test", "dev") if g in report.groups and len(report.methods) > 1]:
        yield from ("", f"## Métodos, {group_name(group)}", "")
        heads = ["Método", *(METRIC_NAMES[m] for m in METHOD_METRICS)]
        yield from table_lines(
            heads,
            [
                [m.name, *(told(m.figures[group], x) for x in METHOD_METRICS)]
                for m in report.methods
            ],
        )
    yield from _others(report)


def told_origin(origin: Origin) -> str:
    """When, of what and where."""
    commit = f", commit `{origin.commit}`" if origin.commit else ""
    return f"{origin.made_at:%Y-%m-%d %H:%M}{commit}; {plain_text(origin.machine)}"


def _others(report: Report) -> Iterator[str]:
    if report.xquad is not None:
        yield from ("", f"## XQuAD-es, {report.xquad.questions:,} preguntas", "")
        measures = (Metric.RECALL_1, Metric.RECALL_3, Metric.RECALL_5, Metric.MRR)
        heads = ["Buscador", *(METRIC_NAMES[m].removesuffix(" por sección") for m in measures)]
        yield from table_lines(
            heads, [[x.name, *(told(x.recall, m) for m in measures)] for x in report.xquad.methods]
        )
    if report.generated is not None:
        made = report.generated
        right = made.structural - len(made.failures)
        yield from ("", "## Manuales generados", "")
        yield (
            f"Preguntas de estructura correctas en {len(made.manuals)} manuales: {right} de "
            f"{made.structural}. Las demás: {told(made.other_figures, Metric.CORRECTNESS)}."
        )
        yield from (f"- ✗ {f.manual}: {plain_text(f.question.question)}" for f in made.failures)
    if report.skipped:
        yield from (
            "",
            "## Se omitió",
            "",
            *(f"- {plain_text(reason)}" for reason in report.skipped),
        )
    bad = worst(report)
    if bad:
        yield from ("", "## Las peores respuestas, desarrollo", "")
        for outcome in bad:
            gold = report.gold(outcome)
            wrong = ", ".join(WRONG_NAMES[name] for name in outcome.verdict.wrong)
            yield f"- {outcome.question}: {plain_text(gold.question)} ({wrong})"


def table_lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table: what its rows are, then figures."""
    yield f"| {' | '.join(heads)} |"
    yield "|---|" + "---:|" * (len(heads) - 1)
    for row in rows:
        yield f"| {' | '.join(map(plain_text, row))} |"


def plain_text(text: str) -> str:
    """The text so that Markdown takes none of it as its own."""
    collapsed = " ".join(text.split())
    return "".join(f"\\{char}" if char in r"\`*_[]<>|#" else char for char in collapsed)
