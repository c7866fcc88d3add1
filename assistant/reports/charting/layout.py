"""Where each box of a chart stands, so that the whole is as legible as can be on paper.

Blocks are placed by graphlay's tidy tree layout, parents centred above their children. How much is
listed and how much is spread out sideways is found by trying: the page tells which is best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.reports.charting.blocks import ROW_GAP, Block, Blocks, Sharing
from assistant.reports.charting.connectors import Box, Connector, connectors_of
from assistant.reports.charting.hierarchy import Place

Paper = tuple[float, float]
"""Width and height of a sheet, in points."""
A3: Paper = (1190.55, 841.89)
LETTER: Paper = (792.0, 612.0)
"""Both across."""
_BLOCK_GAP = 20.0
_SUBTREE_GAP = 24.0
_COMFORTABLE = 0.9
"""Points per unit on paper above which larger is not better, so that small charts spread out."""
_NEARLY_AS_LARGE = 0.97
_NOT_MUCH_SMALLER = 0.8
_LEGIBLE = 0.69
"""Points per unit on paper at which the smallest text, of 9 units, has more than 6 points."""
_TRIALS = 32
_FINALISTS = 4


@dataclass(frozen=True)
class Layout:
    """A chart laid out, from (0, 0)."""

    boxes: tuple[Box, ...]
    connectors: tuple[Connector, ...]
    width: float
    height: float


def lay_out(
    roots: Sequence[Place],
    around: tuple[float, float],
    paper: Paper = A3,
    *,
    apart: bool = True,
) -> Layout:
    """The layout most legible on a sheet, with that much width and height around it.

    `apart` keeps the heads of the branches side by side.

    One that shares less columns is taken if it is legible and not much smaller; a flatter one, if
    it is nearly as large.
    """
    blocks = Blocks(roots, apart=apart)
    best = [_best(blocks, sharing, around, paper) for sharing in Sharing]
    most = max(scale for scale, _ in best)
    enough = most * (_NOT_MUCH_SMALLER if most >= _LEGIBLE else _NEARLY_AS_LARGE)
    least = max(enough, min(most, _LEGIBLE))
    return next(layout for scale, layout in best if scale >= least)


def _best(
    blocks: Blocks, sharing: Sharing, around: tuple[float, float], paper: Paper
) -> tuple[float, Layout]:
    """The best layout with such columns, and its scale on paper, up to what is comfortable."""
    step = (blocks.greatest_height - blocks.row_height) / _TRIALS
    heights = [blocks.row_height + trial * step for trial in range(_TRIALS + 1)]
    promising = {
        h: _scale(_extent(blocks.fitting(h, sharing), blocks), around, paper) for h in heights
    }
    finalists = sorted(sorted(heights, key=promising.__getitem__)[-_FINALISTS:])
    layouts = [_placed(blocks.fitting(height, sharing)) for height in finalists]
    scales = [_scale((each.width, each.height), around, paper) for each in layouts]
    most = max(scales)
    flattest = next(n for n, scale in enumerate(scales) if scale >= _NEARLY_AS_LARGE * most)
    return scales[flattest], layouts[flattest]


def _scale(size: tuple[float, float], around: tuple[float, float], paper: Paper) -> float:
    fitting = min(paper[0] / (size[0] + around[0]), paper[1] / (size[1] + around[1]))
    return min(_COMFORTABLE, fitting)


def _extent(tops: Sequence[Block], blocks: Blocks) -> tuple[float, float]:
    """Width and height of blocks, or somewhat more: as if no subtree reached below another."""
    tall = 0.0
    widths: dict[Block, float] = {}
    for block, row in reversed([each for top in tops for each in top.walk()]):
        tall = max(tall, row * blocks.row_pitch + block.height)
        widths[block] = max(block.width, _side_by_side([widths[b] for b in block.children]))
    return _side_by_side([widths[top] for top in tops]), tall


def _side_by_side(widths: Sequence[float]) -> float:
    return sum(widths) + _BLOCK_GAP * max(0, len(widths) - 1)


def _placed(tops: Sequence[Block]) -> Layout:
    rows = {block: row for top in tops for block, row in top.walk()}
    heads = _head_heights(rows)
    row_tops = [sum(heads[:row]) + ROW_GAP * row for row in range(len(heads))]
    lefts = _lefts(rows, heads, row_tops)
    boxes: dict[Place, Box] = {}
    for block, row in rows.items():
        grown = _growth(block, heads[row])
        for item in block.items:
            at_head = item is block.head
            y = row_tops[row] + item.y + (0.0 if at_head else grown)
            height = item.content.height + (grown if at_head else 0.0)
            boxes[item.place] = Box(item.place, item.content, lefts[block] + item.x, y, height)
    connectors = [connector for block in rows for connector in connectors_of(block, boxes)]
    width = max((box.x + box.width for box in boxes.values()), default=0.0)
    height = max((box.bottom for box in boxes.values()), default=0.0)
    return Layout(tuple(boxes.values()), tuple(connectors), width, height)


def _growth(block: Block, height: float) -> float:
    """By how much the box at the head of a block is taller than its text takes."""
    return 0.0 if block.is_column else height - block.head.content.height


def _head_heights(rows: Mapping[Block, int]) -> list[float]:
    """The height of the boxes at the heads of each row, alike so that the rows line up."""
    heights = [0.0] * (max(rows.values(), default=-1) + 1)
    for block, row in rows.items():
        heights[row] = max(heights[row], block.head.content.height)
    return heights


def _lefts(
    rows: Mapping[Block, int], heads: Sequence[float], row_tops: Sequence[float]
) -> dict[Block, float]:
    """The left end of each block."""
    import graphlay  # loads a native library

    graph = graphlay.Graph()
    nodes: dict[Block, int] = {}
    for block, row in rows.items():
        nodes[block] = above = graph.node(width=block.width)
        bottom = row_tops[row] + _growth(block, heads[row]) + block.height
        # a node more for each row whose lines or boxes it would stand in the way of
        for _ in (top for top in row_tops[row + 1 :] if top - ROW_GAP + 1 < bottom):
            below = graph.node(width=block.width)
            graph.edge(above, below)
            above = below
    for block in rows:
        for child in block.children:
            graph.edge(nodes[block], nodes[child])
    spacing = {"sibling_gap": _BLOCK_GAP, "subtree_gap": _SUBTREE_GAP}
    centres = graphlay.layout_tree(graph, options=spacing).positions()
    lefts = {block: centres[nodes[block]][0] - block.width / 2 for block in rows}
    _straighten(lefts)
    least = min(lefts.values(), default=0.0)
    return {block: round(left - least, 1) for block, left in lefts.items()}


def _straighten(lefts: dict[Block, float]) -> None:
    """Put each block with a single one below right above the head of that one, if it is nearly
    there: the layout has centred it on the whole of a list, which is wider than its head."""
    for block in reversed(lefts):
        if len(block.children) == 1 and not block.children[0].is_column:
            head = lefts[block.children[0]]
            if abs(head - lefts[block]) < _BLOCK_GAP - 4:
                lefts[block] = head
