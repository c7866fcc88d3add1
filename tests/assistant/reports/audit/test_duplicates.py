"""Which functions are the same."""

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.reports.audit.duplicates import repeated_functions
from assistant.reports.audit.subject import Subject
from corpus.model import Function, Manual, Position, Section, SectionKind

LONG = (
    "Coordinar mesas de trabajo con las áreas responsables para la apertura de información "
    "oportuna e integral en formatos abiertos para la ciudadanía"
)


def sheet(*functions: str) -> Subject:
    """A manual of one sheet with these functions."""
    position = Position(
        number="1",
        title="Dirección de Pruebas",
        page=3,
        functions=tuple(Function(number=n, text=t, page=3) for n, t in enumerate(functions, 1)),
    )
    section = Section(
        number="1",
        title=position.title,
        kind=SectionKind.SHEET,
        parent="X",
        page=3,
        passages=(),
    )
    manual = Manual.model_construct(
        code="MO-TST-01", positions=(position,), sections=(section,), structure=()
    )
    knowledge = Knowledge(manual)
    return Subject(manual, knowledge.names, knowledge.chart)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Formular los informes del área", "Formular los informes del área."),
        ("Dirigir el área y atender el plan", "dirigir el área, y atender el Plan;"),
        ("Mapear los procesos de negocio", "Mapear los proceso de negocios"),
        ("Cumplir las asignaciones del programa", "Cumplir con las asignaciones del programa"),
        (LONG, LONG.replace("integral en", "integral disponible en")),
    ],
)
def test_the_same_function(one: str, other: str) -> None:
    (finding,) = repeated_functions(sheet(one, "Otra cosa muy distinta", other))
    assert "1 y 3" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Elaborar el informe semanal de obra", "Elaborar el informe mensual de obra"),
        ("Supervisar las cuadrillas de la Zona Norte", "Supervisar las cuadrillas de la Zona Sur"),
        ("Atender 3 mesas de trabajo vecinal", "Atender 5 mesas de trabajo vecinal"),
        (LONG, f"Apoyar en {LONG[0].lower()}{LONG[1:]}"),
        (LONG, LONG.replace("Coordinar mesas", "Evaluar mesas")),
    ],
)
def test_not_the_same_function(one: str, other: str) -> None:
    assert list(repeated_functions(sheet(one, other))) == []
