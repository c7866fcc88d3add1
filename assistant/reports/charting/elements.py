"""The few SVG elements that the pictures are made of. Every text is escaped by ElementTree."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from assistant.reports.charting.typography import Style

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSAFE_IN_ID = re.compile(r"[^A-Za-z0-9._-]+")


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: object) -> ET.Element:
    """A new element; `stroke_width=1.5` is the attribute stroke-width, `id_="a"` is id. None
    leaves an attribute out."""
    said = {
        name.rstrip("_").replace("_", "-"): _clean(_number(value))
        for name, value in attributes.items()
        if value is not None
    }
    element = ET.SubElement(parent, tag, said)
    element.text = _clean(text) if text is not None else None
    return element


def write(
    parent: ET.Element, text: str, style: Style, at: tuple[float, float], fill: str
) -> ET.Element:
    """A line of text from its left end, held to its measured width in any typeface."""
    return add(
        parent,
        "text",
        text,
        x=at[0],
        y=at[1],
        font_size=style.size,
        font_weight="bold" if style.bold else None,
        fill=fill,
        textLength=style.width(text),
        lengthAdjust="spacingAndGlyphs",
    )


def path_of(points: Sequence[tuple[float, float]]) -> str:
    """A polyline as path data."""
    return "M" + " L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def identifier(*parts: str) -> str:
    """Parts joined to one id that is safe in any document."""
    return "-".join(_UNSAFE_IN_ID.sub("-", part).strip("-") for part in parts)


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", text)
