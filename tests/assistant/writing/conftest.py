"""What the tests of writing share: a scripted model, and assistants that write with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from assistant.answering.answer import Answer
from assistant.asking.chain import build_chain
from assistant.asking.conversation import MemoryConversations
from assistant.asking.core import Assistant
from assistant.asking.library import Library, ManualParts, OpenManual
from assistant.asking.routing import Router
from assistant.faces.serving.steps import StepListener
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.running.settings import Settings
from assistant.understanding.aspect_reader import AspectReader
from assistant.writing.opening import open_writer
from assistant.writing.record import WritingRecord, WrittenPart
from corpus.embeddings import OnnxEmbeddings
from tests.assistant.writing.model_server import MODEL, ChatRequest, ModelServer, model_server

_GIVEN = re.compile(r"^\[(\d+)\] (.+?) \(([^()]*)\): (.+)$", re.MULTILINE)


@dataclass
class Heard:
    """What a listener was told of one answer."""

    records: list[WritingRecord] = field(default_factory=list)
    parts: list[WrittenPart] = field(default_factory=list)

    @property
    def record(self) -> WritingRecord:
        """What came of letting the model write."""
        assert len(self.records) == 1
        return self.records[0]


@dataclass(frozen=True)
class WritingAssistant:
    """An assistant with a model, and what its listeners were told."""

    assistant: Assistant

    def ask(self, question: str, conversation: str | None = None) -> tuple[Answer, Heard]:
        heard = Heard()
        listener = StepListener(said=heard.parts.append, written=heard.records.append)
        answer = self.assistant.ask(question, conversation, listener=listener)
        return answer, heard


@dataclass(frozen=True)
class Given:
    """A passage as the model is given it."""

    number: int
    title: str
    place: str
    text: str


def passages_in(request: ChatRequest) -> list[Given]:
    """The passages of a request's last message."""
    last = request.messages[-1].text
    return [Given(int(m[1]), m[2], m[3], m[4]) for m in _GIVEN.finditer(last)]


def faithful(request: ChatRequest) -> str:
    """What a model writes that keeps to the first passage."""
    first = passages_in(request)[0]
    said = first.text[:1].lower() + first.text[1:].rstrip(".;")
    return f"{first.title} se encarga de {said} [{first.number}].\nCOMPLETA: sí"


@pytest.fixture(scope="module")
def one_server() -> Iterator[ModelServer]:
    """The same for all tests of a module; each begins with it as new."""
    with model_server() as server:
        yield server


@pytest.fixture
def model(one_server: ModelServer) -> Iterator[ModelServer]:
    one_server.reset()
    yield one_server
    assert not one_server.complaints


@dataclass(frozen=True)
class OneManual:
    """A library of one manual that is open already: to open it anew takes two seconds."""

    opened: OpenManual
    reader: AspectReader
    router: Router

    def manuals(self) -> list[OpenManual]:
        return [self.opened]

    def likely(self, question: str) -> list[OpenManual]:
        assert question
        return [self.opened]

    def manual(self, code: str) -> OpenManual:
        assert code == self.opened.record.code
        return self.opened


@pytest.fixture
def writes_with(
    assistant: Assistant, embeddings: OnnxEmbeddings
) -> Callable[..., WritingAssistant]:
    """An assistant that writes with the model at an address, and further settings."""
    (opened,) = assistant.library.manuals()

    def writing(base_url: str, **settings: object) -> WritingAssistant:
        named = {"llm": f"openai:{MODEL}", "llm_base_url": base_url, "llm_timeout": 20.0}
        told = Settings.model_validate({**named, **settings})
        writer = open_writer(told, embeddings, default_thesaurus())
        chain = build_chain(opened.knowledge, opened.passages, writer)
        parts = ManualParts(opened.knowledge, opened.passages, chain)
        handle = OpenManual(opened.record, lambda: parts)
        library = cast(
            "Library", OneManual(handle, assistant.library.reader, assistant.library.router)
        )
        return WritingAssistant(Assistant(library, MemoryConversations(), told.question_limit))

    return writing


@pytest.fixture
def writing(model: ModelServer, writes_with: Callable[..., WritingAssistant]) -> WritingAssistant:
    """An assistant that writes with the scripted model."""
    return writes_with(model.base_url)
