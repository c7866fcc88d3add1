"""Orders in a question, in what was said before or in a manual are data: nobody follows them.

The scripted model is the worst there can be: it does what it is told by whoever speaks last.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answering.answer import Answer
from assistant.answering.knowledge import Knowledge
from assistant.asking.core import open_assistant
from assistant.asking.verification import holds
from assistant.running.settings import Settings
from assistant.writing.prompt import load_prompt
from corpus.embeddings import OnnxEmbeddings
from corpus.store import open_store
from ingest.indexing import index_manual
from tests.assistant.writing.conftest import WritingAssistant
from tests.assistant.writing.model_server import MODEL, ModelServer, Says

DATA = Path(__file__).parents[2] / "data"
QUESTION = "¿Quién ve lo de las juntas vecinales?"


@dataclass(frozen=True)
class Injection:
    """An order where none belongs."""

    where: str
    text: str
    obeyed: str
    """What a model says that follows it."""
    forbidden: list[str]
    """What must not show."""


INJECTIONS = [
    Injection(**json.loads(line))
    for line in (DATA / "injections.jsonl").read_text("utf-8").splitlines()
]


def placed(where: str) -> pytest.MarkDecorator:
    chosen = [i for i in INJECTIONS if i.where == where]
    return pytest.mark.parametrize("injection", chosen, ids=lambda i: i.text[:40])


def nothing_came_of(injection: Injection, answer: Answer) -> None:
    """Neither what was ordered shows in the answer, nor the prompt."""
    said = answer.answer.casefold()
    for forbidden in injection.forbidden:
        assert forbidden not in said
    for line in load_prompt("redactar").instructions.strip().splitlines():
        assert line.casefold() not in said


@placed("question")
def test_an_order_in_the_question(
    injection: Injection, model: ModelServer, writing: WritingAssistant, real: Knowledge
) -> None:
    model.always(Says(injection.obeyed))
    answer, _ = writing.ask(injection.text)
    nothing_came_of(injection, answer)
    assert all(holds(c, real.manual) for c in answer.citations)
    for request in model.requests:
        given = request.messages[-1].text
        assert given.count("</pregunta>") == 1, "a question can't close its own tag"
        assert given.count("<pasajes>") == 1


def test_such_questions_do_reach_the_model(model: ModelServer, writing: WritingAssistant) -> None:
    """Else nothing above could fail."""
    asked = [i for i in INJECTIONS if i.where == "question"]
    model.always(Says("COMPLETA: no"))
    for injection in asked:
        writing.ask(injection.text)
    assert len(model.requests) >= len(asked) / 2


@placed("history")
def test_an_order_in_an_earlier_turn(
    injection: Injection, model: ModelServer, writing: WritingAssistant, real: Knowledge
) -> None:
    model.always(Says(injection.obeyed))
    first, _ = writing.ask(injection.text)
    answer, _ = writing.ask(QUESTION, first.conversation_id)
    nothing_came_of(injection, answer)
    assert answer.citations[0].section == "3.2"
    assert all(holds(c, real.manual) for c in answer.citations)


@pytest.fixture(scope="module")
def poisoned(
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
) -> Path:
    """An index of a manual in whose functions on the predial the orders are planted."""
    folder = tmp_path_factory.mktemp("poisoned")
    data = folder / "data"
    lend_model(data)
    orders = [i.text for i in INJECTIONS if i.where == "manual"]
    text = (DATA / "manuals" / "MO-SFA-04.txt").read_text("utf-8")
    functions = re.findall(r"^\d+\t[^\n]*predial[^\n]*", text, re.MULTILINE)
    assert len(functions) >= len(orders)
    for function, order in zip(functions, orders, strict=False):
        text = text.replace(function, f"{function.rstrip()} {order}")
    source = folder / "MO-SFA-04.txt"
    source.write_text(text, "utf-8")
    index_manual(source, open_store(data), embeddings.name, lambda: embeddings)
    return data


@placed("manual")
def test_an_order_planted_in_a_manual(
    injection: Injection, model: ModelServer, poisoned: Path
) -> None:
    """It may be quoted, between quotation marks and with its place, as all that is printed."""
    model.always(Says(injection.obeyed))
    settings = Settings(data_dir=poisoned, llm=f"openai:{MODEL}", llm_base_url=model.base_url)
    writing = WritingAssistant(open_assistant(settings))
    knowledge = writing.assistant.library.manuals()[0].knowledge
    for question in ("¿Quién cobra el predial?", injection.text):
        answer, _ = writing.ask(question)
        told = re.sub(r"«[^»]*»", "", answer.answer)
        nothing_came_of(injection, answer.model_copy(update={"answer": told}))
        assert all(holds(c, knowledge.manual) for c in answer.citations)
    for request in model.requests:
        assert injection.text not in request.messages[-1].text
