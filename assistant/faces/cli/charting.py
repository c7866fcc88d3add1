"""`asistente organigrama`: the org chart, the branch around one position, or a city's chart."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel

from assistant.answering.finding import find_position
from assistant.answering.knowledge import Knowledge
from assistant.faces.cli.choosing import chosen_knowledge
from assistant.faces.cli.output import OutputError, write_file
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
_Made = str | bytes | BaseModel
_OF_MANUAL: dict[ChartFormat, Callable[[Knowledge, Position | None], _Made]] = {
    ChartFormat.TEXT: chart_text,
    ChartFormat.SVG: chart_svg,
    ChartFormat.PNG: chart_png,
    ChartFormat.PDF: chart_pdf,
    ChartFormat.JSON: chart_json,
}
_OF_CITY: dict[ChartFormat, Callable[[CityChart], _Made]] = {
    ChartFormat.TEXT: CityChart.text,
    ChartFormat.SVG: CityChart.svg,
    ChartFormat.PNG: CityChart.png,
    ChartFormat.PDF: CityChart.pdf,
    ChartFormat.JSON: CityChart.record,
}
_MOST_NAMED = 10


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

    Raises OutputError, PositionError for a name that means no position or several, and what
    `chosen_knowledge` does.
    """
    chart_format = _writable_format(format_name, output)
    knowledge = chosen_knowledge(settings, code)
    around = find_position(knowledge, name) if name is not None else None
    _write(_OF_MANUAL[chart_format](knowledge, around), output)


def show_city(
    municipality: str, format_name: str | None, output: Path | None, settings: Settings
) -> None:
    """Write the chart of a municipality, its dependencies as branches, to a file or to standard
    output.

    Raises OutputError, UnknownCityError, NoIndexError, OutdatedIndexError and
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
    _write(_OF_CITY[chart_format](chart), output)


def _writable_format(format_name: str | None, output: Path | None) -> ChartFormat:
    """The format that is meant. Raises OutputError for a picture that would fill the
    terminal."""
    chart_format = _chosen_format(format_name, output)
    if output is None and chart_format in _PICTURES and sys.stdout.isatty():
        raise OutputError(
            "Una imagen no se puede mostrar en la terminal; diga en qué archivo guardarla, por "
            f"ejemplo «-o organigrama.{chart_format}»."
        )
    return chart_format


def _write(made: _Made, output: Path | None) -> None:
    if output is not None:
        write_file(output, _as_bytes(made))
        return
    sys.stdout.buffer.write(_as_bytes(made))
    sys.stdout.buffer.flush()


def _chosen_format(name: str | None, output: Path | None) -> ChartFormat:
    """The format that is named; else the one that the file's name ends with; else text."""
    if name is None:
        suffix = output.suffix.lower() if output is not None else ""
        return _BY_SUFFIX.get(suffix, ChartFormat.TEXT)
    try:
        return ChartFormat(name.strip().lower())
    except ValueError as error:
        raise OutputError(f"No hay formato «{name}»; elija texto, svg, png, pdf o json.") from error


def _as_bytes(made: _Made) -> bytes:
    if isinstance(made, BaseModel):
        made = made.model_dump_json(indent=2) + "\n"
    return made.encode() if isinstance(made, str) else made
