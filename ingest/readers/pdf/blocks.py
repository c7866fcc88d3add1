"""What a page is made of once its words are lines: segments, boxes, tables, rows and flows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.frame import Area, around
from ingest.readers.pdf.segments import Segment


@dataclass
class Cell:
    """What stands in one cell of a row: lines that go on in each other."""

    segments: list[Segment]

    @property
    def area(self) -> Area:
        return around(segment.area for segment in self.segments)


@dataclass(frozen=True)
class Block:
    """A table or a box, already read: its area and its lines in the text layout."""

    area: Area
    lines: tuple[str, ...]
    cell: Cell | None = None
    """The text of a box that holds no more than one paragraph."""
    place: int = 0
    """That of its first word in the file's order."""

    @property
    def core(self) -> Area:
        return self.area


Item = Segment | Block


@dataclass
class Row:
    """Cells side by side; a line of running text is a row of one cell."""

    cells: list[Cell]

    @property
    def area(self) -> Area:
        return around(cell.area for cell in self.cells)


@dataclass
class Flow:
    """What is read from top to bottom: a page, or one column."""

    rows: list[Row | Block] = field(default_factory=list)
    is_column: bool = False
    """Something stands beside it, so that its lines end before the page's margin."""


def is_row(band: Sequence[Item]) -> bool:
    """All cross one line, and none of them holds more than a cell does."""
    if any(isinstance(item, Block) and item.cell is None for item in band):
        return False
    return max(i.core.top for i in band) < min(i.core.bottom for i in band)


def side_by_side(band: Sequence[Item]) -> list[list[Item]]:
    """The items cut from left to right wherever nothing crosses."""
    return _cut(band, lambda item: (item.area.x0, item.area.x1))


def bands(items: Sequence[Item]) -> list[list[Item]]:
    """The items from top to bottom, those together that stand side by side."""
    return _cut(items, lambda item: (item.core.top, item.core.bottom))


def _cut(items: Sequence[Item], span: Callable[[Item], tuple[float, float]]) -> list[list[Item]]:
    """The items in the order of their spans, cut where one begins after all before it."""
    parts: list[list[Item]] = []
    last = 0.0
    for item in sorted(items, key=lambda each: span(each)[0]):
        start, end = span(item)
        if not parts or start >= last:
            parts.append([])
            last = end
        parts[-1].append(item)
        last = max(last, end)
    return parts
