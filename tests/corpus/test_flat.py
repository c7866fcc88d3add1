"""The search in memory finds what Chroma's index finds, with the same similarities."""

from pathlib import Path

import numpy as np
import pytest

from corpus.embeddings import OnnxEmbeddings
from corpus.flat import FlatSearch
from corpus.store import open_store

QUESTIONS = (
    "¿Quién ve lo de las juntas vecinales?",
    "¿Quién atiende los asuntos del archivo?",
    "mantenimiento de equipos de cómputo",
    "¿Quién hace los mapas?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_finds_what_chroma_finds(
    data_with_real: Path, embeddings: OnnxEmbeddings, question: str
) -> None:
    store = open_store(data_with_real)
    [record] = store.catalog()
    ids = [chunk.id for chunk in store.chunks(record)]
    vector = embeddings.query_vector(question)
    here = FlatSearch(ids, store.vectors(record)).nearest(vector, 60)
    there = store.search(record, vector, 60)
    both = dict(here).keys() & dict(there).keys()
    assert len(both) >= 58  # Chroma's graph is approximate and may miss one; all are looked at here
    assert {i: dict(here)[i] for i in both} == pytest.approx(
        {i: dict(there)[i] for i in both}, abs=1e-5
    )
    assert here[-1][1] >= there[-1][1] - 1e-5
    assert [score for _, score in here] == sorted((score for _, score in here), reverse=True)


def test_vectors_of_any_length_and_more_than_there_are() -> None:
    search = FlatSearch(["a", "b"], np.array([[3.0, 0.0], [0.0, 0.1]], np.float32))
    found = search.nearest(np.array([0.0, 2.0], np.float32), 10)
    assert found == [("b", pytest.approx(1.0)), ("a", pytest.approx(0.0))]
