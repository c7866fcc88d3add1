"""The rows of a flow as lines of the text layout: wrapped lines joined, paragraphs apart."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.items import starts_item
from ingest.readers.pdf.blocks import Block, Cell, Flow, Row
from ingest.readers.pdf.segments import Segment, joined
from ingest.text import ends_sentence, is_cut_short, starts_lower

_PARAGRAPH_GAP = 0.45
"""Share of a line's height that is left free above it where a new paragraph begins, at least."""
_WIDER = 1.2
"""Times the usual gap between wrapped lines from which a gap is a paragraph's: texts in which
all lines stand far apart have their own."""
_WIDEST = 2.0
"""Gap, in heights of a line, from which no text is one paragraph's any more."""
_INDENT = 0.8
"""Share of a line's height by which a paragraph's first line is set in."""
_OUTDENT = 3.0
"""The same by which a line may begin to the left of the one that it goes on with."""
_OTHER_SIZE = 1.25
"""Ratio of heights from which two lines are not of one paragraph: a heading, a note."""
_ALIGNED = 4.0
"""Points by which lines of one cell may begin apart."""
_EVEN_END = 2.0
"""Points by which the ends of justified lines may differ."""
_BEYOND = 2
"""Lines that may reach beyond the right edge that others end at."""
_FEWEST_FULL = 3
_SOME_FULL = 0.25
"""Share of a column's lines that are full where its edge can be seen: rows of tables are not."""
_RAGGED = 0.15
"""Share of a column's width by which a full line may end before it."""
_FULL = 0.6
"""Share of its column that a line fills at least which goes on in the next one."""
_SHORT = 0.45
"""Share of its column up to which a line is short: what is below it found room beside it."""
_CELL_GAP = 0.75
"""Free space between two cells, in heights of a line, as far as a wrapped line tells it."""
_BARE_NUMBER = re.compile(r"\d{1,3}")
_LABELLED = re.compile(r"[^\W\d_][^:]{1,60}:")
"""A label with its value in one cell."""
_LEADER = re.compile(r"[.…_·]{3,}\s*\d*$")
"""The end of an entry in a table of contents."""


def flow_lines(flow: Flow, margin: float) -> Iterator[str]:
    """The lines of a flow, with a blank line before each paragraph, table and box.

    `margin` is where lines end on the right that have nothing beside them.
    """
    rows = [row for row in flow.rows if isinstance(row, Row)]
    lines = [row.cells[0].segments[0] for row in rows if _is_line(row)]
    end = _right_edge([row.cells[-1].segments[-1] for row in rows], flow.is_column)
    if end is None:
        end = math.inf if flow.is_column else max([margin, *(s.area.x1 for s in lines)])
    usual = _usual_gap(lines, end)
    pending: Row | None = None
    above: Row | Block | None = None
    form = _Form()
    for row in flow.rows:
        if isinstance(row, Row) and isinstance(above, Row) and pending is not None:
            near = _gap(above, row) <= usual
            if near and (_add_line(pending, row, end) or _add_cells(pending, row, end)):
                above = row
                continue
        if pending is not None:
            yield form.line(pending)
            pending = None
        if isinstance(row, Block):
            form = _Form()
            yield from ("", *row.lines, "")
        else:
            if not isinstance(above, Row) or _gap(above, row) > usual:
                form = _Form()
                yield ""
            pending = Row([Cell(list(cell.segments)) for cell in row.cells])
        above = row
    if pending is not None:
        yield form.line(pending)


class _Form:
    """The columns of labels and values that rows without lines stand in."""

    def __init__(self) -> None:
        self._columns: list[float] = []

    def line(self, row: Row) -> str:
        """A row as a line, with a tab for each column to the left of it that it leaves empty."""
        left = row.cells[0].segments[0].area.x0
        column = next(
            (at for at, x0 in enumerate(self._columns) if at and abs(x0 - left) <= _ALIGNED), 0
        )
        if not column:
            is_labelled = len(row.cells) > 1 and not _is_number(row.cells[0])
            self._columns = [cell.area.x0 for cell in row.cells] if is_labelled else []
        return "\t" * column + "\t".join(joined(cell.segments) for cell in row.cells)


def _is_number(cell: Cell) -> bool:
    """Whether a cell holds nothing but the number or bullet of an item."""
    text = joined(cell.segments)
    return _BARE_NUMBER.fullmatch(text) is not None or starts_item(f"{text} x")


def _add_line(pending: Row, row: Row, margin: float) -> bool:
    """Adds a row that is a line to the cell that it goes on with, if there is one."""
    if not _is_line(row):
        return False
    line = row.cells[0].segments[0]
    cell = _goes_on(pending, line, margin)
    if cell is not None:
        cell.segments.append(line)
    return cell is not None


def _add_cells(pending: Row, row: Row, margin: float) -> bool:
    """Adds a row of cells to those above that they go on with, if all of them do."""
    above = [_cell_above(pending, cell) for cell in row.cells]
    if len(pending.cells) < 2 or len(row.cells) < 2 or None in above:
        return False
    if _is_number(pending.cells[0]) or _is_number(row.cells[0]):
        return False
    pairs = [(at, cell) for at, cell in zip(above, row.cells, strict=True) if at is not None]
    if not (_label_goes_on(pending, row) or _all_wrapped(pending, pairs, margin)):
        return False
    for at, cell in pairs:
        pending.cells[at].segments += cell.segments
    return True


def _cell_above(pending: Row, cell: Cell) -> int | None:
    """The place of the cell of a row under which another cell begins."""
    left = cell.segments[0].area.x0
    return next(
        (at for at, each in enumerate(pending.cells)
         if abs(each.segments[0].area.x0 - left) <= _ALIGNED),
        None,
    )  # fmt: skip


def _label_goes_on(pending: Row, row: Row) -> bool:
    """Whether a row of a label and its value reads on in the row below."""
    if len(pending.cells) != 2 or len(row.cells) != 2:
        return False
    label, value = (joined(cell.segments) for cell in row.cells)
    before = pending.cells[1].segments[-1]
    value_goes_on = starts_lower(value) and len(before.words) > 2 and not ends_sentence(before.text)
    return starts_lower(label) or value_goes_on


def _all_wrapped(pending: Row, pairs: Sequence[tuple[int, Cell]], margin: float) -> bool:
    """Whether the first word of each cell found no room in the cell above.

    Said of three columns, or of two that hold a label with its value each: of a label beside its
    value, the next label may find no room either.
    """
    fields = _holds_fields(pending)
    heads = all(cell.segments[-1].text.endswith(":") for cell in pending.cells)
    if heads or not (fields or len(pending.cells) > 2):
        return False
    return all(
        _is_same_print(pending.cells[at], cell.segments[0])
        and not (
            ":" in joined(pending.cells[at].segments)
            and (not fields or _LABELLED.match(joined(cell.segments)))
        )
        and _is_wrapped(
            pending.cells[at].segments[-1], cell.segments[0], _cell_end(pending, at, margin)
        )
        for at, cell in pairs
    )


def _is_wrapped(last: Segment, following: Segment, end: float) -> bool:
    """Whether a line of a cell goes on in the line below."""
    cut = is_cut_short(last.text) or starts_lower(following.text)
    return cut or _has_no_room(last, following, end)


def _is_same_print(cell: Cell, line: Segment) -> bool:
    """Whether a line is as bold as what stands in the cell above it."""
    return line.is_bold == cell.segments[-1].is_bold or len(cell.segments) == 1


def _cell_end(row: Row, at: int, margin: float) -> float:
    """Where the text of a cell must end on the right: before the next cell."""
    if at + 1 == len(row.cells):
        return margin
    following = row.cells[at + 1].segments[0].area
    return following.x0 - _CELL_GAP * following.height


def _right_edge(lines: Sequence[Segment], is_column: bool) -> float | None:
    """Where the lines end on the right, if it is seen from them: three end there, or most do."""
    ends = sorted((line.area.x1 for line in lines), reverse=True)
    if len(lines) < 3:
        return None
    width = ends[0] - min(line.area.x0 for line in lines)
    for at, (first, third) in enumerate(zip(ends, ends[2:], strict=False)):
        if first - third <= _EVEN_END and (at <= _BEYOND or ends[0] - first <= _RAGGED * width):
            return first
    full = sum(ends[0] - end <= _RAGGED * width for end in ends)
    some = is_column and full >= max(_FEWEST_FULL, len(lines) * _SOME_FULL)
    return ends[0] if some or full >= len(lines) / 2 else None


def _is_line(row: Row) -> bool:
    return len(row.cells) == 1 and len(row.cells[0].segments) == 1


def _gap(above: Row, below: Row) -> float:
    """The free height between two rows, as a share of the lower one's line."""
    height = below.cells[0].segments[0].area.height
    return (below.area.top - above.area.bottom) / max(height, 1.0)


def _usual_gap(lines: Sequence[Segment], margin: float) -> float:
    """The gap up to which lines are of one paragraph, from those that are surely wrapped."""
    gaps = [
        (b.area.top - a.area.bottom) / max(b.area.height, 1.0)
        for a, b in pairwise(lines)
        if _has_no_room(a, b, margin) and starts_lower(b.text) and not starts_item(b.text)
    ]
    close = [gap for gap in gaps if 0 <= gap < _WIDEST]
    return max(_PARAGRAPH_GAP, _WIDER * median(close) if len(close) > 1 else 0.0)


def _has_no_room(line: Segment, following: Segment, margin: float) -> bool:
    """Whether the first word of the line below found no room in this one."""
    first = following.words[0].area
    return line.is_broken or line.area.x1 + first.height / 4 + first.width > margin


def _goes_on(pending: Row, line: Segment, margin: float) -> Cell | None:
    """The cell of a row that the line below it goes on with, or None."""
    if starts_item(line.text):
        return None
    if len(pending.cells) == 1:
        last = pending.cells[0].segments[-1]
        wrapped = _has_no_room(last, line, margin) or _is_mid_sentence(last, line, margin)
        wrapped = (wrapped or is_cut_short(last.text)) and not _LEADER.search(last.text)
        return pending.cells[0] if wrapped and not _is_other(pending.cells[0], line) else None
    if _is_rest_of_field(pending, line):
        return pending.cells[0]
    for cell in pending.cells[:0:-1]:
        if abs(cell.segments[-1].area.x0 - line.area.x0) <= _ALIGNED:
            return None if _is_other_entry(cell, line, margin) else cell
    if _returns(pending, line, margin):
        return pending.cells[-1]
    return pending.cells[0] if _is_rest_of_label(pending.cells[0], line) else None


def _is_other_entry(cell: Cell, line: Segment, margin: float) -> bool:
    """Whether a line below a short one is another entry of the cell: a name below a name."""
    last = cell.segments[-1]
    room = margin - last.area.x0
    short = not math.isinf(margin) and last.area.width < _SHORT * room
    ended = not last.is_broken and not is_cut_short(last.text) and last.text[-1] not in ",;"
    return short and ended and line.text[:1].isupper() and len(cell.segments) == 1


def _is_rest_of_label(label: Cell, line: Segment) -> bool:
    """Whether a line is the rest of a label that is wrapped beside its value."""
    below = abs(label.segments[-1].area.x0 - line.area.x0) <= _ALIGNED
    ended = label.segments[-1].text.endswith(":") or _is_number(label)
    return below and not ended and starts_lower(line.text)


def _holds_fields(row: Row) -> bool:
    """Whether each cell has a label and its value; that of the first may go on below."""
    return all(_LABELLED.match(joined(cell.segments)) for cell in row.cells[1:])


def _is_rest_of_field(pending: Row, line: Segment) -> bool:
    """Whether a line goes on with the first of two fields that stand side by side, each with its
    label: "Depende de: Dirección General de | Supervisa a: Nadie" / "Servicios"."""
    if not _holds_fields(pending):
        return False
    first, end = pending.cells[0], _cell_end(pending, 0, math.inf)
    below = abs(first.segments[-1].area.x0 - line.area.x0) <= _ALIGNED
    is_label = ":" in line.text and ":" in joined(first.segments)
    inside = line.area.x1 <= end and not is_label
    return below and inside and _is_wrapped(first.segments[-1], line, end)


def _returns(pending: Row, line: Segment, margin: float) -> bool:
    """Whether a line goes on below the number of an item whose first line is set in."""
    number, *text = pending.cells
    return (
        len(text) == 1
        and _is_number(number)
        and abs(number.area.x0 - line.area.x0) <= _ALIGNED
        and _has_no_room(text[0].segments[-1], line, margin)
    )


def _is_mid_sentence(line: Segment, following: Segment, margin: float) -> bool:
    """Whether a full line of several words goes on in small letters: it was broken by hand."""
    full = line.area.width >= _FULL * (margin - line.area.x0)
    return (
        full
        and len(line.words) > 3
        and starts_lower(following.text)
        and not ends_sentence(line.text)
    )


def _is_other(cell: Cell, line: Segment) -> bool:
    """Whether a line that could be wrapped begins a paragraph of its own."""
    last = cell.segments[-1]
    begins = line.is_bold or len(cell.segments) > 1 or _LABELLED.match(line.text) is not None
    if last.is_bold != line.is_bold and begins:
        return True
    sizes = sorted((last.area.height, line.area.height))
    if sizes[1] > _OTHER_SIZE * max(sizes[0], 1.0):
        return True
    centred = abs(last.area.x0 + last.area.x1 - line.area.x0 - line.area.x1) <= 2 * _ALIGNED
    if last.area.x0 - line.area.x0 > _OUTDENT * line.area.height and not centred:
        return True
    indented = line.area.x0 - last.area.x0 > _INDENT * line.area.height
    return indented and ends_sentence(last.text) and len(cell.segments) > 1
