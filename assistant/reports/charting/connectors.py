"""The lines of a chart: orthogonal, from each superior to its reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.reports.charting.blocks import INDENT, ROW_GAP, Block
from assistant.reports.charting.boxes import BOX_WIDTH, Content
from assistant.reports.charting.branch import Standing, standing
from assistant.reports.charting.hierarchy import Place

Point = tuple[float, float]


class LineLook(StrEnum):
    """How a line is drawn."""

    STATED = "stated"
    UNLISTED = "unlisted"
    CLAIMED = "claimed"
    EXTERNAL = "external"


_LOOKS = {
    Standing.AGREED: LineLook.STATED,
    Standing.UNLISTED: LineLook.UNLISTED,
    Standing.CLAIMED: LineLook.CLAIMED,
}


@dataclass(frozen=True)
class Box:
    """A box in its place on the page."""

    place: Place
    content: Content
    x: float
    y: float
    height: float
    width: float = BOX_WIDTH

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> float:
        return self.x + self.width / 2

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Connector:
    """A reporting line as a polyline that ends at the report.

    It begins at the superior, or where it leaves a line that another report of the same superior
    has drawn already, so that a dashed line is nowhere covered by a solid one.
    """

    place: Place
    """The report's end."""
    points: tuple[Point, ...]
    look: LineLook


def connectors_of(block: Block, boxes: Mapping[Place, Box]) -> Iterator[Connector]:
    """The lines within a block, and those to the heads of the blocks below it."""
    inside = {item.place for item in block.items}
    for item in block.items:
        above = boxes[item.place]
        start = (above.x + INDENT / 2, above.bottom)
        for child in item.place.children:
            if child in inside:
                yield _connector(child, (start, *_from_the_left(boxes[child])))
                start = (start[0], boxes[child].middle)
    yield from _downwards(block, boxes)


def _downwards(block: Block, boxes: Mapping[Place, Box]) -> Iterator[Connector]:
    """The lines from the head of a block: down to a bus, along it, and down again."""
    above = boxes[block.head.place]
    bus = above.bottom + ROW_GAP / 2
    trunk: tuple[Point, ...] = ((above.centre, above.bottom), (above.centre, bus))
    # outwards from the trunk, so that each goes on where the one before it turned off
    ends = {below: _end_on_bus(below, boxes) for below in block.children}
    left = sorted((b for b in ends if ends[b] < above.centre), key=lambda b: -ends[b])
    right = sorted((b for b in ends if ends[b] >= above.centre), key=lambda b: ends[b])
    drawn = False
    for side in (left, right):
        start: tuple[Point, ...] = trunk[1:] if drawn else trunk
        for below in side:
            drawn = True
            turn = (ends[below], bus)
            yield from _along(below, (*start, turn), boxes)
            start = (turn,)


def _along(below: Block, way: tuple[Point, ...], boxes: Mapping[Place, Box]) -> Iterator[Connector]:
    """The lines that turn off the bus to one block."""
    head = boxes[below.head.place]
    if not below.is_column:
        yield _connector(head.place, (*way, (head.centre, head.y)))
        return
    for item in below.items:
        if item.x == below.head.x:
            box = boxes[item.place]
            yield _connector(item.place, (*way, *_from_the_left(box)))
            way = ((way[-1][0], box.middle),)


def _end_on_bus(below: Block, boxes: Mapping[Place, Box]) -> float:
    head = boxes[below.head.place]
    return head.x - INDENT / 2 if below.is_column else head.centre


def _from_the_left(box: Box) -> tuple[Point, Point]:
    return (box.x - INDENT / 2, box.middle), (box.x, box.middle)


def _connector(place: Place, points: tuple[Point, ...]) -> Connector:
    distinct = tuple(p for i, p in enumerate(points) if not i or p != points[i - 1])
    return Connector(place, distinct, _look(place))


def _look(place: Place) -> LineLook:
    if place.line is None:
        raise AssertionError("a root has no line")
    if place.node.external:
        return LineLook.EXTERNAL
    return _LOOKS[standing(place.line)]
