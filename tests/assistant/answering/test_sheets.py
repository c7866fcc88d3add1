"""What a sheet says of its position, complete and with its pages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.answer import Answer, AnswerKind
from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant

Tell = Callable[..., Answer]

RAW = (Path(__file__).parents[3] / "corpus" / "manuals" / "MO-SIG-01.txt").read_text("utf-8")


def printed_functions(heading: str, following: str) -> list[tuple[int, str]]:
    """The numbered rows between two headings of chapter X, white space collapsed."""
    chapter = RAW.split("X. PUESTOS Y FUNCIONES")[-1]
    sheet = chapter.split(f"\n{heading}\n")[1].split(f"\n{following}\n")[0]
    rows = re.findall(r"^(\d+)\t(.+)$", sheet, re.MULTILINE)
    return [(int(number), " ".join(text.split())) for number, text in rows]


@pytest.mark.parametrize(
    ("question", "heading", "following", "section", "last_on_page"),
    [
        (
            "¿Qué funciones tiene la persona titular de la Secretaría de Innovación?",
            "1. Titular de la Secretaría de Innovación y Gobierno Abierto",
            "1.1 Jefatura de Oficina",
            "1",
            {20: 3, 21: 13},
        ),
        (
            "¿Cuáles son las funciones de la Dirección de Mejora Regulatoria?",
            "4. Dirección de Mejora Regulatoria",
            "4.1 Coordinación de Evaluación Regulatoria y Seguimiento",
            "4",
            {53: 10, 54: 24},
        ),
        (
            "dime todas las funciones de la coordinación de evaluación regulatoria y seguimiento",
            "4.1 Coordinación de Evaluación Regulatoria y Seguimiento",
            "4.2 Coordinación de Mejora Regulatoria",
            "4.1",
            {55: 6, 56: 27},
        ),
        (
            "que hace la coordinadora de mejora regulatoria",
            "4.2 Coordinación de Mejora Regulatoria",
            "5. Dirección de Enlace Municipal",
            "4.2",
            {57: 7, 58: 25},
        ),
    ],
)
def test_all_functions_in_order_with_their_pages(
    tell: Tell,
    question: str,
    heading: str,
    following: str,
    section: str,
    last_on_page: dict[int, int],
) -> None:
    answer = tell(question)
    printed = printed_functions(heading, following)
    assert len(printed) == max(last_on_page.values())

    def page_of(function: int) -> int:
        return next(page for page, last in last_on_page.items() if function <= last)

    cited = [(c.function, c.quote, c.page) for c in answer.citations if c.function]
    assert cited == [(number, text, page_of(number)) for number, text in printed]
    assert {c.section for c in answer.citations if c.function} == {section}
    listed = re.findall(r"^(\d+)\. (.+?)(?: \[[\w.]+, p\. \d+\])?$", answer.answer, re.MULTILINE)
    assert [(int(number), text) for number, text in listed] == printed
    for page in last_on_page:
        assert f"[{section}, p. {page}]" in answer.answer
    assert f"{len(printed)} funciones" in answer.answer


def test_one_function_is_quoted_with_its_page(tell: Tell) -> None:
    answer = tell("¿Cuál es la función 7 de la coordinación de evaluación regulatoria?")
    assert "«Emitir recomendaciones derivadas de los estudios realizados a los proyectos.»" in (
        answer.answer
    )
    assert [(c.section, c.page, c.function) for c in answer.citations] == [("4.1", 56, 7)]


def test_the_last_function(tell: Tell) -> None:
    answer = tell("la última función de la dirección de mejora regulatoria")
    assert "«Dirigir y coordinar los proyectos que se requieran»" in answer.answer
    assert [(c.page, c.function) for c in answer.citations] == [(54, 24)]


def test_a_function_that_does_not_exist_is_told_so(tell: Tell) -> None:
    answer = tell("¿Cuál es la función 28 de la 4.1?")
    assert answer.kind is AnswerKind.ANSWER
    assert "no tiene una función 28" in answer.answer
    assert "27 funciones" in answer.answer
    assert answer.citations


def test_the_objective_is_quoted_without_the_form_s_definition(tell: Tell) -> None:
    answer = tell("¿Cuál es el objetivo de la Coordinación de Proyectos Estratégicos?")
    assert [c.quote for c in answer.citations] == [
        "Atender y apoyar en los eventos que requieran intervención y socialización de proyectos "
        "para una correcta comunicación y sinergia entre comunidad y gobierno."
    ]
    assert (answer.citations[0].section, answer.citations[0].page) == ("3.6", 52)
    assert "razón sustantiva" not in answer.answer


@pytest.mark.parametrize(
    ("question", "value", "section", "page"),
    [
        ("¿Qué tipo de puesto es la Dirección de Participación Ciudadana?", "Temporal", "3", 45),
        ("tipo de puesto de la jefatura de oficina 3.5", "Asimilado", "3.5", 51),
        ("¿qué valor aporta la Dirección de Soporte e Infraestructura?", "Muy Alto", "2.2", 38),
        ("¿A qué área pertenece la Jefatura de Informática?", "Coordinación General", "3.4", 50),
        ("¿Cuál es la fecha de la cédula de la coordinación 2.1.3?", "31/3/2023", "2.1.3", 29),
        ("puesto nominal de la 5.2", "Coordinación Administrativa", "5.2", 61),
        ("puesto funcional de la 5.2", "Coordinador (a) Administrativo", "5.2", 61),
        ("¿cuál es el área de la cédula de la 1.1?", "N/A", "1.1", 22),
        ("¿cuál es el campo dirección de la 1.1?", "N/A", "1.1", 22),
    ],
)
def test_a_field_is_told_as_printed(
    tell: Tell, question: str, value: str, section: str, page: int
) -> None:
    answer = tell(question)
    assert answer.kind is AnswerKind.ANSWER
    assert f"«{value}»" in answer.answer
    assert [(c.section, c.page) for c in answer.citations] == [(section, page)]
    assert value in answer.citations[0].quote


def test_a_whole_sheet_in_a_few_sentences(tell: Tell) -> None:
    answer = tell("Háblame de la Coordinación de Contraloría")
    assert "Dirección de Enlace Municipal" in answer.answer
    assert "Analista de Contraloría" in answer.answer
    assert "5 funciones" in answer.answer
    assert {(c.section, c.page) for c in answer.citations} == {("5.1", 60)}


def test_where_a_sheet_stands(tell: Tell) -> None:
    answer = tell("¿En qué página está la Coordinación de Evaluación Regulatoria y Seguimiento?")
    assert "4.1" in answer.answer
    assert "55 a 56" in answer.answer


def test_a_number_of_chapter_viii_that_no_sheet_has_leads_to_the_sheet_and_says_so(
    tell: Tell,
) -> None:
    answer = tell("¿Cuáles son las funciones de la 5.4?")
    assert "(5.5)" in answer.answer
    assert "no coincide consigo mismo" in answer.answer
    places = {(c.section, c.page) for c in answer.citations}
    assert places == {("5.5", 63), ("VIII", 11)}


def test_a_rank_that_viii_gives_differently_is_told(tell: Tell) -> None:
    answer = tell("¿Qué hace la Coordinación de Proyectos Estratégicos?")
    assert "«3.6 Jefatura de Proyectos Estratégicos»" in answer.answer
    assert ("VIII", 10) in {(c.section, c.page) for c in answer.citations}


def test_any_manual_s_functions_are_all_told(
    made_up: Knowledge, desk: Callable[[Knowledge], Assistant]
) -> None:
    answer = desk(made_up).ask("¿Qué funciones tiene la Dirección de Ingresos?")
    assert [c.function for c in answer.citations if c.function] == list(range(1, 21))
    assert {c.page for c in answer.citations} == {21, 22}
