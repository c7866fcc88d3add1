"""Sheets as offices of several countries print them, each made up and read from plain text."""

from itertools import count

import pytest

from corpus.model import Manual, Position
from tests.ingest.conftest import read

UNITS = (
    ("Gerente de Obras", "Gerencia General", "Jefe de Topografía, Inspector de Caminos"),
    ("Jefe de Topografía", "Gerente de Obras", "Asistente de Archivo"),
    ("Inspector de Caminos", "Gerente de Obras", "No supervisa"),
    ("Asistente de Archivo", "Jefe de Topografía", "No supervisa"),
)
FUNCTIONS = "1. Dirigir los trabajos y rendir cuentas.\n2. Revisar los expedientes."


def sheets(form: str, front: str = "MANUAL DE PUESTOS\nInstituto de Caminos\n\n") -> Manual:
    """The manual of four sheets of a form with the fields {unit}, {boss}, {reports}, {n}."""
    numbers = count(1)
    made = [
        form.format(unit=unit, boss=boss, reports=reports, functions=FUNCTIONS, n=next(numbers))
        for unit, boss, reports in UNITS
    ]
    return read(front + "\n\n".join(made))


def bosses(manual: Manual) -> list[str | None]:
    return [p.reports_to.text if p.reports_to else None for p in manual.positions]


def reports(position: Position) -> list[str]:
    return [report.name for report in position.direct_reports]


BOSSES = [boss for _, boss, _ in UNITS]
TITLES = [unit for unit, _, _ in UNITS]

COLOMBIA = """I. IDENTIFICACIÓN DEL EMPLEO
Nivel:\tProfesional
Denominación del Empleo:\t{unit}
Código:\t21{n}
No. de cargos:\tUno (1)
Dependencia:\tSecretaría de Infraestructura
Cargo del Jefe Inmediato:\t{boss}
II. ÁREA FUNCIONAL
Secretaría de Infraestructura
III. PROPÓSITO PRINCIPAL
Ejecutar las políticas del municipio.
IV. DESCRIPCIÓN DE LAS FUNCIONES ESENCIALES
{functions}
III. CONOCIMIENTOS BÁSICOS O ESENCIALES
1. Plan de desarrollo."""

PERU = """{n}.1 IDENTIFICACIÓN DEL CARGO
Denominación del cargo: {unit}
{n}.2 FUNCIÓN BÁSICA
Conducir las acciones del distrito.
{n}.3 FUNCIONES ESPECÍFICAS
{functions}
{n}.4 LÍNEAS DE AUTORIDAD Y RESPONSABILIDAD
Depende de: {boss}
Tiene mando sobre: {reports}"""

TWO_PAIRS_A_ROW = """IDENTIFICACIÓN DEL PUESTO
Título del puesto:\t{unit}\tCódigo:\tM-0{n}
Jefe inmediato:\t{boss}\tSupervisa a:\t{reports}
NATURALEZA DEL PUESTO
Trabajo que consiste en coordinar las acciones.
ATRIBUCIONES
{functions}"""


@pytest.mark.parametrize("form", [COLOMBIA, PERU, TWO_PAIRS_A_ROW], ids=["co", "pe", "gt"])
def test_each_sheet_is_read_whole(form: str) -> None:
    manual = sheets(form)
    assert [p.title for p in manual.positions] == TITLES
    assert bosses(manual) == BOSSES
    assert all(len(p.functions) == 2 for p in manual.positions)


def test_one_who_supervises_nobody_has_no_report_of_that_name() -> None:
    manual = sheets(TWO_PAIRS_A_ROW)
    assert reports(manual.positions[0]) == ["Jefe de Topografía", "Inspector de Caminos"]
    assert reports(manual.positions[3]) == []
    printed = manual.positions[3].direct_reports_printed
    assert printed
    assert not printed.applies


def test_a_field_beside_another_has_its_own_value_though_no_list_knows_its_label() -> None:
    form = "Cargo: {unit}\nReporta a: {boss}\tLe obedecen: {reports}\nFunciones:\n{functions}"
    manual = sheets(form)
    assert bosses(manual) == BOSSES
    assert reports(manual.positions[0]) == ["Jefe de Topografía", "Inspector de Caminos"]


def test_a_boss_printed_three_times_is_no_head_of_two_columns() -> None:
    more = "Cargo:\tChofer\nJefe inmediato:\tGerente de Obras\nLe obedecen:\tNadie\nFunciones:\n"
    form = (
        "Cargo:\t{unit}\nJefe inmediato:\t{boss}\nLe obedecen:\t{reports}\nFunciones:\n{functions}"
    )
    manual = sheets(form, f"MANUAL\n\n{more}1. Manejar.\n\n")
    assert bosses(manual) == ["Gerente de Obras", *BOSSES]


def test_a_name_that_is_worded_like_a_label_is_a_name() -> None:
    form = "Cargo\t{unit}\nÁrea\t{unit}\nDepende de\t{boss}\nFunciones\n{functions}"
    more = form.format(unit="Unidad Administrativa", boss="Gerente de Obras", functions=FUNCTIONS)
    manual = sheets(form, f"MANUAL\n\n{more}\n\n")
    assert [p.title for p in manual.positions] == ["Unidad Administrativa", *TITLES]


def test_a_label_that_takes_three_lines_beside_its_value() -> None:
    form = (
        "DENOMINACIÓN\t{unit}\nDEL\nPUESTO\nJEFE\t{boss}\nINMEDIATO:\n"
        "PUESTOS\t{reports}\nQUE LE\nREPORTAN:\nFUNCIONES\n{functions}"
    )
    manual = sheets(form)
    assert [p.title for p in manual.positions] == TITLES
    assert bosses(manual) == BOSSES
    assert reports(manual.positions[1]) == ["Asistente de Archivo"]


def test_a_value_goes_on_beside_the_second_line_of_its_label() -> None:
    form = "CARGO:\t{unit}\nJEFE\tGerencia\nINMEDIATO:\tGeneral\nFUNCIONES:\n{functions}"
    assert bosses(sheets(form)) == ["Gerencia General"] * 4


def test_two_rows_with_a_label_each_are_two_fields() -> None:
    form = "Puesto\t{unit}\nSuperior inmediato\t{boss}\nFunciones\n{functions}"
    manual = sheets(form)
    assert [p.title for p in manual.positions] == TITLES
    assert bosses(manual) == BOSSES


def test_a_title_above_the_sheets_is_none_of_the_first_one() -> None:
    form = "PUESTO:\t{unit}\nJEFE INMEDIATO:\t{boss}\nFUNCIONES:\n{functions}"
    front = (
        "MANUAL\n\nESTRUCTURA ORGÁNICA\n1. Gerencia\n1.1. Jefatura\n1.2. Inspección\n\f"
        "1.3. Subdirección Jurídica\n\nDESCRIPCIÓN DE PUESTOS\n"
    )
    manual = sheets(form, front)
    assert [p.title for p in manual.positions] == TITLES
    assert "DESCRIPCIÓN DE PUESTOS" in {section.title for section in manual.sections}


def test_forms_for_some_units_only_are_found_beside_many_headings() -> None:
    headed = "\n\n".join(
        f"2.{n}. DIRECCIÓN DE ZONA {letter}\n\nOBJETIVO\n\nCuidar la zona {letter}.\n\n"
        f"FUNCIONES\n{FUNCTIONS}"
        for n, letter in enumerate("ABCDEFGHIJ", start=1)
    )
    form = (
        "PUESTO\t{unit}\nAUTORIDAD Y DEPENDENCIA\tDepende directamente de la {boss}.\n"
        "OBJETIVO\tCuidar los caminos.\nFUNCIONES\n{functions}"
    )
    manual = sheets(form, f"MANUAL\n\n{headed}\n\nVII. PUESTOS\n\n")
    titles = [p.title for p in manual.positions]
    assert titles == [*(f"DIRECCIÓN DE ZONA {letter}" for letter in "ABCDEFGHIJ"), *TITLES]


def test_a_list_goes_on_below_a_stamp_at_the_head_of_a_page() -> None:
    form = (
        "CARGO: {unit}\nDEPENDE DE: {boss}\nFUNCIONES ESPECÍFICAS\n{functions}\f"
        "DISTRITO DE SAN ROQUE\n\n3..Atender las quejas.\n4.- Otras que se le asignen.\n"
        "REQUISITOS\n5. Título técnico."
    )
    for position in sheets(form).positions:
        assert [f.number for f in position.functions] == [1, 2, 3, 4]
        assert position.functions[2].text == "Atender las quejas."


def test_a_comma_within_a_name_does_not_end_it() -> None:
    text = (
        "MANUAL\n\nCARGO: Técnico\nAUTORIDAD Y DEPENDENCIA\n"
        "Depende de la Jefatura de Desarrollo Urbano, Rural e Infraestructura.\n"
        "FUNCIONES\n1. Medir los terrenos.\n2. Dibujar los planos.\n"
    )
    assert bosses(read(text)) == ["Jefatura de Desarrollo Urbano, Rural e Infraestructura"]


def test_an_entry_of_the_contents_may_have_its_page_on_a_line_of_its_own() -> None:
    text = (
        "MANUAL\n\nÍNDICE\nI. PRESENTACIÓN ...... 3\nII. DESCRIPCIÓN DE FUNCIONES DE LOS CARGOS\n"
        "............ 4\nIII. DIRECTORIO ..... 9\n\fI. PRESENTACIÓN\n\nEste manual ordena.\n"
    )
    assert [entry.title for entry in read(text).index] == [
        "I. PRESENTACIÓN",
        "II. DESCRIPCIÓN DE FUNCIONES DE LOS CARGOS",
        "III. DIRECTORIO",
    ]
