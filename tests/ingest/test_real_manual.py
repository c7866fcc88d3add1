"""MO-SIG-01 as it is printed. What is expected here was counted in the text by hand or by grep."""

import re

import pytest

from corpus.model import Manual, PassageKind, Position, SectionKind
from tests.ingest.conftest import section_of, text_of


def position(manual: Manual, number: str) -> Position:
    found = manual.position(number)
    assert found is not None
    return found


def pages_of_functions(manual: Manual, number: str) -> dict[int, list[int]]:
    """The numbers of a position's functions by page."""
    pages: dict[int, list[int]] = {}
    for function in position(manual, number).functions:
        pages.setdefault(function.page, []).append(function.number)
    return pages


def test_the_header_says_what_it_is(real: Manual) -> None:
    assert (real.code, real.version) == ("MO-SIG-01", "01")
    assert str(real.emission_date) == "2023-03-31"
    assert real.dependency == "Secretaría de Innovación y Gobierno Abierto"
    assert real.municipality == "Monterrey"
    assert real.page_count == 68


def test_nothing_in_it_is_worth_a_warning(real: Manual) -> None:
    assert real.warnings == ()


def test_chapters_start_on_their_pages(real: Manual) -> None:
    chapters = {s.number: s.page for s in real.sections if s.kind is SectionKind.CHAPTER}
    assert chapters == {
        "I": 4, "II": 5, "III": 5, "IV": 7, "V": 7, "VI": 7, "VII": 8, "VIII": 10, "IX": 12,
        "X": 20, "XI": 64,
    }  # fmt: skip


def test_chapters_have_their_inner_parts_and_no_others(real: Manual) -> None:
    parts = {s.number: s.title for s in real.sections if s.kind is SectionKind.PART}
    assert parts == {
        "III.1": "Gobierno digital",
        "III.2": "Gobierno abierto / participación ciudadana",
        "III.3": "Mejora regulatoria",
        "VII.A": "TRATADOS INTERNACIONALES",
        "VII.B": "NIVEL FEDERAL",
        "VII.C": "NIVEL ESTATAL",
        "VII.D": "NIVEL MUNICIPAL",
        "XI.I": "OBJETIVO",
        "XI.II": "ALCANCE",
        "XI.III": "MARCO JURÍDICO NORMATIVO",
        "XI.IV": "DISPOSICIONES GENERALES",
        "XI.V": "LINEAMIENTOS",
    }


def test_unnumbered_parts_go_by_their_title(real: Manual) -> None:
    unnumbered = {s.number: s.page for s in real.sections if s.kind is SectionKind.UNNUMBERED}
    assert unnumbered == {
        "ÍNDICE": 2, "HOJA DE FORMALIZACIÓN": 3, "DIRECTORIO": 68, "CONTROL DE CAMBIOS": 68
    }  # fmt: skip


def test_it_has_40_sheets_and_all_functions_that_a_grep_finds(real: Manual, real_text: str) -> None:
    assert len(real.positions) == 40
    sheets_of_chapter_x = real_text[real_text.index("\nX. PUESTOS Y FUNCIONES\n") :]
    rows = re.findall(r"^\d+\t(?!\d)", sheets_of_chapter_x, flags=re.M)
    assert sum(len(p.functions) for p in real.positions) == len(rows) == 326


def test_functions_go_on_after_the_page_header_in_their_table(real: Manual) -> None:
    assert pages_of_functions(real, "1") == {20: [1, 2, 3], 21: list(range(4, 14))}
    assert pages_of_functions(real, "4") == {53: list(range(1, 11)), 54: list(range(11, 25))}
    assert pages_of_functions(real, "4.1") == {55: list(range(1, 7)), 56: list(range(7, 28))}
    assert pages_of_functions(real, "4.2") == {57: list(range(1, 8)), 58: list(range(8, 26))}


@pytest.mark.parametrize(
    ("number", "page"), [("1", 20), ("2.2.1", 39), ("2.2.2.2", 44), ("3.6", 52), ("5.1", 60)]
)
def test_pages_without_a_header_have_their_number_all_the_same(
    real: Manual, number: str, page: int
) -> None:
    assert position(real, number).page == page


def test_each_other_sheet_has_all_functions_on_one_page(real: Manual) -> None:
    for sheet in real.positions:
        if sheet.number not in ("1", "4", "4.1", "4.2"):
            assert {f.page for f in sheet.functions} == {sheet.page}
            assert [f.number for f in sheet.functions] == list(range(1, len(sheet.functions) + 1))


def test_a_sheet_has_all_of_its_fields(real: Manual) -> None:
    sheet = position(real, "3.2")
    assert sheet.title == "Coordinación de Mesas Directivas y Juntas Vecinales"
    assert (sheet.page, sheet.level) == (47, 2)
    title = "Mesas Directivas y Juntas Vecinales"
    assert text_of(sheet.functional_title) == f"Coordinador (a) de {title}"
    assert text_of(sheet.nominal_title) == f"Coordinación de {title}"
    assert text_of(sheet.secretaria) == "Secretaría de Innovación y Gobierno Abierto"
    assert text_of(sheet.direccion) == text_of(sheet.area) == "Dirección de Participación Ciudadana"
    assert text_of(sheet.reports_to) == "Dirección de Participación Ciudadana"
    assert text_of(sheet.objective).startswith("Coordinar la estrategia para la organización de")
    assert text_of(sheet.objective).endswith("por medio de las juntas vecinales.")
    assert (text_of(sheet.value), text_of(sheet.type)) == ("Alto", "Temporal")
    assert text_of(sheet.date) == "31/03/2023"
    assert len(sheet.functions) == 6
    assert sheet.functions[2].text.startswith("Estar presente y activo en la conformación de")


def test_no_objective_has_the_forms_definition_in_it(real: Manual) -> None:
    for sheet in real.positions:
        assert "Representa la finalidad" not in text_of(sheet.objective)
        assert "Objetivo General" not in text_of(sheet.objective)


def test_where_the_definition_was_overwritten_the_objective_is_the_next_row(real: Manual) -> None:
    assert text_of(position(real, "2.1.5").objective).startswith("Proponer análisis que enmarcan")
    assert text_of(position(real, "2.1.5.1").objective).startswith("Coadyuvar con el Coordinador")


def test_numbers_are_stored_without_a_trailing_dot(real: Manual) -> None:
    assert position(real, "2.1.8").title == "Jefatura de Aseguramiento de Calidad Sistemas"
    assert position(real, "3.4").title == "Jefatura de Informática"
    assert section_of(real, "3.4").passages[0].text == "3.4. Jefatura de Informática"


@pytest.mark.parametrize("number", ["2.1", "2.1.4", "2.2.2", "2.1.3", "1.1"])
def test_the_date_is_found_in_whatever_cell(real: Manual, number: str) -> None:
    assert text_of(position(real, number).date) in ("31/03/2023", "31/3/2023")
    assert "Fecha" not in text_of(position(real, number).functional_title)


def test_not_applicable_is_kept_as_printed(real: Manual) -> None:
    for number, printed in (("1.1", "N/A"), ("2.1.5.1", "No Aplica"), ("2.1.6.1", "No aplica")):
        reports = position(real, number).direct_reports_printed
        assert reports is not None
        assert (reports.text, reports.applies) == (printed, False)
        assert position(real, number).direct_reports == ()


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("2", ["Dirección de Gobierno Digital", "Dirección de Soporte e Infraestructura",
               "Asistente"]),
        ("3.1", ["Analista de Consejo y Seguimiento a Acuerdos", "Analista de Gobierno"]),
        ("3.4", ["Profesional Técnico(a) Administrativo(a)", "Auxiliar Administrativo(a)"]),
        ("2.2.1.2", ["Analista de Sistemas Senior", "Programador Junior"]),
        ("5.2", ["Analista de Administración", "auxiliar administrativo",
                 "operador de conmutador"]),
        ("5.3", ["Analista jurídico", "auxiliar jurídico"]),
    ],
)  # fmt: skip
def test_direct_reports_are_told_apart(real: Manual, number: str, names: list[str]) -> None:
    assert [entry.name for entry in position(real, number).direct_reports] == names


def test_direct_reports_have_their_head_count(real: Manual) -> None:
    counts = {
        entry.printed: (entry.name, entry.count)
        for sheet in real.positions
        for entry in sheet.direct_reports
        if entry.count is not None
    }
    assert counts == {
        "3 Analistas de Soporte Técnico": ("Analistas de Soporte Técnico", 3),
        "Auxiliar (4)": ("Auxiliar", 4),
        "2 Auxiliares": ("Auxiliares", 2),
    }


def test_viii_and_ix_list_the_units_by_the_numbers_that_they_print(real: Manual) -> None:
    listed = {unit.number: unit.title for unit in real.structure}
    assert len(real.structure) == 40
    assert listed["5.4"] == "Jefatura de Planeación con Perspectiva de Género"
    assert real.position("5.4") is None
    assert position(real, "5.5").title == listed["5.4"]
    assert listed["3.6"] == "Jefatura de Proyectos Estratégicos"
    assert position(real, "3.6").title == "Coordinación de Proyectos Estratégicos"
    assert {unit.page for unit in real.structure if unit.number[0] in "45"} == {11}
    assert [(unit.number, unit.page) for unit in real.chart_headings] == [
        ("1", 12), ("1.1", 13), ("2", 14), ("2.1", 15), ("2.2", 16), ("3", 17), ("4", 18), ("5", 19)
    ]  # fmt: skip


def test_the_table_of_contents_is_as_printed(real: Manual) -> None:
    index = [(entry.title, entry.printed_page) for entry in real.index]
    assert len(index) == 14
    assert index[0] == ("HOJA DE FORMALIZACIÓN", 3)
    assert index[11] == ("XI. LINEAMIENTOS PARA LA DIFUSIÓN DEL MANUAL DEL ORGANIZACIÓN", 64)
    assert section_of(real, "XI").title.endswith("DEL MANUAL DE ORGANIZACIÓN")


def test_laws_stand_on_the_page_that_they_are_printed_on(real: Manual) -> None:
    counts = {
        letter: [p.page for p in section_of(real, f"VII.{letter}").passages
                 if p.kind is PassageKind.ITEM]
        for letter in "ABCD"
    }  # fmt: skip
    assert counts == {"A": [8], "B": [8] * 9, "C": [8] * 7 + [9] * 3, "D": [9] * 8}


def test_the_closing_note_of_vii_loses_its_asterisks(real: Manual) -> None:
    note = section_of(real, "VII.D").passages[-1]
    assert note.kind is PassageKind.PARAGRAPH
    assert note.text.startswith("Formarán parte del Marco Normativo todas las Leyes")
    assert note.text.endswith("de la Administración Pública Municipal de Monterrey.")


def test_levels_e_and_f_are_content_of_xi_iii(real: Manual) -> None:
    texts = [p.text for p in section_of(real, "XI.III").passages]
    assert texts[1] == "E. NIVEL ESTATAL"
    assert texts[3] == "F. NIVEL MUNICIPAL"


def test_a_paragraph_that_a_page_break_cuts_goes_on(real: Manual) -> None:
    *_, start, end = section_of(real, "I").passages
    assert (start.page, start.continues, end.page, end.continues) == (4, False, 5, True)
    item, rest = (p for p in section_of(real, "XI.V").passages if "su personal de la" in p.text
                  or p.text.startswith("dependencia, el Manual"))  # fmt: skip
    assert item.text.startswith("5. La persona titular de la Secretaría dará a conocer")
    assert (item.page, rest.page, rest.continues) == (65, 66, True)


def test_sub_items_are_items_too(real: Manual) -> None:
    texts = [p.text for p in section_of(real, "XI.V").passages if p.kind is PassageKind.ITEM]
    assert texts.count("ii. La Misión y la Visión de la Secretaría") == 6
    items = [p.text for p in section_of(real, "XI.IV").passages if p.kind is PassageKind.ITEM]
    assert "La Gaceta Municipal, así como" in items


def test_people_and_changes_are_read(real: Manual) -> None:
    signed = [(o.role, o.name, o.office) for o in real.officers if o.role]
    assert [role for role, _, _ in signed] == ["ELABORA", "REVISAR", "ADMINISTRA", "EXPIDE"]
    assert signed[3][1:] == ("Maria de Lourdes Williams Couttolenc", "Contralora Municipal")
    listed = [(o.name, o.office, o.page) for o in real.officers if o.role is None]
    assert listed[1] == ("Cintia Smith", "Secretaría de Innovación y Gobierno Abierto", 68)
    assert listed[2][0] == "(Por designar)"
    (change,) = real.changes
    assert (change.version, change.date) == ("01", "31-03-2023")
    assert change.reason == "Creación del Manual conforme a la Administración 2021-2024"


def test_a_field_row_is_one_passage_that_can_be_quoted(real: Manual) -> None:
    rows = [p.text for p in section_of(real, "2.1.1.1").passages if p.kind is PassageKind.FIELD]
    assert "Puesto al que le reporta: Coordinación de Proyectos" in rows
    assert "Puesto funcional: Jefe (a) de Proyectos Fecha: 31/03/2023" in rows


def test_breadcrumbs_lead_to_a_sheet(real: Manual) -> None:
    assert real.breadcrumb(section_of(real, "3.6")) == (
        "X PUESTOS Y FUNCIONES › 3.6 Coordinación de Proyectos Estratégicos"
    )
