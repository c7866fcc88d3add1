"""Columns of running text: where they begin on a page, and where they end.

A gutter is a free space that goes down over several rows. What stands on its two sides are columns
if the file holds the lines of one and then those of the other, or if both look like running text;
otherwise they are labels and values, or the cells of a table without lines.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.blocks import Block, Item, is_row, side_by_side
from ingest.readers.pdf.frame import around
from ingest.readers.pdf.segments import Segment

_GUTTER = 7.0
"""Points between two columns, at least."""
_COLUMN_ROWS = 3
"""Rows side by side from which columns are thought of at all."""
_FEWEST_LINES = 2
"""Lines of a column where the file's order tells it."""
_COLUMN_WIDTH = 0.18
"""Share of the region's width that a column of running text has at least."""
_FULL = 0.6
"""Share of its column's width that a line of running text fills."""
_WIDER_GAP = 1.5
"""Times the usual pitch from which a gap parts rows or paragraphs."""
_MANY_LINES = 16
"""Lines from which the file's order tells columns from labels and their values."""
_MOST_CHANGES = 5
"""Changes of the file's order from side to side: two for the head of a page, two for its foot."""
_HEAD_ROWS = 6
"""Rows of a page's head, at most."""
_SHARED = 0.7
"""Share of the wider gaps that are at one height in the columns of a table."""
_LONGEST_LABEL = 5
"""Characters of the number of an item: "XVIII", "12.-"."""
_WORDS = 3
"""Words that a line of running text has at least, by the median."""


def find_columns(
    bands: Sequence[Sequence[Item]], start: int
) -> tuple[int, list[Item], list[Item]] | None:
    """Two columns of running text that begin at a band: the band after them, and their items."""
    if len(bands[start]) > 1 and not is_row(bands[start]):
        has_table = any(isinstance(item, Block) and item.cell is None for item in bands[start])
        return _columns_by_order(bands, start, 0) if has_table else None
    if _is_head(bands, start):
        return None
    if found := _columns_by_order(bands, start, _FEWEST_LINES):
        return found
    if start + 1 < len(bands) and _stands_off(bands, start + 1):
        return None  # the head of the page, or a row by itself
    ends = [_follow(bands, start, gutter) for gutter in _gutters(bands, start)]
    for end, middle in sorted(ends, reverse=True):
        end = _in_order(bands, start, end, middle)
        left, right = _sides(bands[start:end], middle)
        by_rows = _changes(bands[start:end], middle) > 1
        many = min(len(left), len(right)) >= _MANY_LINES / 2
        possible = min(len(left), len(right)) >= _COLUMN_ROWS and (many or not by_rows)
        if possible and _stand_side_by_side(left, right) and _is_running_text(left, right):
            return end, left, right
    return None


def _columns_by_order(
    bands: Sequence[Sequence[Item]], start: int, fewest: int
) -> tuple[int, list[Item], list[Item]] | None:
    """Two columns of so many lines at least, by the file's order alone."""
    for gutter in _gutters(bands, start):
        end, middle = _follow(bands, start, gutter, over_blanks=True)
        end = _in_order(bands, start, end, middle)
        left, right = _sides(bands[start:end], middle)
        enough = min(sum(map(_lines, left)), sum(map(_lines, right))) >= fewest
        if enough and _stand_side_by_side(left, right) and _is_written_down(left, right):
            return end, left, right
    return None


def _is_head(bands: Sequence[Sequence[Item]], start: int) -> bool:
    """Whether a band is of rows that stand above columns: of a page's head, which has a free line
    below it, and which the file holds row by row, before or after all that is below."""
    end = next((at for at in range(start + 1, len(bands)) if _stands_off(bands, at)), len(bands))
    if end == len(bands) or end - start > _HEAD_ROWS:
        return False
    head = [sorted(_place(item) for item in band) for band in bands[start:end]]
    if max(map(len, head)) < 2:
        return False
    by_rows = all(a[-1] < b[0] for a, b in pairwise(head))
    below = [_place(item) for band in bands[end:] for item in band]
    apart = head[-1][-1] < min(below) or max(below) < head[0][0]
    return by_rows and apart


def _sides(run: Sequence[Sequence[Item]], middle: float) -> tuple[list[Item], list[Item]]:
    items = [item for band in run for item in band]
    left = [item for item in items if item.area.x0 < middle]
    return left, [item for item in items if item.area.x0 >= middle]


def _in_order(bands: Sequence[Sequence[Item]], start: int, end: int, middle: float) -> int:
    """Where columns end by the file's order, if that goes down one and then the other.

    The head and the foot of a page are written before them or after them. Where the order changes
    sides at every row, it tells nothing.
    """
    if not 1 < _changes(bands[start:end], middle) <= _MOST_CHANGES:
        return end
    last = start + 1
    while last < end and _changes(bands[start : last + 1], middle) <= 1:
        last += 1
    return last


def _changes(run: Sequence[Sequence[Item]], middle: float) -> int:
    """How often the file's order changes from one side of the gutter to the other."""
    places = sorted((_place(i), i.area.x0 < middle) for band in run for i in band)
    return sum(a[1] != b[1] for a, b in pairwise(places))


def _place(item: Item) -> int:
    if isinstance(item, Segment):
        return item.words[0].place
    return item.place


def _lines(item: Item) -> int:
    return sum(bool(line) for line in item.lines) if isinstance(item, Block) else 1


def _is_written_down(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether the file holds many lines of one column, and then those of the other."""
    many = sum(map(_lines, (*left, *right))) >= _MANY_LINES
    return many and max(map(_place, left)) < min(map(_place, right))


def _gutters(bands: Sequence[Sequence[Item]], start: int) -> list[tuple[float, float]]:
    """The free spaces beside the items of a band that could be a gutter.

    The lines of two columns may stand half a line apart: then the next band is looked at as well.
    """
    items = list(bands[start])
    if len(items) == 1 and start + 1 < len(bands) and _distance(items, bands[start + 1]) < 0:
        items += bands[start + 1]
    parts = [around(item.area for item in part) for part in side_by_side(items)]
    return [(a.x1, b.x0) for a, b in pairwise(parts) if b.x0 - a.x1 >= _GUTTER]


def _follow(
    bands: Sequence[Sequence[Item]],
    start: int,
    gutter: tuple[float, float],
    *,
    over_blanks: bool = False,
) -> tuple[int, float]:
    """How far down a gutter goes, and its middle.

    Lines on one side only that stand off from those above are below the columns; `over_blanks`
    goes on there too.
    """
    left, right = gutter
    end = start
    for at in range(start, len(bands)):
        before = [i.area.x1 for i in bands[at] if i.area.x0 < left]
        after = [i.area.x0 for i in bands[at] if i.area.x0 >= left]
        narrowed = (max([left, *before]), min([right, *after]))
        if narrowed[1] - narrowed[0] < _GUTTER:
            break
        one_sided = not (before and after) and at > start
        if one_sided and not over_blanks and _stands_off(bands, at):
            break
        left, right = narrowed
        end = at + 1
    return end, (left + right) / 2


def _stands_off(bands: Sequence[Sequence[Item]], at: int) -> bool:
    """Whether there is a free line between a band and the one above it."""
    return _distance(bands[at - 1], bands[at]) > median(i.area.height for i in bands[at])


def _distance(above: Sequence[Item], below: Sequence[Item]) -> float:
    return min(i.area.top for i in below) - max(i.area.bottom for i in above)


def _is_running_text(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Columns that one reads down, rather than the cells of a table without lines."""
    whole = around(i.area for i in (*left, *right)).width
    if all(_is_label(item) for item in side_by_side(left)[-1]):
        return False
    parts = [part for side in (left, right) for part in _text_columns(side)]
    if not all(_fills_column(part, whole) for part in parts):
        return False
    labels = sum(isinstance(i, Segment) and i.text.endswith(":") for i in left)
    return labels < 0.3 * len(left) and not _have_rows(parts)


def _text_columns(side: Sequence[Item]) -> list[list[Item]]:
    """The columns of one side of a gutter, without the numbers that hang beside their items."""
    parts = side_by_side(side)
    texts = [part for part in parts if not all(_is_label(item) for item in part)]
    return texts or parts


def _is_label(item: Item) -> bool:
    return isinstance(item, Segment) and len(item.text) <= _LONGEST_LABEL


def _stand_side_by_side(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether at least half of the lower column stands beside the other."""
    one, other = around(i.area for i in left), around(i.area for i in right)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= min(one.height, other.height) / 2


def _fills_column(side: Sequence[Item], whole: float) -> bool:
    width = around(item.area for item in side).width
    lines = [item for item in side if isinstance(item, Segment)]
    if width < _COLUMN_WIDTH * whole or not lines:
        return False
    full = sum(line.area.width >= _FULL * width for line in lines)
    return full >= 0.5 * len(lines) and median(len(line.words) for line in lines) >= _WORDS


def _have_rows(columns: Sequence[Sequence[Item]]) -> bool:
    """Whether the wider gaps of columns are at one height: those between the rows of a table."""
    one, other, *_ = sorted((_wider_gaps(column) for column in columns), key=len, reverse=True)
    shared = sum(any(top < below and above < bottom for above, below in other)
                 for top, bottom in one)  # fmt: skip
    return len(other) > 1 and shared >= _SHARED * len(one)


def _wider_gaps(column: Sequence[Item]) -> list[tuple[float, float]]:
    """The gaps between the lines of a column that are wider than usual: their top and bottom."""
    areas = sorted((item.area for item in column), key=lambda area: area.top)
    gaps = [(a.bottom, b.top) for a, b in pairwise(areas) if b.top > a.top + a.height / 2]
    if not gaps:
        return []
    usual = median(bottom - top for top, bottom in gaps)
    height = median(area.height for area in areas)
    wider = usual + height * (_WIDER_GAP - 1)
    return [(top, bottom) for top, bottom in gaps if bottom - top > wider]
