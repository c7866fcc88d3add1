"""The field "Puestos que le reportan": where one position ends and the next begins."""

import pytest

from corpus.model import Printed
from ingest.direct_reports import read_direct_reports


def names(text: str, *known: str) -> list[str]:
    return [entry.name for entry in read_direct_reports(Printed(text=text, page=1), known)]


def test_an_empty_field_has_no_entries() -> None:
    assert read_direct_reports(None) == ()
    for text in ("", "N/A", "No aplica.", "Sin personal a su cargo"):
        assert names(text) == []


def test_commas_and_semicolons_separate() -> None:
    assert names("Jefatura de A , Jefatura de B; Asistente.") == [
        "Jefatura de A", "Jefatura de B", "Asistente"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "Coordinación de Mesas Directivas y Juntas Vecinales",
        "Analista de Consejo y Seguimiento a Acuerdos",
        "Dirección de Adquisiciones y Patrimonio",
        "Jefatura de Proveedores y Contratistas",
        "Coordinación de Apoyo Administrativo y Operativo",
        "Coordinación de Enlace con Presidencia y Secretaría del Ayuntamiento",
        "Dirección de Industria y Sector Turístico",
        "Dirección de Planeación, Enlace y Proyectos Estratégicos",
    ],
)
def test_a_name_with_an_and_in_it_is_one_entry(name: str) -> None:
    assert names(name) == [name]
    assert names(f"{name}, Asistente") == [name, "Asistente"]
    assert names(f"Jefatura de Oficina, {name}.") == ["Jefatura de Oficina", name]


@pytest.mark.parametrize(
    "last",
    [
        "Dirección de Egresos", "Jefe de Oficina", "3 Analistas de Campo", "Auxiliar (4)", "Chofer",
        "Supervisores", "Programador Junior", "auxiliar jurídico", "Operativo", "Nutrióloga (a)",
        "Topógrafo(a) de Obra",
    ],
)  # fmt: skip
def test_an_and_before_a_position_separates(last: str) -> None:
    first = "Analista de Consejo y Seguimiento a Acuerdos"
    assert [e.printed for e in read_direct_reports(Printed(text=f"{first} y {last}.", page=1))] == [
        first, last
    ]  # fmt: skip


def test_an_e_separates_too() -> None:
    assert names("Auxiliar e Inspector") == ["Auxiliar", "Inspector"]


def test_positions_of_one_kind_are_told_apart() -> None:
    assert names("Supervisión de Zona Norte y Supervisión de Zona Sur") == [
        "Supervisión de Zona Norte", "Supervisión de Zona Sur"
    ]  # fmt: skip


def test_known_titles_are_entries_whatever_they_contain() -> None:
    title = "Ventanilla de Trámites, Quejas y Analista Virtual"
    assert names(f"Asistente, {title} y Chofer", title) == ["Asistente", title, "Chofer"]
    assert names("Coordinación de Obra y Ventanilla Única", "Ventanilla Única") == [
        "Coordinación de Obra", "Ventanilla Única"
    ]  # fmt: skip


def test_words_that_no_list_knows_are_entries_between_commas() -> None:
    assert names("Project Manager Jr, Enlace, Coodinación General") == [
        "Project Manager Jr", "Enlace", "Coodinación General"
    ]  # fmt: skip


def test_head_counts_stand_before_or_after() -> None:
    field = Printed(text="3 Analistas de Campo, Auxiliar (4), Chofer", page=1)
    entries = read_direct_reports(field)
    assert [(e.name, e.printed, e.count) for e in entries] == [
        ("Analistas de Campo", "3 Analistas de Campo", 3),
        ("Auxiliar", "Auxiliar (4)", 4),
        ("Chofer", "Chofer", None),
    ]
