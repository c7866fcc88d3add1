"""The chart as SVG: presentation attributes only, no styles, scripts or fonts from elsewhere, so
that it can stand inside a page with a strict content security policy."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.reports.charting.blocks import ROW_GAP
from assistant.reports.charting.boxes import PAD_X, Look, label_of
from assistant.reports.charting.branch import Branch
from assistant.reports.charting.connectors import Box, Point
from assistant.reports.charting.elements import add, identifier, write
from assistant.reports.charting.heading import Heading
from assistant.reports.charting.hierarchy import pictured
from assistant.reports.charting.layout import Layout, lay_out
from assistant.reports.charting.legend import Legend
from assistant.reports.charting.palette import (
    BRANCHES,
    FAINT_RULE,
    INK,
    NEUTRAL,
    PAPER,
    SOFT_INK,
    TOP,
    Hue,
)
from assistant.reports.charting.symbols import draw_box, draw_line, paint_of
from assistant.reports.charting.typography import FAMILY, Style, wrapped

_MARGIN = 36.0
_LEAST_WIDTH = 620.0
_KIND, _NAME, _SOURCE = Style(12.0, bold=True), Style(22.0, bold=True), Style(10.5)
_BESIDE_HEADING = 24.0
_BEFORE_LEGEND = 30.0
AROUND = (2 * _MARGIN, 2 * _MARGIN + 50.0)
"""What legend and margins take of the page, roughly: the layout is chosen for it."""


@dataclass(frozen=True)
class Picture:
    """A chart ready to be drawn."""

    layout: Layout
    heading: Heading
    hues: Mapping[str, Hue]
    key: str
    """Sets the ids of this picture apart from those of others on the same page."""
    around: str | None = None
    """The position that it is around, by its id."""


def svg_of(branch: Branch, heading: Heading, hues: Mapping[str, Hue], key: str) -> str:
    """The picture of a branch, as an SVG document without an XML declaration."""
    layout = lay_out(pictured(branch), AROUND)
    around = branch.around.number if branch.around else None
    picture = Picture(layout, heading, hues, key, around)
    return ET.tostring(drawn(picture), encoding="unicode")


def drawn(picture: Picture) -> ET.Element:
    """The picture as an SVG element."""
    layout = picture.layout
    inner = max(layout.width, _LEAST_WIDTH)
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    _name(root, picture)
    ground = add(root, "rect", fill=PAPER)
    left = _MARGIN + (inner - layout.width) / 2
    top = _top_of_chart(layout, left, _draw_heading(root, picture.heading, inner))
    chart = add(root, "g", transform=f"translate({left:.1f} {top:.1f})")
    _draw_lines(chart, layout)
    for box in layout.boxes:
        _draw_box(chart, box, picture)
    filled = (
        _is_filled(box, picture.hues.get(box.place.node.id, NEUTRAL), picture)
        for box in layout.boxes
    )
    legend = Legend(layout, inner, has_filled=any(filled))
    below = top + layout.height + _BEFORE_LEGEND
    add(
        root,
        "path",
        d=f"M{_MARGIN} {below - 14:.1f}h{inner:.1f}",
        stroke=FAINT_RULE,
        stroke_width=0.5,
    )
    legend.draw(root, (_MARGIN, below))
    width, height = inner + 2 * _MARGIN, below + legend.height + _MARGIN - 10
    ground.attrib |= {"width": f"{width:.1f}", "height": f"{height:.1f}"}
    root.attrib |= {
        "viewBox": f"0 0 {width:.1f} {height:.1f}",
        "width": f"{width:.1f}",
        "height": f"{height:.1f}",
        "font-family": FAMILY,
    }
    return root


def _name(root: ET.Element, picture: Picture) -> None:
    """Title and description for screen readers."""
    title, description = identifier(picture.key, "titulo"), identifier(picture.key, "descripcion")
    heading = picture.heading
    root.attrib |= {"role": "img", "aria-labelledby": f"{title} {description}", "lang": "es"}
    add(root, "title", f"{heading.kind} · {heading.dependency} · {heading.source}", id=title)
    add(root, "desc", heading.description, id=description)


def _draw_heading(root: ET.Element, heading: Heading, width: float) -> Point:
    """Draw the heading from the upper left margin; gives its lower right corner."""
    right = bottom = _MARGIN
    rows = [
        (heading.kind, _KIND, BRANCHES[0].full),
        (heading.dependency, _NAME, INK),
        (heading.source, _SOURCE, SOFT_INK),
        (f"{heading.counts}.", _SOURCE, SOFT_INK),
    ]
    for text, style, fill in rows:
        for line in wrapped(text, style, width, 3):
            write(root, line, style, (_MARGIN, bottom + style.size), fill)
            right = max(right, _MARGIN + style.width(line))
            bottom += 1.35 * style.size
        bottom += 2.0
    return right, bottom


def _top_of_chart(layout: Layout, left: float, heading: Point) -> float:
    """Where the chart begins: as high as its boxes and lines leave the heading free, which often
    has room beside the top of the tree."""
    right, bottom = heading
    beside = [b for b in layout.boxes if left + b.x < right + _BESIDE_HEADING]
    above = (max(0.0, box.y - ROW_GAP) for box in beside)
    return max(_MARGIN, bottom + _BESIDE_HEADING - min(above, default=bottom))


def _draw_lines(parent: ET.Element, layout: Layout) -> None:
    lines = add(parent, "g", fill="none")
    for connector in layout.connectors:
        line = draw_line(lines, connector.points, connector.look)
        if connector.place.line is not None:
            line.set("data-from", connector.place.line.superior.id)
            line.set("data-to", connector.place.node.id)


def _draw_box(parent: ET.Element, box: Box, picture: Picture) -> None:
    place, content = box.place, box.content
    node, position = place.node, place.node.position
    group = add(parent, "g")
    group.set("id", identifier(picture.key, node.id))
    group.set("data-node", node.id)
    if position is not None:
        group.set("data-section", position.number)
    page = f", página {position.page}" if position is not None else ""
    add(group, "title", f"{label_of(place)}{page}")
    hue = picture.hues.get(node.id, NEUTRAL)
    paint = paint_of(content.look, hue, filled=_is_filled(box, hue, picture))
    draw_box(group, (box.x, box.y), (box.width, box.height), paint)
    y = box.y + (box.height - content.height) / 2
    for line in content.lines:
        fill = paint.number if line is content.lines[0] else paint.text
        fill = paint.note if line.is_note else fill
        write(group, line.text, line.style, (box.x + PAD_X, y + line.baseline), fill)


def _is_filled(box: Box, hue: Hue, picture: Picture) -> bool:
    """The top, the head of each branch, and the position that the picture is around."""
    node, line = box.place.node, box.place.line
    around = picture.around
    if around is not None and node.id == around:
        return True
    is_head = box.content.look is Look.HEAD and line is not None
    below_top = is_head and line is not None and picture.hues.get(line.superior.id) is TOP
    return hue is TOP or (around is None and below_top)
