"""Blocks as text: what terminal, API, OpenAI's clients and MCP show."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, Citation
from assistant.answering.blocks import (
    Block,
    Choice,
    Choices,
    Contact,
    Heading,
    LeadQuestion,
    Place,
    contradiction,
    enumerated,
    item,
    note,
    paragraph,
    paragraphs,
    quoted,
    stacked,
)
from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant
from assistant.render.plain import plain

CITED = [
    Citation(manual="M", section=section, title="T", page=page, quote="Regar")
    for section, page in (("3.2", 47), ("3.2", 47), ("DIRECTORIO", 4))
]
HERE, THERE = Place((0, 1)), Place((2,))
LOOKS: list[tuple[Block, str]] = [
    (paragraph("La Una: ", quoted("Regar", HERE), "."), "La Una: «Regar» [3.2, p. 47]."),
    (item("Una ", HERE), "- Una [3.2, p. 47]"),
    (item("Una ", THERE, number=3), "3. Una [DIRECTORIO, p. 4]"),
    (note("no pude leer todo."), "Ojo: no pude leer todo."),
    (contradiction("dice dos."), "Ojo, el manual se contradice: dice dos."),
    (Heading("Puestos nuevos:"), "\nPuestos nuevos:"),
    (LeadQuestion("¿Quién?"), "— ¿Quién?"),
    (Contact("Para eso, Ana."), "Para eso, Ana."),
    (
        Choices((Choice("Una (1)", "¿Y la 1?", "en la Otra"), Choice("Dos (2)", "¿Y la 2?")), "…"),
        "- Una (1), en la Otra\n- Dos (2)\n- …",
    ),
    (
        Choices((Choice("Una (1)", "¿Y la 1?", parts=quoted("Regar", HERE)),)),
        "- Una (1): «Regar» [3.2, p. 47]",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("block", "look"), LOOKS, ids=[block.type for block, _ in LOOKS])
def test_each_kind_of_block_has_its_look(block: Block, look: str) -> None:
    assert plain([block], CITED) == look


def test_without_citations_places_are_left_out_with_the_space_before_them() -> None:
    assert plain([paragraph("Lo hace la Una ", HERE, ".")], None) == "Lo hace la Una."


def test_items_in_a_row_are_one_list_and_what_is_none_is_left_out() -> None:
    numbered = [item("a", number=1), item("b", number=2)]
    made = stacked([item("a"), None, item("b"), *numbered, paragraph("c")])
    assert [block.type for block in made] == ["list", "list", "paragraph"]
    assert plain(made, CITED) == "- a\n- b\n1. a\n2. b\nc"


def test_a_text_of_several_lines_is_as_many_paragraphs() -> None:
    assert plain(paragraphs("Llame al 911.\n\nO al 089."), None) == "Llame al 911.\n\nO al 089."


def test_texts_are_enumerated_as_words_are() -> None:
    one, two, three = ("a ", HERE), ("b ", HERE), ("iglesia ", THERE)
    said = plain([paragraph(enumerated([one, two, three]))], CITED)
    assert said == "a [3.2, p. 47], b [3.2, p. 47] e iglesia [DIRECTORIO, p. 4]"
    assert enumerated([one]) == one
    assert enumerated([]) == ()


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuáles son las funciones de la Jefatura de Geomática?",
        "¿A quién le reporta la Jefatura de Geomática?",
        "¿Qué hace el jefe de oficina?",
        "¿Cuál es la misión? ¿Cuál es la visión?",
        "Hola",
    ],
)
def test_an_answer_is_its_blocks_also_after_it_was_kept_as_json(
    question: str, real: Knowledge, desk: Callable[[Knowledge], Assistant]
) -> None:
    answer = desk(real).ask(question)
    kept = Answer.model_validate_json(answer.model_dump_json())
    assert kept == answer
    assert plain(kept.blocks, kept.citations) == answer.answer
