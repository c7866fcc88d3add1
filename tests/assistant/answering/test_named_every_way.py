"""Positions of other governments, named as people name them, and what is asked of their lines."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import AnswerKind
from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant

Parsed = Callable[[str], Knowledge]
Desk = Callable[[Knowledge], Assistant]

_POST = """
Nombre del puesto: {title}
Jefe inmediato: {boss}
Personal a su cargo: {reports}
Objetivo: {objective}
Funciones:
1. Revisar los expedientes del área.
2. Preparar el informe del mes.
"""
_POSTS = [
    ("Gerencia de Puertos", "Alcaldía", "Sub Gerencia de Muelles y Dársenas, Comisaría de Faros"),
    (
        "Sub Gerencia de Muelles y Dársenas",
        "Gerencia de Puertos",
        "Jefe de la Unidad de Grúas, Sección de Boyas, Sección de Amarres",
    ),
    ("Jefe de la Unidad de Grúas", "Sub Gerencia de Muelles y Dársenas", "Operador"),
    ("Sección de Boyas", "Sub Gerencia de Muelles y Dársenas", "N/A"),
    ("Sección de Amarres", "Sub Gerencia de Muelles y Dársenas", "N/A"),
    ("Comisaría de Faros", "Gerencia de Puertos", "N/A"),
]


@pytest.fixture(scope="module")
def ports(parsed: Parsed) -> Knowledge:
    """A made-up office of ranks that few manuals have."""
    posts = (
        _POST.format(title=title, boss=boss, reports=reports, objective=f"Atender {title}.")
        for title, boss, reports in _POSTS
    )
    return parsed(
        "I. INTRODUCCIÓN\nEste manual es de los puertos.\n\nII. PUESTOS\n" + "".join(posts)
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # ranks that few manuals have, written apart or as one, of the unit or of the person
        (
            "¿A quién le reporta la subgerencia de muelles?",
            "La Sub Gerencia de Muelles y Dársenas (u2) le reporta a la Gerencia de Puertos",
        ),
        ("¿el sub gerente de muelles de quién depende?", "a la Gerencia de Puertos"),
        ("¿Quién le reporta al gerente de puertos?", "Comisaría de Faros"),
        ("¿A quién le reporta el comisario?", "La Comisaría de Faros (u6) le reporta"),
        ("¿Qué secciones dependen de la subgerencia de muelles?", "son secciones: Sección de B"),
        ("¿La Sección de Radares a quién le reporta?", "no aparece «Sección de Radares»"),
        # a sheet whose title is the person's who heads a unit
        (
            "¿A quién le reporta el Jefe de la Unidad de Grúas?",
            "El Jefe de la Unidad de Grúas (u3) le reporta a la Sub Gerencia",
        ),
        ("¿A quién le reporta la unidad de grúas?", "El Jefe de la Unidad de Grúas (u3) le"),
        ("funciones de la jefa de la unidad de grúas", "tiene 2 funciones"),
        # by a word of the name, cut short, by initials
        ("¿quién está entre boyas y la gerencia de puertos?", "hay 1 puesto de por medio"),
        ("dime la función 9 de muelles", "no tiene una función 9"),
        ("¿a quién le reporta la subgerencia de muel. y dars.?", "a la Gerencia de Puertos"),
        ("¿Quién le reporta a la SGMD?", "Sección de Amarres"),
        ("dime la 2da función de la sección de boyas", "La función 2 de la Sección de Boyas"),
        # yes or no
        ("¿Depende boyas de faros?", "No. La Sección de Boyas (u4)"),
        ("¿la MD le reporta directo al gerente de puertos?", "Sí, la Sub Gerencia de Muelles"),
        ("¿La Gerencia de Puertos tiene jefe?", "Sí. La Gerencia de Puertos"),
        ("¿Depende directamente boyas de la gerencia de puertos?", "No directamente"),
    ],
)
def test_a_position_is_found_however_it_is_named(
    ports: Knowledge, desk: Desk, question: str, told: str
) -> None:
    assert told in desk(ports).ask(question).answer


def test_a_unit_without_a_sheet_is_found_by_its_head(parsed: Parsed, desk: Desk) -> None:
    boss = "Subdirección Náutica"
    post = _POST.format(title="Sección de Boyas", boss=boss, reports="N/A", objective="Flotar.")
    knowledge = parsed(f"I. INTRODUCCIÓN\nDe los puertos.\n\nII. PUESTOS\n{post}")
    told = desk(knowledge).ask("¿a quién le reporta el Subdirector Náutico?").answer
    assert "no tiene cédula propia" in told
    assert "Sección de Boyas" in told


def test_who_holds_a_post_is_not_named_but_its_sheet_is(ports: Knowledge, desk: Desk) -> None:
    answer = desk(ports).ask("¿Quién es el Jefe de la Unidad de Grúas?")
    assert answer.kind is AnswerKind.ABSTAIN
    assert "el Jefe de la Unidad de Grúas (u3)" in answer.answer
