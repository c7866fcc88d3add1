"""Asking of another version than the one in force, and of what changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.answer import AnswerKind
from assistant.asking.core import Assistant, open_assistant
from assistant.asking.versions import ChangesAsked, OlderAsked, asked_of_versions
from assistant.running.settings import Settings
from corpus.editions import UnknownVersionError
from corpus.embeddings import OnnxEmbeddings
from corpus.store import open_store
from ingest.indexing import index_manual

REAL = Path(__file__).parents[3] / "corpus" / "manuals" / "MO-SIG-01.txt"
BEFORE = "Estar presente y activo en la conformación de juntas vecinales"
NOW = "Presidir siempre la conformación de juntas vecinales"


@pytest.fixture(scope="module")
def versions(
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
) -> Assistant:
    """The real manual, and a version 9 of it in which a function reads otherwise."""
    data = tmp_path_factory.mktemp("versions")
    lend_model(data)
    text = REAL.read_text("utf-8")
    store = open_store(data)
    index_manual(REAL, store, embeddings.name, lambda: embeddings)
    printed = store.manual("MO-SIG-01").version
    assert text.count(BEFORE) == 1
    newer = data / "MO-SIG-01.txt"
    edited = text.replace(BEFORE, NOW).replace(f"VERSIÓN:\t{printed}", "VERSIÓN:\t09")
    newer.write_text(edited, "utf-8")
    assert index_manual(newer, store, embeddings.name, lambda: embeddings).version == "09"
    return open_assistant(Settings(data_dir=data, chroma_url=None))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("¿Qué decía la versión 01?", OlderAsked("", "01")),
        (
            "En la versión 01, ¿a quién le reporta Geomática?",
            OlderAsked("¿a quién le reporta Geomática?", "01"),
        ),
        (
            "¿Qué hace la Jefatura de Archivo según la versión anterior?",
            OlderAsked("¿Qué hace la Jefatura de Archivo?", ""),
        ),
        ("¿Qué cambió entre la versión 01 y la 02?", ChangesAsked("01", "02")),
        ("¿qué cambió entre la version 1 y la version 2?", ChangesAsked("1", "2")),
        ("¿Qué cambió en la última versión?", ChangesAsked()),
        ("¿Qué cambió en la versión 02?", ChangesAsked(after="02")),
        ("¿Qué versión es el manual?", None),
        ("¿Qué cambió en la colonia?", None),
        ("¿Quién autoriza la versión final?", None),
    ],
)
def test_what_is_asked_of_versions(question: str, asked: OlderAsked | ChangesAsked | None) -> None:
    assert asked_of_versions(question) == asked


def test_answers_come_from_the_version_in_force(versions: Assistant) -> None:
    answer = versions.ask("¿Cuáles son las funciones de la sección 3.2?")
    assert NOW in answer.answer
    assert BEFORE not in answer.answer


@pytest.mark.parametrize("of", ["en la versión 01", "según la versión anterior"])
def test_an_older_version_is_asked_and_named(versions: Assistant, of: str) -> None:
    answer = versions.ask(f"¿Cuáles son las funciones de la sección 3.2 {of}?")
    assert answer.kind is AnswerKind.ANSWER
    assert BEFORE in answer.answer
    assert "que ya no es la vigente" in answer.answer


def test_the_last_question_is_asked_of_an_older_version(versions: Assistant) -> None:
    first = versions.ask("¿Cuáles son las funciones de la sección 3.2?")
    answer = versions.ask("¿qué decía la versión 01?", first.conversation_id)
    assert BEFORE in answer.answer


def test_a_version_alone_is_asked_back(versions: Assistant) -> None:
    assert versions.ask("¿qué decía la versión 01?").kind is AnswerKind.CLARIFY


def test_a_version_may_be_given_beside_the_question(versions: Assistant) -> None:
    answer = versions.ask("¿Cuáles son las funciones de la sección 3.2?", version="01")
    assert BEFORE in answer.answer
    with pytest.raises(UnknownVersionError, match="«77»"):
        versions.ask("¿Cuál es la misión?", version="77")


def test_a_version_that_is_not_kept_is_told_with_those_that_are(versions: Assistant) -> None:
    answer = versions.ask("¿Qué hace la sección 3.2 en la versión 77?")
    assert answer.kind is AnswerKind.ABSTAIN
    assert "09" in answer.answer


def test_what_changed_is_told_with_both_pages(versions: Assistant) -> None:
    answer = versions.ask("¿Qué cambió en la última versión?")
    assert answer.kind is AnswerKind.ANSWER
    assert "un cambio" in answer.answer
    assert "[-Estar presente y activo en-] [+Presidir siempre+]" in answer.answer
    assert "antes, p." in answer.answer
    assert [c.section for c in answer.citations] == ["3.2"]
