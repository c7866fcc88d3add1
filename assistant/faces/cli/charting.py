"""`asistente organigrama`: the org chart, or the branch around one position."""

import sys
from enum import StrEnum
from pathlib import Path

from assistant.answering.finding import find_position
from assistant.answering.knowledge import Knowledge
from assistant.faces.cli.choosing import chosen_knowledge
from assistant.reports.charting import (
    chart_json,
    chart_pdf,
    chart_png,
    chart_svg,
    chart_text,
)
from assistant.running.settings import Settings
from corpus.errors import AsistenteError
from corpus.model import Position


class ChartFormat(StrEnum):
    """The formats of the chart, by the names that people type."""

    TEXT = "texto"
    SVG = "svg"
    PNG = "png"
    PDF = "pdf"
    JSON = "json"


_PICTURES = (ChartFormat.SVG, ChartFormat.PNG, ChartFormat.PDF)
_BY_SUFFIX = {f".{each}": each for each in ChartFormat} | {".txt": ChartFormat.TEXT}


class ChartOutputError(AsistenteError):
    """The chart can't be written in that format, or where it should go."""


def show_chart(
    name: str | None,
    format_name: str | None,
    output: Path | None,
    settings: Settings,
    code: str | None,
) -> None:
    """Write the chart, or the branch around the position of that name, to a file or to standard
    output.

    Raises ChartOutputError, PositionError for a name that means no position or several, and what
    `chosen_knowledge` does.
    """
    chart_format = _chosen_format(format_name, output)
    if output is None and chart_format in _PICTURES and sys.stdout.isatty():
        raise ChartOutputError(
            "Una imagen no se puede mostrar en la terminal; diga en qué archivo guardarla, por "
            f"ejemplo «-o organigrama.{chart_format}»."
        )
    knowledge = chosen_knowledge(settings, code)
    around = find_position(knowledge, name) if name is not None else None
    drawn = _drawn(chart_format, knowledge, around)
    if output is None:
        sys.stdout.buffer.write(drawn)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(drawn)
    except OSError as error:
        raise ChartOutputError(
            f"No se pudo escribir «{output}»; revise la carpeta y los permisos."
        ) from error


def _chosen_format(name: str | None, output: Path | None) -> ChartFormat:
    """The format that is named; else the one that the file's name ends with; else text."""
    if name is None:
        suffix = output.suffix.lower() if output is not None else ""
        return _BY_SUFFIX.get(suffix, ChartFormat.TEXT)
    try:
        return ChartFormat(name.strip().lower())
    except ValueError as error:
        raise ChartOutputError(
            f"No hay formato «{name}»; elija texto, svg, png, pdf o json."
        ) from error


def _drawn(chart_format: ChartFormat, knowledge: Knowledge, around: Position | None) -> bytes:
    match chart_format:
        case ChartFormat.TEXT:
            return chart_text(knowledge, around).encode()
        case ChartFormat.SVG:
            return chart_svg(knowledge, around).encode()
        case ChartFormat.PNG:
            return chart_png(knowledge, around)
        case ChartFormat.PDF:
            return chart_pdf(knowledge, around)
        case ChartFormat.JSON:
            return (chart_json(knowledge, around).model_dump_json(indent=2) + "\n").encode()
