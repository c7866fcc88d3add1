"""The colours of the pictures: one for each branch, told apart also by the colour-blind.

Every colour has a contrast of at least 4.5 : 1 with white, both as a ground for white text and as
text on white; its tint keeps dark text legible, and is light enough to be printed in grey.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from assistant.reports.charting.hierarchy import Place

INK = "#1b2430"
SOFT_INK = "#47525f"
RULE = "#66717e"
FAINT_RULE = "#8a95a1"
PAPER = "#ffffff"
DISAGREES = "#a02f06"


@dataclass(frozen=True)
class Hue:
    """The colour of a branch, and its two tints."""

    full: str

    def tint(self, share: float) -> str:
        """The colour mixed with white: 0 is white, 1 the colour itself."""
        parts = (int(self.full[i : i + 2], 16) for i in (1, 3, 5))
        return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in parts)


NEUTRAL = Hue("#47525f")
TOP = Hue(INK)
BRANCHES = tuple(
    Hue(full)
    for full in (
        "#1f5c99",
        "#0b6e5b",
        "#7a4fa3",
        "#8a5a00",
        "#a02c5d",
        "#5b6b12",
        "#27348b",
        "#7d3c1f",
    )
)


def hues_of(roots: Sequence[Place]) -> dict[str, Hue]:
    """The colour of each box of a whole chart, by its id.

    The top of the largest tree, down to where it first branches, is `TOP`; each branch has its own
    colour, and so has each other tree; what stands alone is `NEUTRAL`. A branch is thus coloured
    alike in every picture of the manual.
    """
    sizes = {root: sum(1 for _ in root.walk()) for root in roots}
    largest = max(roots, key=sizes.__getitem__, default=None)
    hues: dict[str, Hue] = {}
    branches = cycle(BRANCHES)
    for root in roots:
        heads = _heads(root, hues) if root is largest else [root]
        for head in heads:
            hue = next(branches) if _own(head) else NEUTRAL
            for place, _ in head.walk():
                if not place.is_reference:
                    hues[place.node.id] = hue
    return hues


def _heads(root: Place, hues: dict[str, Hue]) -> list[Place]:
    """The heads of the branches of a tree; what is above them is coloured as its top."""
    hues[root.node.id] = TOP
    heads = _own(root)
    while len(heads) == 1 and _own(heads[0]):
        hues[heads[0].node.id] = TOP
        heads = _own(heads[0])
    return heads


def _own(place: Place) -> list[Place]:
    return [child for child in place.children if not child.is_reference]
