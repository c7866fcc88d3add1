"""The report as Markdown, to paste into a README or a pull request."""

from collections.abc import Iterator

from evals.report_model import Origin, Report
from evals.reporting.tables import tables
from evals.reporting.words import generated_summary, wrong_names
from evals.reporting.worst import worst


def report_markdown(report: Report) -> str:
    """All figures as Markdown tables."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from ("# Evaluación del asistente", "", f"{_told_origin(report.origin)}.")
    for figured in tables(report, report.groups):
        yield from ("", f"## {_plain(figured.title)}", "")
        yield f"| {' | '.join(map(_plain, figured.heads))} |"
        yield "|---|" + "---:|" * (len(figured.heads) - 1)
        yield from (f"| {' | '.join(map(_plain, row))} |" for row in figured.rows)
    if report.generated is not None:
        yield from ("", "## Manuales generados", "", generated_summary(report.generated))
        for failure in report.generated.failures:
            yield f"- ✗ {failure.manual}: {_plain(failure.question.question)}"
    if report.skipped:
        yield from ("", "## Se omitió", "", *(f"- {_plain(reason)}" for reason in report.skipped))
    bad = worst(report)
    if bad:
        yield from ("", "## Las peores respuestas, desarrollo", "")
    for outcome in bad:
        asked, wrong = report.gold(outcome).question, wrong_names(outcome.verdict.wrong)
        yield f"- {outcome.question}: {_plain(asked)} ({wrong})"


def _told_origin(origin: Origin) -> str:
    """When, of what and where."""
    commit = f", commit `{origin.commit}`" if origin.commit else ""
    return f"{origin.made_at:%Y-%m-%d %H:%M}{commit}; {_plain(origin.machine)}"


def _plain(text: str) -> str:
    """The text so that Markdown takes none of it as its own."""
    collapsed = " ".join(text.split())
    return "".join(f"\\{char}" if char in r"\`*_[]<>|#" else char for char in collapsed)
