"""What the readers of tables share: rows as lines, and the table of a page header as a block."""

import re
from collections.abc import Sequence

from ingest.text import collapse, fold

_HEADER = re.compile(r"(?:codigo|clave)\s*:")
_ENTRY_LABELS = (
    "codigo", "clave", "version", "revision", "edicion", "emision", "pagina", "hoja"
)  # fmt: skip
_LABEL = re.compile(r"[^\W\d_][^:\n]{1,60}:")
_MOST_HEADER_ROWS = 8
_EMPTY_PAGE = re.compile(r"(?:pagina|hoja):\D*")
_LOGO_STARTS = ("gobierno", "ayuntamiento", "municipio")


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows of a table as lines with tabs between cells, or as a header block if it is one.

    A line end in a cell parts its entries (items, paragraphs). Those of the last cell of a row with
    no more than two filled ones, such as a label and what it is the label of, are rows of their
    own, whose other cells are empty; elsewhere they are joined. A tab in a cell is that of a table
    inside the cell, whose rows are then rows of their own too.
    """
    if _is_header(rows):
        return header_lines(rows)
    return ["", *(line for row in rows for line in _row_lines(row)), ""]


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is a page's header: small, with a code, and with nothing else that is
    labelled unless it is of a header too. A sheet may print a code among its fields."""
    cells = [fold(cell) for row in rows for cell in row if cell.strip()]
    if len(rows) > _MOST_HEADER_ROWS or not any(map(_HEADER.match, cells)):
        return False
    entries = sum(cell.startswith(_ENTRY_LABELS) for cell in cells)
    labels = sum(_LABEL.match(cell) is not None for cell in cells) - entries
    return labels <= 0 or entries > labels


def _row_lines(row: Sequence[str]) -> list[str]:
    """The line of a row, and those of the further entries of its last cell."""
    if any("\t" in cell for cell in row):
        return _rows_inside(row)
    cells = list(row)
    last = max((at for at, cell in enumerate(cells) if cell.strip()), default=-1)
    more: list[str] = []
    if last >= 0 and sum(bool(cell.strip()) for cell in cells) <= 2:
        cells[last], *more = [part for part in cells[last].split("\n") if part.strip()]
    first = "\t".join(collapse(cell) for cell in cells)
    return [first, *("\t" * last + collapse(part) for part in more)]


def _rows_inside(row: Sequence[str]) -> list[str]:
    """The lines of a row with tables in its cells: cell by cell, each entry in its column."""
    lines = []
    for at, cell in enumerate(row):
        for entry in cell.split("\n"):
            inner = "\t".join(collapse(part) for part in entry.split("\t"))
            if inner.strip():
                lines.append("\t" * at + inner)
    return lines


def header_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The table of a page header in the order of the text layout: logo, title, code, dependency.

    A page entry without a number is left away: the word processor fills it in.
    """
    logo: list[str] = []
    names: list[str] = []
    entries: list[str] = []
    for row in rows:
        for at, cell in enumerate(row):
            if fold(cell).startswith(_ENTRY_LABELS):
                entries.append("\t".join(collapse(part) for part in row[at:] if part.strip()))
                break
            if fold(cell).startswith(_LOGO_STARTS):
                logo = cell.split("\n")
            elif cell.strip():
                names.append(collapse(cell))
    title, *dependency = names or [""]
    entries = [entry for entry in entries if not _EMPTY_PAGE.fullmatch(fold(entry))]
    return [*logo, "", title, "", *entries, "", *dependency, ""]
