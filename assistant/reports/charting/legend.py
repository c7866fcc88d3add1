"""The legend of a chart: only what occurs in it."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from assistant.reports.charting.boxes import Look
from assistant.reports.charting.connectors import LineLook
from assistant.reports.charting.elements import write
from assistant.reports.charting.layout import Layout
from assistant.reports.charting.palette import NEUTRAL, SOFT_INK
from assistant.reports.charting.symbols import draw_box, draw_line, paint_of
from assistant.reports.charting.typography import Style

_STYLE = Style(9.5)
_SAMPLE_WIDTH, _SAMPLE_HEIGHT = 30.0, 14.0
_BETWEEN = 24.0
_AFTER_SAMPLE = 8.0
_ROW = 22.0

_BOXES = {
    Look.SHEET: "Puesto con cédula y su número",
    Look.EXTERNAL: "Puesto o unidad sin cédula; «3 ×» son plazas",
    Look.REFERENCE: "Mención de un puesto que cuelga de otro superior",
}
_LINES = {
    LineLook.STATED: "Lo dice la cédula del puesto",
    LineLook.UNLISTED: "Lo dice la del puesto, pero la de su superior no lo enlista",
    LineLook.CLAIMED: "Sólo lo dice la cédula del superior",
}


@dataclass(frozen=True)
class Entry:
    """A sample and what it stands for."""

    look: Look | LineLook
    text: str

    @property
    def width(self) -> float:
        return _SAMPLE_WIDTH + _AFTER_SAMPLE + _STYLE.width(self.text)


class Legend:
    """A legend in rows of a given width."""

    def __init__(self, layout: Layout, width: float) -> None:
        boxes = {_as_sample(box.content.look) for box in layout.boxes}
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


def _as_sample(look: Look) -> Look:
    return Look.SHEET if look is Look.HEAD else look


def _draw_sample(parent: ET.Element, look: Look | LineLook, corner: tuple[float, float]) -> None:
    x, y = corner
    if isinstance(look, Look):
        draw_box(parent, corner, (_SAMPLE_WIDTH, _SAMPLE_HEIGHT), paint_of(look, NEUTRAL))
    else:
        middle = y + _SAMPLE_HEIGHT / 2
        draw_line(parent, [(x, middle), (x + _SAMPLE_WIDTH, middle)], look)
