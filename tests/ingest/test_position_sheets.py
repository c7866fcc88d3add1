"""The traps of a position sheet, one by one."""

import pytest

from corpus.model import Manual, PassageKind, Position, Printed
from tests.ingest.conftest import FUNCTIONS as LABEL
from tests.ingest.conftest import page_header, parse_sheet, section_of

BREAK = "\n\n\n"
HEADER = page_header(5)
DEFINITION = (
    "Representa la finalidad o razón sustantiva del puesto. Debe ser congruente con las funciones "
    "y el perfil del puesto."
)
END = "\n\n\nDIRECTORIO\n\nAna Ruiz\nTitular\n"
"""Puts what comes before it on page 4 or 5, and nothing on it but the directory after it."""


def only_position(manual: Manual) -> Position:
    (position,) = manual.positions
    return position


def functions_of(manual: Manual) -> list[tuple[int, str, int]]:
    return [(f.number, f.text, f.page) for f in only_position(manual).functions]


def messages(manual: Manual) -> list[str]:
    return [w.message for w in manual.warnings if "DIRECTORIO" not in w.message]


def printed(field: Printed | None) -> tuple[str, int] | None:
    return (field.text, field.page) if field else None


def test_a_plain_sheet_comes_without_warnings() -> None:
    manual = parse_sheet()
    assert functions_of(manual) == [(1, "Dirigir.", 4)]
    assert messages(manual) == []


def test_a_function_of_several_lines_is_one() -> None:
    manual = parse_sheet(functions=f"{LABEL}1\tDirigir la\noficina y\nsu archivo.\n2\tVigilar.\n")
    assert functions_of(manual) == [(1, "Dirigir la oficina y su archivo.", 4), (2, "Vigilar.", 4)]


def test_a_function_cut_by_a_page_break_is_one_on_the_page_where_it_starts() -> None:
    manual = parse_sheet(
        functions=f"{LABEL}1\tDirigir la\t\t\n{BREAK}{HEADER}\toficina.\n2\tVigilar.\n", back=END
    )
    assert functions_of(manual) == [(1, "Dirigir la oficina.", 4), (2, "Vigilar.", 5)]
    section = section_of(manual, "1")
    pieces = [p for p in section.passages if p.function == 1]
    assert [(p.text, p.page, p.continues) for p in pieces] == [
        ("Dirigir la", 4, False), ("oficina.", 5, True)
    ]  # fmt: skip
    assert "Dirigir la oficina." in section.text


def test_missing_tabs_do_not_hide_a_function() -> None:
    manual = parse_sheet(functions=f"{LABEL}1 Dirigir\n2 vigilar.\n3.- Revisar\n5 Archivar.\n")
    assert [(number, text) for number, text, _ in functions_of(manual)] == [
        (1, "Dirigir"), (2, "vigilar."), (3, "Revisar"), (5, "Archivar.")
    ]  # fmt: skip


def test_a_number_within_the_text_begins_no_function() -> None:
    for number in (2, 3):
        rows = f"1\tCoordinar las\n{number} etapas del registro.\n"
        manual = parse_sheet(functions=LABEL + rows)
        assert functions_of(manual) == [(1, f"Coordinar las {number} etapas del registro.", 4)]


def test_numbers_that_skip_or_repeat_are_kept() -> None:
    manual = parse_sheet(functions=f"{LABEL}1\tA uno.\n3\tA tres.\n3\tOtra tres.\n19\tA mil.\n")
    assert [number for number, _, _ in functions_of(manual)] == [1, 3, 3, 19]


def test_double_spaces_and_bold_marks_are_not_kept() -> None:
    manual = parse_sheet(functions=f"{LABEL}1\t**Dirigir**  la \u00a0 oficina.\t\t\n")
    assert functions_of(manual) == [(1, "Dirigir la oficina.", 4)]


@pytest.mark.parametrize(
    "head",
    [
        "Funciones y Responsabilidades Clave:\t\t\t\nDESCRIPCION DE LA FUNCION: ¿Qué hace?\t\t\t\n",
        "Funciones y Responsabilidades Clave: DESCRIPCIÓN DE LA FUNCIÓN: ¿Qué hace?\t\t\t\n",
        "<p>Funciones y Responsabilidades Clave: DESCRIPCIÓN DE LA FUNCIÓN: ¿Qué hace?</p> "
        "<p>Cada función integra un conjunto de actividades. VERBO DE ACCIÓN</p>\t\t\t\n",
        "Funciones y Responsabilidades Clave:\nDESCRIPCION DE LA FUNCION:\nCada función integra un "
        "conjunto de actividades. VERBO DE ACCIÓN+COMPLEMENTO+RESULTADO\n",
        "FUNCIONES Y RESPONSABILIDADES CLAVE\n",
        "",
    ],
)
def test_the_head_of_the_table_is_the_forms_wording(head: str) -> None:
    manual = parse_sheet(functions=f"{head}1\tDirigir.\n")
    assert functions_of(manual) == [(1, "Dirigir.", 4)]
    assert messages(manual) == []


@pytest.mark.parametrize(
    "rows",
    [
        f"Objetivo General del puesto: {DEFINITION}\t\t\t\nLlevar la oficina.\t\t\t\n",
        f"Objetivo General del puesto: {DEFINITION} Llevar la oficina.\t\t\t\n",
        f"<p>Objetivo General del puesto: {DEFINITION}</p> <p>Llevar la oficina.</p>\t\t\t\n",
        f"Objetivo General del puesto:\n{DEFINITION}\nLlevar la oficina.\n",
        "Objetivo General del puesto: Identificar problemas.\t\t\t\nLlevar la oficina.\t\t\t\n",
        "<p>Objetivo General del puesto: Ver los problemas.</p> <p>Llevar la oficina.</p>\t\t\t\n",
        "Objetivo General del puesto:\t\t\t\nLlevar la oficina.\t\t\t\n",
        "Objetivo General del puesto\nLlevar la oficina.\n",
        "Objetivo General del puesto: Llevar la oficina.\t\t\t\n",
        "Objetivo General del puesto: Llevar la\noficina.\n",
    ],
)
def test_the_objective_is_told_from_the_wording_before_it(rows: str) -> None:
    manual = parse_sheet(objective=rows)
    assert printed(only_position(manual).objective) == ("Llevar la oficina.", 4)
    section = section_of(manual, "1")
    (objective,) = (p for p in section.passages if p.kind is PassageKind.OBJECTIVE)
    assert objective.text == "Llevar la oficina."
    assert messages(manual) == []


def test_an_objective_may_be_cut_by_a_page_break_even_within_the_definition() -> None:
    start, end = DEFINITION[:60], DEFINITION[60:]
    rows = f"Objetivo General del puesto: {start}\n{BREAK}{HEADER}{end}\nLlevar la oficina.\n"
    manual = parse_sheet(objective=rows, back=END)
    assert printed(only_position(manual).objective) == ("Llevar la oficina.", 5)


def test_a_sheet_without_an_objective_has_none() -> None:
    manual = parse_sheet(objective=f"Objetivo General del puesto: {DEFINITION}\t\t\t\n")
    assert only_position(manual).objective is None


@pytest.mark.parametrize(
    "row",
    [
        "Puesto funcional:\tJefe (a) de Oficina\tFecha:\t01/02/2024\n",
        "Puesto funcional:\tJefe (a) de Oficina\t\tFecha: 01/02/2024\n",
        "Puesto funcional:\tJefe (a) de Oficina\tFecha\t01/02/2024\n",
        "Puesto funcional: Jefe (a) de Oficina Fecha: 01/02/2024\n",
        "Puesto funcional:\tJefe (a) de Oficina\t\t\nFecha:\t01/02/2024\t\t\n",
        "Puesto funcional:\tJefe (a)\tFecha:\t01/02/2024\n\tde Oficina\n",
    ],
)
def test_the_date_may_be_in_any_cell(row: str) -> None:
    rest = (
        "Puesto nominal:\tJefatura\t\t\nPuesto al que le reporta:\tTitular\t\t\n"
        "Puestos que le reportan:\tN/A\t\t\n"
    )
    manual = parse_sheet(identification=f"Identificación:\t\t\t\n{row}{rest}")
    position = only_position(manual)
    assert printed(position.functional_title) == ("Jefe (a) de Oficina", 4)
    assert printed(position.date) == ("01/02/2024", 4)
    assert messages(manual) == []


def test_a_field_may_be_cut_by_a_page_break() -> None:
    identification = (
        "Identificación:\t\t\t\nPuesto funcional:\tJefe\tFecha:\t01/02/2024\n"
        "Puesto al que le reporta:\tTitular\t\t\n"
        f"Puestos que le reportan:\tAnalista de\t\t\n{BREAK}{HEADER}\tArchivo, Chofer\t\t\n"
    )
    manual = parse_sheet(identification=identification, back=END)
    position = only_position(manual)
    assert printed(position.direct_reports_printed) == ("Analista de Archivo, Chofer", 4)
    assert [entry.name for entry in position.direct_reports] == ["Analista de Archivo", "Chofer"]
    section = section_of(manual, "1")
    assert "Puestos que le reportan: Analista de Archivo, Chofer" in section.text


@pytest.mark.parametrize("heading", ["3.4. Jefatura\n\n", "3.4 Jefatura\n\n", "3.4\tJefatura\n"])
def test_the_number_is_stored_without_its_dot(heading: str) -> None:
    position = only_position(parse_sheet(heading=heading))
    assert (position.number, position.title) == ("3.4", "Jefatura")


def test_a_heading_may_take_two_lines_or_end_its_page() -> None:
    manual = parse_sheet(heading="2.1 Jefatura de Archivo\ny Correspondencia\n\n")
    assert only_position(manual).title == "Jefatura de Archivo y Correspondencia"
    manual = parse_sheet(heading=f"2.1 Jefatura de Archivo\n{BREAK}{HEADER}", back=END)
    assert (only_position(manual).title, only_position(manual).page) == ("Jefatura de Archivo", 4)


def test_an_unknown_field_is_kept_and_said() -> None:
    rows = (
        "Identificación:\t\t\t\nPuesto funcional:\tJefe\tFecha:\t01/02/2024\n"
        "Área:\tArchivo\t\t\nNivel jerárquico:\t7\t\t\nPuesto al que le reporta:\tTitular\t\t\n"
    )
    manual = parse_sheet(identification=rows)
    assert printed(only_position(manual).area) == ("Archivo", 4)
    (warning,) = manual.warnings
    assert (warning.text, warning.page) == ("Nivel jerárquico: 7", 4)
    section = section_of(manual, "1")
    assert "Nivel jerárquico: 7" in [p.text for p in section.passages]


def test_what_follows_the_functions_is_kept_and_said() -> None:
    manual = parse_sheet(functions=f"{LABEL}1\tDirigir.\n\nElaboró: el área jurídica.\n")
    assert functions_of(manual) == [(1, "Dirigir.", 4)]
    (warning,) = manual.warnings
    assert warning.text == "Elaboró: el área jurídica."


def test_a_sheet_without_functions_or_boss_is_said() -> None:
    manual = parse_sheet(
        identification="Identificación:\t\t\t\nPuesto funcional:\tJefe\t\t\n", functions=LABEL
    )
    assert messages(manual) == [
        "La cédula 1 Titular no tiene funciones.",
        "La cédula 1 Titular no dice a qué puesto le reporta.",
    ]


def test_two_sheets_with_one_number_are_said_and_both_kept() -> None:
    second = (
        "\n\n1. Otra Oficina\n\nIdentificación:\t\t\t\nPuesto funcional:\tJefe\t\t\n"
        "Puesto al que le reporta:\tTitular\t\t\n"
    )
    manual = parse_sheet(functions=f"{LABEL}1\tDirigir.\n{second}{LABEL}1\tVigilar.\n")
    assert [p.title for p in manual.positions] == ["Titular", "Otra Oficina"]
    assert messages(manual) == ["Hay 2 cédulas con el número 1."]


def test_a_form_without_a_heading_spoils_no_other_sheet() -> None:
    second = "\n\nIdentificación:\t\t\t\nPuesto funcional:\tOtro\t\t\n1\tVigilar.\n"
    manual = parse_sheet(functions=f"{LABEL}1\tDirigir.\n{second}")
    assert functions_of(manual) == [(1, "Dirigir.", 4)]
    assert messages(manual) == ["Esta cédula no tiene encabezado con número: no se pudo leer."]
    chapter = section_of(manual, "II")
    assert "Puesto funcional: Otro" in chapter.text
