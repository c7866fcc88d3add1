"""Manuals at the desk: read within limits, shown with their warnings, published, put back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.desk.changes import ChangeKind
from assistant.desk.drafts import DraftBook, DraftState
from assistant.desk.errors import DeskError, GoneError
from assistant.running.settings import Settings
from assistant.running.storage import Database
from corpus.catalog import NoFormerError
from corpus.store import open_store
from evals.generated_manuals import generate

_MADE = generate(11, 4, ())
MANUAL, CODE = _MADE.text, _MADE.truth.code
BOSS = "Puesto al que le reporta:\tDirección de Bienestar y Salud Juvenil\t\t\n"


@pytest.fixture
def drafts(tmp_path: Path, database: Database, lend_model: Callable[[Path], None]) -> DraftBook:
    lend_model(tmp_path)
    return DraftBook(database, Settings(data_dir=tmp_path))


def _published(drafts: DraftBook, text: str, *, anyway: bool = False) -> DraftState:
    draft = drafts.add(f"{CODE}.txt", text.encode(), "", "ana@oficina.mx")
    drafts.read(draft.id)
    drafts.claim(draft.id)
    return drafts.publish(draft.id, anyway=anyway).state


def test_a_manual_is_read_before_it_is_published_and_put_back_after(
    drafts: DraftBook, tmp_path: Path
) -> None:
    assert _published(drafts, MANUAL) is DraftState.PUBLISHED
    store = open_store(tmp_path)
    first = store.indexed(CODE)
    assert first is not None
    worse = MANUAL.replace("VERSIÓN:\t01", "VERSIÓN:\t02").replace(BOSS, "", 1)
    draft = drafts.add("nueva.txt", worse.encode(), "", "ana@oficina.mx")
    read = drafts.read(draft.id).read
    assert read is not None
    assert any("no dice a qué puesto le reporta" in w.message for w in read.review.unplaced)
    assert [c.kind for c in read.changes if c.kind is not ChangeKind.CHAPTER] == [ChangeKind.BOSS]
    assert store.indexed(CODE) == first

    drafts.claim(draft.id)
    assert drafts.publish(draft.id).state is DraftState.PUBLISHED
    second = store.indexed(CODE)
    assert second is not None
    assert second.version == "02"
    assert drafts.formers()[CODE].build == first.build

    assert drafts.reinstate(CODE.lower()).build == first.build
    again = store.indexed(CODE)
    assert again is not None
    assert (again.version, again.previous) == ("01", second.build)
    assert store.manual(CODE).version == "01"
    assert drafts.reinstate(CODE).build == second.build


def test_nothing_is_put_back_where_nothing_was_before(drafts: DraftBook) -> None:
    assert _published(drafts, MANUAL) is DraftState.PUBLISHED
    assert drafts.formers() == {}
    with pytest.raises(NoFormerError, match="no se conserva"):
        drafts.reinstate(CODE)


def test_what_would_lose_much_must_be_wanted(drafts: DraftBook) -> None:
    assert _published(drafts, MANUAL) is DraftState.PUBLISHED
    pages = MANUAL.split("PÁGINA:")
    half = "PÁGINA:".join(pages[: len(pages) // 2])
    draft = drafts.add("mitad.txt", half.encode(), "", "ana@oficina.mx")
    read = drafts.read(draft.id).read
    assert read is not None
    assert "pasaría de 4 a" in read.loss
    drafts.claim(draft.id)
    assert drafts.publish(draft.id).state is DraftState.UNPUBLISHED
    drafts.claim(draft.id)
    assert drafts.publish(draft.id, anyway=True).state is DraftState.PUBLISHED


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
    draft = drafts.add(f"{CODE}.txt", MANUAL.encode(), "", "ana@oficina.mx")
    drafts.read(draft.id)
    drafts.claim(draft.id)
    with pytest.raises(DeskError, match="ahora"):
        drafts.claim(draft.id)
    drafts.discard(draft.id)
    with pytest.raises(GoneError):
        drafts.find(draft.id)
