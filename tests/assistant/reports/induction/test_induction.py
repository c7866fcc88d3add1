"""The induction pack holds what the guidelines ask for, each thing cited, and a fair self-check."""

import re
from io import BytesIO

import pdfplumber
import pytest

from assistant.answering.knowledge import Knowledge
from assistant.reports.induction import InductionPack, induction_pack
from assistant.reports.induction.html import pack_html
from assistant.reports.induction.pack import PartKind
from assistant.reports.induction.pdf import pack_pdf
from assistant.reports.induction.text import pack_text
from corpus.model import Manual


def pack_of(knowledge: Knowledge, number: str) -> InductionPack:
    position = knowledge.manual.position(number)
    assert position is not None
    return induction_pack(position, knowledge)


def told(pack: InductionPack, kind: PartKind) -> list[str]:
    part = pack.part(kind)
    return [s.text for s in part.statements] if part else []


def test_it_opens_with_what_the_guidelines_ask_for(real: Knowledge) -> None:
    part = pack_of(real, "2.1.3").part(PartKind.MUST_KNOW)
    assert part is not None
    assert [s.number for s in part.statements] == ["i", "ii", "iii"]
    assert part.statements[1].text == "La Misión y la Visión de la Secretaría"
    assert {(c.section, c.page) for s in part.statements for c in s.citations} == {("XI.V", 66)}


def test_it_tells_objective_mission_and_vision_of_the_dependency(real: Knowledge) -> None:
    pack = pack_of(real, "2.1.3")
    (objective,) = told(pack, PartKind.DEPENDENCY_OBJECTIVE)
    assert objective.startswith("«Impulsar a la ciudadanía para participar")
    mission, vision = told(pack, PartKind.MISSION_AND_VISION)
    assert mission.startswith("Misión: «Implementar estrategias de gobierno digital y abierto")
    assert vision.startswith("Visión: «Transformar el Gobierno de Monterrey")


def test_all_functions_are_told_in_order(real: Knowledge) -> None:
    part = pack_of(real, "4.1").part(PartKind.FUNCTIONS)
    assert part is not None
    assert [s.number for s in part.statements] == [str(n) for n in range(1, 28)]
    assert part.statements[0].text.startswith("Coordinar proyectos de mejora regulatoria")
    assert {c.page for s in part.statements for c in s.citations} == {55, 56}


def test_the_chain_of_command_goes_up_to_the_mayor(real: Knowledge) -> None:
    chain = told(pack_of(real, "2.1.3"), PartKind.REPORTS_TO)
    assert chain[0] == "Usted le reporta a la Dirección de Gobierno Digital (2.1)."
    assert chain[-1].endswith("a la persona Titular de la Administración Pública Municipal.")
    assert len(chain) == 4


def test_who_reports_is_told_as_printed(real: Knowledge) -> None:
    assert told(pack_of(real, "2.1.3"), PartKind.REPORTS) == [
        "Jefatura de Ciencia de Datos",
        "Analista de Ciencia de Datos",
        "Auxiliar de Datos",
    ]


def test_colleagues_come_from_what_the_functions_name(real: Knowledge) -> None:
    (colleague,) = told(pack_of(real, "4.1"), PartKind.COLLEAGUES)
    assert colleague.startswith("La Dirección de Gobierno Digital (2.1), por la función 11")


def test_who_only_sounds_like_a_colleague_is_none(real: Knowledge) -> None:
    """ "En coordinación con el Sistema …" names no Coordinación de Sistemas."""
    for number in ("1", "3"):
        assert "oordinación de " not in " ".join(told(pack_of(real, number), PartKind.COLLEAGUES))
    for position in real.manual.positions:
        for colleague in told(induction_pack(position, real), PartKind.COLLEAGUES):
            assert "Secretaría de Innovación y Gobierno Abierto»" not in colleague


def test_the_answers_stand_on_a_page_of_their_own_and_no_page_is_nearly_empty(
    real: Knowledge,
) -> None:
    for position in real.manual.positions[::4]:
        pack = induction_pack(position, real)
        with pdfplumber.open(BytesIO(pack_pdf(pack))) as document:
            pages = [page.extract_text().splitlines() for page in document.pages]
        assert pages[-1][0] == "Respuestas"
        assert not any("Respuestas" in lines for lines in pages[:-1])
        assert all(len(lines) > 5 for lines in pages), position.number


def test_what_the_manual_contradicts_is_told_without_being_asked(real: Knowledge) -> None:
    (listed,) = told(pack_of(real, "2.1.3"), PartKind.DISCREPANCIES)
    assert "«2.1.3 Coordinación de Ciencia de Datos»" in listed
    assert "[" not in listed


@pytest.mark.parametrize("manual", ["real", "made_up"])
def test_every_statement_of_every_position_is_cited_verbatim(
    manual: str, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(manual)
    for position in knowledge.manual.positions:
        pack = induction_pack(position, knowledge)
        for part in pack.parts:
            for statement in part.statements:
                assert statement.citations, (position.number, part.kind)
                for citation in statement.citations:
                    assert_printed(
                        knowledge.manual, citation.section, citation.page, citation.quote
                    )


def assert_printed(manual: Manual, number: str, page: int, quote: str) -> None:
    section = manual.section(number)
    assert section is not None
    assert quote in section.text
    assert any(page == p.page for p in section.passages)


@pytest.mark.parametrize("manual", ["real", "made_up"])
def test_each_self_check_has_five_questions_with_one_right_answer(
    manual: str, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(manual)
    for position in knowledge.manual.positions:
        quiz = induction_pack(position, knowledge).quiz
        assert len(quiz) == 5, position.number
        for question in quiz:
            assert 2 <= len(question.options) <= 4
            assert len(set(question.options)) == len(question.options)
            assert question.citations
        assert induction_pack(position, knowledge).quiz == quiz  # the same for everyone


def test_the_right_superior_is_the_one_of_the_sheet(real: Knowledge) -> None:
    question = pack_of(real, "2.1.5.1").quiz[0]
    assert question.question == "¿A quién le reporta la Jefatura de Geomática?"
    assert question.options[question.right] == "Dirección de Gobierno Digital"


def test_the_stranger_among_the_functions_is_no_function(real: Knowledge) -> None:
    pack = pack_of(real, "3.2")
    question = next(q for q in pack.quiz if "NO es función" in q.question)
    own = told(pack, PartKind.FUNCTIONS)
    stranger = question.options[question.right].rstrip("…")
    assert not any(text.startswith(stranger) for text in own)
    others = [o.rstrip("…") for i, o in enumerate(question.options) if i != question.right]
    assert all(any(text.startswith(o) for text in own) for o in others)


def test_the_page_is_self_contained_and_escapes_what_is_printed(real: Knowledge) -> None:
    pack = pack_of(real, "2.1.3").model_copy(update={"welcome": "<script>alert(1)</script>"})
    page = pack_html(pack, "<svg id='picture'></svg>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<svg id='picture'>" in page
    assert not re.search(r"(?:src|href)=.https?:", page)
    assert page.count("Ver la respuesta") == 5


def test_the_text_has_every_part_and_the_answers_apart(real: Knowledge) -> None:
    text = pack_text(pack_of(real, "2.1.3"), "ÁRBOL")
    assert text.index("SUS FUNCIONES") < text.index("ÁRBOL") < text.index("RESPUESTAS")
    assert "[2.1.3, p. 29]" in text


def test_the_pdf_has_all_the_functions(real: Knowledge) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(BytesIO(pack_pdf(pack_of(real, "4.1")))) as document:
        text = " ".join((page.extract_text() or "") for page in document.pages)
        assert document.metadata["Title"].startswith("Inducción: Coordinación de Evaluación")
    assert "27." in text
    assert "Apoyar en los proyectos que se requiera" in text
