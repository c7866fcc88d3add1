"""A denial is a claim: it is made only where the manual was read and prints it so.

Every negative sentence that the assistant can say of a sheet is put to a manual in which it would
be false, since the reader could not make out the row, and to one in which it is true.
"""

from collections.abc import Callable

import pytest

from assistant.answering.answer import Answer, AnswerKind, Reason
from assistant.answering.knowledge import Knowledge
from assistant.answering.printed import where_printed
from assistant.asking.core import Assistant
from tests.assistant.answering.small_manual import NOTHING_READ, small_manual

Parsed = Callable[[str], Knowledge]
Desk = Callable[[Knowledge], Assistant]
OF_WHOM = "la Dirección de Oficinas (1)"

UNREAD = [
    ("boss", f"¿A quién le reporta {OF_WHOM}?", "no nombra"),
    ("boss", f"¿Cuál es la cadena de mando de {OF_WHOM}?", "no nombra"),
    ("boss", f"¿Quién es el jefe del jefe de {OF_WHOM}?", "no nombra"),
    ("objective", f"¿Cuál es el objetivo de {OF_WHOM}?", "no dice su objetivo"),
    ("functions", f"¿Cuáles son las funciones de {OF_WHOM}?", "no enlista"),
    ("functions", f"¿Cuál es la función 2 de {OF_WHOM}?", "no tiene una función"),
]


@pytest.mark.parametrize(("row", "question", "denial"), UNREAD)
def test_what_was_not_read_is_not_denied(
    parsed: Parsed, desk: Desk, row: str, question: str, denial: str
) -> None:
    answer = desk(parsed(small_manual(**{row: NOTHING_READ[row]}))).ask(question)
    assert denial not in answer.answer
    assert answer.kind is AnswerKind.ABSTAIN
    assert answer.reason is Reason.NOT_READ
    assert NOTHING_READ[row].split("\t")[-1].split("\n")[-1] in answer.answer


def test_reports_that_were_not_read_are_told_by_those_who_name_their_boss(
    parsed: Parsed, desk: Desk
) -> None:
    manual = parsed(small_manual(reports=NOTHING_READ["reports"]))
    answer = desk(manual).ask(f"¿Quién le reporta a {OF_WHOM}?")
    assert "ningún puesto" not in answer.answer
    assert "no pude leer los puestos que le reportan" in answer.answer
    assert {c.section for c in answer.citations} >= {"1.1", "1.2"}


PRINTED_AS_NONE = [
    ({"boss": "Puesto al que le reporta:\tN/A"}, f"¿A quién le reporta {OF_WHOM}?", "N/A"),
    ({"reports": "Puestos que le reportan:\tNo aplica"}, f"¿Quién le reporta a {OF_WHOM}?", "No"),
    (
        {"functions": "Funciones y Responsabilidades Clave:"},
        f"¿Cuáles son las funciones de {OF_WHOM}?",
        "Funciones y Responsabilidades",
    ),
]


@pytest.mark.parametrize(("rows", "question", "quoted"), PRINTED_AS_NONE)
def test_what_is_printed_as_none_is_denied_with_what_is_printed(
    parsed: Parsed, desk: Desk, rows: dict[str, str], question: str, quoted: str
) -> None:
    answer = desk(parsed(small_manual(**rows))).ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert f"«{quoted}" in answer.answer
    assert "1" in {c.section for c in answer.citations}


def test_a_topic_is_looked_for_in_the_whole_text_before_its_unit_is_denied(
    parsed: Parsed, desk: Desk
) -> None:
    answer = desk(parsed(small_manual())).ask("¿A quién le reporta la Jefatura de Elevadores?")
    assert answer.reason is Reason.NOT_IN_MANUAL
    assert "De «elevadores» sí habla en 1.1 Coordinación de Edificios (p. 4)" in answer.answer


def test_a_number_that_is_printed_nowhere_is_denied(parsed: Parsed, desk: Desk) -> None:
    answer = desk(parsed(small_manual())).ask("funciones de la 7.7")
    assert answer.reason is Reason.NOT_IN_MANUAL
    assert "no aparece «7.7»" in answer.answer


def test_a_count_says_where_something_was_not_read(parsed: Parsed, desk: Desk) -> None:
    manual = parsed(small_manual(functions=NOTHING_READ["functions"]))
    answer = desk(manual).ask("¿Qué puesto tiene más funciones?")
    assert "en 1 de las 3 cédulas no pude leer las funciones" in answer.answer


def test_a_yes_or_no_on_a_line_that_was_not_read_is_neither(parsed: Parsed, desk: Desk) -> None:
    manual = parsed(small_manual(boss=NOTHING_READ["boss"]))
    answer = desk(manual).ask(f"¿{OF_WHOM.capitalize()} le reporta a la Jefatura de Archivo (1.2)?")
    assert not _says_no(answer) or "es al revés" in answer.answer


def _says_no(answer: Answer) -> bool:
    return answer.answer.startswith("No.")


def test_a_document_without_structure_denies_nothing(parsed: Parsed, desk: Desk) -> None:
    knowledge = parsed(small_manual())
    bare = Knowledge(
        knowledge.manual.model_copy(update={"positions": (), "family": "passages"}),
        knowledge._reader,
    )
    for question in ("¿Cuántas jefaturas hay?", "¿A quién le reporta la Jefatura de Archivo?"):
        answer = desk(bare).ask(question)
        assert answer.reason is Reason.NOT_READ, question


def test_a_name_is_found_though_one_of_its_words_stands_before_it_too(
    parsed: Parsed, desk: Desk
) -> None:
    moved = "De la Dirección General, tras años, se separó la antigua Dirección de Informática."
    text = small_manual().replace("Este documento", f"{moved} Este documento", 1)
    answer = desk(parsed(text)).ask("¿Quién es el jefe de la Dirección de Informática?")
    assert "no aparece" not in answer.answer
    assert moved in answer.answer


def test_what_seems_to_be_of_the_world_is_looked_for_in_the_text_first(parsed: Parsed) -> None:
    text = small_manual().replace("Este documento", "Se tomó el ejemplo de Zapopan. Este documento")
    told = where_printed("¿Menciona a Zapopan?", parsed(text))
    assert told is not None
    assert "Zapopan" in told.citations[0].quote
    assert where_printed("¿Cuál es la capital de Francia?", parsed(text)) is None


def test_whether_somebody_reports_to_a_position_looks_down(parsed: Parsed, desk: Desk) -> None:
    answer = desk(parsed(small_manual())).ask(f"¿A {OF_WHOM} le reporta un chofer?")
    assert "le reportan" in answer.answer
    assert not answer.answer.startswith("Sí")
    assert "Jefatura de Archivo" in answer.answer
