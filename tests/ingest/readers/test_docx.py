"""Word files: what Word prints by itself, and what stands in boxes and in tables in tables."""

from collections.abc import Callable
from typing import Any

import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.ingest.readers.conftest import ReadDocx, printed

OUTLINE = """
<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
<w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>"""


def add_list(document: Document, number: int, override: str = "") -> None:
    """Adds the outline's list under a number, with its own start if one is given."""
    root = document.part.numbering_part.element
    if not root.xpath("w:abstractNum[@w:abstractNumId='90']"):
        root.insert(0, parse_xml(OUTLINE.format(ns=nsdecls("w"))))
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>'
            f"{override}</w:num>"
        )
    )


def item(place: Any, text: str, level: int = 0, number: int = 90) -> None:
    """Adds a numbered paragraph to a document or cell."""
    paragraph = place.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
            f'<w:numId w:val="{number}"/></w:numPr>'
        )
    )


def test_automatic_numbers_are_printed(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        add_list(document, 90)
        for level, text in ((0, "Generales"), (1, "Objeto"), (1, "Alcance"), (2, "Áreas"),
                            (2, "Puestos"), (3, "Todos"), (0, "Puestos"), (1, "Titular"),
                            (2, "Dirigir")):  # fmt: skip
            item(document, text, level)

    assert printed(read_docx(fill)) == [
        "I.\tGenerales", "1.1\tObjeto", "1.2\tAlcance", "a)\tÁreas", "b)\tPuestos", "•\tTodos",
        "II.\tPuestos", "2.1\tTitular", "a)\tDirigir",
    ]  # fmt: skip


def test_a_list_goes_on_or_starts_again_as_word_counts(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        add_list(document, 90)
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        add_list(document, 91, again)
        add_list(document, 92)
        for number in (90, 90, 91, 92):
            item(document, "Función", number=number)

    assert [line.split("\t")[0] for line in printed(read_docx(fill))] == ["I.", "II.", "I.", "II."]


def test_numbers_in_a_cell_of_their_own_are_the_row_s(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        table = document.add_table(rows=2, cols=2)
        for row, text in zip(table.rows, ("Guardar.", "Dar copias."), strict=True):
            row.cells[0].paragraphs[0].style = "List Number"
            row.cells[1].text = text

    assert printed(read_docx(fill)) == ["1.\tGuardar.", "2.\tDar copias."]


def test_items_of_a_cell_are_rows(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text = "Funciones"
        cells[1].text = "Las que siguen:"
        for text in ("Guardar.", "Dar copias."):
            cells[1].add_paragraph(text, style="List Bullet")

    assert printed(read_docx(fill)) == [
        "Funciones\tLas que siguen:", "\t• Guardar.", "\t• Dar copias."
    ]  # fmt: skip


def test_headings_are_told_by_their_styles(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        document.add_heading("MANUAL", level=1)
        document.add_paragraph("Este manual es de todos.")
        document.add_heading("Jefatura de Archivo", level=3)

    source = read_docx(fill)
    lines = source.text.split("\n")
    assert {lines[at - 1]: level for at, level in source.headings.items()} == {
        "MANUAL": 1,
        "Jefatura de Archivo": 3,
    }


def test_a_numbered_heading_has_its_number(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        add_list(document, 90)
        document.styles["Heading 1"].element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>')
        )
        document.add_heading("ANTECEDENTES", level=1)
        document.add_heading("MISIÓN", level=1)

    source = read_docx(fill)
    assert printed(source) == ["I. ANTECEDENTES", "II. MISIÓN"]
    assert set(source.headings.values()) == {1}


def test_a_table_in_a_table_keeps_its_rows(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        frame = document.add_table(rows=1, cols=1).cell(0, 0)
        frame.text = "1.1 Jefatura de Archivo"
        inner = frame.add_table(rows=2, cols=2)
        for cell, text in zip(
            inner._cells, ("Puesto:", "Jefe", "Reporta a:", "Dirección"), strict=True
        ):
            cell.text = text
        frame.add_paragraph("Fin de la cédula")

    assert printed(read_docx(fill)) == [
        "1.1 Jefatura de Archivo", "Puesto:\tJefe", "Reporta a:\tDirección", "Fin de la cédula"
    ]  # fmt: skip


def text_box(*texts: str) -> str:
    """A paragraph with a text box, as Word writes it: twice, for new and for old programs."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    box = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    return (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once_after_their_paragraph(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        paragraph = document.add_paragraph("Organigrama")
        paragraph._p.append(parse_xml(text_box("Dirección", "de Oficinas")))
        paragraph._p.append(parse_xml(text_box("Archivo")))

    assert printed(read_docx(fill)) == ["Organigrama", "Dirección", "de Oficinas", "Archivo"]


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ("<w:del><w:r><w:delText>viejo</w:delText></w:r></w:del>", ""),
        ("<w:ins><w:r><w:t>nuevo</w:t></w:r></w:ins>", "nuevo"),
        ("<w:moveFrom><w:r><w:t>movido</w:t></w:r></w:moveFrom>", ""),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>oculto</w:t></w:r>", ""),
        ("<w:r><w:t>pre</w:t><w:noBreakHyphen/><w:t>guerra</w:t></w:r>", "pre-guerra"),
        ("<w:r><w:t>edi</w:t><w:softHyphen/><w:t>ficio</w:t></w:r>", "edificio"),
    ],
)
def test_what_is_not_printed_is_not_read(read_docx: ReadDocx, run: str, shown: str) -> None:
    def fill(document: Document) -> None:
        paragraph = document.add_paragraph("Texto: ")
        start = f"<w:p {nsdecls('w')}>"
        for child in parse_xml(f"{start}{run}</w:p>"):
            paragraph._p.append(child)

    assert printed(read_docx(fill)) == [f"Texto: {shown}".strip()]


@pytest.fixture
def header_field() -> Callable[[Document], None]:
    """Fills a page header with a field for the page, as Word saved it on page 7."""

    def fill(document: Document) -> None:
        paragraph = document.sections[0].header.paragraphs[0]
        field = (
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
        )
        paragraph.add_run("Página ")
        paragraph._p.append(parse_xml(field))
        document.add_paragraph("Uno")
        document.add_page_break()
        document.add_paragraph("Dos")

    return fill


def test_the_page_that_a_header_was_saved_on_is_not_every_page(
    read_docx: ReadDocx, header_field: Callable[[Document], None]
) -> None:
    assert printed(read_docx(header_field)) == ["Página", "Uno", "\f", "Página", "Dos"]


def test_each_section_has_its_own_page_header(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("Portada")
        section = document.add_section()
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "CÓDIGO: MO-TST-01"
        document.add_paragraph("Uno")
        document.add_page_break()
        document.add_paragraph("Dos")
        document.add_section(WD_SECTION.CONTINUOUS)
        document.add_paragraph("Tres")

    assert printed(read_docx(fill)) == [
        "Portada", "\f", "CÓDIGO: MO-TST-01", "Uno", "\f", "CÓDIGO: MO-TST-01", "Dos", "Tres"
    ]  # fmt: skip


def test_the_first_page_may_have_another_header(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = "Encabezado"
        document.add_paragraph("Portada")
        document.add_page_break()
        document.add_paragraph("Uno")

    assert printed(read_docx(fill)) == ["Portada", "\f", "Encabezado", "Uno"]


def test_a_row_that_a_page_break_tears_is_on_both_pages(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text = "Funciones"
        cells[1].text = "1. Guardar los expedientes."
        paragraph = cells[1].add_paragraph("")
        saved = parse_xml(f"<w:r {nsdecls('w')}><w:lastRenderedPageBreak/></w:r>")
        paragraph._p.append(saved)
        paragraph.add_run("2. Dar copias.")
        document.add_paragraph("Fin")

    assert printed(read_docx(fill)) == [
        "Funciones\t1. Guardar los expedientes.", "\f", "\t2. Dar copias.", "Fin"
    ]  # fmt: skip


def test_a_sheet_that_prints_a_code_is_a_table_and_no_page_header(read_docx: ReadDocx) -> None:
    def fill(document: Document) -> None:
        table = document.add_table(rows=0, cols=2)
        for row in (("Nivel:", "Técnico"), ("Cargo:", "Archivista"), ("Código:", "219")):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    assert printed(read_docx(fill)) == ["Nivel:\tTécnico", "Cargo:\tArchivista", "Código:\t219"]
