"""The legend of a chart: only what occurs in it."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from enum import StrEnum

from assistant.reports.charting.boxes import Look
from assistant.reports.charting.connectors import LineLook
from assistant.reports.charting.elements import write
from assistant.reports.charting.layout import Layout
from assistant.reports.charting.palette import DISAGREES, NEUTRAL, SOFT_INK
from assistant.reports.charting.symbols import draw_box, draw_line, paint_of
from assistant.reports.charting.typography import Style

_STYLE, _BOLD = Style(9.5), Style(9.5, bold=True)
_SAMPLE_WIDTH, _SAMPLE_HEIGHT = 30.0, 14.0
_BETWEEN = 24.0
_AFTER_SAMPLE = 8.0
_ROW = 22.0


class Sign(StrEnum):
    """What boxes show beside their look."""

    FILLED = "filled"
    NOTE = "note"


_BOXES: dict[Look | Sign, str] = {
    Sign.FILLED: "Titular, cabezas de rama o puesto consultado; cada rama tiene su color",
    Look.HEAD: "En negrita: tiene puestos a su cargo",
    Look.SHEET: "Puesto con cédula, sin puestos a su cargo",
    Look.EXTERNAL: "Puesto o unidad sin cédula; «3 ×» son plazas",
    Sign.NOTE: "En esto las cédulas no coinciden",
}
_LINES = {
    LineLook.STATED: "Lo dice la cédula del puesto",
    LineLook.UNLISTED: "Lo dice la del puesto, pero la de su superior no lo enlista",
    LineLook.CLAIMED: "Sólo lo dice la cédula del superior",
}


@dataclass(frozen=True)
class Entry:
    """A sample and what it stands for."""

    look: Look | Sign | LineLook
    text: str

    @property
    def width(self) -> float:
        return _SAMPLE_WIDTH + _AFTER_SAMPLE + _STYLE.width(self.text)


class Legend:
    """A legend in rows of a given width; `has_filled` tells whether any box is."""

    def __init__(self, layout: Layout, width: float, *, has_filled: bool) -> None:
        boxes: set[Look | Sign] = {box.content.look for box in layout.boxes}
        if has_filled:
            boxes.add(Sign.FILLED)
        if any(line.is_note for box in layout.boxes for line in box.content.lines):
            boxes.add(Sign.NOTE)
        lines = {connector.look for connector in layout.connectors}
        entries = [Entry(look, text) for look, text in _BOXES.items() if look in boxes]
        entries += [Entry(look, text) for look, text in _LINES.items() if look in lines]
        self._rows: list[list[Entry]] = [[]]
        left = width
        for entry in entries:
            if self._rows[-1] and entry.width > left:
                self._rows.append([])
                left = width
            self._rows[-1].append(entry)
            left -= entry.width + _BETWEEN

    @property
    def height(self) -> float:
        return _ROW * len(self._rows)

    def draw(self, parent: ET.Element, corner: tuple[float, float]) -> None:
        """Draw it with its upper left corner there."""
        for row, entries in enumerate(self._rows):
            x, y = corner[0], corner[1] + row * _ROW
            for entry in entries:
                _draw_sample(parent, entry.look, (x, y))
                baseline = y + _SAMPLE_HEIGHT / 2 + 0.35 * _STYLE.size
                at = (x + _SAMPLE_WIDTH + _AFTER_SAMPLE, baseline)
                write(parent, entry.text, _STYLE, at, SOFT_INK)
                x += entry.width + _BETWEEN


def _draw_sample(
    parent: ET.Element, look: Look | Sign | LineLook, corner: tuple[float, float]
) -> None:
    x, y = corner
    size = (_SAMPLE_WIDTH, _SAMPLE_HEIGHT)
    baseline = y + _SAMPLE_HEIGHT / 2 + 0.35 * _STYLE.size
    if look is Sign.NOTE:
        write(parent, "≠", _BOLD, (x + _SAMPLE_WIDTH - 10, baseline), DISAGREES)
    elif isinstance(look, LineLook):
        middle = y + _SAMPLE_HEIGHT / 2
        draw_line(parent, [(x, middle), (x + _SAMPLE_WIDTH, middle)], look)
    else:
        filled = look is Sign.FILLED
        paint = paint_of(Look.HEAD if isinstance(look, Sign) else look, NEUTRAL, filled=filled)
        draw_box(parent, corner, size, paint)
        if look is Look.HEAD:
            write(parent, "Aa", _BOLD, (x + 8, baseline), paint.text)
