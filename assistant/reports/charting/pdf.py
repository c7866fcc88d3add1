"""The chart as a PDF for printing on letter paper: the pictures of its sheets, drawn by reportlab.

The drawing knows the few SVG elements that `svg.py` makes, so that print and screen are the same.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from assistant.reports.charting.boxes import label_of
from assistant.reports.charting.branch import Branch
from assistant.reports.charting.heading import Heading
from assistant.reports.charting.hierarchy import pictured
from assistant.reports.charting.layout import LETTER
from assistant.reports.charting.paging import MARGIN, Sheet, sheets_of
from assistant.reports.charting.palette import Hue
from assistant.reports.charting.svg import Picture, drawn
from assistant.reports.charting.typography import register_fonts

_LARGEST = 1.0
"""Points per unit: small charts are not blown up."""
_FOOT = 8.0
_STEP = re.compile(r"([MLh])?\s*(-?[\d.]+)(?: (-?[\d.]+))?")


def pdf_of(branch: Branch, heading: Heading, hues: Mapping[str, Hue], key: str) -> bytes:
    """The sheets of a branch, one a page."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=LETTER, lang="es-MX")
    canvas.setTitle(f"{heading.kind} · {heading.dependency}")
    canvas.setAuthor("Asistente del Manual")
    canvas.setSubject(heading.source)
    around = branch.around.number if branch.around else None
    sheets = sheets_of(pictured(branch))
    for number, sheet in enumerate(sheets, start=1):
        told, focus = _of_sheet(sheet, heading, around, is_first=number == 1)
        root = drawn(Picture(sheet.layout, told, hues, key, focus))
        _draw_page(canvas, root, f"{heading.source} · Página {number} de {len(sheets)}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _of_sheet(
    sheet: Sheet, heading: Heading, around: str | None, *, is_first: bool
) -> tuple[Heading, str | None]:
    """What is written above a sheet, and the box that it is about."""
    if is_first or sheet.head is None:
        return heading, around
    boxes = len(sheet.layout.boxes)
    told = replace(
        heading,
        kind=f"Organigrama · Rama de {label_of(sheet.head)}",
        counts=f"{boxes} {'recuadro' if boxes == 1 else 'recuadros'} en esta página",
    )
    return told, sheet.head.node.id


def _draw_page(canvas: Any, root: ET.Element, foot: str) -> None:
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    room = (LETTER[0] - 2 * MARGIN, LETTER[1] - 2 * MARGIN)
    scale = min(_LARGEST, room[0] / width, room[1] / height)
    canvas.saveState()
    canvas.translate((LETTER[0] - scale * width) / 2, LETTER[1] - MARGIN)
    canvas.scale(scale, scale)
    _draw(canvas, root, (0.0, 0.0))
    canvas.restoreState()
    canvas.setFont(register_fonts()[0], _FOOT)
    canvas.setFillGray(0.35)
    canvas.drawCentredString(LETTER[0] / 2, MARGIN / 2, foot)


def _draw(canvas: Any, parent: ET.Element, shift: tuple[float, float]) -> None:
    """Draw what is in an element; y grows downwards in it, and upwards on the page."""
    for each in parent:
        tag = each.tag.rpartition("}")[2]
        if tag == "g":
            moved = re.findall(r"-?[\d.]+", each.get("transform", ""))
            by = (float(moved[0]), float(moved[1])) if moved else (0.0, 0.0)
            _draw(canvas, each, (shift[0] + by[0], shift[1] + by[1]))
        elif tag == "text":
            _write(canvas, each, shift)
        elif tag in ("rect", "path", "circle"):
            _draw_shape(canvas, tag, each, shift)


def _write(canvas: Any, each: ET.Element, shift: tuple[float, float]) -> None:
    bold = each.get("font-weight") == "bold"
    canvas.setFont(register_fonts()[bold], float(each.attrib["font-size"]))
    canvas.setFillColor(_colour(each.attrib["fill"]))
    at = float(each.attrib["x"]) + shift[0], -float(each.attrib["y"]) - shift[1]
    canvas.drawString(*at, each.text or "")


def _draw_shape(canvas: Any, tag: str, each: ET.Element, shift: tuple[float, float]) -> None:
    has = {
        "stroke": int("stroke" in each.attrib),
        "fill": int(each.get("fill") not in (None, "none")),
    }
    if has["stroke"]:
        canvas.setStrokeColor(_colour(each.attrib["stroke"]))
        canvas.setLineWidth(float(each.get("stroke-width", "1")))
        canvas.setDash([float(part) for part in each.get("stroke-dasharray", "").split()])
    if has["fill"]:
        canvas.setFillColor(_colour(each.attrib["fill"]))

    def number(name: str) -> float:
        return float(each.get(name, "0"))

    if tag == "rect":
        size = number("width"), number("height")
        corner = number("x") + shift[0], -(number("y") + size[1]) - shift[1]
        canvas.roundRect(*corner, *size, number("rx"), **has)
    elif tag == "circle":
        canvas.circle(number("cx") + shift[0], -number("cy") - shift[1], number("r"), **has)
    else:
        canvas.drawPath(_path(canvas, each.attrib["d"], shift), **has)


def _path(canvas: Any, data: str, shift: tuple[float, float]) -> Any:
    path = canvas.beginPath()
    x = y = 0.0
    for step, one, other in _STEP.findall(data):
        if step == "h":
            x += float(one)
        else:
            x, y = float(one), float(other)
        move = path.moveTo if step == "M" else path.lineTo
        move(x + shift[0], -y - shift[1])
    return path


def _colour(said: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(said)
