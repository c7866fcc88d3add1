"""Positions by what their sheets print, and posts that have no sheet."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind
from assistant.answering.knowledge import Knowledge

Tell = Callable[..., Answer]


def test_the_positions_of_a_type_are_all_of_those_and_no_others(
    tell: Tell, real: Knowledge
) -> None:
    printed = {p.number: p.type.text for p in real.manual.positions if p.type}
    answer = tell("¿Qué puestos son temporales?")
    assert {c.section for c in answer.citations} == {
        number for number, text in printed.items() if "Temporal" in text
    }
    assert all("Temporal" in c.quote for c in answer.citations)


def test_very_high_is_not_high(tell: Tell, real: Knowledge) -> None:
    answer = tell("¿Qué puestos tienen valor muy alto?")
    assert len(answer.citations) == sum(
        p.value is not None and p.value.text == "Muy Alto" for p in real.manual.positions
    )


def test_a_type_that_no_sheet_prints_is_said_to_be_missing_with_those_that_there_are(
    tell: Tell, real: Knowledge
) -> None:
    answer = tell("¿Cuáles puestos son de confianza?")
    assert answer.answer.startswith("Ninguna cédula dice eso.")
    for text in {p.type.text for p in real.manual.positions if p.type}:
        assert f"«{text}»" in answer.answer


def test_of_a_rank_only_the_positions_of_that_rank_are_told(tell: Tell, real: Knowledge) -> None:
    answer = tell("¿Qué coordinaciones son de tipo temporal?")
    assert answer.citations
    for citation in answer.citations:
        position = real.manual.position(citation.section)
        assert position is not None
        assert position.title.startswith("Coordinación")


@pytest.mark.parametrize(
    "question",
    [
        "soy analista de datos, ¿quién es mi jefe?",
        "¿a quién le reporta el analista de ciencia de datos?",
    ],
)
def test_a_post_without_a_sheet_is_told_by_who_lists_it(tell: Tell, question: str) -> None:
    answer = tell(question)
    assert "no tiene cédula propia" in answer.answer
    assert [c.section for c in answer.citations] == ["2.1.3"]


def test_what_only_its_own_sheet_could_tell_of_a_post_is_refused(tell: Tell) -> None:
    assert tell("¿Cuáles son las funciones del asistente?").kind is AnswerKind.ABSTAIN


@pytest.mark.parametrize(
    "question", ["¿Qué puesto reporta al alcalde?", "¿quién depende directamente del alcalde?"]
)
def test_who_reports_to_the_mayor_is_told_though_the_mayor_has_no_sheet(
    tell: Tell, question: str
) -> None:
    assert [c.section for c in tell(question).citations] == ["1"]


def test_a_section_is_told_by_what_it_is_about(tell: Tell) -> None:
    assert "2.1.5" in {c.section for c in tell("¿De qué trata la sección 2.1.5?").citations}
    assert {c.section for c in tell("¿Qué viene en la sección VII.D?").citations} == {"VII.D"}


def test_one_law_is_looked_up_by_its_one_word(ask: Tell) -> None:
    answer = ask("¿El manual menciona la Constitución?")
    quotes = [c.quote for c in answer.citations if "Constitución" in c.quote]
    assert len(quotes) >= 2
    assert not any("Ley" in c.quote for c in answer.citations)
