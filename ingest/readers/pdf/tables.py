"""Tables with printed lines: the cells that the rules of a page enclose."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.pdf.frame import Area, PrintedPage, Words, around

_TOLERANCE = 3.0
"""Points by which rules may miss each other where they are meant to meet."""
_MOST_RULES = 1_500
"""Rules looked at on a page: their crossings are looked for pair by pair."""
_MOST_CELLS = 3_000
_FILLED = 0.6
"""Share of the cells of a narrow table that have text in them: in the lines of a chart, few do."""
_SMALLEST_CELL = 6.0
"""Points that a line of text takes; what is smaller lies between the lines of a drawing."""
_TABLE_WIDTH = 0.6
"""Share of the page's width from which two cells are a table, not boxes of a drawing."""


class RuledTable(NamedTuple):
    """A table: its area and its cells, row by row."""

    area: Area
    rows: tuple[tuple[Area, ...], ...]


def find_tables(page: PrintedPage) -> list[RuledTable]:
    """The tables of a page that have text in them, without those inside another's cell."""
    edges = [edge for rule in page.rules[:_MOST_RULES] for edge in _edges(rule)]
    if len(edges) < 4:
        return []
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MOST_CELLS:
        return []
    cells = [Area(*cell) for cell in intersections_to_cells(crossings)]
    cells = [cell for cell in cells if min(cell.width, cell.height) >= _SMALLEST_CELL]
    words = Words(page.words)
    tables = [_table(group) for group in _groups(cells)]
    tables = [table for table in tables if _is_table(table, words, page.width)]
    return [
        table
        for table in tables
        if not any(o is not table and o.area.surrounds(table.area) for o in tables)
    ]


def _edges(rule: Area) -> list[dict[str, Any]]:
    across = rule.width >= rule.height
    middle = (rule.top + rule.bottom) / 2 if across else (rule.x0 + rule.x1) / 2
    x0, x1 = (rule.x0, rule.x1) if across else (middle, middle)
    top, bottom = (middle, middle) if across else (rule.top, rule.bottom)
    return [
        {
            "x0": x0,
            "x1": x1,
            "top": top,
            "bottom": bottom,
            "width": x1 - x0,
            "height": bottom - top,
            "orientation": "h" if across else "v",
            "object_type": "line",
        }
    ]


def _groups(cells: Sequence[Area]) -> list[list[Area]]:
    return [[Area(*cell) for cell in group] for group in cells_to_tables(list(cells))]


def _table(cells: Sequence[Area]) -> RuledTable:
    """The cells by rows: those that begin at one height."""
    rows: dict[float, list[Area]] = {}
    for cell in sorted(cells, key=lambda c: (c.top, c.x0)):
        rows.setdefault(cell.top, []).append(cell)
    return RuledTable(around(cells), tuple(tuple(row) for row in rows.values()))


def _is_table(table: RuledTable, words: Words, width: float) -> bool:
    """At least two cells with text; a narrow one needs two columns, and text in most cells."""
    cells = [cell for row in table.rows for cell in row]
    filled = sum(bool(words.inside(cell)) for cell in cells)
    if filled < 2:
        return False
    if table.area.width >= _TABLE_WIDTH * width:
        return True
    is_grid = len(table.rows) > 1 and max(len(row) for row in table.rows) > 1
    if len(table.rows) == 1:  # the rest of the table is in another column, or on another page
        return filled == len(cells)
    return is_grid and filled >= _FILLED * len(cells)
