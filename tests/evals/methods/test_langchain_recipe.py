"""The plain recipe, credited as generously as can be."""

from evals.methods.langchain_recipe import open_recipe, pieces_of
from evals.metrics.marks import is_on_page, is_verbatim
from evals.workbench import Source, Workbench
from tests.evals.conftest import GoldOf


def test_pieces_are_what_the_splitter_cuts(small: Source) -> None:
    pieces = list(pieces_of(small.text, small.manual))
    assert all(len(piece.text) <= 1_000 for piece in pieces)
    shown = " ".join(small.text.split())
    assert all(piece.text in shown for piece in pieces)


def test_every_section_is_credited_to_some_piece(small: Source) -> None:
    credited = {s for piece in pieces_of(small.text, small.manual) for s in piece.sections}
    assert {position.number for position in small.manual.positions} <= credited


def test_a_piece_cites_what_it_holds_whole(small: Source) -> None:
    pieces = list(pieces_of(small.text, small.manual))
    assert sum(bool(piece.citations) for piece in pieces) > len(pieces) / 2
    for piece in pieces:
        for citation in piece.citations:
            assert citation.quote in piece.text
            assert citation.section == piece.sections[0]
            assert is_verbatim(citation, small.manual)
            assert is_on_page(citation, small.manual)


def test_it_answers_with_its_first_piece_and_never_refuses(
    workbench: Workbench, small: Source, gold: GoldOf
) -> None:
    recipe = open_recipe(workbench, small)
    for question in ("¿Cuáles son las funciones del titular?", "¿Cómo se prepara el cabrito?"):
        reply = recipe.reply(gold(question=question))
        assert reply.answer.kind == "answer"
        assert reply.ranking
