"""PDF files: their text in the layout of the plain text files, one form feed between pages.

Tables become rows with tabs between the cells, the page header becomes the header block, lines
that were wrapped are joined again, and the boxes of a drawing become a line each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import ReaderNotInstalledError, SourceNotFoundError, UnreadableSourceError
from ingest.prose import is_item
from ingest.readers.base import SourceText
from ingest.readers.layout import table_lines
from ingest.readers.txt import clean_text
from ingest.text import collapse

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

_PAGE_BREAK = "\n\f\n"
_TABLE_WIDTH = 0.6
"""Share of the page's width from which ruled lines are a table, not boxes of a drawing."""
_PARAGRAPH_GAP = 0.45
"""Share of a line's height that is left free above it where a new paragraph begins."""


@dataclass(frozen=True)
class _Piece:
    """Something printed on a page: its top, and its lines in the text layout."""

    top: float
    lines: tuple[str, ...]


def read_pdf(path: Path) -> SourceText:
    """The text of a PDF file.

    Raises `ReaderNotInstalledError` without the extra `pdf`, `SourceNotFoundError` where the file
    can't be opened, `UnreadableSourceError` where it is no PDF, is protected, or has no text.
    """
    try:
        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError as error:
        raise ReaderNotInstalledError(
            "Para leer PDF falta instalar un complemento: pip install 'asistente-del-manual[pdf]'."
        ) from error
    try:
        with pdfplumber.open(path) as document:
            pages = [_page_text(page) for page in document.pages]
    except OSError as error:
        raise SourceNotFoundError(
            f"No se pudo abrir «{path}»: revise que exista y que tenga permiso de lectura."
        ) from error
    except PdfminerException as error:
        raise UnreadableSourceError(
            f"No se pudo leer «{path.name}»: no es un PDF válido o está protegido; "
            "guárdelo de nuevo sin contraseña."
        ) from error
    text = clean_text(_PAGE_BREAK.join(pages))
    if not text.strip():
        raise UnreadableSourceError(
            f"El PDF «{path.name}» no tiene texto (¿es un escaneo?): páselo primero por un OCR."
        )
    return SourceText(path.name, text)


def _page_text(page: "Page") -> str:
    """A page's tables, boxes and running text from top to bottom."""
    tables = [t for t in page.find_tables() if t.bbox[2] - t.bbox[0] >= _TABLE_WIDTH * page.width]
    boxes = _boxes(page, [table.bbox for table in tables])
    pieces = [_Piece(t.bbox[1], tuple(table_lines(_cells(t)))) for t in tables]
    pieces += [_Piece(b[1], ("", _text_in(page, b), "")) for b in boxes]
    taken = [*(table.bbox for table in tables), *boxes]
    free = page.filter(lambda thing: not any(_is_inside(thing, area) for area in taken))
    pieces += _running_text(free.extract_text_lines(), page)
    pieces.sort(key=lambda piece: piece.top)
    return "\n".join(line for piece in pieces for line in piece.lines)


def _cells(table: "Table") -> list[list[str]]:
    """The cells of a table, row by row, without those that are merged into others."""
    return [[cell for cell in row if cell is not None] for row in table.extract()]


def _is_inside(thing: dict[str, Any], area: tuple[float, float, float, float]) -> bool:
    """Whether the middle of something printed is in an area."""
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(area[0] <= across <= area[2] and area[1] <= down <= area[3])


def _boxes(
    page: "Page", tables: Sequence[tuple[float, float, float, float]]
) -> list[tuple[float, float, float, float]]:
    """The boxes of a drawing that have text in them, from top to bottom and left to right."""
    areas = {
        (rect["x0"], rect["top"], rect["x1"], rect["bottom"])
        for rect in page.rects
        if not any(_is_inside(rect, table) for table in tables)
    }
    return sorted((a for a in areas if _text_in(page, a)), key=lambda a: (round(a[1]), a[0]))


def _text_in(page: "Page", area: tuple[float, float, float, float]) -> str:
    inside = page.filter(lambda thing: _is_inside(thing, area))
    return collapse(inside.extract_text())


def _running_text(lines: Sequence[dict[str, Any]], page: "Page") -> Iterator[_Piece]:
    """The lines outside of tables, wrapped ones joined, with blank lines between paragraphs."""
    margin = max((line["x1"] for line in lines), default=0.0)
    margin = max(margin, page.width - min((line["x0"] for line in lines), default=0.0))
    text = ""
    top = 0.0
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is not None and _is_wrapped(before, line, margin):
            text = f"{text} {line['text']}"
            continue
        if text:
            yield _Piece(top, (text,))
        if before is None or _gap(before, line) > _PARAGRAPH_GAP:
            yield _Piece(line["top"] - 0.1, ("",))
        text, top = line["text"], line["top"]
    if text:
        yield _Piece(top, (text,))


def _gap(before: dict[str, Any], line: dict[str, Any]) -> float:
    """The free height above a line, as a share of its own height."""
    return float((line["top"] - before["bottom"]) / (line["bottom"] - line["top"]))


def _is_wrapped(before: dict[str, Any], line: dict[str, Any], margin: float) -> bool:
    """Whether a line goes on with the one before: its first word found no room there."""
    if _gap(before, line) > _PARAGRAPH_GAP or is_item(line["text"]):
        return False
    first_word = line["text"].split(" ", 1)[0]
    width = line["chars"][len(first_word) - 1]["x1"] - line["x0"]
    space = (line["bottom"] - line["top"]) / 4
    return bool(before["x1"] + space + width > margin)
