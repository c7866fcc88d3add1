"""What would be read of a source file, for the office to see before anything is indexed.

`review` reads as an ingest does and stores nothing; the terminal (`asistente ingerir --revisar`)
and a web page show what it gives.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Manual, ParseWarning, Position, Section, SectionKind
from ingest.adjustments import KINDS, adjustments_name
from ingest.assembling import Reading
from ingest.identity import adjusted
from ingest.layout_sections import FRONT
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.parser import read_manual
from ingest.readers import read_guarded

_FAMILIES = {
    "sheets": "cédulas con el formato de MO-SIG-01",
    "cédulas": "una cédula o tabla por puesto",
    "encabezados": "unidades con encabezado, objetivo y funciones",
    "artículos": "reglamento: capítulos y artículos por unidad",
    "listas": "listas de funciones bajo el nombre de cada unidad",
    "mixed": "varias formas en el mismo documento",
    "passages": "sólo texto: no se reconoció ninguna unidad ni puesto",
}
_FUNCTIONS, _BOSS = 0.9, 0.5
"""Shares of units with functions, and with functions or a boss, below which one should look again:
chosen by hand, as manuals have some units without functions, and measured on nothing."""


@dataclass(frozen=True)
class ReviewedUnit:
    """A unit as it was read; None and 0 where nothing was."""

    number: str
    printed_number: bool
    title: str
    page: int
    boss: str | None
    boss_page: int | None
    reports: tuple[str, ...]
    no_reports: bool
    """Printed as none."""
    objective: bool
    functions: int
    functions_listed: bool
    """Whether a list's heading was found, so that 0 functions are as printed."""


@dataclass(frozen=True)
class ReviewedSection:
    """A chapter or part, with how many passages stand in it."""

    number: str
    title: str
    page: int
    passages: int


@dataclass(frozen=True)
class Review:
    """What was read, by what evidence, what is missing, and how sure it is."""

    file: str
    code: str
    code_from: str
    version: str
    emission: str
    dependency: str
    pages: int
    pages_without_text: tuple[int, ...]
    pages_by_ocr: tuple[int, ...]
    family: str
    """In Spanish, for people."""
    evidence: Mapping[str, int]
    chapters: tuple[ReviewedSection, ...]
    units: tuple[ReviewedUnit, ...]
    unplaced: tuple[ParseWarning, ...]
    """What could not be placed or looks wrong, each with its page."""
    certainty: str
    """"alta", "media" or "baja"."""
    reasons: tuple[str, ...]
    """Why it is not surer, a Spanish sentence each."""
    deduced: tuple[tuple[str, str], ...]
    """Labels that no list knows, folded, and what they were taken to mean, as in [etiquetas]."""
    adjustments: str
    """The name of the file that sets things right."""


def review(path: Path, code: str = "", limits: Limits = DEFAULT_LIMITS) -> Review:
    """What an ingest of the file would read. Raises what reading and parsing raise."""
    reading = read_manual(read_guarded(path, limits), adjusted(path, code))
    return review_of(reading, path.name)


def review_of(reading: Reading, name: str) -> Review:
    """The review of what was read of a file."""
    manual = reading.manual
    reasons = tuple(_doubts(manual))
    if reading.meanings:
        reasons += ("Se dedujo por sus valores qué significan algunas etiquetas: revíselo.",)
    return Review(
        file=name,
        code=manual.code,
        code_from=reading.code_from,
        version=manual.version,
        emission=manual.emission_printed,
        dependency=manual.dependency,
        pages=manual.page_count,
        pages_without_text=manual.pages_without_text,
        pages_by_ocr=manual.pages_by_ocr,
        family=_FAMILIES.get(manual.family, manual.family),
        evidence={name: count for name, count in reading.evidence.items() if count},
        chapters=tuple(_section(s) for s in manual.sections if s.kind is not SectionKind.SHEET),
        units=tuple(_unit(position) for position in manual.positions),
        unplaced=manual.warnings,
        certainty=_certainty(manual, reasons),
        reasons=reasons,
        deduced=_deduced(reading),
        adjustments=adjustments_name(name),
    )


def _deduced(reading: Reading) -> tuple[tuple[str, str], ...]:
    names = {kind: name for name, kind in KINDS.items()}
    return tuple((label, names[kind]) for label, kind in reading.meanings.items())


def _section(section: Section) -> ReviewedSection:
    return ReviewedSection(section.number, section.title, section.page, len(section.passages))


def _unit(position: Position) -> ReviewedUnit:
    boss, reports = position.reports_to, position.direct_reports_printed
    return ReviewedUnit(
        number=position.number,
        printed_number=position.printed_number,
        title=position.title,
        page=position.page,
        boss=boss.text if boss else None,
        boss_page=boss.page if boss else None,
        reports=tuple(report.printed for report in position.direct_reports),
        no_reports=reports is not None and not reports.applies,
        objective=position.objective is not None,
        functions=len(position.functions),
        functions_listed=position.functions_heading is not None,
    )


def _doubts(manual: Manual) -> list[str]:
    """What makes one doubt the reading."""
    positions = manual.positions
    if not positions:
        return ["No se reconoció ninguna unidad ni puesto: no habrá organigrama ni funciones."]
    doubts: list[str] = []
    without = [p for p in positions if not p.functions]
    if len(without) > (1 - _FUNCTIONS) * len(positions):
        doubts.append(f"{len(without)} de {len(positions)} unidades no tienen funciones leídas.")
    bosses = [p for p in positions if p.reports_to]
    if bosses and len(bosses) < _FUNCTIONS * len(positions):
        missing = len(positions) - len(bosses)
        doubts.append(f"De {missing} unidades no se leyó a quién le reportan, y de otras sí.")
    doubled = [t for t, n in Counter(p.title for p in positions).items() if n > 1]
    if doubled:
        doubts.append(f"Hay unidades con el mismo nombre: {'; '.join(doubled[:3])}.")
    front = manual.section(FRONT)
    if front and front.last_page - front.page > 3:
        doubts.append(f"Las páginas {front.page} a {front.last_page} quedaron sin capítulo.")
    if manual.pages_without_text:
        doubts.append(f"{len(manual.pages_without_text)} páginas no tienen texto.")
    return doubts


def _certainty(manual: Manual, doubts: tuple[str, ...]) -> str:
    positions = manual.positions
    if not positions:
        return "baja"
    told = sum(bool(p.functions or p.reports_to) for p in positions) / len(positions)
    if told < _BOSS:
        return "baja"
    return "media" if doubts else "alta"
