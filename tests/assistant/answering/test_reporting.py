"""Reporting lines in answers: exact, cited, and with what contradicts them."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.answering.answer import Answer, AnswerKind
from assistant.answering.knowledge import Knowledge

Tell = Callable[..., Answer]


def places(answer: Answer) -> set[tuple[str, int]]:
    return {(c.section, c.page) for c in answer.citations}


def named(knowledge: Knowledge, number: str) -> str:
    """A position in a way that leaves nothing open: "Jefatura de Oficina (3.5)"."""
    position = knowledge.manual.position(number)
    assert position is not None
    return f"{position.title} ({number})"


def test_every_sheet_is_told_to_report_to_the_boss_of_the_table(
    tell: Tell, real: Knowledge, reporting_table: list[dict[str, Any]]
) -> None:
    for sheet in reporting_table:
        answer = tell(f"¿A quién le reporta la {named(real, sheet['section'])}?")
        first = answer.answer.splitlines()[0]
        own = next(c for c in answer.citations if c.section == sheet["section"])
        assert own.page == sheet["page"]
        assert own.quote.endswith(f": {sheet['boss']['printed']}")
        if sheet["boss"]["section"]:
            boss = real.manual.position(sheet["boss"]["section"])
            assert boss is not None
            assert f"{boss.title} ({boss.number})" in first
        else:
            assert f"{sheet['boss']['printed']}, que no tiene cédula" in first


def test_the_row_that_names_the_boss_is_cited(
    tell: Tell, real: Knowledge, reporting_table: list[dict[str, Any]]
) -> None:
    for sheet in reporting_table:
        answer = tell(f"¿A quién le reporta la {named(real, sheet['section'])}?")
        own = next(c for c in answer.citations if c.section == sheet["section"])
        assert own.quote == f"Puesto al que le reporta: {sheet['boss']['printed']}"


def test_every_sheet_is_told_to_have_the_reports_of_the_table(
    tell: Tell, real: Knowledge, reporting_table: list[dict[str, Any]]
) -> None:
    for sheet in reporting_table:
        answer = tell(f"¿Quiénes le reportan a la {named(real, sheet['section'])}?")
        first = answer.answer.splitlines()[0]
        assert (sheet["section"], sheet["page"]) in places(answer)
        for report in sheet["reports"]:
            if report["section"]:
                assert report["section"] in first
            else:
                assert report["printed"] in first
        if not sheet["reports"]:
            assert "no le reporta ningún puesto" in first


@pytest.mark.parametrize("question", ["¿A quién le reporta la 4?", "¿quién le reporta a la 4?"])
def test_a_chapter_x_sheet_may_be_named_by_one_digit(tell: Tell, question: str) -> None:
    assert ("4", 53) in places(tell(question))


def test_a_number_under_another_branch_is_told_with_both_places(tell: Tell) -> None:
    answer = tell("¿A quién le reporta la Jefatura de Aseguramiento de Calidad?")
    lines = answer.answer.splitlines()
    assert "Coordinación de Experiencia Ciudadana (2.1.4) [2.1.8, p. 37]" in lines[0]
    assert "por su número, 2.1.8" in answer.answer
    assert "Dirección de Gobierno Digital (2.1)" in answer.answer
    assert places(answer) == {("2.1.8", 37), ("VIII", 10)}


def test_a_boss_that_claims_another_s_report_is_told_with_both_places(tell: Tell) -> None:
    answer = tell("¿A quién le reporta la Jefatura de Geomática?")
    assert "a la Dirección de Gobierno Digital (2.1)" in answer.answer.splitlines()[0]
    assert "«Dirección de Gobierno Gobierno Digital»" in answer.answer
    assert "se contradice" in answer.answer
    assert "Coordinación de Geomática (2.1.5)" in answer.answer
    assert {("2.1.5.1", 33), ("2.1.5", 32)} == places(answer)


def test_the_claiming_boss_s_answer_tells_it_too(tell: Tell) -> None:
    answer = tell("¿Quién le reporta a la Coordinación de Geomática?")
    assert "Jefatura de Geomática (2.1.5.1)" in answer.answer
    assert "se contradice" in answer.answer
    assert {("2.1.5", 32), ("2.1.5.1", 33)} == places(answer)


def test_who_is_not_listed_but_says_so_is_told(tell: Tell) -> None:
    answer = tell("¿Quién le reporta a la Dirección de Gobierno Digital?")
    listed, unlisted = answer.answer.splitlines()
    assert "2.1.5" not in listed
    for section, page in [("2.1.5", 32), ("2.1.5.1", 33), ("2.1.6.1", 35)]:
        assert f"[{section}, p. {page}]" in unlisted


def test_head_counts_are_told(tell: Tell) -> None:
    answer = tell("¿quién le reporta a la jefatura de soporte técnico y telecomunicaciones?")
    assert "3 Analistas de Soporte Técnico" in answer.answer
    counted = tell("¿cuántas personas le reportan a la coordinación de presupuesto participativo?")
    assert "8 plazas" in counted.answer  # two jefaturas, an analyst, a manager, four assistants


def test_the_chain_of_command(tell: Tell) -> None:
    answer = tell("Cadena de mando de la Jefatura de Ciencia de Datos hasta el alcalde")
    cited = [(c.section, c.page) for c in answer.citations]
    assert cited == [("2.1.3.1", 30), ("2.1.3", 29), ("2.1", 24), ("2", 23), ("1", 20)]
    assert "Titular de la Administración Pública Municipal" in answer.answer


def test_the_chain_goes_on_by_the_sheet_that_lists_a_unit_without_one(tell: Tell) -> None:
    answer = tell("línea de mando de la jefatura de informática")
    steps = answer.answer.splitlines()
    assert "a la Coordinación General, que no tiene cédula" in steps[1]
    assert "a la Dirección de Participación Ciudadana (3), según la cédula de esta" in steps[2]
    assert ("3", 45) in places(answer)


def test_a_check_goes_through_a_unit_without_a_sheet_and_from_above(tell: Tell) -> None:
    answer = tell("¿La Dirección de Participación Ciudadana está por encima de la 3.4?")
    assert answer.answer.startswith("Sí, pero no directamente.")
    assert places(answer) == {("3.4", 50), ("3", 45)}
    assert tell("¿La 4.2 está por debajo de la Dirección de Enlace?").answer.startswith("No.")


def test_the_chain_ends_where_no_sheet_goes_on(tell: Tell) -> None:
    answer = tell("línea de mando de la jefatura de informática")
    assert "la persona Titular de la Administración Pública Municipal no tiene cédula propia" in (
        answer.answer
    )


def test_the_boss_s_boss(tell: Tell) -> None:
    answer = tell("¿Quién es el jefe del jefe de la Jefatura de Estrategia Territorial?")
    assert [(c.section, c.page) for c in answer.citations] == [("3.2.1", 48), ("3.2", 47)]
    assert "Dirección de Participación Ciudadana (3)" in answer.answer


def test_peers_have_the_same_boss(tell: Tell) -> None:
    answer = tell("¿Quiénes son los pares de la Coordinación de Contraloría?")
    assert {c.section for c in answer.citations} == {"5.1", "5.2", "5.3", "5.5"}


@pytest.mark.parametrize(
    ("question", "begins", "cited"),
    [
        (
            "¿La Jefatura Jurídica le reporta a la Dirección de Enlace Municipal?",
            "Sí,",
            {("5.3", 62)},
        ),
        (
            "¿la jefatura de sistemas digitales depende de la dirección de soporte e "
            "infraestructura?",
            "Sí, pero no directamente.",
            {("2.2.1.2", 41), ("2.2.1", 39)},
        ),
        (
            "¿La coordinación administrativa le reporta a la dirección de mejora regulatoria?",
            "No.",
            {("5.2", 61)},
        ),
        (
            "¿La Dirección de Enlace Municipal le reporta a la Jefatura Jurídica?",
            "No, es al revés:",
            {("5.3", 62), ("5", 59)},
        ),
    ],
)
def test_a_line_is_checked(
    tell: Tell, question: str, begins: str, cited: set[tuple[str, int]]
) -> None:
    answer = tell(question)
    assert answer.answer.startswith(begins)
    assert cited <= places(answer)


@pytest.mark.parametrize(
    ("question", "superior"),
    [
        (
            "¿Cuál es el superior común de la coordinación de geomática y la coordinación de "
            "desarrollo?",
            "Dirección de Gobierno Digital",
        ),
        (
            "¿Cuál es el jefe en común de la coordinación de geomática y la coordinación de "
            "desarrollo?",
            "Dirección de Gobierno Digital",
        ),
        (
            "¿Qué superior común tienen la 2.1.3.1 y la 2.2.2.1?",
            "Dirección General de Gobierno Digital y Soporte Tecnológico",
        ),
        (
            "superior común más cercano de la jefatura jurídica y la coordinación de geomática",
            "Titular de la Secretaría de Innovación y Gobierno Abierto",
        ),
        (
            "La jefatura de informática y la jefatura de oficina de participación ciudadana, "
            "¿tienen el mismo jefe?",
            "Coordinación General",
        ),
    ],
)
def test_the_common_superior(tell: Tell, question: str, superior: str) -> None:
    answer = tell(question)
    assert not answer.answer.startswith("No")
    assert superior in answer.answer.splitlines()[0]


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué puestos están directa o indirectamente bajo la Dirección de Soporte e "
        "Infraestructura?",
        "todos los que están debajo de la dirección de soporte e infraestructura",
        "todos los puestos por debajo de la Dirección de Soporte e Infraestructura",
    ],
)
def test_everyone_below(tell: Tell, question: str) -> None:
    answer = tell(question)
    below = {"2.2.1", "2.2.1.1", "2.2.1.2", "2.2.2", "2.2.2.1", "2.2.2.2"}
    assert {c.section for c in answer.citations} == below
    assert "6 puestos con cédula" in answer.answer


@pytest.mark.parametrize(
    ("question", "section", "page", "told"),
    [
        (
            "¿Por qué la Coordinación de Geomática depende de la Dirección de Participación "
            "Ciudadana?",
            "2.1.5",
            32,
            "Dirección de Gobierno Digital",
        ),
        (
            "¿Por qué la coordinación de contraloría tiene 40 funciones?",
            "5.1",
            60,
            "5 funciones",
        ),
        (
            "Como la jefatura jurídica depende de mejora regulatoria, ¿cuál es su objetivo?",
            "5.3",
            62,
            "Dirección de Enlace Municipal",
        ),
    ],
)
def test_a_false_presupposition_is_corrected_with_the_citation(
    tell: Tell, question: str, section: str, page: int, told: str
) -> None:
    answer = tell(question)
    assert answer.kind is AnswerKind.ANSWER
    assert told in answer.answer
    assert (section, page) in places(answer)


def test_a_unit_that_sheets_name_and_that_has_none_is_told_as_such(tell: Tell) -> None:
    answer = tell("¿Quién le reporta a la Coordinación General?")
    assert "no tiene cédula propia" in answer.answer
    assert {("3.4", 50), ("3.5", 51)} <= places(answer)
    functions = tell("¿Qué hace la Coordinación General?")
    assert functions.kind is AnswerKind.ABSTAIN
    assert functions.citations == []


def test_only_the_reports_of_a_rank_are_told_first(tell: Tell) -> None:
    answer = tell("¿Qué coordinaciones dependen de la Dirección de Participación Ciudadana?")
    coordinations, others = answer.answer.splitlines()[:2]
    assert "Coordinación de Gobierno Abierto (3.1)" in coordinations
    assert "Asistente" not in coordinations
    assert "Asistente" in others


def test_a_rank_that_nobody_below_has_is_said_to_be_missing(tell: Tell) -> None:
    answer = tell("¿Qué direcciones le reportan a la Coordinación de Geomática?")
    assert "no enlista ninguna dirección" in answer.answer
    assert "Jefatura de Geomática (2.1.5.1)" in answer.answer
