"""`asistente organigrama`: the org chart, the branch around one position, or a city's chart."""

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
from assistant.reports.charting.city import CityChart
from assistant.running.settings import Settings
from corpus.catalog import no_index
from corpus.errors import AsistenteError
from corpus.model import Position
from corpus.spanish import fold, joined
from corpus.store import open_store


class ChartFormat(StrEnum):
    """The formats of the chart, by the names that people type."""

    TEXT = "texto"
    SVG = "svg"
    PNG = "png"
    PDF = "pdf"
    JSON = "json"


_PICTURES = (ChartFormat.SVG, ChartFormat.PNG, ChartFormat.PDF)
_BY_SUFFIX = {f".{each}": each for each in ChartFormat} | {".txt": ChartFormat.TEXT}


_MOST_NAMED = 10


class ChartOutputError(AsistenteError):
    """The chart can't be written in that format, or where it should go."""


class UnknownCityError(AsistenteError):
    """No manual of that municipality is indexed."""


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
    chart_format = _writable_format(format_name, output)
    knowledge = chosen_knowledge(settings, code)
    around = find_position(knowledge, name) if name is not None else None
    _write(_drawn(chart_format, knowledge, around), output)


def show_city(
    municipality: str, format_name: str | None, output: Path | None, settings: Settings
) -> None:
    """Write the chart of a municipality, its dependencies as branches, to a file or to standard
    output.

    Raises ChartOutputError, UnknownCityError, NoIndexError, OutdatedIndexError and
    StoreUnreachableError.
    """
    chart_format = _writable_format(format_name, output)
    store = open_store(settings.data_dir, settings.chroma_url)
    records = store.catalog()
    if not records:
        raise no_index()
    own = [each for each in records if fold(each.municipality) == fold(municipality.strip())]
    if not own:
        known = sorted({each.municipality for each in records} - {""})
        listed = joined([*known[:_MOST_NAMED], *(["otros"] if len(known) > _MOST_NAMED else [])])
        raise UnknownCityError(
            f"No hay manuales de «{municipality}». Los hay de {listed}."
            if known
            else "Los manuales indexados no dicen de qué municipio son."
        )
    chart = CityChart.of(own[0].municipality, (store.manual(record) for record in own))
    _write(_drawn_city(chart_format, chart), output)


def _writable_format(format_name: str | None, output: Path | None) -> ChartFormat:
    """The format that is meant. Raises ChartOutputError for a picture that would fill the
    terminal."""
    chart_format = _chosen_format(format_name, output)
    if output is None and chart_format in _PICTURES and sys.stdout.isatty():
        raise ChartOutputError(
            "Una imagen no se puede mostrar en la terminal; diga en qué archivo guardarla, por "
            f"ejemplo «-o organigrama.{chart_format}»."
        )
    return chart_format


def _write(drawn: bytes, output: Path | None) -> None:
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


def _drawn_city(chart_format: ChartFormat, chart: CityChart) -> bytes:
    match chart_format:
        case ChartFormat.TEXT:
            return chart.text().encode()
        case ChartFormat.SVG:
            return chart.svg().encode()
        case ChartFormat.PNG:
            return chart.png()
        case ChartFormat.PDF:
            return chart.pdf()
        case ChartFormat.JSON:
            return (chart.record().model_dump_json(indent=2) + "\n").encode()
