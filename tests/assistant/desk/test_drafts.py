"""Manuals at the desk: read within limits, shown with their warnings, published, put back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.desk.drafts import DraftBook, DraftState
from assistant.desk.errors import DeskError, GoneError
from assistant.running.settings import Settings
from assistant.running.storage import Database
from assistant.structure.comparing import Kind
from corpus.catalog import NoFormerError
from corpus.editions import VersionInForceError
from corpus.embeddings import OnnxEmbeddings
from corpus.store import open_store
from evals.generated_manuals import generate
from ingest.indexing import index_manual
from tests.conftest import made_once

PUBLISHED = DraftState.PUBLISHED
SMALL = generate(11, 8, ())
"""Eight sheets: a whole manual would only take longer."""
MANUAL, CODE, NAME = SMALL.text, SMALL.truth.code, f"{SMALL.truth.code}.txt"
BOSS = "Puesto al que le reporta:\tDirección de Bienestar y Salud Juvenil\t\t\n"


@pytest.fixture(scope="session")
def data_with_small(
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
) -> Path:
    """A data folder with the prepared model and the index of the manual. Read only."""

    def make(folder: Path) -> None:
        lend_model(folder)
        source = folder / NAME
        source.write_text(MANUAL, "utf-8")
        index_manual(source, open_store(folder), embeddings.name, lambda: embeddings)

    return made_once(tmp_path_factory, "small", make)


@pytest.fixture
def drafts(tmp_path: Path, database: Database, data_with_small: Path) -> DraftBook:
    """The drafts of an office that has the manual in force."""
    shutil.copytree(data_with_small, tmp_path, symlinks=True, dirs_exist_ok=True)
    return DraftBook(database, Settings(data_dir=tmp_path))


def _published(drafts: DraftBook, text: str, *, anyway: bool = False) -> DraftState:
    draft = drafts.add(NAME, text.encode(), "", "ana@oficina.mx")
    drafts.read(draft.id)
    drafts.claim(draft.id)
    return drafts.publish(draft.id, anyway=anyway).state


def test_a_manual_is_read_before_it_is_published_and_put_back_after(
    drafts: DraftBook, tmp_path: Path
) -> None:
    store = open_store(tmp_path)
    first = store.indexed(CODE)
    assert first is not None
    worse = MANUAL.replace("VERSIÓN:\t01", "VERSIÓN:\t02").replace(BOSS, "", 1)
    draft = drafts.add("nueva.txt", worse.encode(), "", "ana@oficina.mx")
    read = drafts.read(draft.id).read
    assert read is not None
    assert any("no dice a qué puesto le reporta" in w.message for w in read.review.unplaced)
    assert read.comparison is not None
    assert [each.kind for each in read.comparison.changes] == [Kind.POSITION_MOVED]
    assert store.indexed(CODE) == first

    drafts.claim(draft.id)
    assert drafts.publish(draft.id).state is PUBLISHED
    second = store.indexed(CODE)
    assert second is not None
    assert second.version == "02"
    assert [each.state for each in drafts.editions()[CODE]] == ["vigente", "conservada"]
    assert drafts.uncorrected() == {}

    assert drafts.reinstate(CODE.lower()).build == first.build
    again = store.indexed(CODE)
    assert again is not None
    assert (again.version, again.previous) == ("01", second.build)
    assert store.manual(CODE).version == "01"
    assert drafts.reinstate(CODE).build == second.build


def test_nothing_is_put_back_where_nothing_was_before(drafts: DraftBook) -> None:
    assert drafts.uncorrected() == {}
    with pytest.raises(NoFormerError, match="no se conserva"):
        drafts.reinstate(CODE)


def test_a_correction_under_the_same_version_can_be_undone(drafts: DraftBook) -> None:
    assert _published(drafts, MANUAL.replace(BOSS, "", 1)) is PUBLISHED
    assert len(drafts.editions()[CODE]) == 1
    first = drafts.uncorrected()[CODE]
    assert drafts.reinstate(CODE).build == first.build


def test_an_older_version_is_kept_beside_and_that_is_told(drafts: DraftBook) -> None:
    assert _published(drafts, MANUAL.replace("VERSIÓN:\t01", "VERSIÓN:\t02")) is PUBLISHED
    draft = drafts.add(NAME, MANUAL.encode(), "", "ana@oficina.mx")
    drafts.read(draft.id)
    drafts.claim(draft.id)
    done = drafts.publish(draft.id)
    assert (done.state, "póngala en vigor" in done.message) == (PUBLISHED, True)
    newer, older = drafts.editions()[CODE]
    assert (newer.record.version, older.record.version) == ("02", "01")
    assert drafts.put_in_force(CODE, older.record.edition).version == "01"
    with pytest.raises(VersionInForceError):
        drafts.forget(CODE, older.record.edition)
    drafts.forget(CODE, newer.record.edition)
    assert [each.record.version for each in drafts.editions()[CODE]] == ["01"]


def test_what_would_lose_much_must_be_wanted(drafts: DraftBook) -> None:
    pages = MANUAL.split("PÁGINA:")
    half = "PÁGINA:".join(pages[: len(pages) // 2])
    draft = drafts.add("mitad.txt", half.encode(), "", "ana@oficina.mx")
    read = drafts.read(draft.id).read
    assert read is not None
    assert "pasaría de 8 a" in read.loss
    drafts.claim(draft.id)
    assert drafts.publish(draft.id).state is DraftState.UNPUBLISHED
    drafts.claim(draft.id)
    assert drafts.publish(draft.id, anyway=True).state is PUBLISHED


def test_a_file_that_is_no_manual_is_told_in_a_sentence(drafts: DraftBook) -> None:
    draft = drafts.add("nada.pdf", b"esto no es un PDF", "", "ana@oficina.mx")
    read = drafts.read(draft.id)
    assert read.state is DraftState.UNREADABLE
    assert read.message.endswith(".")
    with pytest.raises(DeskError, match="no se puede publicar"):
        drafts.claim(draft.id)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("manual.exe", b"x", "no es un formato"),
        ("manual.txt", b"", "está vacío"),
        ("manual", b"x", "no es un formato"),
    ],
)
def test_what_can_be_no_manual_is_not_taken(
    drafts: DraftBook, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(DeskError, match=said):
        drafts.add(name, content, "", "ana@oficina.mx")


def test_a_name_leads_nowhere_in_the_file_system(drafts: DraftBook) -> None:
    added = drafts.add("../../..\\etc/ma:nual.txt", b"x", "", "ana@oficina.mx")
    assert added.name == "manual.txt"
    assert drafts.add(f"{'x' * 300}.txt", b"x", "", "ana@oficina.mx").name.endswith("x.txt")


def test_a_draft_is_published_by_one_only(drafts: DraftBook) -> None:
    draft = drafts.add(NAME, MANUAL.encode(), "", "ana@oficina.mx")
    drafts.read(draft.id)
    drafts.claim(draft.id)
    with pytest.raises(DeskError, match="ahora"):
        drafts.claim(draft.id)
    drafts.discard(draft.id)
    with pytest.raises(GoneError):
        drafts.find(draft.id)
