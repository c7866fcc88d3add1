"""Counts, lists, levels and comparisons over all sheets, counted by hand in the manual."""

import re
from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer

Tell = Callable[..., Answer]

COORDINATIONS = [
    *("2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5", "2.1.6", "2.2.1", "2.2.2"),
    *("3.1", "3.2", "3.3", "3.6", "4.1", "4.2", "5.1", "5.2"),
]
HEADSHIPS = [
    *("1.1", "2.1.1.1", "2.1.2.1", "2.1.3.1", "2.1.5.1", "2.1.6.1", "2.1.7", "2.1.8"),
    *("2.2.1.1", "2.2.1.2", "2.2.2.1", "2.2.2.2", "3.2.1", "3.4", "3.5", "5.3", "5.5"),
]
DIRECTORATES = ["2.1", "2.2", "3", "4", "5"]


def listed(answer: Answer) -> list[str]:
    """The sheets that the answer lists, one a line."""
    return re.findall(r"^- .*?\(([\d.]+)\)", answer.answer, re.MULTILINE)


@pytest.mark.parametrize(
    ("question", "count", "numbers"),
    [
        ("¿Cuántas coordinaciones tiene la Secretaría?", "16 coordinaciones", COORDINATIONS),
        ("cuantas jefaturas hay en el manual", "17 jefaturas", HEADSHIPS),
        ("¿cuántas direcciones hay?", "5 direcciones", DIRECTORATES),
    ],
)
def test_units_of_a_rank_are_counted_and_named(
    tell: Tell, question: str, count: str, numbers: list[str]
) -> None:
    answer = tell(question)
    assert count in answer.answer
    assert listed(answer)[: len(numbers)] == numbers
    assert set(numbers) <= {c.section for c in answer.citations}


def test_all_positions_are_counted_by_rank(tell: Tell) -> None:
    answer = tell("¿Cuántos puestos hay en el manual?")
    for told in ("40 cédulas", "1 dirección general", "5 direcciones", "16 coord", "17 jefaturas"):
        assert told in answer.answer
    assert answer.citations


def test_a_list_names_every_unit_of_the_rank(tell: Tell) -> None:
    assert listed(tell("¿Cuáles son las direcciones que hay?"))[:5] == DIRECTORATES


def test_the_positions_of_a_level(tell: Tell) -> None:
    assert listed(tell("¿Qué puestos son de primer nivel?")) == ["1", "2", "3", "4", "5"]
    assert listed(tell("¿Qué puestos son de primer nivel?", "¿y del segundo nivel?")) == [
        *("1.1", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6"),
        *("4.1", "4.2", "5.1", "5.2", "5.3", "5.5"),
    ]


def test_the_sheet_with_most_functions(tell: Tell) -> None:
    answer = tell("¿Qué puesto tiene más funciones?")
    assert "27" in answer.answer
    assert [c.section for c in answer.citations] == ["4.1"]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("¿Cuántas funciones tiene la Coordinación de Mejora Regulatoria?", "25 funciones"),
        ("¿cuántas funciones tiene la jefatura jurídica?", None),
        ("¿cuántas funciones tiene la 4?", "24 funciones"),
    ],
)
def test_functions_are_counted(tell: Tell, question: str, count: str | None) -> None:
    answer = tell(question)
    assert (count or f"{len(answer.citations)} funciones") in answer.answer
    assert len({c.section for c in answer.citations}) == 1


def test_two_positions_are_compared_side_by_side(tell: Tell) -> None:
    answer = tell("Compara la 4.1 con la 4.2")
    assert "Funciones: 27" in answer.answer
    assert "Funciones: 25" in answer.answer
    assert {c.section for c in answer.citations} == {"4.1", "4.2"}


def test_what_two_positions_share_comes_first_when_that_is_asked(tell: Tell) -> None:
    answer = tell("¿Qué funciones comparten la 3.2 y la 3.6?")
    assert "comparten 1 función" in answer.answer
    assert [c.section for c in answer.citations[:2]] == ["3.2", "3.6"]


def test_that_two_positions_share_nothing_is_told(tell: Tell) -> None:
    answer = tell("¿Qué funciones tienen en común la 2.1.3 y la 5.5?")
    assert answer.answer.startswith("Ninguna función se imprime igual")


def test_a_rank_that_no_sheet_has_is_said_to_have_none(tell: Tell) -> None:
    answer = tell("¿hay departamentos?")
    assert "De las 40 cédulas del manual, ninguna es de departamento" in answer.answer
    assert [c.section for c in answer.citations] == ["X"]
