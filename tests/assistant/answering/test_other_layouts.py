"""Sheets of other governments are asked for in their own words, and denied in none of them."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import AnswerKind
from assistant.answering.attributes import printed_attribute, told_of_posts
from assistant.answering.knowledge import Knowledge
from assistant.answering.legal import legal
from assistant.asking.core import Assistant
from assistant.understanding.types import Expected, Intent, Understanding
from corpus.model import Manual

Parsed = Callable[[str], Knowledge]
Desk = Callable[[Knowledge], Assistant]

OFFICE = """I. BASES LEGALES DE OPERACIÓN
• Ley Orgánica de Municipalidades
• Código Civil

II. DÍAS NO LABORABLES
El primero de enero y el día del santo patrono.

III. ALTA DE PROVEEDORES
Artículo 9.- REQUISITOS.- Para ser proveedor de la empresa se requiere:
a) Una solicitud firmada.
b) El registro de contribuyente.

IV. PUESTOS

CARGO: CAJERO
DEPENDE DE: TESORERO
PERSONAL A SU CARGO: NINGUNO
FUNCION BASICA: Cobrar los derechos.
FUNCIONES:
1. Cobrar en la ventanilla.
2. Entregar el comprobante.
REQUISITOS MINIMOS: Secundaria completa.
HORARIO DE TRABAJO: De 8 a 15 horas.

CARGO: TESORERO
DEPENDE DE: ALCALDE
PERSONAL A SU CARGO: CAJERO
FUNCION BASICA: Administrar los fondos.
FUNCIONES:
1. Planear los pagos.
2. Firmar los cheques.
REQUISITOS MINIMOS: Título de contador.
HORARIO DE TRABAJO: De 9 a 17 horas.

CARGO: VENDEDORES
DEPENDE DE: TESORERO
PERSONAL A SU CARGO: NINGUNO
FUNCION BASICA: Vender los boletos.
FUNCIONES:
1. Preparar las rutas.
REQUISITOS MINIMOS: Saber leer.
HORARIO DE TRABAJO: De 9 a 17 horas.
"""


@pytest.fixture(scope="module")
def knowledge(parsed: Parsed) -> Knowledge:
    return parsed(OFFICE)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("¿De quién depende el cajero?", "TESORERO"),
        ("¿Cuántas funciones tiene el cajero?", "tiene 2 funciones"),
        ("¿A quién le reportan los vendedores?", "El puesto de VENDEDORES"),
        ("¿Qué requisitos piden para ser cajero?", "«Secundaria completa.»"),
        ("¿Qué horario tiene el tesorero?", "«De 9 a 17 horas.»"),
        ("¿Cuál es la función básica del tesorero?", "«Administrar los fondos.»"),
    ],
)
def test_a_post_is_asked_for_by_the_words_of_its_sheet(
    knowledge: Knowledge,
    desk: Desk,
    cites_verbatim: Callable[..., None],
    question: str,
    told: str,
) -> None:
    answer = desk(knowledge).ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert told in answer.answer
    cites_verbatim(answer, knowledge.manual)


def topic(question: str, expected: Expected) -> Understanding:
    return Understanding(question, Intent.TOPIC, expected=expected)


def cited(knowledge: Knowledge, asked: Understanding) -> list[str]:
    drafted = printed_attribute(asked, knowledge)
    return [c.quote for c in drafted.citations] if drafted else []


def test_requirements_under_a_heading_of_their_own_are_no_gap(knowledge: Knowledge) -> None:
    asked = topic("¿Qué requisitos hay para ser proveedor de la empresa?", Expected.REQUIREMENT)
    drafted = printed_attribute(asked, knowledge)
    assert drafted is not None
    assert drafted.kind is AnswerKind.ANSWER
    assert "a) Una solicitud firmada." in cited(knowledge, asked)


def test_days_off_are_shown_where_hours_are_asked_for(knowledge: Knowledge) -> None:
    asked = topic("¿Qué días no se trabaja?", Expected.SCHEDULE)
    assert cited(knowledge, asked)[0].startswith("El primero de enero")


def test_what_sheets_print_of_posts_is_said_before_a_denial(knowledge: Knowledge) -> None:
    asked = topic("¿A qué hora abren?", Expected.SCHEDULE)
    assert "«HORARIO DE TRABAJO»" in told_of_posts(asked, knowledge)
    assert told_of_posts(topic("¿Cuánto ganan?", Expected.MONEY), knowledge) == ""


def test_the_laws_stand_under_whatever_name_the_chapter_has(knowledge: Knowledge) -> None:
    drafted = legal(Understanding("¿Qué leyes aplican?", Intent.LEGAL), knowledge)
    assert drafted is not None
    assert "Código Civil" in [citation.quote for citation in drafted.citations]


def test_nothing_is_promised_that_no_heading_prints(knowledge: Knowledge) -> None:
    manual: Manual = knowledge.manual
    assert all(not s.title.startswith("Sueldo") for s in manual.sections)
    assert printed_attribute(topic("¿Cuánto gana el cajero?", Expected.MONEY), knowledge) is None


def test_the_version_is_told_where_only_the_title_page_prints_it(
    parsed: Parsed, desk: Desk
) -> None:
    knowledge = parsed(f"MANUAL DE FUNCIONES\nVersión 1.3 | Tesorería\n\n{OFFICE}")
    assert knowledge.manual.version == "1.3"
    answer = desk(knowledge).ask("¿Qué versión es este manual?")
    assert answer.kind is AnswerKind.ANSWER
    assert "1.3" in answer.answer
    assert answer.citations
