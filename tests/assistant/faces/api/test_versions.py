"""Versions over HTTP: which there are, and what changed between them."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.running.settings import Settings
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Chunk, Manual
from corpus.store import open_store
from tests.assistant.faces.api.conftest import IsProblem

CODE = "MO-MINI-01"


@pytest.fixture(scope="module")
def versions(
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
    tiny_manual: Manual,
    tiny_chunks: list[Chunk],
    serve: Callable[..., Any],
) -> Iterator[httpx.Client]:
    """A server with two versions of the tiny manual; the function of one holds markup."""
    data = tmp_path_factory.mktemp("versions")
    lend_model(data)
    store = open_store(data)
    vectors = embeddings.passage_vectors([chunk.indexed_text for chunk in tiny_chunks])
    [sheet] = tiny_manual.positions
    hostile = sheet.functions[0].model_copy(
        update={"text": "Atender las <script>alert(1)</script> juntas vecinales;"}
    )
    newer = sheet.model_copy(update={"functions": (hostile, *sheet.functions[1:])})
    for version, year, position in (("01", 2021, sheet), ("02", 2024, newer)):
        edited = tiny_manual.model_copy(
            update={
                "version": version,
                "emission_date": date(year, 1, 1),
                "positions": (position,),
            }
        )
        store.replace(
            edited, tiny_chunks, vectors, source_sha256=version, model_name=embeddings.name
        )
    with serve(Settings(data_dir=data, rate_limit="no", chroma_url=None)) as client:
        yield client


def test_the_versions_come_with_the_one_in_force_first(versions: httpx.Client) -> None:
    told = versions.get(f"/api/manuals/{CODE}/versions").json()
    assert [(each["version"], each["in_force"]) for each in told] == [("02", True), ("01", False)]
    assert told[1]["emission_date"] == "2021-01-01"


def test_the_changes_are_told_for_the_versions_that_are_named_or_the_last_ones(
    versions: httpx.Client,
) -> None:
    address = f"/api/manuals/{CODE}/comparison"
    [change] = versions.get(address).json()["changes"]
    assert change["kind"] == "function_reworded"
    assert (change["before"]["page"], change["after"]["page"]) == (1, 1)
    back = versions.get(address, params={"before": "02", "after": "01"}).json()
    assert (back["before"], back["after"]) == ("02 (2024-01-01)", "01 (2021-01-01)")


def test_a_version_that_is_not_there_is_a_problem(
    versions: httpx.Client, is_problem: IsProblem
) -> None:
    answer = versions.get(f"/api/manuals/{CODE}/comparison", params={"before": "77"})
    assert "«77»" in is_problem(answer, 404)["detail"]


def test_the_page_shows_both_sides_and_escapes_what_manuals_print(versions: httpx.Client) -> None:
    page = versions.get("/comparar", params={"manual": CODE, "antes": "01", "ahora": "02"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<ins>" in page


def test_the_page_says_where_there_is_nothing_to_compare(server: httpx.Client) -> None:
    assert "no hay con qué compararla" in server.get("/comparar").text
