"""The manuals themselves: sections with their printed text, positions with their sheets."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path

from assistant.asking.library import OpenManual
from assistant.faces.api.deps import ManualDep, ServicesDep, SharedDep
from assistant.faces.api.models import (
    ManualRecord,
    PageRecord,
    PassageRecord,
    PositionHeading,
    PositionRecord,
    SectionHeading,
    SectionRecord,
)
from assistant.faces.api.problems import NotFoundError, problem_responses
from corpus.model import Manual, Position, Section
from corpus.spanish import fold

router = APIRouter(
    prefix="/api/manuals",
    tags=["Manuales"],
    responses=problem_responses(401, 404, 422, 429, 503),
)

Number = Annotated[str, Path(description="Número, como lo imprime el manual.", examples=["3.2"])]


@router.get("", summary="Los manuales indexados")
async def list_manuals(services: ServicesDep, shared: SharedDep) -> list[ManualRecord]:
    """Todos los manuales de los que se puede preguntar, por código."""
    return [_manual(each) for each in await shared.threads.run(services.library.manuals)]


@router.get("/{code}/sections", summary="Las secciones de un manual")
async def list_sections(opened: ManualDep) -> list[SectionHeading]:
    """Las secciones en el orden impreso: capítulos, sus partes, y las cédulas de puesto."""
    return [SectionHeading.model_validate(each) for each in opened.knowledge.manual.sections]


@router.get("/{code}/sections/{number:path}", summary="Una sección entera")
async def read_section(opened: ManualDep, number: Number) -> SectionRecord:
    """El texto impreso de una sección, página por página, y las secciones vecinas."""
    manual = opened.knowledge.manual
    return section_record(manual, find_section(manual, number))


@router.get("/{code}/positions", summary="Los puestos de un manual")
async def list_positions(opened: ManualDep) -> list[PositionHeading]:
    """Los puestos que tienen cédula, en el orden impreso."""
    return [
        PositionHeading(
            number=each.number,
            title=each.title,
            page=each.page,
            level=each.level,
            reports_to=each.reports_to.text if each.reports_to else None,
        )
        for each in opened.knowledge.manual.positions
    ]


@router.get("/{code}/positions/{number}", summary="La cédula de un puesto")
async def read_position(opened: ManualDep, number: Number) -> PositionRecord:
    """Todos los campos de la cédula, con sus páginas, y todas sus funciones."""
    manual = opened.knowledge.manual
    position = find_position_by_number(manual, number)
    return PositionRecord(manual=manual.code, level=position.level, **position.model_dump())


def find_section(manual: Manual, number: str) -> Section:
    """The section with a number, in any case and with or without accents. Raises NotFoundError."""
    section = manual.section(number)
    if section is None:
        wanted = fold(number.strip())
        section = next((s for s in manual.sections if fold(s.number) == wanted), None)
    if section is None:
        raise NotFoundError(f"El manual {manual.code} no tiene la sección «{number[:64]}».")
    return section


def find_position_by_number(manual: Manual, number: str) -> Position:
    """The position whose sheet has this number. Raises NotFoundError."""
    position = manual.position(number)
    if position is None:
        raise NotFoundError(f"El manual {manual.code} no tiene el puesto «{number[:64]}».")
    return position


def section_record(manual: Manual, section: Section) -> SectionRecord:
    """A section page by page, with its neighbours in printed order."""
    at = manual.sections.index(section)
    before, after = manual.sections[:at][-1:], manual.sections[at + 1 :][:1]
    return SectionRecord(
        **SectionHeading.model_validate(section).model_dump(),
        manual=manual.code,
        breadcrumb=manual.breadcrumb(section),
        last_page=section.last_page,
        pages=[
            PageRecord(
                page=page,
                passages=[PassageRecord.model_validate(each) for each in passages],
            )
            for page, passages in groupby(section.passages, key=lambda passage: passage.page)
        ],
        previous=SectionHeading.model_validate(before[0]) if before else None,
        next=SectionHeading.model_validate(after[0]) if after else None,
    )


def _manual(opened: OpenManual) -> ManualRecord:
    record = opened.record
    return ManualRecord(
        code=record.code,
        version=record.version,
        dependency=record.dependency,
        municipality=record.municipality or None,
        emission_date=record.emission_date,
        pages=record.pages,
        chapters=record.chapters,
        positions=record.positions,
        functions=record.functions,
    )
