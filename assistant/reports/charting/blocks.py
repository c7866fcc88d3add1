"""Boxes that move as one: a box alone, or an indented list of boxes under their superior.

A chart that is laid out level by level gets far too wide for a sheet of paper, since most of its
boxes are reports that have none themselves. As in printed org charts, whatever fits into the height
given is therefore listed under its superior; only what does not is spread out sideways.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from assistant.reports.charting.boxes import BOX_WIDTH, Content, Look, content_of
from assistant.reports.charting.hierarchy import Place

INDENT = 14.0
LIST_GAP = 6.0
ROW_GAP = 32.0
_FEW = 5


@dataclass(frozen=True)
class Item:
    """A box in a block, with its place from the block's upper left corner."""

    place: Place
    content: Content
    x: float
    y: float


@dataclass(eq=False)
class Block:
    """Boxes that keep their places among each other, and the blocks that hang below them."""

    items: list[Item] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Its own, without its children."""
        return max(item.x for item in self.items) + BOX_WIDTH

    @property
    def height(self) -> float:
        """Its own, without its children."""
        return max(item.y + item.content.height for item in self.items)

    @property
    def head(self) -> Item:
        """The first of its boxes."""
        return self.items[0]

    @property
    def is_column(self) -> bool:
        """Whether it lists reports of a box that is not in it."""
        return self.items[0].x > 0

    def walk(self) -> Iterator[tuple["Block", int]]:
        """This block and all below it, level by level, each with its row, from 0."""
        left = deque([(self, 0)])
        while left:
            block, row = left.popleft()
            yield block, row
            left.extend((child, row + 1) for child in block.children)


class Sharing(Enum):
    """Where reports that have reports themselves may share a column, one below the other.

    Never the heads of the branches: one below another would look like its report.
    """

    NOWHERE = 0
    BELOW_BRANCHES = 1


class Blocks:
    """Cuts trees into blocks that fit a height."""

    def __init__(self, roots: Sequence[Place], *, apart: bool = True) -> None:
        """`apart` keeps the heads of the branches side by side."""
        self._roots = [root for root in roots if root.children]
        self._loose = [root for root in roots if not root.children]
        self._contents = {place: content_of(place) for root in roots for place, _ in root.walk()}
        sheets = [c.height for c in self._contents.values() if c.look in (Look.HEAD, Look.SHEET)]
        self.row_height = max(sheets or [c.height for c in self._contents.values()], default=0.0)
        """The height kept for a box at the head of a block."""
        self._forks = frozenset(_first_fork(root) for root in self._roots if apart)
        self._heights: dict[Place, float] = {}
        for root in roots:
            for place, _ in reversed(list(root.walk())):
                below = sum(LIST_GAP + self._heights[child] for child in place.children)
                self._heights[place] = self._contents[place].height + below

    @property
    def row_pitch(self) -> float:
        """From the top of a row to the top of the next."""
        return self.row_height + ROW_GAP

    @property
    def greatest_height(self) -> float:
        """The height at which everything is in lists."""
        return max((self._list_height(root) for root in self._roots), default=self.row_height)

    def fitting(self, height: float, sharing: Sharing) -> list[Block]:
        """The blocks of the roots, none reaching below `height` where that can be helped."""
        tops = [Block() for _ in self._roots]
        todo = deque(zip(tops, self._roots, (0 for _ in tops), strict=True))
        while todo:
            block, place, depth = todo.popleft()
            room = height - depth * self.row_pitch
            if self._list_height(place) <= room or _is_short_list(place):
                block.items = self._column([place], 0.0)
                continue
            block.items = [Item(place, self._contents[place], 0.0, 0.0)]
            for group in self._groups(place, room - self.row_pitch, sharing):
                child = Block()
                block.children.append(child)
                if len(group) > 1 or _is_minor(group[0]):
                    child.items = self._column(group, INDENT)
                else:
                    todo.append((child, group[0], depth + 1))
        loose = self._packed(self._loose, height)
        return tops + [Block(self._column(group, 0.0)) for group in loose]

    def _groups(self, place: Place, room: float, sharing: Sharing) -> list[list[Place]]:
        """The children of a place: those that share a column together, the others alone."""
        shared = sharing is Sharing.BELOW_BRANCHES and place not in self._forks
        groups: list[list[Place]] = []
        waiting: list[Place] = []
        for child in place.children:
            if _is_minor(child) or (shared and self._heights[child] <= room):
                waiting.append(child)
            elif shared:
                groups += [*self._packed(waiting, room), [child]]
                waiting = []
            else:
                groups.append([child])
        return groups + self._packed(waiting, room)

    def _packed(self, places: Sequence[Place], room: float) -> list[list[Place]]:
        """The places in order, in columns of that height, or of one run each."""
        columns: list[list[Place]] = []
        left = 0.0
        for run in _runs(places):
            height = sum(self._heights[place] + LIST_GAP for place in run)
            left -= height
            if not columns or left < -LIST_GAP:
                columns.append([])
                left = room - height
            columns[-1] += run
        return columns

    def _list_height(self, place: Place) -> float:
        return self._heights[place] - self._contents[place].height + self.row_height

    def _column(self, places: Sequence[Place], x: float) -> list[Item]:
        """Places one below the other, each with what is below it."""
        items: list[Item] = []
        y = 0.0
        for place, depth in ((p, d) for each in places for p, d in each.walk()):
            content = self._contents[place]
            items.append(Item(place, content, x + depth * INDENT, y))
            y += content.height + LIST_GAP
        return items


def _is_minor(place: Place) -> bool:
    """Whether a box may share a column with its like: it has no sheet here, and no reports."""
    return not place.children and place.node.external


def _runs(places: Sequence[Place]) -> list[list[Place]]:
    """The places, those together whose numbers belong together: 2.1.5.1 stays with 2.1.5, although
    its sheet says that it reports to 2.1."""
    runs: list[list[Place]] = []
    for place in places:
        head = runs[-1][0].node if runs else None
        belongs = head is not None and place.node.id.startswith(f"{head.id}.")
        if belongs and not place.node.external:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _is_short_list(place: Place) -> bool:
    """Whether its reports are so few and slight that they are always listed below it."""
    return len(place.children) <= _FEW and all(_is_minor(child) for child in place.children)


def _first_fork(root: Place) -> Place:
    """Where a tree first branches: the superior of its branches."""
    fork = root
    while True:
        branches = [child for child in fork.children if not _is_minor(child)]
        if len(branches) != 1:
            return fork
        fork = branches[0]
