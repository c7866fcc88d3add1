"""Talks of several turns on MO-SIG-01: what a later turn points at, doubts, goes on from."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind

Tell = Callable[..., Answer]
REPORTS = "¿Quién le reporta a la Dirección de Participación Ciudadana?"


def cited(answer: Answer) -> set[str]:
    return {citation.section for citation in answer.citations}


@pytest.mark.parametrize("doubt", ["¿seguro?", "¿en serio?", "¿y eso dónde lo dice?"])
def test_who_doubts_an_answer_reads_it_once_more_as_what_is_printed(tell: Tell, doubt: str) -> None:
    question = "¿A quién le reporta la Jefatura Jurídica?"
    answer = tell(question, doubt)
    assert answer.answer.startswith("Es lo que está impreso en el manual MO-SIG-01:")
    assert answer.answer.endswith(tell(question).answer)


def test_the_manual_gives_no_reasons(tell: Tell) -> None:
    answer = tell("¿La Jefatura Jurídica depende de la Coordinación Administrativa?", "¿por qué?")
    assert answer.answer.startswith("El manual MO-SIG-01 no da razones")
    assert "\nNo. La Jefatura Jurídica" in answer.answer


def test_a_doubt_where_nothing_was_answered_repeats_nothing(tell: Tell) -> None:
    assert tell("¿seguro?").kind is not AnswerKind.ANSWER


def test_a_place_in_a_list_is_what_was_listed_there(tell: Tell) -> None:
    assert cited(tell(REPORTS, "¿y qué hace la tercera?")) == {"3.2"}
    assert "«Coordinación de Participación Ciudadana»" in tell(REPORTS, "la segunda").answer


def test_a_place_is_a_function_where_functions_were_listed(tell: Tell) -> None:
    answer = tell("¿Qué hace la Jefatura Jurídica?", "¿y la segunda?")
    assert answer.answer.startswith("La función 2 de la Jefatura Jurídica")


def test_which_of_them_is_asked_of_those_that_were_told(tell: Tell) -> None:
    answer = tell(REPORTS, "¿cuál de ellos tiene más funciones?")
    assert answer.answer.startswith("La Coordinación de Gobierno Abierto")
    assert cited(answer) == {"3.1", "3.2", "3.3", "3.6"}


@pytest.mark.parametrize(
    ("follow_up", "first", "report"),
    [
        ("¿y la de Transparencia Proactiva?", "Sí", "2.1.2"),
        ("¿y la Coordinación Administrativa?", "No", "5.2"),
        ("¿y de la Dirección de Enlace Municipal?", "No", "2.1.1"),
        ("¿entonces no le reporta a la Dirección de Enlace Municipal?", "No", "2.1.1"),
    ],
)
def test_a_line_is_checked_again_with_another_end(
    tell: Tell, follow_up: str, first: str, report: str
) -> None:
    question = "¿La Coordinación de Proyectos depende de la Dirección de Gobierno Digital?"
    answer = tell(question, follow_up)
    assert answer.answer.startswith(first)
    assert answer.citations[0].section == report


@pytest.mark.parametrize(
    ("question", "intent"),
    [("¿y quién le reporta a ella?", "A la"), ("¿y a quién le reporta ella?", "La")],
)
def test_who_reports_to_her_looks_down_though_her_boss_was_told(
    tell: Tell, question: str, intent: str
) -> None:
    answer = tell("¿A quién le reporta la Coordinación de Proyectos?", question)
    told = {"A la": "A la Coordinación de Proyectos", "La": "La Dirección de Gobierno Digital"}
    assert answer.answer.startswith(told[intent])


def test_who_was_named_is_spoken_of_though_the_question_got_no_answer(ask: Tell) -> None:
    answer = ask("¿Cuál es el sueldo de la Jefatura Jurídica?", "¿y su jefe?")
    assert cited(answer) == {"5.3"}


@pytest.mark.parametrize(
    "said",
    [
        "trabajo en la jefatura de infraestructura",
        "me acaban de contratar en la jefatura de infraestructura",
        "perdón, me equivoqué, soy de la jefatura de infraestructura",
        "mi prima es coordinadora de geomática y yo soy jefe de infraestructura",
    ],
)
def test_who_says_where_they_work_is_remembered_whatever_the_wording(tell: Tell, said: str) -> None:
    before = "Soy la coordinadora de desarrollo"
    assert "2.2.2.2" in cited(tell(before, said, "¿quién es mi jefe?"))


def test_a_post_is_corrected_within_the_same_unit(tell: Tell) -> None:
    answer = tell("Soy chofer en la jefatura jurídica", "no, perdón, soy auxiliar", "¿y mi jefe?")
    assert "«auxiliar»" in answer.answer
    assert cited(answer) == {"5.3"}


@pytest.mark.parametrize("reply", ["geomática, la jefatura", "soy analista en la 2.1.5.1"])
def test_who_is_asked_for_their_post_may_say_it_in_any_way(tell: Tell, reply: str) -> None:
    answer = tell("¿Quién es mi jefe?", reply)
    assert answer.kind is AnswerKind.ANSWER
    assert "2.1.5.1" in cited(answer)


def test_a_superior_is_said_by_rank(tell: Tell) -> None:
    own = "Soy jefe de sistemas institucionales"
    assert "2.2.1" in tell(own, "¿quién es mi coordinador?").answer
    assert "2.2" in cited(tell(own, "¿y mi director?"))
    assert cited(tell(own, "¿qué hace mi director?")) == {"2.2"}
    below = tell("¿Qué hace la Coordinación de Proyectos?", "¿y su jefatura?")
    assert "Jefatura de Proyectos (2.1.1.1)" in below.answer


def test_all_readings_of_a_question_back_may_be_chosen(tell: Tell) -> None:
    answer = tell("¿A quién le reporta el jefe de oficina?", "todos")
    assert {"1.1", "2.1.7", "3.5"} <= cited(answer)


def test_a_question_back_stays_open_for_who_does_not_know(tell: Tell) -> None:
    answer = tell("¿A quién le reporta el jefe de oficina?", "no sé", "el de gobierno digital")
    assert cited(answer) == {"2.1.7"}


def test_the_other_is_the_one_like_that_spoken_of(tell: Tell) -> None:
    assert cited(tell("¿Qué hace la jefatura de geomática?", "no, la otra")) == {"2.1.5"}


def test_a_rank_alone_goes_on_after_a_count(tell: Tell) -> None:
    talk = "¿Cuántas funciones tiene la coordinación de geomática?", "¿y la jefatura?"
    assert cited(tell(*talk)) == {"2.1.5.1"}


def test_questions_in_a_row_are_each_answered(tell: Tell) -> None:
    answer = tell(
        "Quiero saber a quién le reporta la Jefatura Jurídica, cuántas funciones tiene y quién le "
        "reporta"
    )
    assert "— Quiero saber a quién le reporta la Jefatura Jurídica:" in answer.answer
    assert "— ¿Cuántas funciones tiene?" in answer.answer
    assert "— ¿Quién le reporta?" in answer.answer


def test_each_step_up_is_of_the_boss_who_was_told(tell: Tell) -> None:
    reports = "¿A quién le reporta la Jefatura de Proyectos?"
    assert cited(tell(reports, "¿y ésa a quién?")) >= {"2.1.1"}
    assert cited(tell(reports, "¿y el jefe de esa jefa?")) >= {"2.1.1"}
    higher = tell(reports, "¿y ésa a quién?", "¿y la de más arriba a quién le reporta?")
    assert cited(higher) >= {"2.1"}


def test_my_unit_is_the_unit_whatever_one_is_in_it(tell: Tell) -> None:
    answer = tell("Entré de asistente en la Jefatura Jurídica. ¿A quién le reporta mi jefatura?")
    assert answer.answer.startswith("La Jefatura Jurídica (5.3) le reporta")


def test_where_it_stands_is_asked_of_the_chapter_that_was_told(tell: Tell) -> None:
    answer = tell("¿Cuál es la visión?", "¿en qué página está?")
    assert answer.answer.startswith("«VISIÓN» es la sección VI")


def test_who_heads_a_unit_is_known_by_what_people_call_them(tell: Tell) -> None:
    answer = tell("¿a quiénes trae a su cargo el mero mero de Sistemas Digitales?")
    assert cited(answer) == {"2.2.1.2"}
