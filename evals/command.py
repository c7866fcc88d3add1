"""`asistente evaluar`: how good the answers are, and against what.

The command line finds this function by its entry point and imports it at every start, so all
that is heavy is imported within.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from evals.report_model import Report

_OUTPUT = Path(__file__).parent / "report"
_GENERATED = 5


def evaluate(
    rapido: Annotated[
        bool,
        typer.Option("--rapido", help="Sólo el asistente, sólo los conjuntos de desarrollo."),
    ] = False,
    compuerta: Annotated[
        bool,
        typer.Option("--compuerta", help="Falla si algo baja más de un punto de la referencia."),
    ] = False,
    fijar: Annotated[
        bool, typer.Option("--fijar", help="Guarda estas cifras como la nueva referencia.")
    ] = False,
    xquad: Annotated[
        Path | None, typer.Option("--xquad", help="Archivo xquad.es.json; sin él no se mide.")
    ] = None,
    generados: Annotated[
        int, typer.Option("--generados", min=0, max=200, help="Cuántos manuales generar.")
    ] = _GENERATED,
    fallas: Annotated[
        bool,
        typer.Option("--fallas", help="Da además las fallas de desarrollo, una por línea (JSON)."),
    ] = False,
    salida: Annotated[
        Path, typer.Option("--salida", help="Carpeta en que se escribe el informe.")
    ] = _OUTPUT,
    compara: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            "--compara", metavar="A.json B.json", help="Compara dos informes; no evalúa nada."
        ),
    ] = None,
) -> None:
    """Mide la calidad de las respuestas y escribe un informe."""
    from rich.console import Console

    console = Console()
    if compara is not None:
        _compare(*compara, console)
        return
    report = _evaluated(quick=rapido, xquad=xquad, generated=generados)
    _write(report, salida, console)
    if fallas:
        _print_failures(report)
    if fijar:
        _set_reference(report)
    if compuerta and not _passes(report, console):
        raise typer.Exit(1)


def _evaluated(*, quick: bool, xquad: Path | None, generated: int) -> "Report":
    from importlib.util import find_spec

    from rich.console import Console

    from assistant.settings import load_settings
    from corpus.errors import AsistenteError

    if not all(map(find_spec, ("ir_measures", "langchain_text_splitters", "scipy"))):
        raise AsistenteError(
            "Falta con qué medir: instale el extra «evals», pip install '.[evals]'."
        )
    from evals.evaluation import QUICK, Extent, evaluate_all

    extent = QUICK if quick else Extent(xquad=xquad, generated=generated)
    return evaluate_all(extent, load_settings(), Console(stderr=True))


def _write(report: "Report", folder: Path, console: "Console") -> None:
    from corpus.errors import AsistenteError
    from evals.report_model import report_json
    from evals.reporting.markdown import report_markdown
    from evals.reporting.page import report_page
    from evals.reporting.terminal import show_report

    show_report(report, console)
    contents = {
        "report.json": report_json(report),
        "report.md": report_markdown(report),
        "report.html": report_page(report),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise AsistenteError(
            f"No se pudo escribir en «{folder}»; compruebe la carpeta y los permisos."
        ) from error
    console.print(f"Informe: {folder / 'report.html'}", markup=False, soft_wrap=True)


def _print_failures(report: "Report") -> None:
    from evals.reporting.worst import worst

    for outcome in worst(report, most=len(report.ours.outcomes)):
        gold = report.gold(outcome)
        told = {
            "set": outcome.set,
            "id": gold.id,
            "history": gold.history,
            "question": gold.question,
            "wrong": outcome.verdict.wrong,
            "kind": outcome.kind,
            "cited": outcome.cited,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def _set_reference(report: "Report") -> None:
    from evals.gate import REFERENCE, as_reference

    REFERENCE.write_text(as_reference(report).model_dump_json(indent=2) + "\n", "utf-8")


def _passes(report: "Report", console: "Console") -> bool:
    """Whether nothing fell behind the reference; tells what did."""
    from evals.gate import drops, read_reference
    from evals.reporting.words import METRIC_NAMES, group_name

    behind = drops(report, read_reference())
    for drop in behind:
        now = "ya no se mide" if drop.now is None else f"{100 * drop.now:.1f} %"
        console.print(
            f"✗ {group_name(drop.set)}: {METRIC_NAMES[drop.metric]}, "
            f"{100 * drop.was:.1f} % → {now}",
            style="red",
        )
    if not behind:
        console.print("✓ Nada bajó más de un punto de la referencia.", style="green")
    return not behind


def _compare(before: Path, after: Path, console: "Console") -> None:
    from evals.comparison import compare
    from evals.report_model import read_report
    from evals.reporting.terminal import show_comparison

    show_comparison(compare(read_report(before), read_report(after)), console)
