"""PDF pages in the order in which one reads them: columns, rows, tables, boxes, sideways text."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.readers.conftest import HEIGHT, ReadPdf, printed, put

LEFT = """La oficina se fundó en 1950 con
cuatro empleados y un camión que
servía para mudanzas. En 1962 se
construyó el edificio de la plaza."""
RIGHT = """El archivo se incendió en 1978 y
se perdieron los planos del drenaje.
Desde 1985 hay copias de todo en
el sótano del palacio municipal."""
LEFT_TEXT, RIGHT_TEXT = LEFT.replace("\n", " "), RIGHT.replace("\n", " ")


@pytest.mark.parametrize("offset", [0, 7], ids=["on one baseline", "half a line lower"])
def test_two_columns_are_read_one_after_the_other(read_pdf: ReadPdf, offset: float) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "I. ANTECEDENTES", top=60)
        put(canvas, LEFT, x=60)
        put(canvas, RIGHT, x=320, top=80 + offset)
        put(canvas, "II. MISIÓN", top=180)

    assert " ".join(printed(read_pdf(page))).split() == (
        f"I. ANTECEDENTES {LEFT_TEXT} {RIGHT_TEXT} II. MISIÓN".split()
    )


def test_lines_of_a_column_are_joined_to_paragraphs(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, LEFT, x=60)
        put(canvas, RIGHT, x=320)

    assert printed(read_pdf(page)) == [LEFT_TEXT, RIGHT_TEXT]


def test_three_columns_of_unequal_length(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, LEFT, x=40)
        put(canvas, RIGHT, x=220)
        put(canvas, LEFT.upper().split("\n", 1)[1], x=400)

    text = " ".join(printed(read_pdf(page)))
    assert text.index("palacio municipal") < text.index("CUATRO EMPLEADOS")
    assert text.index("edificio de la plaza") < text.index("El archivo se incendió")


def test_labels_and_their_values_are_rows(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Puesto:\nLe reporta a:\nObjetivo:", pitch=20)
        put(canvas, "Jefatura de Archivo\nDirección de Oficinas", x=200, pitch=20)
        put(canvas, "Guardar los expedientes de la dirección y dar copias a quien\n"
            "las pida, dentro del plazo que marca la ley.", x=200, top=120)  # fmt: skip

    assert printed(read_pdf(page)) == [
        "Puesto:\tJefatura de Archivo",
        "Le reporta a:\tDirección de Oficinas",
        "Objetivo:\tGuardar los expedientes de la dirección y dar copias a quien las pida, dentro "
        "del plazo que marca la ley.",
    ]


def test_a_table_without_lines_is_read_row_by_row(read_pdf: ReadPdf) -> None:
    rows = [("Unidad", "Plazas", "Nivel"), ("Jefatura de Archivo", "3", "12"),
            ("Coordinación de Edificios", "11", "14")]  # fmt: skip

    def page(canvas: Canvas) -> None:
        for column, x in enumerate((60, 260, 400)):
            put(canvas, "\n".join(row[column] for row in rows), x=x)

    assert printed(read_pdf(page)) == ["\t".join(row) for row in rows]


def rule(canvas: Canvas, columns: list[float], rows: list[float]) -> None:
    """Draws the lines of a table."""
    canvas.grid(columns, [HEIGHT - row for row in rows])


def test_a_table_goes_on_over_a_page_break(read_pdf: ReadPdf) -> None:
    def first(canvas: Canvas) -> None:
        rule(canvas, [50, 150, 500], [60, 90, 140])
        put(canvas, "Puesto", x=55)
        put(canvas, "Jefatura de Archivo", x=155)
        put(canvas, "Funciones", x=55, top=105)
        put(canvas, "\u2022 Guardar los expedientes.\n\u2022 Dar copias de ellos a quien", x=155,
            top=105)  # fmt: skip

    def second(canvas: Canvas) -> None:
        rule(canvas, [50, 150, 500], [60, 90, 120])
        put(canvas, "las pida.", x=155)
        put(canvas, "Nivel", x=55, top=110)
        put(canvas, "12", x=155, top=110)

    assert printed(read_pdf(first, second)) == [
        "Puesto\tJefatura de Archivo",
        "Funciones\t• Guardar los expedientes.",
        "\t• Dar copias de ellos a quien",
        "\f",
        "\tlas pida.",
        "Nivel\t12",
    ]


def test_a_cell_that_goes_down_several_rows_is_empty_below_its_first(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([150, 500], [HEIGHT - row for row in (60, 90, 120)])
        canvas.rect(50, HEIGHT - 120, 100, 60)
        put(canvas, "Supervisa a", x=55)
        put(canvas, "Jefatura de Archivo", x=155)
        put(canvas, "Jefatura de Edificios", x=155, top=110)

    assert printed(read_pdf(page)) == [
        "Supervisa a\tJefatura de Archivo",
        "\tJefatura de Edificios",
    ]


def test_boxes_in_boxes_are_read_once(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        for shape in ((50, 250, 500, 200), (60, 380, 200, 60), (60, 260, 200, 60)):
            canvas.rect(*shape, stroke=1, fill=1)
        canvas.setFillGray(0)
        for top, title in ((HEIGHT - 420, "Dirección\nde Ingresos"), (HEIGHT - 300, "Caja")):
            put(canvas, title, x=80, top=top)
        put(canvas, "Nivel", x=320, top=HEIGHT - 350)

    lines = printed(read_pdf(page))
    assert sorted(lines) == ["Caja", "Dirección de Ingresos", "Nivel"]


def test_sideways_text_and_watermarks_come_last(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        for angle, text in ((90, "GACETA OFICIAL"), (-90, "TOMO IV"), (45, "BORRADOR")):
            canvas.saveState()
            canvas.translate(40 if angle == 90 else 300, 300)
            canvas.rotate(angle)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
        put(canvas, LEFT)

    text, *others = printed(read_pdf(page))
    assert text == LEFT_TEXT
    assert sorted(others) == ["BORRADOR", "GACETA OFICIAL", "TOMO IV"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_read_upright(read_pdf: ReadPdf, turned: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turned)
        put(canvas, LEFT, top=300)
        put(canvas, "Puesto:\nNivel:", top=400)
        put(canvas, "Jefatura\n12", x=200, top=400)

    assert printed(read_pdf(page)) == [LEFT_TEXT, "Puesto:\tJefatura", "Nivel:\t12"]


def test_a_page_that_is_printed_sideways_is_read_upright(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(HEIGHT - 200, 0)
        canvas.rotate(90)
        put(canvas, LEFT, top=HEIGHT - 300)

    assert printed(read_pdf(page)) == [LEFT_TEXT]


def test_text_that_is_printed_twice_to_look_bold_is_read_once(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "MANUAL DE ORGANIZACIÓN")
        put(canvas, "MANUAL DE ORGANIZACIÓN", x=60.3)

    assert printed(read_pdf(page)) == ["MANUAL DE ORGANIZACIÓN"]


def test_entries_of_a_table_of_contents_stay_apart(read_pdf: ReadPdf) -> None:
    entries = [f"{title} {'.' * dots} {page}" for title, dots, page in
               (("INTRODUCCIÓN", 110, 3), ("ANTECEDENTES", 108, 4), ("MARCO JURÍDICO", 106, 12))
               ]  # fmt: skip
    assert printed(read_pdf(lambda canvas: put(canvas, "\n".join(entries)))) == entries


def test_lines_far_apart_are_a_paragraph_all_the_same(read_pdf: ReadPdf) -> None:
    text = (
        "En base a lo anterior se concluye que el manual define adecuadamente las tareas y las\n"
        "responsabilidades de los empleados dentro de la organización con el fin de mejorar su\n"
        "trabajo diario y de dar una atención eficiente a las personas que acuden a la oficina."
    )

    def page(canvas: Canvas) -> None:
        put(canvas, "ANTECEDENTES", top=50)
        put(canvas, text, pitch=26)

    assert printed(read_pdf(page)) == ["ANTECEDENTES", text.replace("\n", " ")]


PLACES = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 40), st.text("abcdeñóPQ1.", min_size=1, max_size=9)
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda place: place[:2],
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PLACES)
def test_nothing_is_lost_wherever_it_is_printed(
    read_pdf: ReadPdf, places: list[tuple[int, int, str]]
) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(20, 20, "pie")
        for column, row, word in places:
            canvas.drawString(40 + column * 85, 60 + row * 17, word)

    text = read_pdf(page).text
    wanted = Counter("".join(["pie", *(word for _, _, word in places)]))
    assert Counter("".join(text.split())) == wanted


def test_columns_with_labels_and_values_are_read_by_the_file_s_order(read_pdf: ReadPdf) -> None:
    labels = "Puesto:\nReporta a:\nSupervisa a:\nNivel:\nÁrea:\nTurno:"
    values = "Jefatura\nDirección\nNadie\n12\nArchivo\nMatutino"

    def page(canvas: Canvas) -> None:
        put(canvas, "MANUAL\nVersión 01", top=40)
        put(canvas, "Código: MO-1\nPágina 3", x=330, top=40)
        for x in (60, 330):
            for at, (label, value) in enumerate(
                zip(labels.split("\n"), values.split("\n"), strict=True)
            ):
                put(canvas, label, x=x, top=100 + 14 * at)
                put(canvas, value, x=x + 90, top=100 + 14 * at)

    rows = [f"{a}\t{b}" for a, b in zip(labels.split("\n"), values.split("\n"), strict=True)]
    assert printed(read_pdf(page)) == ["MANUAL\tCódigo: MO-1", "Versión 01\tPágina 3", *rows, *rows]


def test_items_below_a_value_stay_in_its_column(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Perfil del puesto")
        put(canvas, "a) Título profesional\nb) Licencia de conducir", x=200)
        put(canvas, "Funciones\na) Guardar los expedientes.", top=108)

    assert printed(read_pdf(page)) == [
        "Perfil del puesto\ta) Título profesional",
        "\tb) Licencia de conducir",
        "Funciones",
        "a) Guardar los expedientes.",
    ]


def test_a_label_that_is_wrapped_beside_its_value_is_one(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Puesto al\nque reporta\nNombre del\ncargo")
        put(canvas, "Gerencia de Transparencia y\nParticipación Social\nJefatura", x=200)

    assert printed(read_pdf(page)) == [
        "Puesto al que reporta\tGerencia de Transparencia y Participación Social",
        "Nombre del cargo\tJefatura",
    ]


def test_a_bold_heading_below_a_full_line_is_a_line_of_its_own(read_pdf: ReadPdf) -> None:
    text = LEFT_TEXT[:90]

    def page(canvas: Canvas) -> None:
        put(canvas, f"{text}\n{text}\n{text}.")
        canvas.setFont("Helvetica-Bold", 10)
        put(canvas, "FUNCIONES ESENCIALES", top=122)

    assert printed(read_pdf(page))[-1] == "FUNCIONES ESENCIALES"


def test_the_cells_of_three_columns_are_joined_each_with_its_next_line(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        put(canvas, "Puesto:")
        put(canvas, "Jefe inmediato:", x=160)
        put(canvas, "Supervisa a:", x=260)
        canvas.setFont("Helvetica", 10)
        put(canvas, "Responsable de la\nLimpieza", top=94)
        put(canvas, "Gerente de las\nObras Públicas", x=160, top=94)
        put(canvas, "Nadie", x=260, top=94)

    assert printed(read_pdf(page)) == [
        "Puesto:\tJefe inmediato:\tSupervisa a:",
        "Responsable de la Limpieza\tGerente de las Obras Públicas\tNadie",
    ]


def test_two_fields_side_by_side_keep_each_its_own_next_line(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Depende de: Gerente de\nObras Públicas\nFunciones:")
        put(canvas, "Supervisa a: Nadie", x=200)

    assert printed(read_pdf(page)) == [
        "Depende de: Gerente de Obras Públicas\tSupervisa a: Nadie",
        "Funciones:",
    ]


def test_a_label_that_nearly_touches_its_value_is_a_cell_by_its_column(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Área\nJerarquía del puesto\nTurno")
        end = 60 + canvas.stringWidth("Jerarquía del puesto", "Helvetica", 10)
        put(canvas, "Archivo\nDirección\nMatutino", x=end + 6)

    assert printed(read_pdf(page)) == [
        "Área\tArchivo",
        "Jerarquía del puesto\tDirección",
        "Turno\tMatutino",
    ]


def test_two_names_in_a_cell_are_two_entries(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Supervisa a\n\nTurno")
        put(canvas, "Jefe de Archivo\nInspector\nMatutino", x=200)

    assert printed(read_pdf(page)) == [
        "Supervisa a\tJefe de Archivo",
        "\tInspector",
        "Turno\tMatutino",
    ]


def test_rows_of_numbered_cells_are_never_one(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "18\n19")
        put(canvas, "Definir lo que se compra\nintegrar los padrones", x=120)

    assert printed(read_pdf(page)) == ["18\tDefinir lo que se compra", "19\tintegrar los padrones"]


def test_the_number_at_a_page_s_foot_stands_in_no_column(read_pdf: ReadPdf) -> None:
    left = LEFT.replace("plaza.", "plaza,")
    right = f"que es del siglo pasado.\n{RIGHT}"

    def page(canvas: Canvas) -> None:
        put(canvas, f"{LEFT}\n{LEFT}\n{LEFT}\n{left}", x=60)
        put(canvas, right, x=320)
        put(canvas, "Página 7 de 9", x=60, top=780)

    lines = printed(read_pdf(page))
    assert lines[-1] == "Página 7 de 9"
    assert any("de la plaza, que es del siglo" in line for line in lines)


def test_tables_side_by_side_are_read_one_column_after_the_other(read_pdf: ReadPdf) -> None:
    rows = [("Puesto", "Jefatura"), ("Área", "Archivo"), ("Turno", "Matutino"), ("Nivel", "7")]

    def table(canvas: Canvas, x: float, top: float, name: str) -> None:
        for at, (label, value) in enumerate(rows):
            for left, text in ((x, f"{label} {name}"), (x + 100, value)):
                canvas.rect(left, HEIGHT - top - 20 * at, 100, 20)
                put(canvas, text, x=left + 4, top=top + 20 * at - 6)

    def page(canvas: Canvas) -> None:
        for x, names in ((60, "AB"), (320, "CD")):
            for at, name in enumerate(names):
                table(canvas, x, 100 + 120 * at + (14 if x > 60 and at else 0), name)

    labels = [line.split("\t")[0] for line in printed(read_pdf(page))]
    assert labels == [f"{label} {name}" for name in "ABCD" for label, _ in rows]
