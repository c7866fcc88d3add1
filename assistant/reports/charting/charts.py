"""What terminal, API and bots call: the chart of a manual, or the branch around a position."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from assistant.answering.knowledge import Knowledge
from assistant.reports.charting.branch import Branch, branch_of
from assistant.reports.charting.contract import ChartRecord, record_of
from assistant.reports.charting.elements import identifier
from assistant.reports.charting.heading import Heading, heading_of
from assistant.reports.charting.hierarchy import trees
from assistant.reports.charting.palette import Hue, hues_of
from assistant.reports.charting.pdf import pdf_of
from assistant.reports.charting.png import png_of
from assistant.reports.charting.svg import svg_of
from assistant.reports.charting.text import text_of
from corpus.model import Position

_MOST_KEPT = 24
"""Pictures kept of a manual, the last ones asked for."""
T = TypeVar("T", str, bytes)


class _Pictures:
    """The pictures of one manual that were drawn last. Safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], str | bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...], draw: Callable[[], T]) -> T:
        with self._lock:
            known = self._kept.get(key)
        drawn: T = draw() if known is None else known  # type: ignore[assignment]
        with self._lock:
            self._kept[key] = drawn
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return drawn


_pictures: "WeakKeyDictionary[Knowledge, _Pictures]" = WeakKeyDictionary()
_lock = threading.Lock()


def chart_json(knowledge: Knowledge, around: Position | None = None) -> ChartRecord:
    """The boxes and reporting lines, each line with its evidence."""
    return record_of(branch_of(knowledge.chart, around), knowledge.manual.code)


def chart_text(knowledge: Knowledge, around: Position | None = None) -> str:
    """The chart as an indented tree, with the discrepancies below."""
    branch = branch_of(knowledge.chart, around)
    return text_of(branch, heading_of(branch, knowledge.manual))


def chart_svg(knowledge: Knowledge, around: Position | None = None) -> str:
    """The chart as an SVG document, which may also stand inside a page."""
    number = around.number if around else None
    return _pictures_of(knowledge).get(("svg", number), lambda: _svg(knowledge, around))


def chart_png(
    knowledge: Knowledge, around: Position | None = None, width: int | None = None
) -> bytes:
    """The chart as PNG, `width` pixels wide; without one, two pixels a unit of the SVG."""
    number = around.number if around else None
    svg = chart_svg(knowledge, around)
    return _pictures_of(knowledge).get(("png", number, width), lambda: png_of(svg, width))


def chart_pdf(knowledge: Knowledge, around: Position | None = None) -> bytes:
    """The chart as a PDF on letter paper: on one page where it is legible there, else the top and
    then each branch on a page of its own."""
    number = around.number if around else None
    return _pictures_of(knowledge).get(("pdf", number), lambda: _pdf(knowledge, around))


def _svg(knowledge: Knowledge, around: Position | None) -> str:
    return svg_of(*_described(knowledge, around))


def _pdf(knowledge: Knowledge, around: Position | None) -> bytes:
    return pdf_of(*_described(knowledge, around))


def _described(
    knowledge: Knowledge, around: Position | None
) -> tuple[Branch, Heading, dict[str, Hue], str]:
    """What a picture shows, the words around it, the colours of the boxes, and its key."""
    whole = branch_of(knowledge.chart)
    branch = branch_of(knowledge.chart, around) if around else whole
    key = identifier("organigrama", knowledge.manual.code, around.number if around else "")
    return branch, heading_of(branch, knowledge.manual), hues_of(trees(whole)), key


def _pictures_of(knowledge: Knowledge) -> _Pictures:
    with _lock:
        return _pictures.setdefault(knowledge, _Pictures())
