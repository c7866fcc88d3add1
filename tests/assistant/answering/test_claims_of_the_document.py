"""What is asked or claimed of the document itself is confirmed or denied by its whole text."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind, Reason
from assistant.answering.document import manual_fact
from assistant.answering.knowledge import Knowledge
from assistant.render.plain import plain
from assistant.understanding.types import Intent, Understanding

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "first", "section"),
    [
        ("¿El manual menciona Guadalajara?", "Sí, ", "III"),
        ("¿Menciona a la Agencia de Innovación Digital?", "Sí, ", "III"),
        ("¿Aparece la Ley Federal del Trabajo?", "No: ", "VII.D"),
        ("¿Está la Ley General de Archivos?", "Sí, ", "VII.B"),
        ("¿Hay leyes de tránsito?", "No: ", "VII.B"),
        ("¿Hay alguna ley de transparencia estatal?", "Sí: ", "VII.C"),
        ("¿Luis Donaldo Colosio firmó el manual?", "No: ", "HOJA DE FORMALIZACIÓN"),
        ("¿Cintia Smith elaboró el manual?", "Sí.", "HOJA DE FORMALIZACIÓN"),
        ("¿Es la versión 2?", "No: ", "ÍNDICE"),
        ("¿El manual tiene 68 páginas?", "Sí: ", "ÍNDICE"),
        ("¿Este manual es del municipio de Monterrey?", "Sí: ", "ÍNDICE"),
        ("¿Este manual es del municipio de Apodaca?", "No: ", "ÍNDICE"),
    ],
)
def test_a_claim_of_the_document_is_confirmed_or_denied(
    ask: Ask, question: str, first: str, section: str
) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert answer.answer.startswith(first)
    assert section in {c.section for c in answer.citations}


@pytest.mark.parametrize("word", ["glosario", "caballos", "drones"])
def test_what_the_text_does_not_print_is_denied_by_its_name(ask: Ask, word: str) -> None:
    answer = ask(f"¿Hay algo de {word} en el manual?")
    assert answer.reason is Reason.NOT_IN_MANUAL
    assert f"no dice «{word}»" in answer.answer


def test_that_a_law_is_not_listed_is_told_with_what_the_list_adds(ask: Ask) -> None:
    answer = ask("¿Aparece la Ley Federal del Trabajo?")
    assert "El manual añade: «Formarán parte del Marco Normativo" in answer.answer


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("¿Quién es Katia Salazar?", "Katia Lizbeth Salazar Reyes"),
        ("¿Quién es Colosio?", "Luis Donaldo Colosio Riojas"),
        ("¿Quién es la contralora?", "Maria de Lourdes Williams Couttolenc"),
        ("¿Quién lo revisó?", "Óscar Tamez Rodríguez"),
    ],
)
def test_whoever_the_manual_names_is_told(ask: Ask, question: str, name: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert name in answer.answer


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("¿Cada cuándo se difunde el manual?", "XI.V"),
        ("¿Qué deben hacer los directores generales para difundir el manual?", "XI.V"),
        ("¿Por qué se creó la secretaría?", "III"),
        ("¿Cuál es la razón de ser de la dependencia?", "V"),
        ("¿Qué viene en la página 13?", "IX"),
        ("¿Cuántas partes tiene el capítulo XI?", "XI.II"),
        ("¿Qué artículos de la Ley de Gobierno Municipal cita?", "XI.III"),
    ],
)
def test_the_chapters_tell_what_no_sheet_does(ask: Ask, question: str, section: str) -> None:
    answer = ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert section in {c.section for c in answer.citations}


def test_a_word_of_a_name_names_nobody(ask: Ask) -> None:
    assert "no encontré eso" not in ask("¿El manual se publica en la Gaceta Municipal?").answer


def test_a_law_on_a_subject_is_the_one_that_is_listed(ask: Ask) -> None:
    assert "Ley General de Archivos" in ask("¿qué ley habla de archivos?").answer


def test_of_which_municipality_a_manual_is_is_not_denied_where_it_was_not_found(
    real: Knowledge,
) -> None:
    question = "¿Este manual es del municipio de Apodaca?"
    asked = Understanding(question, Intent.MANUAL_FACT, field="dependency", yes_no=True)
    unknown = Knowledge(real.manual.model_copy(update={"municipality": None}))
    told = [manual_fact(asked, knowledge) for knowledge in (real, unknown)]
    assert [plain(d.blocks, d.citations).startswith("No: ") for d in told if d] == [True, False]
