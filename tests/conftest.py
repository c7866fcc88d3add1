"""What many tests share: the prepared model, and a manual small enough to see through."""

import os
from pathlib import Path

import pytest

from corpus.embeddings import OnnxEmbeddings
from corpus.model import (
    Chunk,
    ChunkKind,
    Function,
    Manual,
    Passage,
    PassageKind,
    Position,
    Printed,
    Section,
    SectionKind,
)
from corpus.model_setup import prepare_model

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The default model, as the install prepared it; prepared now if it hasn't."""
    return prepare_model(Path(os.environ.get("ASISTENTE_DATA_DIR", ROOT / "data")))


@pytest.fixture(scope="session")
def embeddings(model_folder: Path) -> OnnxEmbeddings:
    return OnnxEmbeddings(model_folder)


@pytest.fixture(scope="session")
def tiny_manual() -> Manual:
    """One sheet, two functions, two pages."""
    functions = (
        Function(number=1, text="Atender las juntas vecinales;", page=1),
        Function(number=2, text="Custodiar las actas «firmadas».", page=2),
    )
    sheet = Section(
        number="1.1",
        title="Jefatura de Oficina",
        kind=SectionKind.SHEET,
        parent="X",
        page=1,
        passages=tuple(
            Passage(
                text=each.text,
                page=each.page,
                line=10 + each.number,
                kind=PassageKind.FUNCTION,
                function=each.number,
            )
            for each in functions
        ),
    )
    chapter = Section(
        number="X",
        title="PUESTOS Y FUNCIONES",
        kind=SectionKind.CHAPTER,
        parent=None,
        page=1,
        passages=(),
    )
    return Manual(
        code="MO-MINI-01",
        version="01",
        emission_date=None,
        emission_printed="enero de 2024",
        dependency="Secretaría Mínima",
        municipality=None,
        page_count=2,
        sections=(chapter, sheet),
        positions=(
            Position(
                number="1.1",
                title="Jefatura de Oficina",
                page=1,
                reports_to=Printed(text="Dirección", page=1),
                functions=functions,
            ),
        ),
        structure=(),
        chart_headings=(),
        index=(),
        officers=(),
        changes=(),
        warnings=(),
    )


@pytest.fixture(scope="session")
def tiny_chunks(tiny_manual: Manual) -> list[Chunk]:
    """A chunk for each function of the tiny manual."""
    return [
        Chunk(
            id=f"1.1/f{each.number}",
            manual=tiny_manual.code,
            section="1.1",
            title="Jefatura de Oficina",
            breadcrumb="X PUESTOS Y FUNCIONES › 1.1 Jefatura de Oficina",
            page=each.page,
            kind=ChunkKind.FUNCTION,
            quote=each.text,
            function=each.number,
        )
        for each in tiny_manual.positions[0].functions
    ]
