"""Habits of other governments, each in a small manual of our own words, read whole."""

from pathlib import Path

import docx
import pytest

from corpus.model import Manual
from ingest import parse_manual, read_source
from tests.ingest.conftest import read

PERU = """MANUAL DE ORGANIZACIÓN Y FUNCIONES
TÍTULO I
DE LOS CARGOS

2.1 GERENTE DE TURISMO (Nº CAP 101)

2.1.1 Función básica
Conducir la promoción del turismo y de las ferias.

2.1.2 Funciones específicas
a) Dirigir la política de turismo de la provincia.
b) Otorgar las licencias de apertura.

2.1.3 Líneas de autoridad y responsabilidad
- Depende directamente de: Gerente Municipal.
- Tiene mando sobre: Secretaria III, Técnico en Mercados I.

2.1.4 Requisitos mínimos
- Título profesional de economista.

2.2 SECRETARIA III (Nº CAP 102)

2.2.1 Función básica
Ejecutar labores de apoyo.

2.2.2 Funciones específicas
a) Registrar los expedientes que ingresan.
b) Redactar oficios.
c) Custodiar el archivo.

2.2.3 Líneas de autoridad y responsabilidad
- Depende directamente de: Gerente de Turismo.
- Tiene mando sobre: No ejerce autoridad.

2.2.4 Requisitos mínimos
- Título de secretariado.

2.3 TÉCNICO EN MERCADOS I (Nº CAP 103-104)

2.3.1 Función básica
Controlar los mercados de abasto.

2.3.2 Funciones específicas
a) Inspeccionar los puestos de los mercados.
b) Empadronar a los comerciantes.

2.3.3 Líneas de autoridad y responsabilidad
- Depende directamente de: Gerente de Turismo.
- Tiene mando sobre: Ninguno.

2.3.4 Requisitos mínimos
- Secundaria completa.
- Un año de experiencia.
"""

CHILE = """REGLAMENTO DE ORGANIZACIÓN INTERNA

TÍTULO I: DISPOSICIONES GENERALES

ARTÍCULO 1º: El presente reglamento regula la estructura de la Municipalidad.

ARTÍCULO 2º: La Municipalidad está constituida por el Alcalde y el Concejo.

TÍTULO II: DE LA SECRETARÍA DE PLANIFICACIÓN

ARTÍCULO 3º: La Secretaría de Planificación tendrá las siguientes funciones:
a) Servir de secretaría técnica del Alcalde;
b) Elaborar las bases de las licitaciones.

ARTÍCULO 4º: De la Secretaría de Planificación dependerán el Departamento de Estudios y el \
Departamento de Licitaciones.

TÍTULO III: DE LA DIRECCIÓN DE OBRAS

ARTÍCULO 5º: La Dirección de Obras depende del Alcalde y le corresponden las siguientes funciones:
a) Dar aprobación a las subdivisiones;
b) Otorgar los permisos de edificación;
c) Fiscalizar las obras.
"""

SPAIN = "\n".join(
    f"""
FICHA DE PUESTO DE TRABAJO
Código\t{code}\tDenominación\t{name}
Grupo\tA1\tNivel C.D.\t22
Forma de provisión\tConcurso\tJornada\t37,5 horas semanales
Superior jerárquico\t{boss}
Puestos subordinados\t{below}
Misión del puesto\t{purpose}
FUNCIONES Y TAREAS
• {first}
• {second}
Complemento específico\t9.120,00 €
"""
    for code, name, boss, below, purpose, first, second in (
        ("SG-01", "Secretario/a General", "Alcaldía", "Archivero/a; Administrativo/a de Actas",
         "Ejercer la fe pública.", "Preparar los plenos.", "Custodiar el libro de actas."),
        ("SG-02", "Administrativo/a de Actas", "Secretario/a General", "-",
         "Tramitar los expedientes.", "Registrar las entradas.", "Tramitar las licencias."),
        ("SG-03", "Archivero/a", "Secretario/a General", "-",
         "Gestionar el archivo.", "Clasificar la documentación.", "Atender las consultas."),
    )
)  # fmt: skip

COSTA_RICA = """Manual Descriptivo de Clases de Puestos

ÍNDICE
Operario municipal 1 ...................... 2
Técnico municipal 2 ....................... 2

\fCLASE: OPERARIO MUNICIPAL 1

NATURALEZA DEL TRABAJO
Ejecución de labores de aseo de vías.

TAREAS
Recolecta la basura de las rutas asignadas.
Carga y descarga materiales.

SUPERVISIÓN RECIBIDA
Encargado de Cuadrilla

SUPERVISIÓN EJERCIDA
No le corresponde supervisar personal.

REQUISITOS
Segundo ciclo aprobado.

CLASE: TÉCNICO MUNICIPAL 2

NATURALEZA DEL TRABAJO
Inspección de patentes.

TAREAS
Inspecciona los locales comerciales.
Clausura obras sin permiso.
Confecciona los partes.

SUPERVISIÓN RECIBIDA
Coordinador de Inspecciones

SUPERVISIÓN EJERCIDA
Operario municipal 1

REQUISITOS
Bachiller en educación media.
"""

MEXICO_CITY = """MANUAL ADMINISTRATIVO

PUESTO: Dirección de Operación

Función Principal 1: Coordinar las cuadrillas de campo.
• Programar las rutas diarias.
• Verificar la bitácora de los vehículos.

Función Principal 2: Administrar los recursos.
• Validar las requisiciones.

PUESTO: Subdirección de Limpia

Función Principal 1: Supervisar la recolección de residuos.
• Asignar los camiones a cada colonia.

PUESTO: Jefatura de Alumbrado

Función Principal 1: Mantener las luminarias.
• Reparar las luminarias que se reporten.
"""

MUNICIPALITY = """DIRECCION DE DESARROLLO SOCIAL
MANUAL DE ORGANIZACION
CLAVE: MO-DDS-2022        HOJA: 1 DE 2

NOMBRE DEL PUESTO: DIRECTOR DE DESARROLLO SOCIAL
REPORTA A: PRESIDENTE MUNICIPAL
LE REPORTAN: JEFE DE JUVENTUD
OBJETIVO DEL PUESTO: DIRIGIR LOS PROGRAMAS SOCIALES.
FUNCIONES:
1.- FIRMAR LOS CONVENIOS.
2.- SUPERVISAR LOS APOYOS.
PERFIL DEL PUESTO:
ESCOLARIDAD: LICENCIATURA
HORARIO: 9:00 A 17:00 HORAS

                                                              HOJA: 2 DE 2
NOMBRE DEL PUESTO: JEFE DE JUVENTUD
REPORTA A: DIRECTOR DE DESARROLLO SOCIAL
LE REPORTAN: N/A
OBJETIVO DEL PUESTO: ATENDER A LOS JOVENES.
FUNCIONES:
1.- ORGANIZAR TORNEOS.
2.- GESTIONAR BECAS.
PERFIL DEL PUESTO:
ESCOLARIDAD: BACHILLERATO
HORARIO: 10:00 A 18:00 HORAS
"""

Told = dict[str, tuple[str | None, list[str], int]]
"""By title: boss, direct reports, number of functions."""


def told(manual: Manual) -> Told:
    return {
        p.title: (
            p.reports_to.text if p.reports_to else None,
            [report.printed for report in p.direct_reports],
            len(p.functions),
        )
        for p in manual.positions
    }


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param(
            PERU,
            {
                "GERENTE DE TURISMO": (
                    "Gerente Municipal.",
                    ["Secretaria III", "Técnico en Mercados I"],
                    2,
                ),
                "SECRETARIA III": ("Gerente de Turismo.", [], 3),
                "TÉCNICO EN MERCADOS I": ("Gerente de Turismo.", [], 2),
            },
            id="Perú: 2.1.1, 2.1.2 … under each post, and its number of the CAP behind its name",
        ),
        pytest.param(
            CHILE,
            {
                "SECRETARÍA DE PLANIFICACIÓN": (
                    None,
                    ["Departamento de Estudios", "Departamento de Licitaciones"],
                    2,
                ),
                "DIRECCIÓN DE OBRAS": ("Alcalde", [], 3),
            },
            id="Chile: ARTÍCULO 3º:, titles that name units, «de la que dependerán»",
        ),
        pytest.param(
            SPAIN,
            {
                "Secretario/a General": (
                    "Alcaldía",
                    ["Archivero/a", "Administrativo/a de Actas"],
                    2,
                ),
                "Administrativo/a de Actas": ("Secretario/a General", [], 2),
                "Archivero/a": ("Secretario/a General", [], 2),
            },
            id="España: two labels a row, Denominación for the name",
        ),
        pytest.param(
            COSTA_RICA,
            {
                "OPERARIO MUNICIPAL 1": ("Encargado de Cuadrilla", [], 2),
                "TÉCNICO MUNICIPAL 2": ("Coordinador de Inspecciones", ["Operario municipal 1"], 3),
            },
            id="Costa Rica: CLASE for the name, a name that ends like an entry of the index",
        ),
        pytest.param(
            MEXICO_CITY,
            {
                "Dirección de Operación": (None, [], 5),
                "Subdirección de Limpia": (None, [], 2),
                "Jefatura de Alumbrado": (None, [], 2),
            },
            id="Ciudad de México: Función Principal 1, with further ones below",
        ),
    ],
)
def test_its_units_are_read(text: str, units: Told) -> None:
    assert told(read(text)) == units


def test_a_list_of_reports_with_bullets_of_their_own_is_read_to_its_end(tmp_path: Path) -> None:
    document = docx.Document()
    for name, below in (
        ("Dirección de la Facultad", ("Secretaría Académica", "Secretaría Administrativa")),
        ("Secretaría Académica", ("Departamento de Servicios Escolares", "Biblioteca")),
        ("Secretaría Administrativa", ("Ninguno",)),
    ):
        document.add_heading(name, 2)
        document.add_paragraph("Jefe inmediato: Rectoría")
        document.add_paragraph("Personal a su cargo:")
        for each in below:
            document.add_paragraph(each, style="List Bullet")
        document.add_paragraph("Funciones")
        for function in ("Presidir las sesiones.", "Presentar el informe anual."):
            document.add_paragraph(function, style="List Number")
    path = tmp_path / "facultad.docx"
    document.save(str(path))
    assert [reports for _, reports, _ in told(parse_manual(read_source(path))).values()] == [
        ["Secretaría Académica", "Secretaría Administrativa"],
        ["Departamento de Servicios Escolares", "Biblioteca"],
        [],
    ]


def test_pages_are_told_by_what_they_print_where_the_text_has_no_breaks() -> None:
    manual = read(MUNICIPALITY)
    assert [p.page for p in manual.positions] == [1, 2]
    assert manual.page_count == 2


def test_a_sheets_other_fields_are_kept_by_their_labels() -> None:
    director, youth = read(MUNICIPALITY).positions
    assert {field.label: field.lines[0].text for field in director.further} == {
        "ESCOLARIDAD": "LICENCIATURA",
        "HORARIO": "9:00 A 17:00 HORAS",
    }
    assert youth.further[-1].lines[0].row == "HORARIO: 10:00 A 18:00 HORAS"
    technician = read(PERU).positions[-1]
    assert [line.text for line in technician.further[-1].lines] == [
        "Secundaria completa.",
        "Un año de experiencia.",
    ]


@pytest.mark.parametrize(
    ("sentence", "reports"),
    [
        ("TIENE MANDO SOBRE EL PERSONAL DE SUS AREAS.", "PERSONAL DE SUS AREAS"),
        ("TIENE PERSONAL A SU MANDO DEL AREA", "PERSONAL A SU MANDO DEL AREA"),
    ],
)
def test_staff_that_is_named_by_no_post_is_no_denial(sentence: str, reports: str) -> None:
    sheet = "\n".join(
        f"CARGO: {name}\nDEPENDE DEL ALCALDE.\n\n{sentence}\n\n"
        "FUNCIONES:\n1. Atender.\n2. Informar.\n"
        for name in ("JEFE DE AGUAS", "JEFE DE CAMINOS", "JEFE DE PARQUES")
    )
    for position in read(sheet).positions:
        printed = position.direct_reports_printed
        assert printed is not None
        assert printed.applies
        assert printed.text == reports
