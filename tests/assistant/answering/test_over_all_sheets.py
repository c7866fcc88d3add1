"""Questions over all sheets with what narrows them: a rank, a unit, bounds, words that they print.

A condition is never dropped: what is counted, listed or compared is what was asked for.
"""

import re
from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind

Tell = Callable[..., Answer]


def listed(answer: Answer) -> list[str]:
    """The sheets that the answer lists, one a line."""
    return re.findall(r"^- .*?\(([\d.]+)\)", answer.answer, re.MULTILINE)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("¿qué coordinaciones tienen más de 8 funciones?", "2.1.1 2.1.4 2.1.6 3.1 4.1 4.2"),
        ("¿qué direcciones tienen jefaturas directas?", "2.1 2.2 5"),
        ("dime cuáles coordinaciones no tienen jefaturas abajo", "3.1 3.6 4.1 4.2 5.1 5.2"),
        ("¿cuáles son los tres puestos con más funciones?", "4.1 4.2 4"),
        ("¿cuántas coordinaciones tiene cada dirección?", "2.1 2.2 3 4 5"),
    ],
)
def test_only_what_meets_the_conditions_is_listed(tell: Tell, question: str, numbers: str) -> None:
    answer = tell(question)
    assert listed(answer) == numbers.split()
    assert set(numbers.split()) <= {c.section for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "number", "told"),
    [
        ("de las jefaturas, ¿cuál trae más funciones?", "3.5", "12 funciones"),
        ("¿qué dirección tiene más funciones?", "4", "24 funciones"),
        ("¿qué coordinación tiene menos funciones?", "2.2.1", "3 funciones"),
        ("¿cuál de las coordinaciones de gobierno digital tiene más funciones?", "2.1.6", "10 fun"),
        ("¿cuál tiene más funciones, la coordinación de geomática o la de ciencia de datos?",
         "2.1.5", "6 funciones"),
    ],
)  # fmt: skip
def test_a_superlative_is_of_those_asked_about(
    tell: Tell, question: str, number: str, told: str
) -> None:
    answer = tell(question)
    assert f"({number})" in answer.answer
    assert told in answer.answer
    assert number in {c.section for c in answer.citations}


def test_where_nobody_has_so_many_it_is_said_with_who_has_most(tell: Tell) -> None:
    answer = tell("¿qué coordinaciones tienen más de 40 funciones?")
    assert "no hay coordinaciones con 41 funciones o más" in answer.answer
    assert "27 funciones" in answer.answer


def test_units_without_a_sheet_are_those_that_sheets_list(tell: Tell) -> None:
    answer = tell("¿qué puestos no tienen cédula?")
    assert answer.kind is AnswerKind.ANSWER
    assert "Analista de Ciencia de Datos" in answer.answer
    assert "Coordinación de Geomática" not in answer.answer


def test_a_contradiction_is_looked_for_where_it_is_asked_about(tell: Tell) -> None:
    answer = tell("¿por qué en la hoja de geomática dice otra cosa del jefe?")
    assert {c.section for c in answer.citations} <= {"2.1", "2.1.5", "2.1.5.1"}


def test_two_parts_of_one_sheet_are_both_told(tell: Tell) -> None:
    answer = tell("objetivo y jefe de la coordinación de geomática")
    assert "El objetivo general" in answer.answer
    assert "le reporta a la Dirección de Gobierno Digital" in answer.answer


def test_who_is_new_and_asks_on_is_asked_back_for_the_post_and_then_told(tell: Tell) -> None:
    asked = ("soy nuevo en geomática", "¿quién es mi jefe?")
    assert tell(*asked).kind is AnswerKind.CLARIFY
    told = tell(*asked, "la jefatura")
    assert told.citations[0].section == "2.1.5.1"
    assert tell(*asked, "la jefatura", "¿y mis funciones?").citations[0].section == "2.1.5.1"


def test_a_name_said_last_is_that_of_all_that_is_asked(tell: Tell) -> None:
    answer = tell("dime el objetivo y cuántas funciones tiene la jefatura jurídica")
    assert "El objetivo general de la Jefatura Jurídica" in answer.answer
    assert "funciones" in answer.answer


def test_what_stands_on_a_page(tell: Tell) -> None:
    assert [c.section for c in tell("¿qué dice la página 45?").citations] == ["3"]
    assert "tiene 68 páginas" in tell("¿qué hay en la página 99?").answer


def test_a_shared_boss_is_said_yes_or_no_first(tell: Tell) -> None:
    one = tell("¿comparten superior la coordinación administrativa y la jefatura jurídica?")
    assert one.answer.startswith("Sí.")
    two = tell("¿el jefe de ciencia de datos y el de geomática tienen el mismo jefe?")
    assert two.answer.startswith("No.")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("¿Es cierto que la Coordinación de Ciencia de Datos tiene 5 funciones?", "Sí. "),
        ("¿La Coordinación de Geomática tiene más de 8 funciones?", "No. "),
        ("Confirme si la Dirección de Mejora Regulatoria cuenta con 30 funciones.", "No. "),
        ("¿Apoco hay 20 jefaturas ahí?", "No. "),
        ("¿hay 17 jefaturas en el manual?", "Sí. "),
        ("¿Hay alguna jefatura con valor Muy Alto?", "No. "),
    ],
)
def test_an_amount_that_is_claimed_is_confirmed_or_denied_first(
    tell: Tell, question: str, start: str
) -> None:
    assert tell(question).answer.startswith(start)


def test_a_question_over_the_sheets_goes_on(tell: Tell) -> None:
    most = "¿qué dirección tiene más funciones?"
    assert "Dirección de Enlace Municipal (5)" in tell(most, "y la que menos").answer
    many = "¿Cuántos puestos tienen más de 10 funciones?"
    assert set(listed(tell(many, "i cuantos tienen mas d 15"))) < set(listed(tell(many)))
    nobody = "¿Qué puestos no tienen personal a su cargo?"
    below = tell(nobody, "¿Cuántos de ellos son de la Dirección de Gobierno Digital?")
    assert listed(below) == ["2.1.1.1", "2.1.2.1", "2.1.3.1", "2.1.5.1", "2.1.6.1", "2.1.8"]


def test_contradictions_of_a_unit_are_also_of_what_its_number_holds(tell: Tell) -> None:
    answer = tell("¿hay contradicciones en la Dirección de Participación Ciudadana?")
    assert {"3.4", "3.5"} <= {c.section for c in answer.citations}


def test_posts_that_were_asked_about_are_asked_about_elsewhere(tell: Tell) -> None:
    answer = tell("¿qué analistas hay?", "¿y en la Dirección de Participación Ciudadana?")
    assert answer.kind is AnswerKind.ANSWER
    assert tell("¿dónde hay choferes?", "¿y coordinaciones?").answer


@pytest.mark.parametrize("post", ["auxiliares", "choferes", "promotores"])
def test_posts_in_the_plural_are_those_that_sheets_list(tell: Tell, post: str) -> None:
    answer = tell(f"¿qué {post} hay?")
    assert "otras cédulas lo nombran" in answer.answer
    assert "3.5" in {c.section for c in answer.citations}
