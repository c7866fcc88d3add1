"""A page as text: its tables, boxes, columns and running text in the order of reading."""

import re
from collections.abc import Sequence

from ingest.readers.hyphens import JOINT
from ingest.readers.items import starts_item
from ingest.readers.layout import table_lines
from ingest.readers.pdf.blocks import Block, Cell, Flow, Item, Row
from ingest.readers.pdf.frame import Area, PrintedPage, Word, Words
from ingest.readers.pdf.order import reading_order
from ingest.readers.pdf.paragraphs import flow_lines
from ingest.readers.pdf.segments import Segment, find_segments, joined
from ingest.readers.pdf.tables import RuledTable, find_tables
from ingest.text import ends_sentence, starts_lower

_MOST_BOXES = 400
"""Boxes looked at on a page, the smallest ones first."""
_LAST_PLACE = 1 << 30
_TOUCH = 1.5
"""Points by which rows of cells may overlap."""
_MARK = 1.6
"""Height of a shade, in heights of the text on it, up to which it marks a line."""
_MOST_SHAPES = 1_000
"""Boxes and shades that are considered, the largest ones."""
_NUMBER = re.compile(
    r"\W*(?:(?:p[aá]g(?:ina)?|hoja|folio)\b\.?\s*)?\d{1,4}(?:\s*(?:de|/)\s*\d{1,4})?\W*", re.I
)
"""The page's number, as it is printed at a foot."""
_WHOLE_PAGE = 0.95
"""Share of the page from which a box is its frame or its background."""


def page_text(page: PrintedPage) -> str:
    """The text of a page in the layout of the readers, what stands sideways at its end."""
    words = list(page.words)
    items: list[Item] = []
    for table in find_tables(page):
        inside = [word for word in words if table.area.holds(word.area)]
        words = [word for word in words if not table.area.holds(word.area)]
        lines = tuple(table_lines(_rows(table, inside)))
        items.append(Block(table.area, lines, place=_first_place(inside)))
    foot = _page_number(words, items)
    words = [word for word in words if word not in foot]
    text = _lines(words, items, _boxes(page), _margin(page, words))
    if foot:
        text += ["", "\t".join(segment.text for segment in find_segments(foot))]
    for group in page.sideways:
        text += ["", *(segment.text for segment in find_segments(group))]
    kept = [line for at, line in enumerate(text) if line or (at and text[at - 1])]
    return "\n".join(kept)


def _page_number(words: Sequence[Word], items: Sequence[Item]) -> list[Word]:
    """The words of a page's last line with its number, which stands in no column."""
    if not words:
        return []
    lowest = max(words, key=lambda word: word.area.top).area
    foot = [word for word in words if word.area.bottom > lowest.top]
    above = [word.area.bottom for word in words if word.area.bottom <= lowest.top]
    above += [item.area.bottom for item in items]
    free = lowest.top - max(above, default=lowest.top)
    numbered = any(_NUMBER.fullmatch(segment.text) for segment in find_segments(foot))
    return foot if free > lowest.height and numbered else []


def _margin(page: PrintedPage, words: Sequence[Word]) -> float:
    """Where lines end on the right at least: the margin is as wide as on the left."""
    return page.width - min((word.area.x0 for word in words), default=0.0)


def _rows(table: RuledTable, words: Sequence[Word]) -> list[list[str]]:
    """The cells of a table as text, with a line end between the entries of a cell.

    A cell that goes down over several rows is empty in those below its first.
    """
    held = Words(words)
    taken: set[int] = set()
    cells = [cell for row in table.rows for cell in row]
    rows: list[list[str]] = []
    for row in table.rows:
        texts: dict[float, str] = {
            cell.x0: "" for cell in cells if cell.top < row[0].top < cell.bottom - _TOUCH
        }
        for cell in row:
            inside = [word for word in held.inside(cell) if word.place not in taken]
            taken.update(word.place for word in inside)
            texts[cell.x0] = _cell_text(inside, cell)
        rows.append([texts[x0] for x0 in sorted(texts)])
    return [row for row in rows if any(row)]


def _cell_text(words: Sequence[Word], cell: Area) -> str:
    """The entries of a cell: its lines, those joined that go on in each other."""
    entries: list[list[Segment]] = []
    for flow in reading_order(list(find_segments(words))):
        for row in flow.rows:
            if not isinstance(row, Row):
                continue
            line = [segment for part in row.cells for segment in part.segments]
            text = joined(line)
            if entries and not starts_item(text) and _goes_on(entries[-1][-1], line[0], cell):
                entries[-1] += line
            else:
                entries.append(line)
    return "\n".join(joined(entry) for entry in entries)


def _goes_on(above: Segment, line: Segment, cell: Area) -> bool:
    """Whether a line of a cell goes on with the line above: it is wrapped, or reads like it."""
    first = line.words[0].area
    margin = cell.x1 - max(2.0, min(above.area.x0 - cell.x0, first.height))
    wrapped = above.is_broken or above.area.x1 + first.height / 4 + first.width > margin
    return wrapped or starts_lower(line.text) or above.text.endswith(",")


def _boxes(page: PrintedPage) -> list[Area]:
    """The boxes of the page, the smallest first, without those that frame all of it."""
    whole = _WHOLE_PAGE * page.width * page.height
    words = Words(page.words)
    largest = sorted((*page.boxes, *page.shades), key=_size, reverse=True)[:_MOST_SHAPES]
    shades = set(page.shades)
    kept = [box for box in largest if box not in shades or not _marks_a_line(box, words)]
    areas = dict.fromkeys(Area(*map(round, area)) for area in kept)
    boxes = [box for box in areas if _size(box) < whole]
    return sorted(boxes, key=_size)[:_MOST_BOXES]


def _size(area: Area) -> float:
    return area.width * area.height


def _marks_a_line(shade: Area, words: Words) -> bool:
    """Whether a shade is no higher than a line of text: that of a heading, of marked words."""
    heights = [word.area.height for word in words.inside(shade)]
    return bool(heights) and shade.height < _MARK * max(heights)


def _lines(
    words: Sequence[Word], items: Sequence[Item], boxes: Sequence[Area], margin: float
) -> list[str]:
    """The lines of a region: the text of each box is read as a whole."""
    loose: list[Item] = list(items)
    for box in boxes:
        inside = [item for item in loose if box.surrounds(item.area)]
        held = [word for word in words if box.holds(word.area)]
        if _is_box(box, held, words) and (held or len(inside) > 1):
            words = [word for word in words if not box.holds(word.area)]
            loose = [item for item in loose if not box.surrounds(item.area)]
            loose.append(_block(box, held, inside))
    lines: list[str] = []
    after_column = False
    for flow in reading_order([*find_segments(words), *loose]):
        more = list(flow_lines(flow, margin))
        if flow.is_column and after_column:
            _join_columns(lines, more)
        lines += more
        after_column = flow.is_column and bool(lines)
    return lines


def _join_columns(lines: list[str], more: list[str]) -> None:
    """Joins a paragraph that goes on at the head of the next column."""
    first = next((at for at, line in enumerate(more) if line), None)
    if first is None or not lines[-1] or "\t" in more[first] or starts_item(more[first]):
        return
    last = lines[-1]
    if last.strip("\t").count("\t") > 1:
        return  # a row of a table
    if starts_lower(more[first]) and (last.endswith(JOINT) or not ends_sentence(last)):
        glue = "" if last.endswith(JOINT) else " "
        lines[-1] = last + glue + more[first]
        del more[: first + 1]


def _is_box(box: Area, held: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether words stand in a box, rather than on a shade that marks some of a line's words."""
    if not held:
        return True
    for word in words:
        if not box.holds(word.area) and _touches(box, word.area):
            return False
    return all(box.surrounds(word.area, slack=word.area.height / 2) for word in held)


def _touches(box: Area, area: Area) -> bool:
    """Whether a word outside of the box stands on a line with it, next to it."""
    same_line = area.top < box.bottom and area.bottom > box.top
    middle = (area.top + area.bottom) / 2
    gap = max(area.x0 - box.x1, box.x0 - area.x1)
    return same_line and box.top < middle < box.bottom and gap < area.height / 3


def _block(box: Area, words: Sequence[Word], inside: Sequence[Item]) -> Block:
    """What stands in a box: other boxes and tables in it are already read."""
    flows = reading_order([*find_segments(words), *inside])
    lines = [line for flow in flows for line in flow_lines(flow, box.x1)]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    cell = _single_cell(flows, lines)
    place = min([_first_place(words), *(i.place for i in inside if isinstance(i, Block))])
    return Block(box, (joined(cell.segments),) if cell else tuple(lines), cell, place)


def _first_place(words: Sequence[Word]) -> int:
    return min((word.place for word in words), default=_LAST_PLACE)


def _single_cell(flows: Sequence[Flow], lines: Sequence[str]) -> Cell | None:
    """The text of a box as a cell, where it is no more than one paragraph or label."""
    if "" in lines:
        return None
    rows = [row for flow in flows for row in flow.rows]
    segments = []
    for row in rows:
        if not isinstance(row, Row) or len(row.cells) > 1:
            return None
        segments += row.cells[0].segments
    entries = sum(starts_item(line) for line in lines)
    return Cell(segments) if segments and entries <= 1 and len(segments) <= 6 else None
