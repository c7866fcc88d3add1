"""An ingest that would lose much stops and says so; what is indexed stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.codes import BadCodeError
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Manual
from corpus.store import ManualStore, open_store
from ingest.errors import WouldLoseError
from ingest.indexing import index_manual
from ingest.summary import IngestSummary
from tests.ingest.conftest import FRONT, FUNCTIONS, IDENTIFICATION, OBJECTIVE, VALUE, page_header

SHEETS = 4


def manual_text(
    sheets: int = SHEETS,
    functions: int = 3,
    code: str = "MO-TST-01",
    dependency: str = "SECRETARÍA DE PRUEBAS",
) -> str:
    """A manual with so many sheets, a page each, from page 4 on."""
    total = 3 + sheets
    pages = [
        FRONT.format(page=2, total=total),
        f"{page_header(3, total)}I. INTRODUCCIÓN\n\nEste manual presenta la oficina.\n\n\n\n",
    ]
    rows = "".join(f"{at}\tCumplir la tarea número {at}.\n" for at in range(1, functions + 1))
    for at in range(1, sheets + 1):
        heading = "II. PUESTOS Y FUNCIONES\n\n" if at == 1 else ""
        sheet = f"{at}. Jefatura {at}\n\n{IDENTIFICATION}{OBJECTIVE}{VALUE}{FUNCTIONS}{rows}"
        pages.append(f"{page_header(3 + at, total)}{heading}{sheet}\n\n\n")
    text = "".join(pages).replace("MO-TST-01", code)
    return text.replace("SECRETARÍA DE PRUEBAS", dependency)


Ingest = Callable[..., IngestSummary]


@pytest.fixture
def store(tmp_path: Path) -> ManualStore:
    return open_store(tmp_path / "data")


@pytest.fixture
def ingest(tmp_path: Path, store: ManualStore, embeddings: OnnxEmbeddings) -> Ingest:
    """Ingests a text, as a file of a given name."""

    def ingest_text(text: str, name: str = "nuevo.txt", *, force: bool = False) -> IngestSummary:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return index_manual(path, store, embeddings.name, lambda: embeddings, force=force)

    return ingest_text


@pytest.fixture
def before(ingest: Ingest, store: ManualStore) -> Manual:
    """What is indexed."""
    return store.manual(ingest(manual_text()).code)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (manual_text(sheets=1), "de 4 a 1 cédulas, de 12 a 3 funciones y de 7 a 4 páginas"),
        (manual_text(functions=1), "de 12 a 4 funciones"),
    ],
)
def test_a_file_with_far_less_stops_and_says_what_would_be_lost(
    ingest: Ingest, store: ManualStore, before: Manual, text: str, told: str
) -> None:
    with pytest.raises(WouldLoseError, match=told) as raised:
        ingest(text)
    assert "«nuevo.txt»" in str(raised.value)
    assert "--forzar" in str(raised.value)
    assert store.manual(before.code) == before


def test_another_dependency_s_manual_with_the_same_code_stops(
    ingest: Ingest, store: ManualStore, before: Manual
) -> None:
    with pytest.raises(WouldLoseError, match="--codigo") as raised:
        ingest(manual_text(dependency="TESORERÍA DE PRUEBA"))
    assert "«Tesorería de Prueba»" in str(raised.value)
    assert "«Secretaría de Pruebas»" in str(raised.value)
    assert store.manual(before.code) == before


@pytest.mark.parametrize(
    "text", [manual_text(sheets=1), manual_text(dependency="TESORERÍA DE PRUEBA")]
)
def test_an_order_goes_on(ingest: Ingest, store: ManualStore, before: Manual, text: str) -> None:
    summary = ingest(text, force=True)
    assert store.manual(before.code) != before
    assert summary.code == before.code


@pytest.mark.parametrize(
    "text",
    [
        manual_text(sheets=SHEETS + 2),
        manual_text(sheets=SHEETS - 1),
        manual_text(dependency="Secretaría de Pruebas"),
    ],
    ids=["more", "a little less", "the same in small letters"],
)
@pytest.mark.usefixtures("before")
def test_a_new_edition_replaces_the_one_before(ingest: Ingest, text: str) -> None:
    assert not ingest(text).unchanged


@pytest.mark.usefixtures("before")
def test_a_code_is_one_whatever_its_case(ingest: Ingest, store: ManualStore) -> None:
    ingest(manual_text(code="mo-tst-01", sheets=SHEETS + 1))
    assert [record.code for record in store.catalog()] == ["MO-TST-01"]
    assert store.manual("Mo-Tst-01").code == "MO-TST-01"
    assert store.forget("mo-tst-01")


@pytest.mark.parametrize("code", ["../../x", "MO-😀-01", "MO-" + "9" * 40])
def test_a_code_that_could_do_harm_is_refused(
    ingest: Ingest, store: ManualStore, code: str
) -> None:
    with pytest.raises(BadCodeError, match="--codigo"):
        ingest(manual_text(code=code))
    assert store.catalog() == []
