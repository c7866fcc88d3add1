"""The text of an answer becomes paragraphs and lists, its marks chips, its quotes set apart."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant
from assistant.render.answer_text import Chip, Inline, Said, blocks, inline, unmarked

QUESTIONS = (
    "¿Cuáles son las funciones de la Jefatura de Geomática?",
    "¿A quién le reporta la Jefatura de Geomática?",
    "¿Qué hace el jefe de oficina?",
    "¿Cuál es la misión?",
    "Hola",
)


def cited(quote: str, section: str = "3.2", page: int = 47) -> Citation:
    return Citation(manual="M", section=section, title="T", page=page, function=None, quote=quote)


def as_text(parts: Sequence[Inline]) -> str:
    """What the parts were made of."""

    def text(part: Inline) -> str:
        match part:
            case Chip(citations):
                return f"[{citations[0].section}, p. {citations[0].page}]"
            case Said(words):
                return words
            case _:
                return part

    return "".join(text(part) for part in parts)


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_of_an_answer_is_lost(
    question: str, real: Knowledge, desk: Callable[[Knowledge], Assistant]
) -> None:
    answer = desk(real).ask(question)
    shown = [(line.number, as_text(line.parts)) for block in blocks(answer) for line in block.lines]
    said = [line.strip() for line in answer.answer.splitlines() if line.strip()]
    assert len(shown) == len(said)
    for (number, text), line in zip(shown, said, strict=True):
        assert line.removeprefix(f"{number}. ").removeprefix("- ").removeprefix("• ") == text


@given(
    st.lists(
        st.sampled_from(["«a b»", "«a»", "«b»", "a b", " ", "[3.2, p. 47]", "[9, p. 1]", "«", "»"])
    )
)
def test_any_mixture_of_quotes_and_marks_keeps_its_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    citations = [cited("a"), cited("a b")]
    parts = inline(text, citations)
    assert as_text(parts) == text
    assert {part.words for part in parts if isinstance(part, Said)} <= {"«a»", "«a b»"}


def test_a_mark_stands_for_the_quote_before_it() -> None:
    first, second = cited("uno"), cited("dos")
    parts = inline("Dice «uno» [3.2, p. 47] y «dos» [3.2, p. 47].", [first, second])
    assert parts == (
        "Dice ",
        Said("«uno»"),
        " ",
        Chip((first,)),
        " y ",
        Said("«dos»"),
        " ",
        Chip((second,)),
        ".",
    )


def test_a_mark_that_nothing_is_cited_for_stays_as_it_is() -> None:
    assert inline("Vea [9.9, p. 1].", [cited("uno")]) == ("Vea [9.9, p. 1]", ".")


def test_a_place_without_a_mark_gets_a_chip_of_its_own() -> None:
    answer = Answer(
        answer="Sí [3.2, p. 47].",
        kind=AnswerKind.ANSWER,
        citations=[cited("uno"), cited("dos", "3.1", 46), cited("tres", "3.1", 46)],
        suggestions=[],
        conversation_id="c",
        answer_id="a",
    )
    (chip,) = unmarked(answer)
    assert chip.label == "§ 3.1 · p. 46"
    assert [each.quote for each in chip.citations] == ["dos", "tres"]
