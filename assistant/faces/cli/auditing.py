"""`asistente auditar`: everything in which the manual contradicts itself."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.faces.cli.choosing import chosen_knowledge
from assistant.faces.cli.output import print_json, write_file
from assistant.reports.audit import Finding, Severity, audit
from assistant.reports.audit.between import audit_between
from assistant.reports.audit.vocabulary import KIND_NAMES, SEVERITY_MEANINGS, SEVERITY_NAMES
from assistant.running.settings import Settings
from corpus.catalog import no_index
from corpus.model import Manual
from corpus.store import open_store

_COLORS = {Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan"}
_MOST_SECTIONS = 4


def show_audit(settings: Settings, code: str | None, html: Path | None, *, as_json: bool) -> None:
    """Audit a manual: a table, JSON on standard output, or a web page in a file.

    Raises OutputError, and what `chosen_knowledge` does.
    """
    knowledge = chosen_knowledge(settings, code)
    findings = audit(knowledge)
    if html is not None:
        from assistant.reports.audit.report import report_html

        write_file(html, report_html(knowledge.manual, findings, date.today()))
    if as_json:
        print_json(findings)
    elif html is None:
        print_findings(knowledge.manual, findings, Console())
    else:
        Console().print(Text(f"Se escribió la revisión en «{html}»."), soft_wrap=True)


def show_audit_between(settings: Settings, *, as_json: bool) -> None:
    """In what the indexed manuals of each municipality contradict each other: lines, or JSON.

    Raises NoIndexError, OutdatedIndexError, StoreUnreachableError.
    """
    store = open_store(settings.data_dir, settings.chroma_url)
    records = store.catalog()
    if not records:
        raise no_index()
    found = audit_between(store.manual(record) for record in records)
    if as_json:
        print_json(found)
        return
    console = Console()
    for each in found:
        console.print(Text(f"- {each.message}"), soft_wrap=True)
    counted = "una contradicción" if len(found) == 1 else f"{len(found)} contradicciones"
    console.print(Text(f"{len(records)} manuales, {counted} entre ellos.", style="bold"))


def print_findings(manual: Manual, findings: Sequence[Finding], console: Console) -> None:
    """A table for each severity, the gravest first, and how many of each there are."""
    name = f"Revisión de {manual.code}, versión {manual.version}"
    if not manual.positions:
        console.print(Text(f"{name}: no se leyó ninguna cédula de puesto; no hay qué revisar."))
        return
    if not findings:
        console.print(Text(f"{name}: el manual no se contradice en nada de lo que se revisa."))
        return
    for severity, each in groupby(findings, key=lambda f: f.severity):
        console.print(_table(severity, list(each)))
    counts = ", ".join(
        f"{SEVERITY_NAMES[s].lower()} {sum(f.severity is s for f in findings)}" for s in Severity
    )
    console.print(Text(f"{name}: {len(findings)} en total; por gravedad: {counts}.", style="bold"))


def _table(severity: Severity, findings: Sequence[Finding]) -> Table:
    color = _COLORS[severity]
    table = Table(
        title=Text(f"{SEVERITY_NAMES[severity]} · {SEVERITY_MEANINGS[severity]}"),
        title_justify="left",
        title_style=f"bold {color}",
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_lines=False,
        expand=True,
    )
    table.add_column("Dónde", width=11, overflow="fold")
    table.add_column("Qué", overflow="fold", ratio=1)
    for at, finding in enumerate(findings):
        told = Text(KIND_NAMES[finding.kind], style=f"bold {color}")
        told.append(f"\n{finding.message}", style="default not bold")
        if at < len(findings) - 1:
            told.append("\n")
        table.add_row(Text(_where(finding.sections)), told)
    return table


def _where(sections: Sequence[str]) -> str:
    shown = list(sections[:_MOST_SECTIONS])
    left = len(sections) - len(shown)
    return "\n".join([*shown, f"y {left} más"] if left > 0 else shown)
