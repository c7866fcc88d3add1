"""What is a difference between two wordings of a name, and what is none."""

import pytest

from assistant.reports.audit.comparison import Difference, compare


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Coordinador (a) de Geomática", "Coordinación de Geomática"),
        ("Coordinadora de Geomática", "Coordinación de Geomática"),
        ("Jefe(a) Jurídico", "Jefatura Jurídica"),
        ("Coordinador (a) Administrativo (a)", "Coordinación Administrativa"),
        ("Titular de la Dirección de Ingresos", "Dirección de Ingresos"),
        ("Secretaria (o) de Finanzas", "Titular de la Secretaría de Finanzas"),
        ("Oficina de la persona Titular de la Secretaría de Obras", "Secretaría de Obras"),
        ("DIRECCIÓN DE INGRESOS", "Dirección de Ingresos"),
        ("Supervisor (a) de Parques Zona Norte", "Supervisión de Parques Zona Norte"),
        ("Jefe de Departamento de Catastro", "Departamento de Catastro"),
        ("Jefe (a) de Unidades Deportivas", "Jefatura de Unidades Deportivas"),
        ("Dirección de Ingresos.", "Dirección de Ingresos"),
    ],
)
def test_the_person_and_the_unit_have_one_name(printed: str, right: str) -> None:
    assert compare(printed, right) is Difference.NONE


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Dirección de Gobierno Gobierno Digital", "Dirección de Gobierno Digital"),
        ("Coodinación de Geomática", "Coordinación de Geomática"),
        ("Coordinacion de Geomática", "Coordinación de Geomática"),
        ("Coordinación Ciencia de Datos", "Coordinación de Ciencia de Datos"),
        ("Jefatura de Sistemas de Institucionales", "Jefatura de Sistemas Institucionales"),
        ("Jefatura de proyectos", "Jefatura de Proyectos"),
    ],
)
def test_slips_of_the_pen(printed: str, right: str) -> None:
    assert compare(printed, right) is Difference.SLIP


@pytest.mark.parametrize(
    ("printed", "right", "difference"),
    [
        ("Jefatura de Proyectos", "Coordinación de Proyectos", Difference.RANK),
        ("Jefe (a) Jurídico (a)", "Coordinación Jurídica", Difference.RANK),
        ("Coordinación de Mesas y Juntas", "Coordinación de Juntas y Mesas", Difference.SUBSTANCE),
        ("Dirección de Soporte Técnico", "Dirección de Soporte Tecnológico", Difference.SUBSTANCE),
        ("Jefatura de Comunicaciones", "Jefatura de Telecomunicaciones", Difference.SUBSTANCE),
    ],
)
def test_other_ranks_and_other_words(printed: str, right: str, difference: Difference) -> None:
    assert compare(printed, right) is difference
