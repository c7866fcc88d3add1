"""A message with several questions: each is answered, in order, in one answer."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answer import Answer, AnswerKind, Citation, Reason
from assistant.answering.blocks import LeadQuestion, Place, paragraph, paragraphs, quoted
from assistant.answering.draft import Draft, joined_drafts, question_back, refusal
from assistant.asking.message import MOST_PARTS, parts_of, put_together
from assistant.render.plain import plain

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "¿Cuál es la misión? ¿Cuál es la visión?",
            ["¿Cuál es la misión?", "¿Cuál es la visión?"],
        ),
        (
            "qué hace la jefatura jurídica y a quién le reporta",
            ["qué hace la jefatura jurídica", "a quién le reporta"],
        ),
        (
            "quien ve lo de las juntas y cuantas coordinaciones hay",
            ["quien ve lo de las juntas", "cuantas coordinaciones hay"],
        ),
        (
            "Soy nueva aquí. ¿Quién es mi jefe? ¿Y qué me toca hacer? Gracias",
            ["Soy nueva aquí. ¿Quién es mi jefe?", "¿Y qué me toca hacer? Gracias"],
        ),
    ],
)
def test_questions_are_taken_apart(message: str, parts: list[str]) -> None:
    assert parts_of(message) == parts


@pytest.mark.parametrize(
    "message",
    [
        "¿Quién atiende a la persona que pide y que paga?",
        "¿Qué hacen la jefatura de datos y la de geomática?",
        "Se cayó un árbol en mi calle y el camión no pasa, ¿a quién le aviso?",
        "funciones de la coordinación de ciencia y tecnología",
        "hola",
    ],
)
def test_one_question_stays_whole(message: str) -> None:
    assert parts_of(message) == [message]


@given(st.text(max_size=200))
def test_nothing_of_a_message_is_lost_but_what_joins_its_questions(message: str) -> None:
    joining = {"y", "e", "además", "ademas", "también", "tambien", "así", "asi", "como"}
    kept = " ".join(parts_of(message)).split()
    lost = [
        w for w in message.split() if w not in kept and w.strip(",;.¿?¡!").lower() not in joining
    ]
    assert len(lost) <= len(parts_of(message)) * 2


ANSWERED = Draft(paragraphs("Sí."))
ASKED_BACK = question_back("¿Cuál?", ["¿La 1?"])
REFUSED = refusal("No lo dice.", Reason.NOT_IN_MANUAL)


def test_an_answer_among_several_makes_the_whole_an_answer() -> None:
    whole = put_together(["¿a?", "¿b?"], [REFUSED, ANSWERED], 0)
    assert whole.kind is AnswerKind.ANSWER
    assert whole.reason is None
    assert whole.blocks == (
        LeadQuestion("¿A?"),
        *paragraphs("No lo dice."),
        LeadQuestion("¿B?"),
        *paragraphs("Sí."),
    )


def test_without_an_answer_it_is_a_question_back_or_a_refusal() -> None:
    assert put_together(["a", "b"], [REFUSED, ASKED_BACK], 0).reason is Reason.AMBIGUOUS
    assert put_together(["a", "b"], [REFUSED, REFUSED], 0).reason is Reason.NOT_IN_MANUAL


def test_what_is_left_is_said() -> None:
    told = put_together(["a"] * MOST_PARTS, [ANSWERED] * MOST_PARTS, 2)
    assert "las otras 2" in plain(told.blocks[-1:], None)


def test_each_answer_keeps_its_own_citations() -> None:
    here, there = (Citation(manual="M", section=n, title="T", page=1, quote=n) for n in "12")
    first = Draft((paragraph(quoted("1", Place((0,)))),), citations=(here,))
    both = Draft(
        (paragraph(quoted("2", Place((0,)))), paragraph(Place((1,)))), citations=(there, here)
    )
    joined = joined_drafts([first, both])
    assert joined.citations == (here, there)
    assert plain(joined.blocks, joined.citations) == "«1» [1, p. 1]\n«2» [2, p. 1]\n[1, p. 1]"


def test_two_chapters_are_quoted_in_one_answer(ask: Ask) -> None:
    answer = ask("¿Cuál es la misión? ¿Cuál es la visión?")
    assert [c.section for c in answer.citations] == ["V", "VI"]


def test_the_second_question_knows_of_whom_the_first_spoke(ask: Ask) -> None:
    answer = ask("¿qué hace la jefatura jurídica y a quién le reporta?")
    assert "Dirección de Enlace Municipal (5)" in answer.answer
    assert {c.section for c in answer.citations} == {"5.3"}


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("quién lo firmó y cuándo", ["quién lo firmó", "cuándo lo firmó"]),
        (
            "objetivo, jefe y funciones de la jefatura jurídica",
            [
                "objetivo de la jefatura jurídica",
                "jefe de la jefatura jurídica",
                "funciones de la jefatura jurídica",
            ],
        ),
        (
            "dame las funciones de la jefatura jurídica y dime quién es su jefe",
            ["dame las funciones de la jefatura jurídica", "dime quién es su jefe"],
        ),
        ("jefe de oficina y jefe de informática", ["jefe de oficina y jefe de informática"]),
    ],
)
def test_what_is_asked_of_one_thing_at_once(message: str, parts: list[str]) -> None:
    assert parts_of(message) == parts
