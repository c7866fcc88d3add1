"""DOCX: real tables, heading styles, automatic numbering, and page breaks as Word notes them."""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from evals.families.blocks import Block, PageBreak, Table, Text, TextKind
from evals.families.headers import foot_line, head_lines
from evals.families.layout import Page, Piece
from evals.families.manuals import Edition, FamilyManual

_HEADINGS = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}
_FIRST = ("1.", "1)", "a)", "I.", "•", "–", "*", "·", "-")
_FORMATS = {
    "1.": ("decimal", "%1."),
    "1)": ("decimal", "%1)"),
    "a)": ("lowerLetter", "%1)"),
    "I.": ("upperRoman", "%1."),
    "•": ("bullet", "•"),
    "–": ("bullet", "–"),
    "*": ("bullet", "*"),
    "·": ("bullet", "·"),
    "-": ("bullet", "-"),
}
_FIRST_ID = 900
"""Beyond those of the template."""


def write_docx(manual: FamilyManual, edition: Edition, path: Path) -> None:
    """Write the manual; where its pages end is noted in the text, as Word does on saving."""
    _Writer(manual, edition).write(path)


class _Writer:
    def __init__(self, manual: FamilyManual, edition: Edition) -> None:
        self._edition = edition
        self._manual = manual
        self._document: Document = docx.Document()
        self._document.core_properties.title = manual.style.country.document
        self._numbering = _AutomaticNumbering(self._document)
        self._pieces: dict[int, list[tuple[Page, Piece]]] = {}
        for page in edition.laid.pages:
            for slot in page.slots():
                for piece in slot.pieces:
                    self._pieces.setdefault(id(piece.source), []).append((page, piece))
        self._page = 1
        self._total = len(edition.laid.pages)
        self._automatic = manual.style.seed % 2 == 0
        """Items are numbered by Word; else their markers are typed."""

    def write(self, path: Path) -> None:
        """Print all blocks and save."""
        self._frame()
        for block in self._edition.blocks:
            self._block(block)
        self._document.save(str(path))

    def _frame(self) -> None:
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        # page numbers are fields: a reader that prints the header on each page sees no number
        for cells in head_lines(self._manual.style, self._manual.office, 888, 999):
            paragraph = section.header.add_paragraph()
            _add_with_fields(paragraph, "\t".join(cells), self._total)
        foot = foot_line(self._manual.style, 888, 999)
        if foot:
            _add_with_fields(section.footer.add_paragraph(), foot, self._total)

    def _block(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            return
        if isinstance(block, Table):
            self._table(block)
            return
        self._fill(self._document.add_paragraph(), block)

    def _table(self, table: Table) -> None:
        width = max(len(row.cells) for row in table.rows)
        made = self._document.add_table(rows=0, cols=width)
        if self._manual.style.ruled:
            made.style = "Table Grid"
        for row in table.rows:
            cells = made.add_row().cells
            count = len(row.cells)
            for at, texts in enumerate(row.cells):
                first = at * width // count
                last = (at + 1) * width // count - 1
                if count == 2 and width > 2:  # the label keeps its column
                    first, last = (0, 0) if at == 0 else (1, width - 1)
                cell = cells[first]
                if last > first:
                    cell = cell.merge(cells[last])
                self._cell(cell, texts)

    def _cell(self, cell: _Cell, texts: tuple[Text, ...]) -> None:
        paragraph = cell.paragraphs[0]
        for at, text in enumerate(texts):
            self._fill(cell.add_paragraph() if at else paragraph, text)

    def _fill(self, paragraph: Paragraph, text: Text) -> None:
        if text.kind is TextKind.COVER:
            paragraph.style = "Subtitle" if text.level else "Title"
        elif text.kind is TextKind.HEADING:
            paragraph.style = _HEADINGS[text.level]
        lead = self._pieces[id(text)][0][1].lead
        if lead and self._automatic:
            self._numbering.apply(paragraph, text)
            lead = ""
        self._runs(paragraph, text, f"{lead} " if lead else "")

    def _runs(self, paragraph: Paragraph, text: Text, lead: str) -> None:
        """The text, a run a page, with the breaks between."""
        runs: list[tuple[Page, str]] = []
        for page, piece in self._pieces[id(text)]:
            said = piece.text if piece.hyphen else f"{piece.text} "
            if runs and runs[-1][0] is page:
                said = runs.pop()[1] + said
            runs.append((page, said))
        for at, (page, said) in enumerate(runs):
            run = paragraph.add_run()
            if page.number > self._page:
                self._page = page.number
                if page.forced and at == 0:
                    run.add_break(WD_BREAK.PAGE)
                run._r.append(OxmlElement("w:lastRenderedPageBreak"))
            is_last = at == len(runs) - 1
            run.add_text((lead if at == 0 else "") + (said.rstrip() if is_last else said))
            run.bold = text.kind is TextKind.LABEL or None


def _add_with_fields(paragraph: Paragraph, text: str, total: int) -> None:
    """The text of a header, with fields for the page (888) and the number of pages (999)."""
    for part in text.replace("888", "\0PAGE\0").replace("999", "\0NUMPAGES\0").split("\0"):
        if part not in ("PAGE", "NUMPAGES"):
            paragraph.add_run(part)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), part)
        # what Word last showed is kept in the file, the same for all pages
        field.append(paragraph.add_run("2" if part == "PAGE" else str(total))._r)
        paragraph._p.append(field)


class _AutomaticNumbering:
    """Gives list items of a document their numbering as Word keeps it: the marker is nowhere in the
    text. A list begins anew at its first marker."""

    def __init__(self, document: Document) -> None:
        self._numbering = document.part.numbering_part.element
        self._next = _FIRST_ID
        self._current: int | None = None
        for at, first in enumerate(_FIRST):
            self._define(_FIRST_ID + at, *_FORMATS[first])

    def apply(self, paragraph: Paragraph, text: Text) -> None:
        """Number a paragraph that is an item. Its text's marker says where its list begins."""
        if text.marker in _FIRST or self._current is None:
            shape = text.marker if text.marker in _FIRST else "1."
            self._current = self._list(_FIRST_ID + _FIRST.index(shape))
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._current

    def _define(self, number: int, form: str, shape: str) -> None:
        abstract = _element("w:abstractNum", {"w:abstractNumId": str(number)})
        level = _element("w:lvl", {"w:ilvl": "0"})
        for tag, value in (("start", "1"), ("numFmt", form), ("lvlText", shape)):
            level.append(_element(f"w:{tag}", {"w:val": value}))
        abstract.append(level)
        # definitions have to stand before the lists that use them
        self._numbering.insert(0, abstract)

    def _list(self, definition: int) -> int:
        self._next += 1
        made = _element("w:num", {"w:numId": str(self._next)})
        made.append(_element("w:abstractNumId", {"w:val": str(definition)}))
        override = _element("w:lvlOverride", {"w:ilvl": "0"})
        override.append(_element("w:startOverride", {"w:val": "1"}))
        made.append(override)
        self._numbering.append(made)
        return self._next


def _element(tag: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
