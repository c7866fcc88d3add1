"""`asistente evaluar`: its options, and which of them go together.

The command line finds this function by its entry point and imports it at every start, so all
that is heavy is imported within.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import AsistenteError

_OUTPUT = Path(__file__).parent / "report"
_GENERATED = 5
_MEASURING = ("ir_measures", "langchain_text_splitters", "scipy")
"""What the extra `evals` brings."""
_WRITING = ("cachetools", "langchain", "pybreaker")
"""What the extra `llm` brings."""


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
    gated = {"--compuerta": compuerta, "--fijar": fijar, "--xquad": xquad}
    if llm:
        _refuse("Con --llm", {**gated, "--fallas": fallas})
    else:
        of_model = {"--conjunto": conjunto, "--muestra": muestra, "--respuestas": respuestas}
        _refuse("Sin --llm", of_model)
    if examen is not None:
        _refuse("Con --examen", gated)
    _require("evals", _MEASURING)
    from evals import running

    if compara is not None:
        running.compare(*compara)
    elif llm:
        _require("llm", _WRITING)
        kept = respuestas or salida / "llm-replies.jsonl"
        running.measure_writing(salida, kept, quick=rapido, sets=conjunto or (), sample=muestra)
    else:
        report = running.measure(quick=rapido, xquad=xquad, generated=generados, exam=examen)
        running.show_and_save(report, salida)
        if fallas:
            running.print_failures(report)
        if fijar:
            running.set_reference(report)
        if compuerta and not running.passes(report):
            raise typer.Exit(1)


def _require(extra: str, modules: tuple[str, ...]) -> None:
    """Raises AsistenteError where what an extra brings is not installed."""
    if not all(map(find_spec, modules)):
        raise AsistenteError(
            f"Falta con qué medir: instale el extra «{extra}», pip install '.[{extra}]'."
        )


def _refuse(told: str, options: Mapping[str, object]) -> None:
    """Raises AsistenteError where one of these options was given."""
    given = [name for name, value in options.items() if value]
    if given:
        raise AsistenteError(f"{told} no se usa {', '.join(given)}; quítelo de la orden.")
