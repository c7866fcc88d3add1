"""The file of an office's words is followed at every ingest."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.embeddings import OnnxEmbeddings
from corpus.model import Chunk, Manual
from corpus.office_words import OfficeWord, Origin, write_words
from corpus.store import ManualStore, open_store
from ingest.office_words import add_words, follow_words

MAPS = OfficeWord(text="los mapitas", section="1.1", function=1)
BOOKS = OfficeWord(text="los libros", section="1.1", function=2)
HOLES = OfficeWord(text="los baches")


@pytest.fixture
def store(tmp_path: Path, tiny_manual: Manual, tiny_chunks: list[Chunk]) -> ManualStore:
    store = open_store(tmp_path)
    vectors = np.eye(len(tiny_chunks), 4, dtype=np.float32)
    store.replace(tiny_manual, tiny_chunks, vectors, source_sha256="s", model_name="m")
    return store


@pytest.fixture
def model(embeddings: OnnxEmbeddings) -> Callable[[], OnnxEmbeddings]:
    return lambda: embeddings


def _written(folder: Path, code: str, *words: OfficeWord) -> Path:
    (folder / f"{code}.jsonl").write_text(write_words(words), "utf-8")
    return folder


def test_a_file_is_followed_and_what_the_office_added_stays(
    store: ManualStore,
    tiny_manual: Manual,
    tmp_path: Path,
    embeddings: OnnxEmbeddings,
    model: Callable[[], OnnxEmbeddings],
) -> None:
    code, name = tiny_manual.code, embeddings.name
    folder = _written(tmp_path, code, MAPS, BOOKS)
    assert follow_words(code, store, folder, name, model).added == 2
    add_words(code, [HOLES], store, model)
    came = follow_words(code, store, _written(tmp_path, code, BOOKS), name, model)
    assert (came.added, came.removed) == (0, 1)
    kept = {each.word.text: each.origin for each in store.words.of(code)}
    assert kept == {"los baches": Origin.OFFICE, "los libros": Origin.FILE}


def test_an_unchanged_file_needs_no_model(
    store: ManualStore, tiny_manual: Manual, tmp_path: Path, embeddings: OnnxEmbeddings
) -> None:
    folder = _written(tmp_path, tiny_manual.code, MAPS)
    follow_words(tiny_manual.code, store, folder, embeddings.name, lambda: embeddings)

    def no_model() -> OnnxEmbeddings:
        raise AssertionError("nothing is to be embedded")

    came = follow_words(tiny_manual.code, store, folder, embeddings.name, no_model)
    assert (came.added, came.removed) == (0, 0)


def test_what_leads_nowhere_is_told_and_left_out(
    store: ManualStore, tiny_manual: Manual, tmp_path: Path, embeddings: OnnxEmbeddings
) -> None:
    lost = OfficeWord(text="los sellos", section="9.9", function=1)
    folder = _written(tmp_path, tiny_manual.code, MAPS, lost)
    came = follow_words(tiny_manual.code, store, folder, embeddings.name, lambda: embeddings)
    assert came.nowhere == (lost,)
    assert [each.word for each in store.words.of(tiny_manual.code)] == [MAPS]


def test_another_models_vectors_are_made_anew(
    store: ManualStore, tiny_manual: Manual, tmp_path: Path, embeddings: OnnxEmbeddings
) -> None:
    code = tiny_manual.code
    vectors = np.zeros((1, len(embeddings.query_vector("x"))), np.float32)
    store.words.add(code, [HOLES], vectors, origin=Origin.OFFICE, model_name="another")
    follow_words(code, store, tmp_path, embeddings.name, lambda: embeddings)
    (kept,) = store.words.of(code)
    assert (kept.model_name, kept.origin) == (embeddings.name, Origin.OFFICE)
