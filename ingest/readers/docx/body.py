"""The body of a Word document as lines: paragraphs, lists, tables, text boxes, page breaks."""

from collections.abc import Iterator
from typing import Any

from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.styles import Styles, value, w
from ingest.readers.docx.tokens import BREAKS, FALLBACK, SAVED_BREAK, around_text, tokens
from ingest.readers.headings import heading_line
from ingest.readers.layout import table_lines
from ingest.text import collapse

_TORN = "\x1e"
"""Stands in a cell for a page break between two of its entries."""
_ITEM_STARTS = ("- ", "• ", "– ")


class BodyReader:
    """Reads bodies, headers and cells, and counts the numbers of lists as it goes."""

    def __init__(self, styles: Styles, numbering: Numbering, *, page_fields: bool = True) -> None:
        self._styles = styles
        self._numbering = numbering
        self._page_fields = page_fields

    def lines(self, parent: Any) -> Iterator[str]:
        """The lines of a body or header, and the page breaks between them."""
        in_list = False
        for child in blocks(parent):
            if child.tag == w("tbl"):
                yield from self._table(child)
                continue
            label = self._numbering.label(child)
            before, text, after = around_text(tokens(child, page_fields=self._page_fields))
            yield from before
            is_item = bool(label) or text.startswith(_ITEM_STARTS)
            line = self._line(child, label, text)
            if line and not (in_list and is_item):
                yield ""
            if line:
                in_list = is_item
                yield line
            for box in _text_boxes(child):
                yield from self.lines(box)
            yield from after

    def _line(self, paragraph: Any, label: str, text: str) -> str:
        """A paragraph with its number as a line, marked if it is a heading."""
        line = f"{label}\t{text}".rstrip("\t") if label else text
        level = self._styles.heading_level(paragraph) if text else None
        if level is None:
            return line
        return heading_line(f"{label} {text}".strip(), level)

    def _table(self, table: Any) -> Iterator[str]:
        """The rows of a table.

        A page break between the entries of a cell tears the row; one in the middle of an entry is
        put after the row.
        """
        rows: list[list[str]] = []
        for row in _children(table, "tr"):
            before, texts, after = self._row(row)
            if before:
                yield from (*table_lines(rows), before[0])
                rows = []
            first, *torn = _pages(texts)
            rows.append(first)
            for rest in torn:
                yield from (*table_lines(rows), SAVED_BREAK)
                rows = [rest]
            if after:
                yield from (*table_lines(rows), after[0])
                rows = []
        yield from table_lines(rows)

    def _row(self, row: Any) -> tuple[list[str], list[str], list[str]]:
        """The breaks before a row, the texts of its cells, and the breaks in it."""
        skipped = value(row.find(f"{w('trPr')}/{w('gridBefore')}"))
        texts = [""] if skipped not in (None, "0") else []
        before: list[str] = []
        after: list[str] = []
        for at, cell in enumerate(_children(row, "tc")):
            if _is_merged_into_above(cell):
                texts.append("")
                continue
            first, text, more = around_text(self._cell(cell))
            (after if at else before).extend(first)
            after += more
            texts.append(text.strip("\n"))
        return before, texts, after

    def _cell(self, cell: Any) -> Iterator[str]:
        """The entries of a cell with line ends between, rows of tables in it with their tabs."""
        filled = False
        for child in blocks(cell):
            if child.tag == w("tbl"):
                for line in self._table(child):
                    yield from (line, "\n") if line not in BREAKS else (line,)
                continue
            label = self._numbering.label(child)
            before, text, after = around_text(tokens(child, page_fields=self._page_fields))
            if before:
                yield _TORN if filled else before[0]
            yield f"{label} {text}".replace("\t", " ").strip()
            yield "\n"
            filled = filled or bool(text)
            yield from after
            for box in _text_boxes(child):
                for line in self.lines(box):
                    yield from (collapse(line), "\n") if line not in BREAKS else (line,)


def _pages(texts: list[str]) -> list[list[str]]:
    """A row of cells as the rows that page breaks tear it into."""
    parts = [text.split(_TORN) for text in texts]
    most = max((len(part) for part in parts), default=1)
    return [
        [part[at].strip("\n") if at < len(part) else "" for part in parts] for at in range(most)
    ]


def blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables, also those inside content controls."""
    for child in parent.iterchildren():
        if child.tag in (w("p"), w("tbl")):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("customXml")):
            yield from blocks(child)


def _children(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also those inside content controls."""
    for child in parent.iterchildren():
        if child.tag == w(name):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml")):
            yield from _children(child, name)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that are anchored in a paragraph, not those inside other boxes."""
    for box in paragraph.iter(w("txbxContent")):
        above = list(box.iterancestors())
        inside = above[: above.index(paragraph)]
        if not any(each.tag in (FALLBACK, w("txbxContent")) for each in inside):
            yield box


def _is_merged_into_above(cell: Any) -> bool:
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return merge is not None and merge.get(w("val"), "continue") == "continue"
