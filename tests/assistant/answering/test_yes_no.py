"""A question that asks whether something is so is answered by Sí or No first."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind, Reason
from assistant.understanding.reading import asks_whether
from corpus.spanish import words

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("¿La Jefatura de Proyectos tiene gente a su cargo?", True),
        ("es cierto que geomática le reporta al titular", True),
        ("¿Quién tiene gente a su cargo?", False),
        ("¿Qué hace geomática?", False),
        ("geomatica cuantas funciones tiene?", False),
        ("¿Me dice qué hace geomática?", False),
        ("las funciones de geomática", False),
    ],
)
def test_what_asks_whether_something_is_so(question: str, whether: bool) -> None:
    assert asks_whether(question, " ".join(words(question))) is whether


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("¿La Jefatura de Proyectos tiene subordinados?", "No. "),
        ("¿La Dirección de Gobierno Digital tiene puestos que le reporten?", "Sí. "),
        ("¿La Jefatura de Proyectos le reporta directo a la Dirección de Gobierno Digital?", "No "),
        ("¿La Coordinación de Geomática tiene sólo dos funciones?", "No. "),
        ("¿Es correcto que hay tres jefaturas de oficina con ficha en el manual?", "Sí. "),
    ],
)
def test_sí_or_no_comes_first(ask: Ask, question: str, first: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert answer.answer.startswith(first)
    assert answer.citations


def test_several_chapters_are_told_at_once(ask: Ask) -> None:
    answer = ask("Necesito la misión y la visión de la Secretaría")
    assert {"V", "VI"} <= {c.section for c in answer.citations}


def test_a_rank_is_told_by_a_topic_that_is_said_elsewhere(ask: Ask) -> None:
    answer = ask("En materia de presupuesto participativo, léeme la función 2 de la coordinación")
    assert [c.section for c in answer.citations] == ["3.3"]


def test_what_points_aside_is_asked_back_where_nothing_was_spoken_of(ask: Ask) -> None:
    answer = ask("¿y el de abajo?")
    assert answer.kind is AnswerKind.CLARIFY
    assert answer.reason is Reason.AMBIGUOUS


def test_a_correction_may_name_the_topic_alone(ask: Ask) -> None:
    answer = ask("¿Qué hace la Jefatura de Informática?", "no, la de Geomática")
    assert answer.kind is AnswerKind.ANSWER
    assert any(c.section.startswith("2.1.5") for c in answer.citations)


def test_what_asks_openly_gets_neither_sí_nor_no(ask: Ask) -> None:
    answer = ask(
        "¿Qué hace la Coordinación de Presupuesto Participativo con los proyectos ganadores?"
    )
    assert answer.kind is AnswerKind.ANSWER
    assert not answer.answer.startswith(("Sí", "No"))
