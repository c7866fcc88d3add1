"""What the tests of `assistant` share: manuals as knowledge, and assistants over them.

Structural questions need no index: `desk` answers them from the parsed sheets alone. What needs
retrieval shares two indexes, made once a session in a temporary folder.
"""

import asyncio
import functools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import argon2
import pytest

from assistant.answering.answer import Answer
from assistant.answering.knowledge import Knowledge
from assistant.asking.chain import build_chain
from assistant.asking.conversation import MemoryConversations
from assistant.asking.core import Assistant
from assistant.asking.library import Library, ManualParts, OpenManual
from assistant.asking.routing import Routed
from assistant.desk import people
from assistant.retrieval.hybrid import HybridSearch
from assistant.understanding.aspect_reader import AspectReader
from corpus.catalog import IndexedManual
from corpus.model import Manual
from ingest import SourceText, parse_manual

ROOT = Path(__file__).parents[2]
REAL = ROOT / "corpus" / "manuals" / "MO-SIG-01.txt"

Ask = Callable[..., Answer]
"""Asks questions one after another in one conversation, and gives the last answer."""


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> Iterator[None]:
    """Passwords are hashed by Argon2, but lightly: hundreds of times a run."""
    light = functools.partial(argon2.PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "PasswordHasher", light)
        yield


@pytest.fixture(scope="session")
def parsed(aspect_reader: AspectReader) -> Callable[[str], Knowledge]:
    """Knowledge of a manual's text."""
    return lambda text: Knowledge(parse_manual(SourceText("prueba.txt", text)), aspect_reader)


@pytest.fixture(scope="session")
def printed_pages() -> dict[int, str]:
    """MO-SIG-01 page by page, cut from its text by three or more blank lines alone, white space
    collapsed: what a person would look up."""
    runs = re.split(r"\n(?:[^\S\n]*\n){3,}", REAL.read_text("utf-8").strip())
    pages: dict[int, str] = {}
    number = 1
    for run in runs:
        header = re.search(r"PÁGINA:\t(\d+) de 68", run)
        number = int(header[1]) if header else number + bool(pages)
        pages[number] = pages.get(number, "") + " ".join(re.sub(r"</?p>|\*+", "", run).split())
    return pages


class NoSearch:
    """Stands for the retriever where a question must be answered from the sheets alone."""

    def invoke(self, *_: object, **__: object) -> list[object]:
        raise AssertionError("a structural question asked for retrieval")


class Shelf:
    """Stands for the library: manuals that were parsed and never indexed."""

    def __init__(self, manuals: Sequence[OpenManual], reader: AspectReader) -> None:
        self._manuals = list(manuals)
        self.reader = reader

    def manuals(self) -> list[OpenManual]:
        return self._manuals

    def likely(self, question: str) -> list[OpenManual]:  # noqa: ARG002
        return self._manuals

    @property
    def router(self) -> "Shelf":
        return self

    def route(self, question: str, manuals: list[OpenManual]) -> Routed:
        return Routed(manuals, question)

    def manual(self, code: str) -> OpenManual:
        return next(m for m in self._manuals if m.knowledge.manual.code == code)


@pytest.fixture(scope="session")
def desk(aspect_reader: AspectReader) -> Callable[[Knowledge], Assistant]:
    """An assistant over a manual with no index: any search fails the test."""

    def open_desk(knowledge: Knowledge) -> Assistant:
        passages = cast(HybridSearch, NoSearch())
        chain = build_chain(knowledge, passages)
        record = cast(IndexedManual, SimpleNamespace(code=knowledge.manual.code, build=""))
        opened = OpenManual(record, lambda: ManualParts(knowledge, passages, chain))
        return Assistant(cast(Library, Shelf([opened], aspect_reader)), MemoryConversations(), 500)

    return open_desk


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    """Asks MO-SIG-01; several questions are turns of one conversation."""
    return lambda *questions: conversation(assistant, *questions)


@pytest.fixture
def ask_both(librarian: Assistant) -> Ask:
    """Asks MO-SIG-01 and MO-SFA-04."""
    return lambda *questions: conversation(librarian, *questions)


def conversation(assistant: Assistant, *questions: str) -> Answer:
    """The answer to the last of some questions asked one after another."""
    answer = assistant.ask(questions[0])
    for question in questions[1:]:
        answer = assistant.ask(question, answer.conversation_id)
    return answer


@pytest.fixture(scope="session")
def cites_verbatim() -> Callable[[Answer, Manual], None]:
    """Fails where a citation isn't printed in its section on its page, or the text cites what is
    not among the citations."""

    def check(answer: Answer, manual: Manual) -> None:
        for citation in answer.citations:
            section = manual.section(citation.section)
            assert section is not None, citation
            assert citation.manual == manual.code
            assert citation.quote in section.text_on(citation.page), citation
        cited = {(c.section, str(c.page)) for c in answer.citations}
        marked = set(re.findall(r"\[([^\[\],]+), p\. (\d+)\]", answer.answer))
        assert marked <= cited

    return check


@pytest.fixture(scope="session")
def reporting_table() -> list[dict[str, Any]]:
    """Who reports to whom in MO-SIG-01, read from the printed sheets by hand."""
    path = ROOT / "tests" / "data" / "mo-sig-01.reporting.json"
    sheets: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["sheets"]
    return sheets


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    """Runs coroutines."""
    with asyncio.Runner() as runner:
        yield runner
