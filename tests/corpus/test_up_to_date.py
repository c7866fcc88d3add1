"""A note of what is up to date holds until somebody writes to the index, and through openings."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.chroma import index_file
from corpus.model import Chunk, Manual
from corpus.office_words import OfficeWord, Origin
from corpus.store import ManualStore, open_store
from corpus.up_to_date import UpToDate, keep_note, up_to_date, written

WORD = OfficeWord(text="los mapitas", section="1.1", function=1)


@pytest.fixture
def store(tmp_path: Path, tiny_manual: Manual, tiny_chunks: list[Chunk]) -> ManualStore:
    store = open_store(tmp_path)
    for version in ("01", "02"):
        manual = tiny_manual.model_copy(update={"version": version})
        vectors = np.eye(len(tiny_chunks), 4, dtype=np.float32)
        store.replace(manual, tiny_chunks, vectors, source_sha256=version, model_name="m")
    return store


@pytest.fixture
def file(tmp_path: Path, store: ManualStore) -> Path:
    """Chroma's file, of which a note is kept."""
    file = index_file(tmp_path)
    editions = tuple(store.all_editions())
    stands = written(file)
    assert stands is not None
    keep_note(file, UpToDate(written=stands, editions=editions, words={"MO-X": ""}))
    return file


def test_it_gives_what_was_noted(file: Path, store: ManualStore) -> None:
    note = up_to_date(file)
    assert note is not None
    assert list(note.editions) == store.all_editions()
    assert note.words == {"MO-X": ""}


def test_it_holds_while_the_index_is_only_read_and_opened_again(
    file: Path, store: ManualStore, tmp_path: Path, tiny_manual: Manual
) -> None:
    for _ in range(2):
        store.manual(tiny_manual.code)
        store.vectors(tiny_manual.code)
        before = written(file)
        store._client.close()  # type: ignore[attr-defined]
        store = open_store(tmp_path)
        assert written(file) != before  # Chroma writes when it opens
        assert up_to_date(file) is not None


CHANGES: dict[str, Callable[[ManualStore, str], object]] = {
    "another version in force": lambda store, code: store.put_in_force(code, "01"),
    "a version forgotten": lambda store, code: store.forget(code, "01"),
    "a wording": lambda store, code: store.words.add(
        code, [WORD], np.ones((1, 4), np.float32), origin=Origin.OFFICE, model_name="m"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_ends_it_and_an_opening_does_not_bring_it_back(
    file: Path, store: ManualStore, tmp_path: Path, tiny_manual: Manual, change: str
) -> None:
    CHANGES[change](store, tiny_manual.code)
    assert up_to_date(file) is None
    store._client.close()  # type: ignore[attr-defined]
    open_store(tmp_path)
    assert up_to_date(file) is None


def test_another_program_that_writes_ends_it_from_its_first_moment(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE other (one INTEGER)")
    assert written(file) is None
    other.execute("COMMIT")
    other.close()
    assert written(file) is not None
    assert up_to_date(file) is None


def test_nothing_is_told_of_files_whose_head_does_not_count(tmp_path: Path) -> None:
    assert written(tmp_path / "none.sqlite3") is None
    garbage = tmp_path / "garbage.sqlite3"
    garbage.write_bytes(b"\x00" * 4096)
    assert written(garbage) is None
    ahead = sqlite3.connect(tmp_path / "ahead.sqlite3", isolation_level=None)
    ahead.execute("PRAGMA journal_mode = WAL")
    ahead.execute("CREATE TABLE one (two INTEGER)")
    ahead.close()
    assert written(tmp_path / "ahead.sqlite3") is None


def test_a_note_that_is_cut_off_counts_for_none(file: Path) -> None:
    note = file.with_name("up_to_date.json")
    note.write_bytes(note.read_bytes()[:-20])
    assert up_to_date(file) is None
