"""The hybrid retriever finds the passage through accents, capitals, slips and inflection."""

import logging
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.asking.library import Library, OpenManual
from assistant.retrieval.hybrid import MOST_HITS
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.terms import topic_terms
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.structure.tokens import tokenize
from corpus.embeddings import OnnxEmbeddings
from corpus.store import open_store


@pytest.fixture(scope="module")
def opened(data_with_real: Path, embeddings: OnnxEmbeddings) -> OpenManual:
    library = Library(open_store(data_with_real), embeddings, default_thesaurus())
    return library.manual("MO-SIG-01")


def places(documents: list[Document]) -> list[tuple[str, int, int | None]]:
    """Section, page and function of what was found."""
    return [(d.metadata["section"], d.metadata["page"], d.metadata["function"]) for d in documents]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("inventario de bienes muebles", ("3.5", 51, 11)),
        ("INVENTARIO DE BIENES MUEBLES", ("3.5", 51, 11)),
        ("inbentario de vienes muebles", ("3.5", 51, 11)),
        ("inventarios del bien mueble", ("3.5", 51, 11)),
        ("pago de nomina y recibos", ("3.5", 51, 8)),
        ("centro de computo principal", ("2.2.2", 42, 5)),
        ("capacitaciones con perspectiva de genero", ("5.5", 63, 3)),
        ("recepción de quejas en materia de mejora regulatoria", ("4.1", 56, 12)),
        ("lenguaje incluyente", ("5.5", 63, 2)),
    ],
)
def test_a_passage_is_among_the_first_three(
    opened: OpenManual, query: str, place: tuple[str, int, int]
) -> None:
    assert place in places(opened.retriever.invoke(query))[:3]


def test_prose_is_found_as_well(opened: OpenManual) -> None:
    found = opened.retriever.invoke("mejores prácticas de Mérida, Guadalajara y Querétaro")
    assert (found[0].metadata["section"], found[0].metadata["page"]) == ("III", 5)


def test_it_is_a_langchain_retriever(opened: OpenManual) -> None:
    assert isinstance(opened.retriever, BaseRetriever)
    documents = opened.retriever.invoke("juntas vecinales")
    assert documents
    assert len(documents) == MOST_HITS
    assert len({d.id for d in documents}) == len(documents)


def test_every_document_can_be_cited_alone(opened: OpenManual) -> None:
    manual = opened.knowledge.manual
    for document in opened.retriever.invoke("trámites y servicios"):
        section = manual.section(document.metadata["section"])
        assert section is not None
        assert document.metadata["manual"] == "MO-SIG-01"
        assert document.metadata["title"] == section.title
        assert document.page_content in section.text_on(document.metadata["page"])


def test_the_best_comes_first(opened: OpenManual) -> None:
    scores = [d.metadata["hit"].score for d in opened.retriever.invoke("correo institucional")]
    assert scores == sorted(scores, reverse=True)


def test_the_same_query_finds_the_same(opened: OpenManual) -> None:
    query = "¿quién ve lo de las juntas vecinales?"
    assert opened.retriever.invoke(query) == opened.retriever.invoke(query)


def test_words_of_no_manual_find_something_that_covers_nothing(opened: OpenManual) -> None:
    hits = [d.metadata["hit"] for d in opened.retriever.invoke("xilófono ukelele")]
    assert max(hit.coverage for hit in hits) == 0


def test_indexing_tells_nothing_to_the_log(
    opened: OpenManual, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        index = LexicalIndex(opened.passages.chunks, default_thesaurus())
        assert index.bm25(topic_terms(tokenize("juntas vecinales"))).any()
    assert caplog.records == []
