"""The chapters, the legal framework, the people and the facts of the manual itself."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind

Tell = Callable[..., Answer]

MISSION = (
    "Implementar estrategias de gobierno digital y abierto para facilitar la realización de "
    "trámites y servicios municipales, la participación ciudadana y el acceso a la información."
)
VISION = (
    "Transformar el Gobierno de Monterrey en el más innovador y participativo de América Latina."
)


def test_mission_and_then_vision(tell: Tell) -> None:
    mission, vision = tell("¿Cuál es la misión?"), tell("¿Cuál es la misión?", "¿y la visión?")
    assert [(c.section, c.page, c.quote) for c in mission.citations] == [("V", 7, MISSION)]
    assert [(c.section, c.page, c.quote) for c in vision.citations] == [("VI", 7, VISION)]
    assert f"«{VISION}»" in vision.answer


def test_the_objective_of_the_dependency_is_not_that_of_its_head(tell: Tell) -> None:
    answer = tell("¿Cuál es el objetivo general de la dependencia?")
    assert {(c.section, c.page) for c in answer.citations} == {("IV", 7)}
    assert "Impulsar a la ciudadanía" in answer.answer


@pytest.mark.parametrize(
    ("question", "section", "pages", "count", "one"),
    [
        (
            "¿Qué tratados internacionales están en el marco jurídico?",
            "VII.A",
            {8},
            1,
            "Declaración Universal de los Derechos Humanos",
        ),
        (
            "¿qué leyes federales aplican?",
            "VII.B",
            {8},
            9,
            "Ley General del Sistema Nacional Anticorrupción",
        ),
        (
            "marco jurídico estatal",
            "VII.C",
            {8, 9},
            10,
            "Ley de Participación Ciudadana para el Estado de Nuevo León",
        ),
        (
            "¿cuáles reglamentos municipales?",
            "VII.D",
            {9},
            8,
            "Reglamento de Presupuesto Participativo del Municipio de Monterrey",
        ),
    ],
)
def test_the_legal_framework_by_level(
    tell: Tell, question: str, section: str, pages: set[int], count: int, one: str
) -> None:
    answer = tell(question)
    laws = [line for line in answer.answer.splitlines() if line.startswith("- ")]
    assert len(laws) == count
    assert {c.section for c in answer.citations} == {section}
    assert {c.page for c in answer.citations} == pages
    assert one in answer.answer


def test_the_legal_framework_is_followed_up(tell: Tell) -> None:
    answer = tell("¿qué leyes federales aplican?", "¿y las municipales?")
    assert {c.section for c in answer.citations} == {"VII.D"}


@pytest.mark.parametrize(
    ("question", "told", "section", "page"),
    [
        ("¿Quién es la Secretaria de Innovación?", "Cintia Smith", "DIRECTORIO", 68),
        ("¿quién es el presidente municipal?", "Luis Donaldo Colosio Riojas", "DIRECTORIO", 68),
        (
            "¿quién es el director general de gobierno digital?",
            "Por designar",
            "DIRECTORIO",
            68,
        ),
        (
            "¿Quién expide el manual?",
            "Maria de Lourdes Williams Couttolenc",
            "HOJA DE FORMALIZACIÓN",
            3,
        ),
        ("¿qué versión es este manual?", "01", "CONTROL DE CAMBIOS", 68),
    ],
)
def test_people_and_facts(tell: Tell, question: str, told: str, section: str, page: int) -> None:
    answer = tell(question)
    assert told in answer.answer
    assert (section, page) in {(c.section, c.page) for c in answer.citations}


def test_the_pages_are_counted(tell: Tell) -> None:
    assert "68 páginas" in tell("¿Cuántas páginas tiene el manual?").answer


def test_the_contradictions_of_a_sheet_are_told(tell: Tell) -> None:
    answer = tell("¿Qué contradicciones hay sobre la Jefatura de Geomática?")
    assert answer.kind is AnswerKind.ANSWER
    assert {("2.1.5.1", 33), ("2.1.5", 32)} & {(c.section, c.page) for c in answer.citations}
    assert "Coordinación de Geomática" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["¿Quién firmó el manual?", "¿quién lo autorizó el manual?", "¿Quién es el autor del manual?"],
)
def test_who_signed_is_told_with_the_part_of_each(tell: Tell, question: str) -> None:
    answer = tell(question)
    assert {c.section for c in answer.citations} == {"HOJA DE FORMALIZACIÓN"}
    assert answer.answer.count("Según la sección") == 1
    for part in ("(elabora)", "(revisar)", "(administra)", "(expide)"):
        assert part in answer.answer
