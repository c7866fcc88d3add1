"""What is written in a box, and how large that makes it. Sizes are in units of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.reports.charting.hierarchy import Place
from assistant.reports.charting.typography import Style, wrapped
from assistant.structure.orgchart import End

BOX_WIDTH = 154.0
PAD_X = 9.0
NUMBER = Style(9.0, bold=True)
TITLE = Style(10.5)
HEAD_TITLE = Style(10.5, bold=True)
SMALL = Style(9.5)
NOTE = Style(9.0)
_LEADING = 1.2
_PAD_Y = 6.5
_SMALL_PAD_Y = 5.0
_MOST_LINES = 6


class Look(StrEnum):
    """How a box is drawn."""

    HEAD = "head"
    """A sheet that others report to."""
    SHEET = "sheet"
    EXTERNAL = "external"
    """A unit or post without a sheet."""


@dataclass(frozen=True)
class TextLine:
    """A line of text in a box, with its baseline from the top of the box."""

    text: str
    style: Style
    baseline: float
    is_note: bool = False
    """Whether it tells of a contradiction."""


@dataclass(frozen=True)
class Content:
    """A box before it has a place on the page."""

    look: Look
    lines: tuple[TextLine, ...]
    height: float


def content_of(place: Place) -> Content:
    """The lines of a box and its height; every box has the width `BOX_WIDTH`."""
    look = _look(place)
    if look is Look.EXTERNAL:
        said = [(label_of(place), SMALL)]
    else:
        title = HEAD_TITLE if look is Look.HEAD else TITLE
        said = [(place.node.id, NUMBER), (place.node.title, title)]
    return _set(look, said, place.notes, place.elsewhere)


def label_of(place: Place) -> str:
    """A box's number or head count, and its title, in one line."""
    node = place.node
    if node.position is not None:
        return f"{node.position.number} {node.title}"
    return f"{node.count} × {node.title}" if node.count else node.title


def _look(place: Place) -> Look:
    if place.node.external:
        return Look.EXTERNAL
    return Look.HEAD if place.children or place.elsewhere else Look.SHEET


def why_elsewhere(place: Place) -> str:
    """What a reference says of where its box hangs."""
    if place.line is not None and place.line.stated_by(End.CHILD):
        return "con este superior se cierra un círculo"
    if place.hangs_by is None or not place.hangs_by.stated_by(End.CHILD):
        return "su cédula no nombra superior"
    superior = place.hangs_by.superior
    return f"su cédula nombra a {superior.title if superior.external else superior.id}"


def _set(
    look: Look, said: Sequence[tuple[str, Style]], notes: Sequence[str], elsewhere: str
) -> Content:
    pad = _PAD_Y if look in (Look.HEAD, Look.SHEET) else _SMALL_PAD_Y
    lines: list[TextLine] = []
    bottom = pad
    told = [(*each, False) for each in said] + [(note, NOTE, True) for note in notes]
    told += [(elsewhere, NOTE, False)] if elsewhere else []
    for text, style, is_note in told:
        for line in wrapped(text, style, BOX_WIDTH - 2 * PAD_X, _MOST_LINES):
            lines.append(TextLine(line, style, bottom + 0.93 * style.size, is_note))
            bottom += _LEADING * style.size
        bottom += 0.5
    return Content(look, tuple(lines), round(bottom + pad, 1))
