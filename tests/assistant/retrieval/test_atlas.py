"""One search over all manuals: what speaks for each, shared by processes, following the index."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval.atlas import Atlas, Evidence
from corpus.catalog import IndexedManual
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Chunk, Manual
from corpus.spanish import stems
from corpus.store import ManualStore, open_store

TOPICS = {
    "MO-OBR-01": ("Dirección de Pavimentos", "Tapar los baches de las calles."),
    "MO-SAL-01": ("Coordinación de Vacunación", "Vacunar a perros y gatos."),
    "MO-PAR-01": ("Jefatura de Parques", "Podar los árboles de los parques."),
    "MO-AGU-01": ("Coordinación de Vacunas Humanas", "Vacunar a niños y adultos mayores."),
}


@dataclass
class City:
    """A store with some manuals, and what asks its atlas."""

    store: ManualStore
    folder: Path
    embeddings: OnnxEmbeddings
    put: Callable[..., IndexedManual]

    def atlas(self) -> Atlas:
        """An atlas as another process would open it."""
        atlas = Atlas(self.folder, self.store)
        atlas.sync(self.store.catalog())
        return atlas

    def ask(self, atlas: Atlas, question: str, *among: str) -> dict[str, Evidence]:
        """The evidence by the codes of the manuals."""
        codes = {record.build: record.code for record in self.store.catalog()}
        narrowed = frozenset(b for b, code in codes.items() if code in among) if among else None
        vector = self.embeddings.query_vector(question)
        found = atlas.evidence(question, stems(question), vector, narrowed)
        return {codes[each.build]: each for each in found}


@pytest.fixture
def city(
    tmp_path: Path, tiny_manual: Manual, tiny_chunks: list[Chunk], embeddings: OnnxEmbeddings
) -> City:
    store = open_store(tmp_path / "data")

    def put(code: str, title: str, text: str) -> IndexedManual:
        position = tiny_manual.positions[0].model_copy(update={"title": title})
        manual = tiny_manual.model_copy(update={"code": code, "positions": (position,)})
        chunk = tiny_chunks[0].model_copy(update={"manual": code, "title": title, "quote": text})
        vectors = embeddings.passage_vectors([chunk.indexed_text])
        return store.replace(
            manual, [chunk], vectors, source_sha256=text, model_name=embeddings.name
        )

    for code, (title, text) in TOPICS.items():
        put(code, title, text)
    return City(store, tmp_path / "atlas", embeddings, put)


def best(found: dict[str, Evidence], score: str) -> str:
    return max(found, key=lambda code: getattr(found[code], score))


def test_words_and_meaning_point_to_the_manual_that_has_the_topic(city: City) -> None:
    found = city.ask(city.atlas(), "¿quién tapa los baches?")
    assert best(found, "cosine") == best(found, "lexical") == "MO-OBR-01"


def test_a_position_s_whole_name_points_to_its_manual_in_spite_of_a_slip(city: City) -> None:
    found = city.ask(city.atlas(), "¿Qué hace la coordinación de vacunacion?")
    assert best(found, "named") == "MO-SAL-01"
    slip = city.ask(city.atlas(), "¿Qué hace la direccion de pavimetos?")
    assert best(slip, "named") == "MO-OBR-01"
    no_such = city.ask(city.atlas(), "¿Qué hace la jefatura de pavimentos?")  # another rank
    assert all(each.named == 0 for each in no_such.values())


def test_a_narrowed_question_finds_nothing_else(city: City) -> None:
    found = city.ask(city.atlas(), "¿quién tapa los baches?", "MO-PAR-01", "MO-SAL-01")
    assert set(found) == {"MO-PAR-01", "MO-SAL-01"}
    assert all(each.cosine > 0 for each in found.values())


def test_a_new_manual_is_found_and_one_that_is_gone_is_not(city: City) -> None:
    atlas = city.atlas()
    city.put("MO-BOM-01", "Dirección de Bomberos", "Apagar incendios.")
    city.store.forget("MO-OBR-01")
    atlas.sync(city.store.catalog())
    assert best(city.ask(atlas, "¿quién apaga los incendios?"), "cosine") == "MO-BOM-01"
    assert "MO-OBR-01" not in city.ask(atlas, "¿quién tapa los baches?")


def test_a_replaced_manual_is_found_by_what_it_says_now(city: City) -> None:
    atlas = city.atlas()
    city.put("MO-OBR-01", "Dirección de Alumbrado", "Cambiar focos fundidos.")
    atlas.sync(city.store.catalog())
    assert best(city.ask(atlas, "¿quién cambia los focos fundidos?"), "lexical") == "MO-OBR-01"
    assert city.ask(atlas, "la dirección de pavimentos").get("MO-OBR-01", _NOTHING).named == 0


_NOTHING = Evidence("", 0, 0, 0)


def test_another_process_reads_what_is_there_and_builds_nothing(city: City) -> None:
    city.atlas()
    before = sorted(path.name for path in city.folder.iterdir())
    other = city.atlas()
    assert sorted(path.name for path in city.folder.iterdir()) == before
    assert best(city.ask(other, "¿quién tapa los baches?"), "cosine") == "MO-OBR-01"


def test_many_changes_leave_few_segments_and_no_scraps(city: City) -> None:
    atlas = city.atlas()
    for number in range(20):
        city.put("MO-OBR-01", "Dirección de Pavimentos", f"Tapar {number} baches.")
        atlas.sync(city.store.catalog())
    segments = list(city.folder.glob("*/segment.json"))
    assert 1 <= len(segments) <= 6
    assert best(city.ask(atlas, "¿quién tapa los baches?"), "cosine") == "MO-OBR-01"


def test_a_build_is_copied_once_and_the_copy_goes_with_it(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    atlas = city.atlas()
    record = city.store.indexed("MO-OBR-01")
    assert record is not None
    expected = (city.store.manual(record), city.store.chunks(record))
    with monkeypatch.context() as patch:
        patch.setattr(city.store, "_read", None)  # the store is not asked
        copy = atlas.copy(record)
    assert (copy.manual, list(copy.chunks)) == expected
    city.store.forget("MO-OBR-01")
    atlas.sync(city.store.catalog())
    assert not list(city.folder.glob(f"builds/{record.build}*"))


def test_a_damaged_copy_is_made_anew(city: City) -> None:
    atlas = city.atlas()
    record = city.store.indexed("MO-OBR-01")
    assert record is not None
    [path] = city.folder.glob(f"builds/{record.build}*")
    path.write_bytes(b"nothing")
    assert atlas.copy(record).manual == city.store.manual(record)


def test_a_damaged_atlas_is_made_anew(city: City) -> None:
    city.atlas()
    for meta in city.folder.glob("*/segment.json"):
        meta.write_text("{", "utf-8")
    found = city.ask(city.atlas(), "¿quién tapa los baches?")
    assert best(found, "cosine") == "MO-OBR-01"


def test_a_manual_without_chunks_does_no_harm(city: City, tiny_manual: Manual) -> None:
    empty = tiny_manual.model_copy(update={"code": "MO-VAC-01"})
    city.store.replace(
        empty,
        [],
        np.empty((0, 0), np.float32),
        source_sha256="x",
        model_name=city.embeddings.name,
    )
    found = city.ask(city.atlas(), "¿quién tapa los baches?")
    assert best(found, "cosine") == "MO-OBR-01"
