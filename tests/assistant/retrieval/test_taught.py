"""The office's words: said again they decide."""

import numpy as np
import pytest

from assistant.retrieval.taught import OfficeWords
from corpus.embeddings import OnnxEmbeddings
from corpus.office_words import OfficeWord, Origin
from corpus.words_store import StoredWord

BOOKS = OfficeWord(text="¿Quién guarda los libros de actas?", section="1.1", function=2)


@pytest.fixture(scope="module")
def words(embeddings: OnnxEmbeddings) -> OfficeWords:
    stored = StoredWord(BOOKS, Origin.FILE, embeddings.name, embeddings.query_vector(BOOKS.text))
    return OfficeWords([stored], embeddings.name)


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("¿QUIEN GUARDA LOS LIBROS DE ACTAS?", True),
        ("oigan, quién guarda los libros de actas por favor", True),
        ("¿Quién guarda los libros de la biblioteca?", False),
        ("¿Quién arregla los baches?", False),
    ],
)
def test_what_is_said_again_leads_where_the_office_says(
    words: OfficeWords, embeddings: OnnxEmbeddings, question: str, *, leads: bool
) -> None:
    found = words.leading(question, embeddings.query_vector(question))
    assert (found == BOOKS) is leads


def test_vectors_of_another_model_count_for_nothing(embeddings: OnnxEmbeddings) -> None:
    stored = StoredWord(BOOKS, Origin.FILE, "another", np.ones(384, np.float32))
    words = OfficeWords([stored], embeddings.name)
    question = "quién guarda por favor los libros de actas"
    assert words.leading(question, embeddings.query_vector(question)) is None
    assert words.leading(BOOKS.text, embeddings.query_vector(BOOKS.text)) == BOOKS
