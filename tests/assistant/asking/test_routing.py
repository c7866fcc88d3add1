"""Of many manuals few are opened: those that are named, or that have evidence."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.answer import Answer, AnswerKind
from assistant.asking.core import Assistant, open_assistant
from assistant.running.settings import Settings
from corpus.embeddings import OnnxEmbeddings
from corpus.store import open_store
from evals.generated.truth import Truth
from evals.generated_manuals import generate
from ingest.indexing import index_manual

DEPENDENCIES = ("contraloria", "cultura", "servicios", "salud", "movilidad")
CITIES = ("Amatepec", "Xalotepec")


@pytest.fixture(scope="module")
def state(
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
) -> tuple[Assistant, dict[tuple[str, str], Truth]]:
    """Five dependencies in each of two municipalities, with the same texts."""
    data = tmp_path_factory.mktemp("state")
    lend_model(data)
    store = open_store(data)
    truths = {}
    for number, city in enumerate(CITIES, 1):
        for place, key in enumerate(DEPENDENCIES):
            made = next(
                manual
                for seed in range(place * 50, place * 50 + 50)
                if " " not in (manual := generate(seed, 5, (), key)).truth.municipality
            )
            code = f"MO-{key[:3].upper()}-{number}"
            text = made.text.replace(made.truth.code, code)
            path = data / f"{code}.txt"
            path.write_text(text.replace(made.truth.municipality, city), "utf-8")
            index_manual(path, store, embeddings.name, lambda: embeddings)
            truths[key, city] = made.truth
    return open_assistant(Settings(data_dir=data, chroma_url=None)), truths


@pytest.fixture
def ask(state: tuple[Assistant, dict[tuple[str, str], Truth]]) -> Callable[..., Answer]:
    def asked(*questions: str) -> Answer:
        answer = state[0].ask(questions[0])
        for question in questions[1:]:
            answer = state[0].ask(question, answer.conversation_id)
        return answer

    return asked


def test_few_manuals_are_opened_for_a_question(
    state: tuple[Assistant, dict[tuple[str, str], Truth]],
) -> None:
    assistant, truths = state
    title = truths["cultura", "Amatepec"].positions[-1].title
    likely = assistant.library.likely(f"¿Qué hace la {title} de Amatepec?")
    assert 1 <= len(likely) <= 5
    assert likely[0].record.code == "MO-CUL-1"


def test_a_dependency_and_its_municipality_are_enough(ask: Callable[..., Answer]) -> None:
    answer = ask("¿Cuál es la misión de la Secretaría de Cultura de Xalotepec?")
    assert answer.kind is AnswerKind.ANSWER
    assert {c.manual for c in answer.citations} == {"MO-CUL-2"}
    assert "Secretaría de Cultura de Xalotepec" in answer.answer


def test_what_two_municipalities_have_is_asked_back_by_them_and_remembered(
    ask: Callable[..., Answer],
) -> None:
    asked = ask("¿Cuál es la misión de la Secretaría de Cultura?")
    assert asked.kind is AnswerKind.CLARIFY
    assert {"MO-CUL-1", "MO-CUL-2"} <= set(asked.answer.replace(",", " ").split())
    settled = ask("¿Cuál es la misión de la Secretaría de Cultura?", "la de Xalotepec")
    assert {c.manual for c in settled.citations} == {"MO-CUL-2"}
    further = ask(
        "¿Cuál es la misión de la Secretaría de Cultura?", "la de Xalotepec", "¿y la visión?"
    )
    assert {c.manual for c in further.citations} == {"MO-CUL-2"}


def test_what_all_have_offers_at_most_five_and_how_to_go_on(ask: Callable[..., Answer]) -> None:
    answer = ask("¿A quién le reporta la Coordinación Administrativa?")
    assert answer.kind is AnswerKind.CLARIFY
    assert len(answer.suggestions) <= 5
    if len(answer.suggestions) == 5:
        assert "escriba el nombre de la dependencia o del municipio" in answer.answer


def test_an_everyday_question_in_a_municipality_finds_its_dependency(
    ask: Callable[..., Answer], state: tuple[Assistant, dict[tuple[str, str], Truth]]
) -> None:
    title = state[1]["salud", "Amatepec"].positions[-1].title
    topic = title.partition(" de ")[2].lower()
    answer = ask(f"¿Quién ve lo de {topic} en Amatepec?")
    assert {c.manual for c in answer.citations} == {"MO-SAL-1"}


def test_who_answers_from_many_says_so_and_which_manuals_there_are(
    ask: Callable[..., Answer],
) -> None:
    assert "10 dependencias de 2 municipios" in ask("hola").answer
    assert "10 dependencias de 2 municipios" in ask("¿eres una persona?").answer
    listed = ask("¿qué manuales hay de Amatepec?")
    assert listed.kind is AnswerKind.ANSWER
    assert listed.answer.count("(MO-") == len(DEPENDENCIES)
    assert "MO-SAL-1" in listed.answer
    assert ask("¿Cuántas dependencias tiene Amatepec?").answer == listed.answer


def test_a_dependency_is_named_as_that_of_a_manual(ask: Callable[..., Answer]) -> None:
    answer = ask("¿Cuál es la visión del manual de cultura de Amatepec?")
    assert {c.manual for c in answer.citations} == {"MO-CUL-1"}


def test_few_stay_open(state: tuple[Assistant, dict[tuple[str, str], Truth]]) -> None:
    library = state[0].library
    library._most_open = 3
    try:
        for each in library.manuals():
            assert each.knowledge.manual.code == each.record.code
        assert len(library._open) == 3
    finally:
        library._most_open = 64


def test_a_question_with_an_older_catalog_is_routed_while_others_follow_a_newer_one(
    state: tuple[Assistant, dict[tuple[str, str], Truth]],
) -> None:
    library = state[0].library
    before = library.manuals()
    library.router.route("hola", before[1:])  # as another thread does when a manual is forgotten
    routed = library.router.route(f"¿Cuál es la misión de {CITIES[0]}?", before)
    assert {each.record.municipality for each in routed.manuals} == {CITIES[0]}
    library.router.route("hola", before)


def test_a_manual_that_is_closed_leaves_memory_without_the_garbage_collector(
    state: tuple[Assistant, dict[tuple[str, str], Truth]],
) -> None:
    assistant, library = state[0], state[0].library
    first, second, *_ = library.manuals()
    gc.disable()
    try:
        assistant.ask("¿Quién lleva el archivo?", manual=first.record.code)
        left = weakref.ref(first.knowledge)
        library._most_open = 1
        assert second.knowledge.manual.code == second.record.code
        assert left() is None
    finally:
        library._most_open = 64
        gc.enable()
