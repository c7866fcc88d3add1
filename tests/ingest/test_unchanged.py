"""That nothing changed is found by what the last ingest noted, without opening the index."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.chroma import index_file
from corpus.model import Chunk, Manual
from corpus.office_words import OfficeWord, Origin, write_words
from corpus.printed_pages import PrintedPages
from corpus.store import ManualStore, open_store
from ingest.identity import identity_of
from ingest.summary import IngestSummary
from ingest.unchanged import note_unchanged, unchanged

MAPS = OfficeWord(text="los mapitas", section="1.1", function=1)
LOST = OfficeWord(text="los globos", section="77.7")
Find = Callable[..., list[IngestSummary] | None]


@pytest.fixture(params=["manual.txt", "manual.pdf"])
def source(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / str(request.param)
    path.write_text("Manual de organización", "utf-8")
    return path


@pytest.fixture
def store(
    tmp_path: Path, source: Path, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> ManualStore:
    """The manual is indexed from the source, and its one wording leads where the file says."""
    store = open_store(tmp_path)
    vectors = np.eye(len(tiny_chunks), 4, dtype=np.float32)
    made = {"source_sha256": identity_of(source), "model_name": "m"}
    store.replace(tiny_manual, tiny_chunks, vectors, **made)
    write(tmp_path, tiny_manual, MAPS)
    one = np.ones((1, 4), np.float32)
    store.words.add(tiny_manual.code, [MAPS], one, origin=Origin.FILE, model_name="m")
    return store


def write(folder: Path, manual: Manual, *words: OfficeWord) -> None:
    (folder / f"{manual.code}.jsonl").write_text(write_words(words), "utf-8")


@pytest.fixture
def find(tmp_path: Path, source: Path) -> Find:
    def found(
        path: Path = source,
        model_name: str = "m",
        printed: PrintedPages | None = None,
        code: str = "",
    ) -> list[IngestSummary] | None:
        return unchanged([path], index_file(tmp_path), model_name, tmp_path, printed, code)

    return found


@pytest.fixture
def noted(tmp_path: Path, store: ManualStore, tiny_manual: Manual) -> ManualStore:
    note_unchanged(index_file(tmp_path), store, [tiny_manual.code], "m", tmp_path)
    return store


def test_it_is_told_as_the_index_would(
    find: Find, noted: ManualStore, source: Path, tiny_manual: Manual
) -> None:
    record = noted.catalog()[0]
    [told] = find() or []
    assert told.unchanged
    assert told.in_force
    assert (told.code, told.path) == (tiny_manual.code, source)
    assert (told.pages, told.chunks, told.version) == (record.pages, record.chunks, record.version)


def test_before_anything_is_noted_the_index_is_asked(find: Find, store: ManualStore) -> None:
    assert store.catalog()
    assert find() is None


def test_what_changed_of_the_source_or_the_model_is_not_found(
    find: Find, noted: ManualStore, source: Path, tmp_path: Path
) -> None:
    assert noted.catalog()
    assert find(model_name="another") is None
    assert find(code="MO-OTRO-01") is None
    assert find(path=tmp_path / "missing.txt") is None
    adjustments = tmp_path / "manual.ajustes.toml"
    adjustments.write_text('version = "2"', "utf-8")
    assert find() is None
    adjustments.unlink()
    assert find() is not None
    source.write_text("Otro manual", "utf-8")
    assert find() is None


def test_changed_wordings_are_not_passed_over(
    find: Find, noted: ManualStore, tiny_manual: Manual, tmp_path: Path
) -> None:
    write(tmp_path, tiny_manual)
    assert find() is None
    write(tmp_path, tiny_manual, MAPS)
    assert find() is not None
    noted.words.remove(tiny_manual.code, [MAPS])
    assert find() is None


def test_wordings_that_lead_nowhere_are_told_at_every_ingest(
    find: Find, store: ManualStore, tiny_manual: Manual, tmp_path: Path
) -> None:
    write(tmp_path, tiny_manual, MAPS, LOST)
    note_unchanged(index_file(tmp_path), store, [tiny_manual.code], "m", tmp_path)
    assert find() is None


def test_pictures_that_are_missing_are_drawn(
    find: Find, noted: ManualStore, source: Path, tmp_path: Path
) -> None:
    assert noted.catalog()
    drawn = find(printed=PrintedPages(tmp_path)) is None
    assert drawn == (source.suffix == ".pdf")


def test_nothing_is_noted_of_what_changes_meanwhile(
    find: Find, store: ManualStore, tiny_manual: Manual, tmp_path: Path
) -> None:
    class Changing(ManualStore):
        def all_editions(self):  # type: ignore[no-untyped-def]
            found = super().all_editions()
            store.forget(tiny_manual.code)
            return found

    changing = Changing(store._client, "aquí")
    note_unchanged(index_file(tmp_path), changing, [], "m", tmp_path)
    assert find() is None


def test_it_needs_neither_chroma_nor_the_parser() -> None:
    heavy = ("chromadb", "numpy", "onnxruntime", "ingest.parser", "langchain_core", "pypdfium2")
    program = (
        "import sys, assistant.faces.cli.indexing, ingest.unchanged, ingest.readers\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
