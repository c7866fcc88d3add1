"""A chart cut into sheets of letter paper, each legible: the top, then branch by branch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.reports.charting.hierarchy import Place
from assistant.reports.charting.layout import LETTER, Layout, lay_out
from assistant.reports.charting.svg import AROUND

MARGIN = 24.0
_PAPER = (LETTER[0] - 2 * MARGIN, LETTER[1] - 2 * MARGIN)
_LEGIBLE = 0.72
"""Points per unit at which the smallest text, of 9 units, has 6.5 points."""


@dataclass(eq=False)
class Leaf:
    """A sheet: trees, and what of them is drawn on sheets of their own."""

    roots: list[Place]
    cut: dict[Place, "Leaf"] = field(default_factory=dict)

    def walk(self) -> Iterator["Leaf"]:
        """This sheet and those of what is cut from it, as they are bound."""
        yield self
        for below in self.cut.values():
            yield from below.walk()


@dataclass(frozen=True)
class Sheet:
    """A sheet laid out. `head` is the one box at its top, where there is one."""

    layout: Layout
    head: Place | None


def sheets_of(roots: Sequence[Place]) -> list[Sheet]:
    """The sheets of a chart whose trees are `roots`; one only, where all of it is legible there."""
    first = Leaf(list(roots))
    if not _is_legible(_drawn_on(first), apart=True):
        _cut(first, _branches(first.roots))
    leaves = list(first.walk())
    numbers = {leaf: at for at, leaf in enumerate(leaves, start=1)}
    return [
        Sheet(
            lay_out(_drawn_on(leaf, numbers), AROUND, _PAPER, apart=leaf is first),
            leaf.roots[0] if len(leaf.roots) == 1 else None,
        )
        for leaf in leaves
    ]


def _cut(leaf: Leaf, places: Sequence[Place]) -> None:
    """Give each of the places a sheet of its own, cut further where it must be."""
    for place in places:
        below = leaf.cut[place] = Leaf([place])
        todo = sorted(_below(place), key=_size)
        while todo and not _is_legible(_drawn_on(below)):
            _cut(below, [todo.pop()])


def _branches(roots: Sequence[Place]) -> list[Place]:
    """The heads of branches with reports, below the first box of the chart that has several."""
    heads = list(roots)
    while len(heads) == 1:
        heads = heads[0].children
    return [place for place in heads if place.children]


def _below(place: Place) -> list[Place]:
    return [child for child in place.children if child.children]


def _size(place: Place) -> int:
    return sum(1 for _ in place.walk())


def _drawn_on(leaf: Leaf, numbers: dict[Leaf, int] | None = None) -> list[Place]:
    """The trees of a sheet as they are drawn: what is cut away is told by its page."""

    def copied(place: Place) -> Place:
        cut = leaf.cut.get(place)
        if cut is None:
            return replace(place, children=[copied(child) for child in place.children])
        page = numbers[cut] if numbers else 99
        return replace(place, children=[], elsewhere=f"Su rama: página {page}")

    return [replace(copied(root), line=None) for root in leaf.roots]


def _is_legible(roots: Sequence[Place], *, apart: bool = False) -> bool:
    layout = lay_out(roots, AROUND, _PAPER, apart=apart)
    width, height = layout.width + AROUND[0], layout.height + AROUND[1]
    return min(_PAPER[0] / width, _PAPER[1] / height) >= _LEGIBLE
