"""Chunks: each can be found and cited alone."""

from collections import Counter

import pytest

from corpus.model import Chunk, ChunkKind, Manual
from ingest import chunk_manual
from tests.ingest.conftest import parse_prose, parse_sheet, section_of


@pytest.fixture(scope="module")
def chunks(real: Manual) -> dict[str, Chunk]:
    found = chunk_manual(real)
    by_id = {chunk.id: chunk for chunk in found}
    assert len(by_id) == len(found)
    return by_id


def test_every_function_is_a_chunk_with_its_page(real: Manual, chunks: dict[str, Chunk]) -> None:
    for position in real.positions:
        for function in position.functions:
            chunk = chunks[f"{position.number}/f{function.number}"]
            assert (chunk.quote, chunk.page) == (function.text, function.page)
            assert (chunk.section, chunk.title) == (position.number, position.title)
            assert (chunk.kind, chunk.function) == (ChunkKind.FUNCTION, function.number)


def test_objective_and_reporting_rows_are_chunks(real: Manual, chunks: dict[str, Chunk]) -> None:
    counts = Counter(chunk.kind for chunk in chunks.values())
    assert counts[ChunkKind.OBJECTIVE] == len(real.positions)
    assert counts[ChunkKind.REPORTING] == 2 * len(real.positions)
    boss = chunks["2.1.1.1/reports_to"]
    assert boss.quote == "Puesto al que le reporta: Coordinación de Proyectos"
    assert chunks["2.1.1.1/direct_reports"].quote == "Puestos que le reportan: N/A"
    assert chunks["2.1.5/objective"].quote.startswith("Proponer análisis")


def test_a_chunk_carries_its_context(chunks: dict[str, Chunk]) -> None:
    chunk = chunks["3.2/f3"]
    assert chunk.manual == "MO-SIG-01"
    assert chunk.breadcrumb == (
        "X PUESTOS Y FUNCIONES › 3.2 Coordinación de Mesas Directivas y Juntas Vecinales"
    )
    assert chunk.indexed_text.startswith("Coordinación de Mesas Directivas y Juntas Vecinales. Est")
    law = chunks["VII.D/4"]
    assert law.quote == "Reglamento de Participación Ciudadana del Municipio de Monterrey."


def test_every_quote_is_verbatim_in_its_section(real: Manual, chunks: dict[str, Chunk]) -> None:
    for chunk in chunks.values():
        section = section_of(real, chunk.section)
        assert chunk.quote in section.text
        assert section.page <= chunk.page <= section.last_page


def test_a_paragraph_cut_by_a_page_break_is_one_chunk(chunks: dict[str, Chunk]) -> None:
    chunk = chunks["I/3"]
    assert "con el objeto de disponer de una herramienta de trabajo que contribuya" in chunk.quote
    assert chunk.page == 4


def test_the_form_and_the_lists_of_names_make_no_chunks(chunks: dict[str, Chunk]) -> None:
    sections = {chunk.section for chunk in chunks.values()}
    assert sections.isdisjoint({"ÍNDICE", "VIII", "IX", "X"})
    quotes = " ".join(chunk.quote for chunk in chunks.values())
    for wording in ("Representa la finalidad", "¿Qué hace?", "Identificación:", "VERSIÓN FECHA"):
        assert wording not in quotes


def test_people_and_changes_can_be_cited(chunks: dict[str, Chunk]) -> None:
    entry = chunks["DIRECTORIO/2"]
    assert entry.quote == "Cintia Smith Secretaría de Innovación y Gobierno Abierto"
    assert chunks["HOJA DE FORMALIZACIÓN/1"].quote.startswith("ELABORA Cintia Smith")
    assert chunks["CONTROL DE CAMBIOS/1"].quote.startswith("01 31-03-2023 Creación del Manual")


def test_ids_do_not_change_from_one_parse_to_the_next(real: Manual) -> None:
    assert [c.id for c in chunk_manual(real)] == [c.id for c in chunk_manual(real.model_copy())]


def test_repeated_numbers_have_ids_of_their_own() -> None:
    rows = "Funciones y Responsabilidades Clave:\t\t\t\n1\tDirigir.\n1\tVigilar.\n"
    found = chunk_manual(parse_sheet(functions=rows))
    assert [c.id for c in found if c.kind is ChunkKind.FUNCTION] == ["1/f1", "1/f1~2"]


def test_a_very_long_paragraph_is_cut_at_sentence_ends() -> None:
    sentence = "La oficina atiende a las personas, art. 5 de la ley, en todos los casos que haya. "
    manual = parse_prose(sentence * 20 + "\n\n\n\n" + "Fin del párrafo.")
    section = section_of(manual, "I")
    pieces = [c for c in chunk_manual(manual) if c.section == "I"]
    assert [c.id for c in pieces] == ["I/1", "I/2", "I/3"]
    assert all(len(c.quote) <= 1200 and c.quote.endswith(".") for c in pieces)
    assert all(c.quote in section.text for c in pieces)
    assert " ".join(c.quote for c in pieces) == " ".join(p.text for p in section.passages[1:])
    assert [c.page for c in pieces] == [3, 3, 4]
