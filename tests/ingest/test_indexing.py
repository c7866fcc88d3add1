"""A source file into the index: what is reported, what is skipped, what a failure leaves."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.catalog import FORMAT
from corpus.embeddings import OnnxEmbeddings
from corpus.store import ManualStore, open_store
from ingest import IngestError
from ingest.indexing import IngestProgress, Stage, index_manual
from ingest.summary import IngestSummary

MANUAL = Path(__file__).parents[2] / "corpus" / "manuals" / "MO-SIG-01.txt"
CODE = "MO-SIG-01"


class FactoryCalledError(Exception):
    """The model was asked for where nothing was to embed."""


def must_not_be_called() -> OnnxEmbeddings:
    raise FactoryCalledError


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ManualStore:
    return open_store(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def told() -> list[IngestProgress]:
    """The progress of `summary`."""
    return []


@pytest.fixture(scope="module")
def summary(
    store: ManualStore, embeddings: OnnxEmbeddings, told: list[IngestProgress]
) -> IngestSummary:
    """What the first ingest of the real manual says."""
    return index_manual(MANUAL, store, embeddings.name, lambda: embeddings, told.append)


@pytest.fixture
def again(
    store: ManualStore, embeddings: OnnxEmbeddings, summary: IngestSummary
) -> Callable[..., IngestSummary]:
    """Ingests after the first one; the model must not be asked for unless a test says so."""
    assert not summary.unchanged

    def ingest(
        path: Path = MANUAL,
        model_name: str = embeddings.name,
        factory: Callable[[], OnnxEmbeddings] = must_not_be_called,
        **options: bool,
    ) -> IngestSummary:
        return index_manual(path, store, model_name, factory, **options)

    return ingest


def test_the_summary_tells_what_was_indexed(store: ManualStore, summary: IngestSummary) -> None:
    manual, chunks = store.manual(CODE), store.chunks(CODE)
    assert not summary.unchanged
    assert (summary.code, summary.path, summary.pages) == (CODE, MANUAL, 68)
    assert (summary.chapters, summary.positions) == (11, 40)
    assert summary.functions == sum(len(each.functions) for each in manual.positions)
    assert summary.chunks == len(chunks)
    assert summary.warnings == manual.warnings
    assert summary.seconds > 0


def test_progress_goes_through_all_stages_and_counts_the_chunks(
    summary: IngestSummary, told: list[IngestProgress]
) -> None:
    # a text has no pages to be drawn
    stages = [each for each in Stage if each is not Stage.DRAWING]
    assert list(dict.fromkeys(each.stage for each in told)) == stages
    embedded = [each for each in told if each.stage is Stage.EMBEDDING]
    assert [each.done for each in embedded] == list(range(summary.embedded + 1))
    assert {each.total for each in embedded} == {summary.embedded}
    assert 0 < summary.embedded <= summary.chunks  # what is printed twice is embedded once
    assert told[-1] == IngestProgress(Stage.STORING, 1, 1)


def test_what_is_indexed_is_found(
    store: ManualStore, embeddings: OnnxEmbeddings, summary: IngestSummary
) -> None:
    found = store.search(summary.code, embeddings.query_vector("juntas vecinales"), 3)
    quotes = {chunk.id: chunk.quote for chunk in store.chunks(CODE)}
    assert all("vecinal" in quotes[id_].lower() for id_, _ in found)


def test_an_unchanged_file_is_left_alone_without_the_model(
    again: Callable[..., IngestSummary], store: ManualStore, summary: IngestSummary
) -> None:
    before = store.catalog()
    second = again()
    assert second.unchanged
    assert (second.code, second.chunks, second.functions) == (
        CODE,
        summary.chunks,
        summary.functions,
    )
    assert second.seconds < 1
    assert store.catalog() == before


def test_the_same_bytes_elsewhere_are_unchanged_too(
    again: Callable[..., IngestSummary], tmp_path: Path
) -> None:
    copy = tmp_path / "copia.txt"
    shutil.copy(MANUAL, copy)
    assert again(copy).unchanged


@pytest.mark.parametrize("change", [{"model_name": "otro@1"}, {"force": True}])
def test_another_model_or_an_order_asks_for_a_new_index(
    again: Callable[..., IngestSummary], change: dict[str, object]
) -> None:
    with pytest.raises(FactoryCalledError):
        again(**change)


def test_a_changed_file_is_indexed_anew_and_what_reads_the_same_is_not_embedded_again(
    again: Callable[..., IngestSummary], tmp_path: Path
) -> None:
    changed = tmp_path / "MO-SIG-01.txt"
    changed.write_bytes(MANUAL.read_bytes() + b"\n")
    summary = again(changed)
    assert not summary.unchanged
    assert summary.embedded == 0


def test_of_a_new_version_only_what_changed_is_embedded(
    again: Callable[..., IngestSummary],
    store: ManualStore,
    embeddings: OnnxEmbeddings,
    tmp_path: Path,
) -> None:
    text = MANUAL.read_text("utf-8")
    function = "Estar presente y activo en la conformación de juntas vecinales"
    assert text.count(function) == 1
    changed = tmp_path / "MO-SIG-01.txt"
    edited = text.replace(function, function.replace("activo", "atento"))
    changed.write_text(edited, "utf-8")
    before = store.vectors(CODE)
    summary = again(changed, factory=lambda: embeddings)
    assert summary.embedded == 1
    after = store.vectors(CODE)
    assert before.shape == after.shape
    assert int((np.abs(before - after) > 1e-6).any(axis=1).sum()) == 1  # Chroma rounds


def test_an_index_in_an_old_format_asks_for_a_new_index(
    again: Callable[..., IngestSummary], store: ManualStore
) -> None:
    catalog = store._client.get_collection("asistente-catalog")
    catalog.update(CODE, metadatas={"format": 0})
    try:
        with pytest.raises(FactoryCalledError):
            again()
    finally:
        catalog.update(CODE, metadatas={"format": FORMAT})


@pytest.mark.parametrize("name", ["no-hay.txt", "vacio.txt", "carpeta"])
def test_a_source_that_cannot_be_read_changes_nothing(
    again: Callable[..., IngestSummary], store: ManualStore, tmp_path: Path, name: str
) -> None:
    (tmp_path / "vacio.txt").touch()
    (tmp_path / "carpeta").mkdir()
    before = store.catalog()
    with pytest.raises(IngestError):
        again(tmp_path / name)
    assert store.catalog() == before
