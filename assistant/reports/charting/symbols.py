"""How boxes and lines are drawn, on the chart and in its legend."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reports.charting.boxes import Look
from assistant.reports.charting.connectors import LineLook, Point
from assistant.reports.charting.elements import add, path_of
from assistant.reports.charting.palette import (
    DISAGREES,
    FAINT_RULE,
    INK,
    PAPER,
    RULE,
    SOFT_INK,
    Hue,
)

_CORNER = 3.0
_BOX_DASHES = "4 2.5"
_LINE_DASHES = "5 3"


@dataclass(frozen=True)
class Paint:
    """The colours of a box."""

    fill: str
    stroke: str
    number: str
    text: str
    stroke_width: float = 0.9
    dashes: str | None = None
    note: str = DISAGREES
    """Of what is said of a contradiction."""


def paint_of(look: Look, hue: Hue, *, filled: bool = False) -> Paint:
    """How a box looks; `filled` is for the tops, the heads of branches, and what is in focus."""
    if look is Look.EXTERNAL:
        return Paint(PAPER, FAINT_RULE, SOFT_INK, SOFT_INK, 0.9, _BOX_DASHES)
    if filled:
        return Paint(hue.full, hue.full, PAPER, PAPER, note=PAPER)
    return Paint(hue.tint(0.16 if look is Look.HEAD else 0.07), hue.full, hue.full, INK)


def draw_box(
    parent: ET.Element, corner: Point, size: tuple[float, float], paint: Paint
) -> ET.Element:
    """A box without its text."""
    return add(
        parent,
        "rect",
        x=corner[0],
        y=corner[1],
        width=size[0],
        height=size[1],
        rx=_CORNER,
        fill=paint.fill,
        stroke=paint.stroke,
        stroke_width=paint.stroke_width,
        stroke_dasharray=paint.dashes,
    )


def draw_line(parent: ET.Element, points: Sequence[Point], look: LineLook) -> ET.Element:
    """A reporting line; an open dot at the report's end where its superior does not list it."""
    colour = {LineLook.CLAIMED: DISAGREES, LineLook.EXTERNAL: FAINT_RULE}.get(look, RULE)
    line = add(
        parent,
        "path",
        d=path_of(points),
        fill="none",
        stroke=colour,
        stroke_width=0.9 if look is LineLook.EXTERNAL else 1.2,
        stroke_dasharray=_LINE_DASHES if look is LineLook.CLAIMED else None,
        stroke_linejoin="round",
    )
    if look is LineLook.UNLISTED:
        x, y = points[-1]
        above = points[-2][1] < y
        at = (x, y - 4.5) if above else (x - 4.5, y)
        add(
            parent,
            "circle",
            cx=at[0],
            cy=at[1],
            r=3.0,
            fill=PAPER,
            stroke=DISAGREES,
            stroke_width=1.2,
        )
    return line
