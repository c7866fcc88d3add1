"""Plain search as a method."""

from evals.methods.chunk_search import open_bm25, open_dense, plain_bm25
from evals.workbench import Source, Workbench
from tests.evals.conftest import GoldOf


def test_bm25_prefers_the_text_that_shares_words() -> None:
    scores = plain_bm25(["Atender las juntas vecinales", "Custodiar las actas", "Hacer mapas"])
    assert scores("¿Quién ve lo de la junta vecinal?").argmax() == 0
    assert not scores("xyzzy").any()


def test_the_best_passage_is_the_answer(workbench: Workbench, small: Source, gold: GoldOf) -> None:
    function = small.manual.positions[1].functions[0]
    question = gold(question=f"¿Quién debe {function.text.lower()[:120]}?")
    for opened in (open_bm25(workbench, small), open_dense(workbench, small)):
        reply = opened.reply(question)
        assert reply.ranking[0] == reply.answer.citations[0].section
        assert reply.answer.citations[0].quote in reply.answer.answer
        assert reply.confidence > 0
        assert not reply.withheld


def test_words_that_nowhere_occur_find_nothing(
    workbench: Workbench, small: Source, gold: GoldOf
) -> None:
    reply = open_bm25(workbench, small).reply(gold(question="xyzzy"))
    assert (reply.answer.kind, reply.ranking, reply.answer.citations) == ("abstain", (), [])
