"""The steps of a turn, one after another, each replaceable."""

from typing import Any, ClassVar, cast

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import Runnable

from assistant.answering.answer import AnswerKind, Citation
from assistant.answering.draft import Draft
from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.asking.chain import build_chain
from assistant.render.plain import plain
from assistant.retrieval.hybrid import Hit, HybridSearch
from assistant.understanding.types import Intent
from corpus.model import Chunk, ChunkKind


class Finds:
    """A retriever that finds what it is given, and notes what it was asked."""

    def __init__(self, *hits: Hit) -> None:
        self.found = hits
        self.asked: list[str] = []

    def hits(self, question: str, _: Any) -> list[Hit]:
        self.asked.append(question)
        return list(self.found)


def chain_over(knowledge: Knowledge, retriever: Finds) -> Any:
    return build_chain(knowledge, cast(HybridSearch, retriever))


def test_the_steps_are_understand_retrieve_answer_verify(real: Knowledge) -> None:
    chain = chain_over(real, Finds())
    names = [step.name for step in chain.steps]
    assert names == ["understand", "retrieve", "answer", "verify"]


def test_each_step_fills_in_one_field(real: Knowledge) -> None:
    turn = chain_over(real, Finds()).invoke(Turn("¿A quién le reporta la jefatura jurídica?"))
    assert turn.understanding.intent is Intent.REPORTS_TO
    assert turn.hits == ()
    assert turn.draft.citations[0].section == "5.3"


def test_a_structural_question_searches_for_nothing(real: Knowledge) -> None:
    retriever = Finds()
    chain_over(real, retriever).invoke(Turn("¿Cuáles son las funciones de la 4.1?"))
    assert retriever.asked == []


def test_a_topic_is_searched_for(real: Knowledge) -> None:
    retriever = Finds()
    turn = chain_over(real, retriever).invoke(Turn("¿quién lleva las juntas vecinales?"))
    assert len(retriever.asked) == 1
    assert turn.draft.kind is AnswerKind.ABSTAIN


def hit_of(quote: str, function: int) -> Hit:
    """A search result of sheet 3.2 that could not be any surer."""
    chunk = Chunk(
        id=f"3.2/f{function}",
        manual="MO-SIG-01",
        section="3.2",
        title="Coordinación de Mesas Directivas y Juntas Vecinales",
        breadcrumb="",
        page=47,
        kind=ChunkKind.FUNCTION,
        quote=quote,
        function=function,
    )
    return Hit(chunk=chunk, score=30.0, dense=0.95, coverage=1.0)


def test_a_passage_that_the_manual_does_not_print_is_withheld(
    real: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    """An index that is out of step with its sheets must not put words in the manual's mouth."""
    position = real.manual.position("3.2")
    assert position is not None
    asked = Turn("¿quién está presente en la conformación de juntas vecinales?")
    printed = hit_of(position.functions[2].text, 3)
    passed = chain_over(real, Finds(printed)).invoke(asked).draft
    assert [(c.section, c.page, c.function) for c in passed.citations] == [("3.2", 47, 3)]
    assert not caplog.records

    invented = hit_of("Estar presente en la disolución de juntas vecinales.", 3)
    withheld = chain_over(real, Finds(invented)).invoke(asked).draft
    assert withheld.kind is not AnswerKind.ANSWER
    assert "disolución" not in plain(withheld.blocks, withheld.citations)
    assert "withheld" in caplog.text


def test_an_answerer_that_cites_the_wrong_page_is_withheld(
    real: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    false = Citation(manual="MO-SIG-01", section="5.3", title="", page=12, quote="Jefatura")
    monkeypatch.setattr("assistant.asking.chain.draft", lambda *_: Draft((), citations=(false,)))
    turn = chain_over(real, Finds()).invoke(Turn("¿A quién le reporta la jefatura jurídica?"))
    assert turn.draft.kind is AnswerKind.ABSTAIN
    assert turn.draft.citations == ()


async def _twice(chain: Any) -> list[Turn]:
    one: list[Turn] = await chain.abatch([Turn("hola"), Turn("¿Cuál es la misión?")])
    return one


def test_as_a_runnable_it_gives_the_same_sync_async_and_in_batches(
    real: Knowledge, loop: Any
) -> None:
    chain = chain_over(real, Finds())
    questions = ["hola", "¿Cuál es la misión?"]
    alone = [chain.invoke(Turn(q)).draft for q in questions]
    assert isinstance(chain.runnable, Runnable)
    assert [turn.draft for turn in chain.runnable.batch([Turn(q) for q in questions])] == alone
    assert [turn.draft for turn in loop.run(_twice(chain.runnable))] == alone


def test_who_listens_is_told_of_each_step(real: Knowledge) -> None:
    class Listener(BaseCallbackHandler):
        told: ClassVar[list[str]] = []

        def on_chain_start(self, *_: Any, name: str, **__: Any) -> None:
            self.told.append(name)

    config = {"callbacks": [Listener()]}
    told = chain_over(real, Finds()).invoke(Turn("hola"), config)
    assert Listener.told == ["turn", "understand", "retrieve", "answer", "verify"]
    assert told.draft == chain_over(real, Finds()).invoke(Turn("hola")).draft
