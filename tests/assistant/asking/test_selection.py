"""Of several manuals the one that is named or has the evidence answers; a tie is asked back."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind, Reason
from assistant.answering.blocks import Heading, paragraphs
from assistant.answering.draft import Draft, refusal
from assistant.asking.core import Assistant
from assistant.asking.selection import answered_together

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "manual", "section"),
    [
        # named by code, by its dependency, by its city
        ("En el MO-SFA-04, ¿quién le reporta al titular?", "MO-SFA-04", "1"),
        ("¿Cuál es la misión según MO-SFA-04?", "MO-SFA-04", "V"),
        ("misión del mo-sig-01", "MO-SIG-01", "V"),
        ("¿Cuál es la visión de la Secretaría de Finanzas y Administración?", "MO-SFA-04", "VI"),
        ("¿cuál es la visión en San Nicolás de los Garza?", "MO-SFA-04", "VI"),
        ("¿cuál es la visión de Monterrey?", "MO-SIG-01", "VI"),
        # a position that only one of them has
        ("¿Qué hace la Coordinación de Impuesto Predial?", "MO-SFA-04", "2.1.1"),
        ("¿A quién le reporta la jefatura de cajas recaudadoras?", "MO-SFA-04", "2.1.2.1"),
        ("¿Qué hace la coordinación de geomática?", "MO-SIG-01", "2.1.5"),
        ("¿a quién le reporta la jefatura jurídica?", "MO-SIG-01", "5.3"),
        # a topic that only one of them has evidence for
        ("¿quién ve lo de las juntas vecinales?", "MO-SIG-01", "3.2"),
        ("¿quién se encarga de los respaldos de información?", "MO-SIG-01", None),
    ],
)
def test_the_manual_that_is_meant_answers(
    ask_both: Ask, question: str, manual: str, section: str | None
) -> None:
    answer = ask_both(question)
    assert answer.kind is AnswerKind.ANSWER
    assert {c.manual for c in answer.citations} == {manual}
    if section is not None:
        assert section in {c.section for c in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál es la misión?",
        "¿Cuántas jefaturas hay?",
        "¿Qué hace la Dirección de Enlace Municipal?",
        "¿A quién le reporta la Coordinación Administrativa?",
    ],
)
def test_a_tie_is_asked_back_and_the_choice_answers(ask_both: Ask, question: str) -> None:
    answer = ask_both(question)
    assert answer.kind is AnswerKind.CLARIFY
    assert answer.citations == []
    assert "MO-SIG-01" in answer.answer
    assert "MO-SFA-04" in answer.answer
    assert len(answer.suggestions) == 2
    for code, reading in zip(["MO-SFA-04", "MO-SIG-01"], sorted(answer.suggestions), strict=True):
        chosen = ask_both(question, reading)
        assert chosen.kind is AnswerKind.ANSWER
        assert {c.manual for c in chosen.citations} == {code}


def test_the_manual_that_is_given_answers(librarian: Assistant) -> None:
    for code in ("MO-SIG-01", "MO-SFA-04"):
        answer = librarian.ask("¿Cuál es la misión?", manual=code)
        assert {c.manual for c in answer.citations} == {code}


def test_a_conversation_stays_with_its_manual(ask_both: Ask) -> None:
    answer = ask_both(
        "¿Qué hace la Coordinación de Impuesto Predial?",
        "¿y a quién le reporta?",
        "¿qué hace la dirección de enlace municipal?",
    )
    assert {c.manual for c in answer.citations} == {"MO-SFA-04"}


def test_a_conversation_may_go_over_to_the_other_manual(ask_both: Ask) -> None:
    answer = ask_both(
        "¿Qué hace la Coordinación de Impuesto Predial?",
        "¿qué hace la coordinación de geomática?",
        "¿y a quién le reporta?",
    )
    assert (answer.citations[0].manual, answer.citations[0].section) == ("MO-SIG-01", "2.1.5")


@pytest.mark.parametrize("question", ["hola", "gracias", "¿va a llover mañana?"])
def test_what_needs_no_manual_is_not_asked_back(ask_both: Ask, question: str) -> None:
    assert ask_both(question).kind is not AnswerKind.CLARIFY


@pytest.mark.parametrize(
    "reply",
    [
        "MO-SFA-04",
        "el de finanzas y administración",
        "San Nicolás de los Garza",
        "el primero",
        "la de finanzas",
    ],
)
def test_a_short_reply_says_which_manual(ask_both: Ask, reply: str) -> None:
    answer = ask_both("¿A quién le reporta la Dirección de Enlace Municipal?", reply)
    assert answer.kind is AnswerKind.ANSWER
    assert [(c.manual, c.section) for c in answer.citations] == [("MO-SFA-04", "5")]


def test_answers_of_several_stand_under_their_names_and_suggest_with_their_codes(
    librarian: Assistant,
) -> None:
    records = [each.record for each in librarian.library.manuals()]
    drafts = [
        Draft(paragraphs("Lo ve A."), suggestions=("¿Qué hace A?",)),
        Draft(paragraphs("Lo ve B."), suggestions=("¿Qué hace B?",)),
    ]
    joined = answered_together(drafts, records[:2])
    first, second = records[:2]
    assert joined.blocks[1:] == (
        Heading(f"{first.name} ({first.code})"),
        *paragraphs("Lo ve A."),
        Heading(f"{second.name} ({second.code})"),
        *paragraphs("Lo ve B."),
    )
    assert joined.suggestions == (f"¿Qué hace A? ({first.code})", f"¿Qué hace B? ({second.code})")
    nothing = refusal("No lo dice.", Reason.NOT_IN_MANUAL)
    assert answered_together([nothing, drafts[1]], records[:2]).blocks == paragraphs("Lo ve B.")
