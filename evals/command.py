"""`asistente evaluar`: how good the answers are, and against what.

The command line finds this function by its entry point and imports it at every start, so all
that is heavy is imported within.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from evals.report_model import Report

_OUTPUT = Path(__file__).parent / "report"
_GENERATED = 5
_MEASURING = ("ir_measures", "langchain_text_splitters", "scipy")
"""What the extra `evals` brings."""


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
        Path | None,
        typer.Option(
            "--xquad", metavar="ARCHIVO", help="Archivo xquad.es.json; sin él no se mide."
        ),
    ] = None,
    generados: Annotated[
        int,
        typer.Option(
            "--generados", metavar="NÚMERO", min=0, max=200, help="Cuántos manuales generar."
        ),
    ] = _GENERATED,
    fallas: Annotated[
        bool,
        typer.Option("--fallas", help="Da además las fallas de desarrollo, una por línea (JSON)."),
    ] = False,
    salida: Annotated[
        Path,
        typer.Option("--salida", metavar="CARPETA", help="Carpeta en que se escribe el informe."),
    ] = _OUTPUT,
    compara: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            "--compara", metavar="A.json B.json", help="Compara dos informes; no evalúa nada."
        ),
    ] = None,
    examen: Annotated[
        Path | None,
        typer.Option(
            "--examen",
            metavar="CARPETA",
            help="Sólo el examen de la oficina: archivos CÓDIGO.dev.jsonl que exporta /oficina.",
        ),
    ] = None,
    llm: Annotated[
        bool,
        typer.Option("--llm", help="Mide las respuestas del modelo de lenguaje de ASISTENTE_LLM."),
    ] = False,
    conjunto: Annotated[
        list[str] | None,
        typer.Option(
            "--conjunto",
            metavar="CLAVE",
            help="Con --llm: sólo este conjunto, como mo-sig-01.dev; se puede repetir.",
        ),
    ] = None,
    muestra: Annotated[
        int | None,
        typer.Option(
            "--muestra",
            metavar="NÚMERO",
            min=1,
            help="Con --llm: sólo tantas preguntas por conjunto.",
        ),
    ] = None,
    respuestas: Annotated[
        Path | None,
        typer.Option(
            "--respuestas",
            metavar="ARCHIVO",
            help="Con --llm: archivo que guarda lo que el modelo responde, y de donde se toma lo "
            "que ya respondió; si no se da, llm-replies.jsonl en la carpeta del informe.",
        ),
    ] = None,
) -> None:
    """Mide la calidad de las respuestas y escribe un informe."""
    from rich.console import Console

    console = Console()
    if compara is not None:
        _compare(*compara, console)
        return
    if llm:
        _refuse(
            "Con --llm",
            {"--compuerta": compuerta, "--fijar": fijar, "--fallas": fallas, "--xquad": xquad},
        )
        kept = respuestas or salida / "llm-replies.jsonl"
        _evaluate_llm(console, salida, kept, quick=rapido, sets=conjunto or (), sample=muestra)
        return
    _refuse(
        "Sin --llm",
        {"--conjunto": conjunto, "--muestra": muestra, "--respuestas": respuestas},
    )
    if examen is not None:
        _refuse("Con --examen", {"--compuerta": compuerta, "--fijar": fijar, "--xquad": xquad})
    report = _evaluated(quick=rapido, xquad=xquad, generated=generados, exam=examen)
    _write(report, salida, console)
    if fallas:
        _print_failures(report)
    if fijar:
        _set_reference(report)
    if compuerta and not _passes(report, console):
        raise typer.Exit(1)


def _evaluated(*, quick: bool, xquad: Path | None, generated: int, exam: Path | None) -> "Report":
    from dataclasses import replace

    from rich.console import Console

    from assistant.running.settings import load_settings

    _require("evals", *_MEASURING)
    from evals.evaluation import QUICK, Extent, evaluate_all

    extent = QUICK if quick else Extent(xquad=xquad, generated=generated)
    if exam is not None:
        extent = replace(QUICK, gold=_exam_in(exam))
    return evaluate_all(extent, load_settings(), Console(stderr=True))


def _exam_in(folder: Path) -> Path:
    """The folder of an office's exam. Raises AsistenteError where it holds none."""
    from corpus.errors import AsistenteError

    if not list(folder.glob("*.dev.jsonl")):
        raise AsistenteError(
            f"En «{folder}» no hay ningún examen; ponga ahí el CÓDIGO.dev.jsonl que exporta "
            "la oficina."
        )
    return folder


def _require(extra: str, *modules: str) -> None:
    """Raises AsistenteError where what an extra brings is not installed."""
    from importlib.util import find_spec

    from corpus.errors import AsistenteError

    if not all(map(find_spec, modules)):
        raise AsistenteError(
            f"Falta con qué medir: instale el extra «{extra}», pip install '.[{extra}]'."
        )


def _refuse(told: str, options: dict[str, object]) -> None:
    """Raises AsistenteError where one of these options was given."""
    from corpus.errors import AsistenteError

    given = [name for name, value in options.items() if value]
    if given:
        raise AsistenteError(f"{told} no se usa {', '.join(given)}; quítelo de la orden.")


def _evaluate_llm(
    console: "Console",
    folder: Path,
    replies: Path,
    *,
    quick: bool,
    sets: Sequence[str],
    sample: int | None,
) -> None:
    from rich.console import Console

    from assistant.running.settings import load_settings

    _require("evals", *_MEASURING)
    _require("llm", "cachetools", "langchain", "pybreaker")
    from evals.gold_sets import Split
    from evals.llm.evaluation import LlmExtent, evaluate_llm
    from evals.reporting.llm import llm_markdown, show_llm

    splits = (Split.DEV,) if quick else (Split.DEV, Split.TEST)
    extent = LlmExtent(replies, splits, sets, sample)
    report = evaluate_llm(extent, load_settings(), Console(stderr=True))
    show_llm(report, console)
    written = report.model_dump_json(exclude_none=True) + "\n"
    _save(folder, {"llm.json": written, "llm.md": llm_markdown(report)})
    console.print(f"Informe: {folder / 'llm.md'}", markup=False, soft_wrap=True)


def _write(report: "Report", folder: Path, console: "Console") -> None:
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
    _save(folder, contents)
    console.print(f"Informe: {folder / 'report.html'}", markup=False, soft_wrap=True)


def _save(folder: Path, contents: dict[str, str]) -> None:
    """Write files into a folder. Raises AsistenteError."""
    from corpus.errors import AsistenteError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise AsistenteError(
            f"No se pudo escribir en «{folder}»; compruebe la carpeta y los permisos."
        ) from error


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
