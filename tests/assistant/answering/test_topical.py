"""Who handles it: the responsible position first, then its function verbatim, then the others."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind
from assistant.answering.knowledge import Knowledge

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "sections", "page", "function"),
    [
        ("¿Quién ve lo de las juntas vecinales?", {"3.2"}, 47, None),
        ("quien lleva el inventario de bienes muebles", {"3.5"}, 51, 11),
        ("¿quién supervisa el pago de nómina?", {"3.5"}, 51, 8),
        ("¿quién capacita en perspectiva de género?", {"5.5"}, 63, 3),
        ("se descompuso mi computadora, ¿quién me ayuda?", {"2.2.2.1"}, 43, 3),
        ("se me cayo el correo institucional, a quien acudo", {"2.2.2", "2.2.2.2"}, None, None),
        ("¿QUIÉN ATIENDE LAS QUEJAS SOBRE MEJORA REGULATORIA?", {"4.2"}, 58, 11),
        ("¿qué área hace los dictámenes de impacto regulatorio?", {"4.2", "4"}, None, 14),
        ("quiero presentar una queja sobre un trámite", {"4.2", "4.1", "4"}, None, None),
    ],
)
def test_the_responsible_position_is_told_with_its_function(
    ask: Ask,
    real: Knowledge,
    cites_verbatim: Callable[..., None],
    question: str,
    sections: set[str],
    page: int | None,
    function: int | None,
) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.ANSWER
    first = answer.citations[0]
    assert first.section in sections
    if page is not None:
        assert first.page == page
    if function is not None:
        assert function in {c.function for c in answer.citations if c.section == first.section}
    assert f"«{first.quote}»" in answer.answer
    assert f"({first.section})" in answer.answer.splitlines()[0]
    cites_verbatim(answer, real.manual)


@pytest.mark.parametrize(
    ("question", "section", "page", "told"),
    [
        ("¿Dónde se publica el manual?", "XI.V", 65, "Gaceta Municipal"),
    ],
)
def test_what_a_chapter_says_is_quoted(
    ask: Ask, question: str, section: str, page: int, told: str
) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert (answer.citations[0].section, answer.citations[0].page) == (section, page)
    assert told in answer.answer


def test_a_follow_up_is_about_the_responsible_position(ask: Ask) -> None:
    answer = ask("¿Quién ve lo de las juntas vecinales?", "¿y a quién le reporta?")
    assert [(c.section, c.page) for c in answer.citations] == [("3.2", 47)]


def test_whose_office_it_is_answers_from_their_branch(ask: Ask) -> None:
    answer = ask("Trabajo en participación ciudadana, ¿quién ve mis vacaciones?")
    assert answer.kind is AnswerKind.ANSWER
    assert answer.citations[0].section == "3.5"


def test_an_objective_that_repeats_the_function_is_not_quoted_too(ask: Ask) -> None:
    answer = ask("¿Quién colabora directamente con el director en sus compromisos?")
    quotes = [c.quote for c in answer.citations if c.section == answer.citations[0].section]
    assert not any(a in b for a in quotes for b in quotes if a is not b)


def test_who_is_called_what_is_asked_about_comes_before_who_names_it(ask: Ask) -> None:
    assert ask("¿quién ve la transparencia proactiva?").citations[0].section == "2.1.2"


def test_a_post_beside_one_that_there_is_not_is_still_found(ask: Ask) -> None:
    assert [c.section for c in ask("¿hay personal de intendencia o chofer?").citations] == ["3.5"]
    assert [c.section for c in ask("¿hay choferes en la secretaría?").citations] == ["3.5"]


def test_what_has_the_words_of_a_question_is_shown_and_not_denied(ask: Ask) -> None:
    answer = ask("¿Qué municipios se tomaron como mejores prácticas?")  # "ayuntamientos", in III
    assert (answer.citations[0].section, answer.citations[0].page) == ("III", 5)
    assert "Mérida, Guadalajara y Querétaro" in answer.answer
