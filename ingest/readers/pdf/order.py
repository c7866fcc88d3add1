"""The order in which a page is read: rows, columns, tables and boxes.

The page is cut from top to bottom where nothing is printed side by side, and from left to right
where something is: into columns of running text, which are read one after the other, or into the
cells of a row, which are read together.
"""

from collections.abc import Sequence

from ingest.readers.pdf.blocks import Block, Cell, Flow, Item, Row, bands, is_row, side_by_side
from ingest.readers.pdf.columns import find_columns
from ingest.readers.pdf.segments import Segment

_CELL_LINES = 6
"""Lines up to which what stands side by side, but not line by line, is a row of cells."""


def reading_order(items: Sequence[Item]) -> list[Flow]:
    """The flows of a region, in the order in which they are read."""
    flows = [Flow()]
    _arrange(items, flows)
    return [flow for flow in flows if flow.rows]


def _arrange(items: Sequence[Item], flows: list[Flow]) -> None:
    """Adds items to the last flow, or to new flows where there are columns."""
    rows = bands(items)
    at = 0
    while at < len(rows):
        columns = find_columns(rows, at)
        if columns is not None:
            at, left, right = columns
            _add_columns((left, right), flows)
            continue
        _add_band(rows[at], flows)
        at += 1


def _add_columns(columns: Sequence[Sequence[Item]], flows: list[Flow]) -> None:
    """Adds columns, one after the other, and a flow for what comes below them."""
    was_column = flows[-1].is_column
    for column in columns:
        flows.append(Flow(is_column=True))
        _arrange(column, flows)
    flows.append(Flow(is_column=was_column))


def _add_band(band: Sequence[Item], flows: list[Flow]) -> None:
    """Adds what stands side by side: as a row, or part by part."""
    if len(band) == 1 or is_row(band):
        _add_row(sorted(band, key=lambda i: i.area.x0), flows)
        return
    parts = side_by_side(band)
    row = _as_cells(parts)
    if row is not None:
        flows[-1].rows.append(row)
    elif len(parts) > 1:
        _add_columns(parts, flows)
    else:
        for item in sorted(band, key=lambda i: (i.area.top, i.area.x0)):
            _add_row([item], flows)


def _add_row(items: Sequence[Item], flows: list[Flow]) -> None:
    """Adds items of one row; boxes without labels beside them are a line each."""
    cells = [i.cell if isinstance(i, Block) else Cell([i]) for i in items]
    if all(isinstance(item, Block) for item in items):
        flows[-1].rows += [item for item in items if isinstance(item, Block)]
    else:
        flows[-1].rows.append(Row([cell for cell in cells if cell is not None]))


def _as_cells(parts: Sequence[Sequence[Item]]) -> Row | None:
    """Parts side by side as the cells of one row, if they are low enough to be that."""
    if not any(isinstance(item, Segment) for part in parts for item in part):
        return None
    cells = []
    for part in parts:
        lines: list[Segment] = []
        for item in part:
            if isinstance(item, Segment):
                lines.append(item)
            elif item.cell is None:
                return None
            else:
                lines += item.cell.segments
        if len(lines) > _CELL_LINES:
            return None
        cells.append(Cell(sorted(lines, key=lambda line: line.area.top)))
    return Row(cells)
