"""What is left open is asked back; the choice of a reading answers."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind

Tell = Callable[..., Answer]


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué hace el jefe de oficina?",
        "¿A quién le reporta la Jefatura de Oficina?",
        "objetivo de la jefa de oficina",
    ],
)
def test_three_sheets_of_one_name_are_asked_back(tell: Tell, question: str) -> None:
    answer = tell(question)
    assert answer.kind is AnswerKind.CLARIFY
    assert answer.citations == []
    assert len(answer.suggestions) == 3
    for number, suggestion in zip(["1.1", "2.1.7", "3.5"], answer.suggestions, strict=True):
        assert f"({number})" in suggestion
        assert f"({number})" in answer.answer


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("¿Qué hace el jefe de oficina de participación ciudadana?", "3.5"),
        ("¿Qué hace la jefatura de oficina de gobierno digital?", "2.1.7"),
        ("¿Qué hace la Jefatura de Oficina de la Secretaría?", "1.1"),
        ("funciones de la jefatura de oficina 3.5", "3.5"),
    ],
)
def test_the_branch_settles_it(tell: Tell, question: str, section: str) -> None:
    answer = tell(question)
    assert answer.kind is AnswerKind.ANSWER
    assert {c.section for c in answer.citations if c.function} == {section}


def test_every_suggested_reading_answers(tell: Tell) -> None:
    question = "¿Cuáles son las funciones del jefe de oficina?"
    for number, reading in zip(["1.1", "2.1.7", "3.5"], tell(question).suggestions, strict=True):
        for answer in (tell(question, reading), tell(reading)):
            assert answer.kind is AnswerKind.ANSWER
            assert {c.section for c in answer.citations if c.function} == {number}


@pytest.mark.parametrize(
    ("reply", "section"),
    [
        ("la de participación ciudadana", "3.5"),
        ("2.1.7", "2.1.7"),
        ("la primera", "1.1"),
        ("la última", "3.5"),
        ("gobierno digital", "2.1.7"),
    ],
)
def test_a_short_reply_chooses(tell: Tell, reply: str, section: str) -> None:
    answer = tell("¿A quién le reporta la jefatura de oficina?", reply)
    assert answer.kind is AnswerKind.ANSWER
    assert answer.citations[0].section == section


def test_another_question_instead_of_a_choice_is_answered(tell: Tell) -> None:
    answer = tell("¿Qué hace el jefe de oficina?", "¿A quién le reporta la jefatura jurídica?")
    assert [c.section for c in answer.citations] == ["5.3"]


def test_a_rank_alone_is_asked_back(tell: Tell) -> None:
    answer = tell("¿Qué hace el director?")
    assert answer.kind is AnswerKind.CLARIFY
    assert len(answer.suggestions) == 5


@pytest.mark.parametrize("question", ["¿Cuáles son mis funciones?", "¿Quién es mi jefe?"])
def test_whose_is_asked_where_nobody_is_named(tell: Tell, question: str) -> None:
    answer = tell(question)
    assert answer.kind is AnswerKind.CLARIFY
    assert "¿Cuál es su puesto?" in answer.answer
    named = tell(question, "Coordinación de Geomática")
    assert named.kind is AnswerKind.ANSWER
    assert {c.section for c in named.citations} >= {"2.1.5"}


def test_who_says_their_own_post_is_answered(tell: Tell) -> None:
    answer = tell("Soy la coordinadora de geomática, ¿a quién le reporto?")
    assert answer.kind is AnswerKind.ANSWER
    assert answer.citations[0].section == "2.1.5"


def test_a_follow_up_goes_on_from_the_chosen_reading(tell: Tell) -> None:
    answer = tell("¿Qué hace el jefe de oficina?", "la de gobierno digital", "¿y a quién reporta?")
    assert answer.citations[0].section == "2.1.7"


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuánto gana el secretario?",
        "¿Cuál es el sueldo del director de Participación Ciudadana?",
        "y cuánto le pagan al director de participación ciudadana",
    ],
)
def test_a_question_of_its_own_chooses_no_reading_though_it_names_a_unit(
    ask: Tell, question: str
) -> None:
    answer = ask("¿Qué hace el jefe de oficina?", question)
    assert "Jefatura de Oficina" not in answer.answer


@pytest.mark.parametrize(
    "reply",
    [
        "¿La de Participación Ciudadana?",
        "cuál, la de participación ciudadana",
        "la de participación",
    ],
)
def test_a_reply_may_have_the_form_of_a_question(tell: Tell, reply: str) -> None:
    answer = tell("¿Qué hace el jefe de oficina?", reply)
    assert "Jefatura de Oficina (3.5)" in answer.answer
