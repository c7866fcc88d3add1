"""Nothing leaves without evidence that the manual prints."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.answering.blocks import Place, bare, item, paragraph, paragraphs, quote, quoted
from assistant.answering.draft import Draft
from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant
from assistant.asking.verification import holds, verified
from corpus.model import Manual, Position
from evals.generated_manuals import generate

TRUE = Citation(
    manual="MO-SIG-01",
    section="4.1",
    title="Coordinación de Evaluación Regulatoria y Seguimiento",
    page=56,
    function=7,
    quote="Emitir recomendaciones derivadas de los estudios realizados a los proyectos.",
)


@pytest.fixture
def manual(real: Knowledge) -> Manual:
    return real.manual


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"function": None},
        {"quote": "Emitir recomendaciones derivadas"},
        {"quote": "Emitir  recomendaciones\nderivadas"},
    ],
    ids=str,
)
def test_what_is_printed_there_holds(manual: Manual, change: dict[str, object]) -> None:
    assert holds(TRUE.model_copy(update=change), manual)


@pytest.mark.parametrize(
    "change",
    [
        {"page": 55},
        {"page": 57},
        {"section": "4.2"},
        {"section": "4.9"},
        {"section": "X"},
        {"manual": "MO-SFA-04"},
        {"function": 8},
        {"quote": "Emitir recomendaciones derivadas de los estudios realizados a la ciudadanía."},
        {"quote": "emitir recomendaciones"},
        {"quote": ""},
        {"quote": " "},
    ],
    ids=str,
)
def test_what_is_not_printed_there_does_not_hold(manual: Manual, change: dict[str, object]) -> None:
    assert not holds(TRUE.model_copy(update=change), manual)


def test_a_quote_that_runs_over_a_page_break_holds_on_the_page_where_it_begins(
    manual: Manual,
) -> None:
    quote = "con el objeto de disponer de una herramienta de trabajo que contribuya"
    citation = Citation(manual="MO-SIG-01", section="I", title="INTRODUCCIÓN", page=4, quote=quote)
    assert holds(citation, manual)
    assert not holds(citation.model_copy(update={"page": 5}), manual)


def test_a_draft_with_one_broken_citation_is_withheld(manual: Manual) -> None:
    broken = TRUE.model_copy(update={"page": 12})
    passed, found = verified(Draft(paragraphs("…"), citations=(TRUE, broken)), manual)
    assert passed is None
    assert list(found) == [broken]


def test_a_draft_whose_citations_hold_passes_as_it_is(manual: Manual) -> None:
    draft = Draft((paragraph("Dice: ", quote(TRUE.quote, Place((0,))), "."),), citations=(TRUE,))
    assert verified(draft, manual) == (draft, [])


def test_a_draft_that_quotes_other_words_than_its_citation_prints_is_withheld(
    manual: Manual,
) -> None:
    at = Place((0,))
    for block in (paragraph(quoted("Cuidar árboles", at)), item(bare("Cuidar árboles", at))):
        passed, found = verified(Draft((block,), citations=(TRUE,)), manual)
        assert passed is None
        assert list(found) == [TRUE]


def test_a_statement_without_a_citation_is_withheld(manual: Manual) -> None:
    draft = Draft(paragraphs("La dirección tiene 24 funciones."))
    assert verified(draft, manual)[0] is None
    said = replace(draft, blocks=paragraphs("¡Hola!"), grounded=False)
    assert verified(said, manual)[0] is said


# -- every position of four manuals ------------------------------------------------------------


@pytest.fixture(scope="module", params=["real", "made up", "generated 21", "generated 48"])
def knowledge(
    request: pytest.FixtureRequest,
    real: Knowledge,
    made_up: Knowledge,
    parsed: Callable[[str], Knowledge],
) -> Knowledge:
    """The real manual, the made-up one, and two that were generated."""
    given = {"real": real, "made up": made_up}
    if request.param in given:
        return given[request.param]
    seed = int(request.param.split()[1])
    return parsed(generate(seed, 30).text)


@pytest.fixture(scope="module")
def office(knowledge: Knowledge, desk: Callable[[Knowledge], Assistant]) -> Assistant:
    return desk(knowledge)


def each(knowledge: Knowledge) -> list[tuple[Position, str]]:
    """Every position, with a way to name it that leaves nothing open."""
    return [(p, f"{p.title} ({p.number})") for p in knowledge.manual.positions]


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuáles son las funciones de la {}?",
        "¿Cuál es el objetivo de la {}?",
        "¿A quién le reporta la {}?",
        "¿Quién le reporta a la {}?",
    ],
)
def test_every_position_is_answered_with_verbatim_citations(
    knowledge: Knowledge,
    office: Assistant,
    cites_verbatim: Callable[[Answer, Manual], None],
    question: str,
) -> None:
    for position, name in each(knowledge):
        answer = office.ask(question.format(name))
        assert answer.kind is AnswerKind.ANSWER, (name, answer.answer)
        assert position.number in {c.section for c in answer.citations}, name
        cites_verbatim(answer, knowledge.manual)


def test_all_functions_of_every_position_are_listed(
    knowledge: Knowledge, office: Assistant
) -> None:
    for position, name in each(knowledge):
        answer = office.ask(f"¿Cuáles son las funciones de la {name}?")
        cited = [(c.function, c.quote, c.page) for c in answer.citations if c.function]
        assert cited == [(f.number, f.text, f.page) for f in position.functions], name
        numbers = re.findall(r"^(\d+)\. ", answer.answer, re.MULTILINE)
        assert numbers == [str(f.number) for f in position.functions], name


def test_every_position_is_found_by_its_title_alone_or_asked_back(
    knowledge: Knowledge, office: Assistant
) -> None:
    titles = [p.title for p in knowledge.manual.positions]
    for position in knowledge.manual.positions:
        answer = office.ask(f"¿Cuál es el objetivo de la {position.title.lower()}?")
        if answer.kind is AnswerKind.CLARIFY:
            assert any(f"({position.number})" in s for s in answer.suggestions), position.title
            assert titles.count(position.title) > 1, position.title
        else:
            assert {c.section for c in answer.citations} == {position.number}, position.title
