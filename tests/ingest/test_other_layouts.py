"""Manuals that look unlike MO-SIG-01: each layout read from a small one of its kind."""

import pytest

from corpus.model import Manual, Position, SectionKind
from tests.ingest.conftest import parse_sheet, read, section_of


def position(manual: Manual, title: str) -> Position:
    return next(p for p in manual.positions if p.title == title)


FORMS = """MANUAL DE FUNCIONES
Instituto del Agua

I. PRESENTACIÓN

Este manual dice qué hace cada quien.

II. PUESTOS

NOMBRE DEL PUESTO:\tGerente de Redes
JEFE INMEDIATO:\tDirector General
SUPERVISA A:\tJefe de Cuadrilla
MISIÓN:\tQue no falte el agua.
TAREAS
• Revisar las válvulas.
• Ordenar las reparaciones.
REQUISITOS:\tTítulo de ingeniería

NOMBRE DEL PUESTO:\tJefe de Cuadrilla
JEFE INMEDIATO:\tGerente de Redes
SUPERVISA A:\tNo aplica
MISIÓN:\tReparar fugas el mismo día.
TAREAS
• Cerrar la calle,
que no pase nadie.
• Soldar el tubo.
REQUISITOS:\tLicencia de manejo
"""


def test_a_table_a_position_with_other_labels() -> None:
    manual = read(FORMS)
    assert manual.family == "cédulas"
    boss, gang = manual.positions
    assert (boss.title, boss.reports_to.text if boss.reports_to else "") == (
        "Gerente de Redes", "Director General"
    )  # fmt: skip
    assert [report.name for report in boss.direct_reports] == ["Jefe de Cuadrilla"]
    assert gang.direct_reports_printed is not None
    assert not gang.direct_reports_printed.applies
    assert [f.text for f in gang.functions] == [
        "Cerrar la calle, que no pase nadie.", "Soldar el tubo."
    ]  # fmt: skip


def test_a_row_is_quoted_with_its_own_label() -> None:
    boss = read(FORMS).positions[0].reports_to
    assert boss is not None
    assert boss.quote == "JEFE INMEDIATO: Director General"


def test_a_bullet_is_no_printed_number() -> None:
    first, second = read(FORMS).positions[1].functions
    assert (first.number, second.number, first.mark) == (1, 2, "•")


def test_a_unit_without_a_number_gets_an_address_that_says_so() -> None:
    manual = read(FORMS)
    assert [p.number for p in manual.positions] == ["u1", "u2"]
    assert not any(p.printed_number for p in manual.positions)
    section = section_of(manual, "u1")
    assert not section.printed_number


UNITS = """A. ATRIBUCIONES

El instituto presta el servicio de agua.

B. UNIDADES

210 DIRECCIÓN DE REDES

OBJETIVO

Que no falte el agua.

FUNCIONES

I. Revisar las válvulas.
II. Atender:
   a) las fugas;
   b) las tomas.
III. Informar a su superior.

211 UNIDAD DE MEDIDORES

OBJETIVO

Medir el consumo.

FUNCIONES

I. Leer los medidores.
II. Cambiar los que fallan.

C. GLOSARIO

Unidad: cada una de las áreas.
"""


def test_a_heading_a_unit_with_objective_and_functions() -> None:
    manual = read(UNITS)
    assert [(p.number, p.title) for p in manual.positions] == [
        ("210", "DIRECCIÓN DE REDES"), ("211", "UNIDAD DE MEDIDORES")
    ]  # fmt: skip
    assert [c.number for c in manual.sections if c.kind is SectionKind.CHAPTER] == ["A", "B", "C"]


def test_what_is_inside_a_function_belongs_to_it() -> None:
    functions = position(read(UNITS), "DIRECCIÓN DE REDES").functions
    assert [f.mark for f in functions] == ["I", "II", "III"]
    assert functions[1].text == "Atender: a) las fugas; b) las tomas."


def test_a_list_that_prints_nobody_reports_states_no_boss() -> None:
    assert all(p.reports_to is None for p in read(UNITS).positions)


ATTRIBUTIONS = """1. DIRECCIÓN DE REDES

La Dirección de Redes tendrá las siguientes atribuciones:
a) Revisar las válvulas.
b) Ordenar las reparaciones.

1.1 UNIDAD DE MEDIDORES

Corresponde a la Unidad de Medidores:
a) Leer los medidores.
b) Cambiar los que fallan.

1.2 UNIDAD DE PADRÓN

La unidad lleva el padrón de usuarios.

1.3 UNIDAD DE COBRANZA

Son atribuciones de la Unidad de Cobranza:
a) Enviar los recibos.
"""


def test_sentences_introduce_attributions() -> None:
    manual = read(ATTRIBUTIONS)
    assert [(p.number, len(p.functions)) for p in manual.positions] == [
        ("1", 2), ("1.1", 2), ("1.2", 0), ("1.3", 1)
    ]  # fmt: skip


def test_a_unit_whose_functions_were_not_found_is_not_said_to_have_none() -> None:
    assert read(ATTRIBUTIONS).positions[2].functions_heading is None


REGULATION = """REGLAMENTO INTERIOR DEL INSTITUTO DEL AGUA

TÍTULO PRIMERO
DISPOSICIONES GENERALES

CAPÍTULO I
DEL OBJETO

Artículo 1.- Este reglamento rige al instituto.

Artículo 2.- El instituto contará con las unidades siguientes:
I. Dirección de Redes;
II. Unidad de Medidores.

TÍTULO SEGUNDO
DE LAS UNIDADES

CAPÍTULO I
DE LA DIRECCIÓN DE REDES

Artículo 3.- La Dirección de Redes depende directamente de la Junta de Gobierno.

Artículo 4.- La Dirección de Redes tendrá estas facultades:
I. Revisar las válvulas;
II. Ordenar las reparaciones.

CAPÍTULO II
DE LA UNIDAD DE MEDIDORES

Artículo 5.- Son facultades de la Unidad de Medidores:
I. Leer los medidores;
II. Cambiar los que fallan.

TRANSITORIOS

Único. Entra en vigor mañana.
"""


def test_a_reglamento_names_its_units_in_chapters() -> None:
    manual = read(REGULATION)
    assert manual.family == "artículos"
    assert [(p.title, len(p.functions)) for p in manual.positions] == [
        ("DIRECCIÓN DE REDES", 2), ("UNIDAD DE MEDIDORES", 2)
    ]  # fmt: skip


def test_a_sentence_states_the_boss_and_is_quoted_whole() -> None:
    boss = read(REGULATION).positions[0].reports_to
    assert boss is not None
    assert boss.text == "Junta de Gobierno"
    assert boss.quote == (
        "Artículo 3.- La Dirección de Redes depende directamente de la Junta de Gobierno."
    )


def test_chapters_that_count_anew_go_under_their_title() -> None:
    manual = read(REGULATION)
    assert {"TÍTULO PRIMERO", "I", "TÍTULO SEGUNDO", "TÍTULO SEGUNDO.I"} <= {
        s.number for s in manual.sections
    }


def test_the_source_tells_headings() -> None:
    text = "Manual del Instituto\nAtribuciones por área\nÁrea de redes\n•\tRevisar.\n•\tReparar.\n"
    text += "Mercadeo\n•\tVender.\n•\tCobrar.\nDirectorio\nNadie.\n"
    manual = read(text, {1: 1, 2: 2, 3: 3, 6: 3, 9: 2})
    assert [(p.title, len(p.functions)) for p in manual.positions] == [
        ("Área de redes", 2), ("Mercadeo", 2)
    ]  # fmt: skip


def test_a_text_without_units_is_passages_under_headings() -> None:
    text = "I. ALCANCE\n\nSirve a todos.\n\nII. VIGENCIA\n\nHasta que otro lo reemplace.\n"
    manual = read(text)
    assert manual.family == "passages"
    assert [s.number for s in manual.sections] == ["I", "II"]


def test_a_manual_without_a_code_is_called_by_its_file() -> None:
    assert read(UNITS, name="mi manual.txt").code == "MI-MANUAL"


def test_running_heads_and_feet_are_kept_once_and_tell_the_pages() -> None:
    pages = [
        f"Instituto del Agua\tEdición 02\n\n{body}\n\nPágina {page} de 7"
        for page, body in enumerate(UNITS.split("\n\n2"), start=3)
    ]
    pages += [f"Instituto del Agua\tEdición 02\n\nAnexo.\n\nPágina {n} de 7" for n in (6, 7)]
    manual = read("\n\f\n".join(pages))
    assert manual.page_count == 7
    assert manual.positions[-1].page == 5
    texts = " ".join(s.text for s in manual.sections)
    assert texts.count("Edición 02") == 1


def test_a_field_that_was_not_read_is_none_and_told_with_its_page() -> None:
    manual = read(FORMS.replace("JEFE INMEDIATO:\tDirector General\n", "JEFE INMEDIATO:\n"))
    assert manual.positions[0].reports_to is None
    assert any("JEFE INMEDIATO" in w.message and w.page == 1 for w in manual.warnings)


def test_tables_whose_labels_head_columns() -> None:
    text = FORMS.replace(
        "NOMBRE DEL PUESTO:\tGerente de Redes\nJEFE INMEDIATO:\tDirector General\n",
        "NOMBRE DEL PUESTO\tJEFE INMEDIATO\nGerente de Redes\tDirector General\n",
    )
    boss = read(text).positions[0]
    assert boss.title == "Gerente de Redes"
    assert boss.reports_to is not None
    assert boss.reports_to.quote in " ".join(s.text for s in read(text).sections)


def test_the_form_is_read_as_ever() -> None:
    assert parse_sheet().family == "sheets"


STAFF = (
    ("Gerente de Redes", "Director General", "Jefe de Cuadrilla; Jefe de Pozos", "Dar agua."),
    ("Jefe de Cuadrilla", "Gerente de Redes", "No aplica", "Reparar fugas el mismo día."),
    ("Jefe de Pozos", "Gerente de Redes", "2 Poceros", "Cuidar los pozos."),
    ("Gerente de Cobros", "Director General", "Cajero", "Cobrar el agua."),
    ("Cajero", "Gerente de Cobros", "No aplica", "Recibir los pagos."),
)
NOBODYS_LABELS = (
    "PLAZA TIPO:\t{}\nDA CUENTAS CON:\t{}\nACOMPAÑA A:\t{}\nPARA QUÉ ESTÁ:\t{}\nQUÉ LE TOCA\n"
    "- Revisar las cosas.\n- Ordenar las demás.\nSABERES:\tLeer\n\n",
    "PLAZA TIPO: {}\n\nDA CUENTAS CON: {}\n\nACOMPAÑA A: {}\n\nPARA QUÉ ESTÁ\n\n{}\n\n"
    "QUÉ LE TOCA\n\n1. Revisar las cosas.\n2. Ordenar las demás.\n\n",
)


@pytest.mark.parametrize("form", NOBODYS_LABELS, ids=["rows", "lines"])
def test_labels_that_no_list_knows_mean_what_their_values_are(form: str) -> None:
    manual = read("I. PLAZAS\n\n" + "".join(form.format(*person) for person in STAFF))
    assert [p.title for p in manual.positions] == [person[0] for person in STAFF]
    for person, read_position in zip(STAFF, manual.positions, strict=True):
        boss, purpose = read_position.reports_to, read_position.objective
        assert boss is not None
        assert boss.quote == f"DA CUENTAS CON: {person[1]}"
        assert purpose is not None
        assert purpose.text == person[3]
        assert len(read_position.functions) == 2
    assert [r.name for r in manual.positions[0].direct_reports] == [
        "Jefe de Cuadrilla", "Jefe de Pozos"
    ]  # fmt: skip
