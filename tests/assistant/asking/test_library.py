"""The library opens what is indexed, once, and follows the index."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.asking.library import Library
from assistant.retrieval.thesaurus import default_thesaurus
from corpus.catalog import IndexReplacedError, ModelMismatchError, NoIndexError
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Chunk, Manual
from corpus.store import ManualStore, open_store


class Clock:
    """A clock that the test turns on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> ManualStore:
    return open_store(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(store: ManualStore, embeddings: OnnxEmbeddings, clock: Clock) -> Library:
    return Library(store, embeddings, default_thesaurus(), clock)


@pytest.fixture
def put(
    store: ManualStore, embeddings: OnnxEmbeddings, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> Callable[..., None]:
    """Indexes the tiny manual, under some code and version."""

    def replace(code: str, version: str = "01", model: str = embeddings.name) -> None:
        manual = tiny_manual.model_copy(update={"code": code, "version": version})
        chunks = [c.model_copy(update={"manual": code}) for c in tiny_chunks]
        vectors = embeddings.passage_vectors([c.indexed_text for c in chunks])
        store.replace(manual, chunks, vectors, source_sha256=version, model_name=model)

    return replace


def codes(library: Library) -> list[str]:
    return [m.record.code for m in library.manuals()]


def test_nothing_indexed_is_told_with_what_to_do(library: Library) -> None:
    with pytest.raises(NoIndexError, match="asistente ingerir"):
        library.manuals()


def test_an_index_of_another_model_is_told(library: Library, put: Callable[..., None]) -> None:
    put("MO-A-01", model="otro-modelo")
    with pytest.raises(ModelMismatchError, match="asistente ingerir"):
        library.manuals()


def test_manuals_come_by_code_and_are_found_in_any_case(
    library: Library, put: Callable[..., None]
) -> None:
    put("MO-B-02")
    put("MO-A-01")
    assert codes(library) == ["MO-A-01", "MO-B-02"]
    assert library.manual(" mo-b-02 ").record.code == "MO-B-02"
    with pytest.raises(NoIndexError, match="MO-C-03"):
        library.manual("MO-C-03")


def test_a_manual_is_opened_once_and_again_when_it_was_replaced(
    library: Library, put: Callable[..., None], clock: Clock
) -> None:
    put("MO-A-01")
    [opened] = library.manuals()
    clock.now += 60
    assert library.manuals() == [opened]
    put("MO-A-01", version="02")
    clock.now += 60
    [again] = library.manuals()
    assert again is not opened
    assert again.knowledge.manual.version == "02"


def test_a_new_and_a_forgotten_manual_are_noticed_after_a_while(
    library: Library, put: Callable[..., None], store: ManualStore, clock: Clock
) -> None:
    put("MO-A-01")
    assert codes(library) == ["MO-A-01"]
    put("MO-B-02")
    assert codes(library) == ["MO-A-01"]  # the catalog isn't read with every question
    clock.now += 60
    assert codes(library) == ["MO-A-01", "MO-B-02"]
    store.forget("MO-A-01")
    clock.now += 60
    assert codes(library) == ["MO-B-02"]


def test_a_search_in_a_build_that_is_gone_makes_the_library_look_again(
    library: Library, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.asking.library.MOST_VECTORS", 0)  # as of a very large manual
    put("MO-A-01")
    [old] = library.manuals()
    _ = old.retriever
    for _ in range(3):
        put("MO-A-01")
    with pytest.raises(IndexReplacedError):
        old.retriever.invoke("juntas vecinales")
    assert library.manual("MO-A-01").record.build != old.record.build  # without waiting
    [document, *_] = library.manual("MO-A-01").retriever.invoke("juntas vecinales")
    assert document.page_content == "Atender las juntas vecinales;"
