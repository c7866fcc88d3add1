"""A text becomes strings, passages set apart, and chips for its places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.answering.blocks import Inline, Place, Quote, bare, paragraph, quote, text
from assistant.render.inline import Chip, Said, inline, unmarked
from assistant.render.plain import plain_text


def cited(quote: str, section: str = "3.2", page: int = 47) -> Citation:
    return Citation(manual="M", section=section, title="T", page=page, function=None, quote=quote)


ONE, OTHER = Place((0,)), Place((1,))
FIRST, SECOND = cited("uno"), cited("dos")
PIECES: tuple[Inline, ...] = ("a b", " ", "«", quote("uno", ONE), bare("dos", OTHER), ONE, OTHER)


@given(st.lists(st.sampled_from(PIECES)))
def test_any_mixture_of_texts_quotes_and_places_keeps_its_words(pieces: list[Inline]) -> None:
    whole = text(*pieces)
    said = "".join(
        part.words if isinstance(part, Said) else part
        for part in inline(whole, [FIRST, SECOND])
        if not isinstance(part, Chip)
    )
    assert said == plain_text(tuple(p for p in whole if not isinstance(p, Place)), None)


def test_a_place_opens_the_quote_before_it() -> None:
    told = text("Dice ", quote("uno", ONE), " ", ONE, " y ", quote("dos", OTHER), " ", OTHER, ".")
    assert inline(told, [FIRST, SECOND]) == (
        "Dice ",
        Said("«uno»"),
        " ",
        Chip((FIRST,)),
        " y ",
        Said("«dos»"),
        " ",
        Chip((SECOND,)),
        ".",
    )


def test_a_place_without_a_quote_opens_all_that_is_cited_there() -> None:
    assert inline(text("Sí ", ONE), [FIRST, SECOND, cited("tres", "4")]) == (
        "Sí ",
        Chip((FIRST, SECOND)),
    )


@pytest.mark.parametrize(
    "said", [Quote("un", 0), bare("uno", ONE)], ids=["part of a passage", "without marks"]
)
def test_only_a_whole_passage_in_quotation_marks_is_set_apart(said: Quote) -> None:
    assert inline(text("Dice ", said, "."), [FIRST]) == (f"Dice {plain_text((said,), None)}.",)


def test_a_place_that_no_block_names_gets_a_chip_of_its_own() -> None:
    answer = Answer(
        answer="Sí [3.2, p. 47].",
        kind=AnswerKind.ANSWER,
        citations=[cited("uno"), cited("dos", "3.1", 46), cited("tres", "3.1", 46)],
        conversation_id="c",
        answer_id="a",
        blocks=(paragraph("Sí ", ONE, "."),),
    )
    (chip,) = unmarked(answer)
    assert chip.label == "§ 3.1 · p. 46"
    assert [each.quote for each in chip.citations] == ["dos", "tres"]
