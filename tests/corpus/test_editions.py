"""Versions of a manual: kept beside each other, one in force, put back at once, taken away."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from corpus.catalog import IndexedManual, IndexReplacedError, NoIndexError
from corpus.editions import AmbiguousVersionError, UnknownVersionError, VersionInForceError
from corpus.model import Chunk, Manual
from corpus.store import ManualStore, open_store
from tests.corpus.conftest import VECTORS, put

CODE = "MO-MINI-01"
Publish = Callable[..., IndexedManual]


@pytest.fixture
def store(tmp_path: Path, tiny_manual: Manual, tiny_chunks: list[Chunk]) -> ManualStore:
    """Two versions, the older ingested first."""
    store = open_store(tmp_path)
    put(store, tiny_manual, tiny_chunks, "01", date(2021, 10, 11))
    put(store, tiny_manual, tiny_chunks, "02", date(2024, 3, 1))
    return store


@pytest.fixture
def publish(store: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]) -> Publish:
    """Indexes a version with a date of the manual."""
    return partial(put, store, tiny_manual, tiny_chunks)


def versions(store: ManualStore) -> list[tuple[str, str]]:
    return [(each.record.version, each.state) for each in store.editions(CODE)]


def test_a_new_version_is_in_force_and_the_one_before_is_kept(store: ManualStore) -> None:
    assert versions(store) == [("02", "vigente"), ("01", "conservada")]
    assert store.manual(CODE).version == "02"
    assert store.manual(store.edition(CODE, "01").record).version == "01"
    assert [record.version for record in store.catalog()] == ["02"]


def test_an_older_version_that_is_ingested_later_is_only_kept(
    store: ManualStore, publish: Publish
) -> None:
    publish("00", date(2019, 1, 1))
    assert versions(store) == [("02", "vigente"), ("01", "conservada"), ("00", "conservada")]


def test_the_same_version_again_takes_its_own_place(store: ManualStore, publish: Publish) -> None:
    before = store.edition(CODE, "01").record
    again = publish("01", date(2021, 10, 11))
    assert versions(store) == [("02", "vigente"), ("01", "conservada")]
    assert store.edition(CODE, "01").record == again
    assert again.previous == before.build


def test_an_older_version_is_put_in_force_and_the_newer_one_again(store: ManualStore) -> None:
    assert store.put_in_force("mo-mini-01", "1").record.version == "01"
    assert versions(store) == [("01", "vigente"), ("02", "conservada")]
    assert store.manual(CODE).version == "01"
    store.put_in_force(CODE, "2024-03-01")
    assert versions(store) == [("02", "vigente"), ("01", "conservada")]


def test_after_going_back_a_new_version_is_in_force_again(
    store: ManualStore, publish: Publish
) -> None:
    store.put_in_force(CODE, "01")
    publish("03", date(2025, 1, 1))
    assert versions(store) == [("03", "vigente"), ("02", "conservada"), ("01", "conservada")]


def test_another_process_sees_what_was_put_in_force(store: ManualStore, tmp_path: Path) -> None:
    other = open_store(tmp_path)
    assert other.manual(CODE).version == "02"
    store.put_in_force(CODE, "01")
    assert other.manual(CODE).version == "01"
    assert versions(other) == versions(store)


def test_a_version_that_is_not_there_is_told_with_those_that_are(store: ManualStore) -> None:
    with pytest.raises(UnknownVersionError, match=r"«07»; tiene 02 \(2024-03-01\), 01"):
        store.put_in_force(CODE, "07")
    with pytest.raises(NoIndexError, match="MO-X"):
        store.editions("MO-X")


def test_two_dates_of_one_version_are_asked_apart(store: ManualStore, publish: Publish) -> None:
    publish("02", date(2024, 9, 9))
    assert all(store.edition(CODE, e.record.edition) == e for e in store.editions(CODE))
    with pytest.raises(AmbiguousVersionError, match="diga también la fecha"):
        store.edition(CODE, "02")
    assert store.edition(CODE, "02 2024-03-01").record.emission_date == date(2024, 3, 1)


def test_an_older_version_is_taken_away_with_all_that_is_its_own(store: ManualStore) -> None:
    old = store.edition(CODE, "01").record
    assert store.forget(CODE, "01")
    assert versions(store) == [("02", "vigente")]
    assert store.manual(CODE).version == "02"
    with pytest.raises(IndexReplacedError):
        store.manual(old)


def test_the_version_in_force_is_not_taken_away_from_before_others(store: ManualStore) -> None:
    with pytest.raises(VersionInForceError, match="asistente volver"):
        store.forget(CODE, "02")
    store.forget(CODE, "01")
    assert store.forget(CODE, "02")  # the last one goes, and with it the manual
    assert store.indexed(CODE) is None


def test_a_forgotten_manual_leaves_no_version(store: ManualStore, publish: Publish) -> None:
    assert store.forget(CODE)
    publish("02", None)
    assert versions(store) == [("02", "vigente")]


def test_all_versions_of_all_manuals_are_listed(
    store: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    other = tiny_manual.model_copy(update={"code": "MO-AAA-01"})
    put(store, other, tiny_chunks, "01", None)
    listed = [(e.record.code, e.record.version, e.in_force) for e in store.all_editions()]
    assert listed == [("MO-AAA-01", "01", True), (CODE, "02", True), (CODE, "01", False)]


def test_the_vectors_of_any_version_are_found_by_their_texts(
    store: ManualStore, tiny_chunks: list[Chunk]
) -> None:
    known = store.embedded(CODE, "modelo@1")
    assert set(known) == {chunk.indexed_text for chunk in tiny_chunks}
    assert known[tiny_chunks[1].indexed_text].tolist() == VECTORS[1].tolist()
    assert store.embedded(CODE, "modelo@2") == {}
    assert store.vectors(CODE).tolist() == VECTORS.tolist()
