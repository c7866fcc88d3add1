"""The store in a folder: what goes in comes out, builds replace each other, errors help."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import builds
from corpus.catalog import (
    FORMAT,
    IndexReplacedError,
    ModelMismatchError,
    NoIndexError,
    OutdatedIndexError,
)
from corpus.chroma import DamagedIndexError, StoreUnreachableError
from corpus.model import Chunk, Manual
from corpus.store import ManualStore, open_store
from tests.corpus.conftest import MODEL, VECTORS, put


@pytest.fixture
def store(tmp_path: Path) -> ManualStore:
    return open_store(tmp_path)


@pytest.fixture
def filled(store: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]) -> ManualStore:
    put(store, tiny_manual, tiny_chunks)
    return store


def collections(store: ManualStore) -> set[str]:
    return {each.name for each in store._client.list_collections()}


def test_what_went_in_comes_out(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    assert filled.manual(tiny_manual.code) == tiny_manual
    assert filled.chunks(tiny_manual.code) == tiny_chunks


def test_what_chroma_checks_itself_with_is_put_back(store: ManualStore) -> None:
    import overrides

    store.check()
    for own in (overrides.override, overrides.overrides):
        assert own.__module__ == "overrides.overrides"


def test_another_process_later_finds_it(
    filled: ManualStore, tmp_path: Path, tiny_manual: Manual
) -> None:
    assert open_store(tmp_path).catalog() == filled.catalog()
    assert open_store(tmp_path).manual(tiny_manual.code) == tiny_manual


def test_the_catalog_counts(filled: ManualStore, tiny_manual: Manual) -> None:
    record = filled.indexed(tiny_manual.code)
    assert record is not None
    assert filled.catalog() == [record]
    assert (record.code, record.version) == ("MO-MINI-01", "01")
    assert (record.pages, record.chapters, record.positions) == (2, 1, 1)
    assert (record.functions, record.chunks) == (2, 2)
    assert (record.source_sha256, record.model_name) == ("sha of 01", MODEL)
    assert record.format == FORMAT
    assert datetime.now(UTC) - record.ingested_at < timedelta(minutes=1)


def test_search_gives_cosines_best_first(filled: ManualStore, tiny_manual: Manual) -> None:
    vector = np.array([0.6, 0.8, 0, 0], np.float32)
    found = filled.search(tiny_manual.code, vector, 5)
    assert [id_ for id_, _ in found] == ["1.1/f2", "1.1/f1"]
    assert [cosine for _, cosine in found] == pytest.approx([0.8, 0.6], abs=1e-5)


def test_search_gives_no_more_than_was_asked(filled: ManualStore, tiny_manual: Manual) -> None:
    assert len(filled.search(tiny_manual.code, VECTORS[0], 1)) == 1


def test_thousands_of_chunks_are_found_as_by_comparing_them_all(
    store: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    count = 6_000  # more than Chroma takes in one batch
    random = np.random.default_rng(3)
    vectors = random.normal(size=(count, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chunks = [tiny_chunks[0].model_copy(update={"id": f"c{i}"}) for i in range(count)]
    store.replace(tiny_manual, chunks, vectors, source_sha256="s", model_name=MODEL)
    assert store.chunks(tiny_manual.code) == chunks
    for _ in range(20):
        question = random.normal(size=16).astype(np.float32)
        expected = np.argsort(-(vectors @ question))[:10]
        found = store.search(tiny_manual.code, question, 10)
        assert [id_ for id_, _ in found] == [f"c{i}" for i in expected]


def test_a_manual_without_chunks_is_kept_too(store: ManualStore, tiny_manual: Manual) -> None:
    put(store, tiny_manual, [])
    assert store.chunks(tiny_manual.code) == []
    assert store.search(tiny_manual.code, VECTORS[0], 3) == []
    assert store.manual(tiny_manual.code) == tiny_manual


def test_vectors_that_do_not_fit_the_chunks_change_nothing(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    before = collections(filled)
    with pytest.raises(ValueError, match="1 vectors for 2 chunks"):
        filled.replace(tiny_manual, tiny_chunks, VECTORS[:1], source_sha256="", model_name=MODEL)
    assert collections(filled) == before


def test_a_new_build_takes_over_and_the_one_before_stays_readable(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    before = filled.indexed(tiny_manual.code)
    assert before is not None
    put(filled, tiny_manual, tiny_chunks[:1], "02")
    assert filled.manual(tiny_manual.code).version == "02"
    assert len(filled.chunks(tiny_manual.code)) == 1
    assert filled.manual(before).version == "01"
    assert len(filled.search(before, VECTORS[0], 5)) == 2


def test_of_one_version_the_build_before_the_last_goes(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    first = filled.indexed(tiny_manual.code)
    assert first is not None
    for _ in range(3):
        put(filled, tiny_manual, tiny_chunks)
    assert len(collections(filled)) == 6  # catalog, editions, the build in force, the one before
    with pytest.raises(IndexReplacedError, match="repita la pregunta"):
        filled.manual(first)
    with pytest.raises(IndexReplacedError):
        filled.search(first, VECTORS[0], 1)


def test_a_build_that_is_being_deleted_is_not_taken_for_a_whole_one(
    filled: ManualStore, tiny_manual: Manual
) -> None:
    record = filled.indexed(tiny_manual.code)
    assert record is not None
    filled._client.get_collection(builds.chunks_name(record.build)).delete(["1.1/f1"])
    filled._client.get_collection(builds.sheets_name(record.build)).delete(["head"])
    with pytest.raises(IndexReplacedError):
        filled.chunks(record)
    with pytest.raises(IndexReplacedError):
        filled.manual(tiny_manual.code)


def test_a_fresh_build_of_another_writer_is_left_alone_and_an_old_one_goes(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    fresh = builds.write_build(filled._client, tiny_manual, tiny_chunks, VECTORS)
    old = builds.write_build(filled._client, tiny_manual, tiny_chunks, VECTORS)
    long_ago = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    for name in (builds.chunks_name(old), builds.sheets_name(old)):
        collection = filled._client.get_collection(name)
        collection.modify(metadata={**(collection.metadata or {}), "asistente_created": long_ago})
    put(filled, tiny_manual, tiny_chunks, "02")
    left = collections(filled)
    assert builds.chunks_name(fresh) in left
    assert not {builds.chunks_name(old), builds.sheets_name(old)} & left


def test_manuals_do_not_touch_each_other(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    other = tiny_manual.model_copy(update={"code": "MO/OTRO año 2"})
    put(filled, other, tiny_chunks[:1])
    assert [record.code for record in filled.catalog()] == ["MO-MINI-01", "MO/OTRO año 2"]
    assert filled.forget("MO/OTRO año 2")
    assert filled.manual(tiny_manual.code) == tiny_manual


def test_a_forgotten_manual_leaves_nothing(filled: ManualStore, tiny_manual: Manual) -> None:
    assert filled.forget(tiny_manual.code)
    assert not filled.forget(tiny_manual.code)
    assert filled.indexed(tiny_manual.code) is None
    assert collections(filled) == {"asistente-catalog", "asistente-editions"}


def test_strangers_collections_are_left_alone(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    for number in range(150):  # more than one page of the list of collections
        filled._client.create_collection(f"ajena-{number}", embedding_function=None)
    put(filled, tiny_manual, tiny_chunks, "02")
    assert filled.forget(tiny_manual.code)
    assert len(collections(filled)) == 152


def test_an_empty_store_says_what_to_do(store: ManualStore) -> None:
    assert store.catalog() == []
    assert store.indexed("MO-X") is None
    assert not store.forget("MO-X")
    told = "Todavía no hay ningún manual indexado; ejecute «asistente ingerir»."
    with pytest.raises(NoIndexError, match=told):
        store.usable(MODEL)
    with pytest.raises(NoIndexError, match=told):
        store.manual("MO-X")


def test_an_unknown_manual_is_named(filled: ManualStore) -> None:
    with pytest.raises(NoIndexError, match="«MO-X» no está indexado"):
        filled.search("MO-X", VECTORS[0], 1)


def test_an_index_of_another_model_names_both(filled: ManualStore) -> None:
    assert filled.usable(MODEL) == filled.catalog()
    with pytest.raises(ModelMismatchError) as caught:
        filled.usable("modelo@2")
    assert "«modelo@1»" in str(caught.value)
    assert "«modelo@2»" in str(caught.value)
    assert "«asistente ingerir»" in str(caught.value)


@pytest.mark.parametrize("change", [{"format": FORMAT + 1}, {"chapters": "muchos"}])
def test_an_index_in_another_format_is_refused_and_can_be_replaced(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk], change: dict[str, Any]
) -> None:
    filled._client.get_collection("asistente-catalog").update(tiny_manual.code, metadatas=change)
    for read in (filled.catalog, lambda: filled.manual(tiny_manual.code)):
        with pytest.raises(OutdatedIndexError, match="ejecute «asistente ingerir»"):
            read()
    put(filled, tiny_manual, tiny_chunks, "02")
    assert filled.manual(tiny_manual.code).version == "02"


def test_a_version_that_was_published_again_can_be_undone_while_its_build_is_kept(
    filled: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    assert filled.undoable() == {}
    first = filled.indexed(tiny_manual.code)
    assert first is not None
    put(filled, tiny_manual, tiny_chunks)
    assert filled.undoable() == {tiny_manual.code: first}
    filled._client.delete_collection(builds.sheets_name(first.build))
    assert filled.undoable() == {}
    put(filled, tiny_manual, tiny_chunks, "02")  # another version, which is kept as such
    assert filled.undoable() == {}


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("not a folder")
    with pytest.raises(StoreUnreachableError, match=str(tmp_path / "chroma")):
        open_store(tmp_path)


def test_a_damaged_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"no database at all" * 1000)
    with pytest.raises(DamagedIndexError, match="asistente ingerir --de-nuevo"):
        open_store(tmp_path)
