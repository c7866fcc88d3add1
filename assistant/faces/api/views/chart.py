"""The org chart to be walked through: the picture with links, and the same as an outline."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering.knowledge import Knowledge
from assistant.faces.api.views.addresses import chart_address, section_address
from assistant.reports.charting import chart_svg
from assistant.reports.charting.branch import branch_of
from assistant.reports.charting.city import CityChart
from assistant.reports.charting.hierarchy import trees
from corpus.model import Position

_SVG = "{http://www.w3.org/2000/svg}"
_GROUP, _LINK, _TEXT, _TITLE = (f"{_SVG}{name}" for name in ("g", "a", "text", "title"))


@dataclass(frozen=True)
class OutlineEntry:
    """A box of the chart as a line."""

    title: str
    number: str | None
    """Of its sheet, if it has one."""
    level: int
    is_reference: bool
    address: str | None = None
    """Where it leads, in the chart of a city."""


def linked_svg(knowledge: Knowledge, around: Position | None) -> str:
    """The picture, in which each box with a sheet is a link to it."""

    def address(box: ET.Element) -> str | None:
        number = box.get("data-section")
        if number is None or knowledge.manual.position(number) is None:
            return None
        return section_address(knowledge.manual.code, number)

    return _linked(chart_svg(knowledge, around), address)


def linked_city(chart: CityChart) -> str:
    """The picture of a city, in which each dependency is a link to its own chart, and each position
    to its sheet."""
    addresses = _addresses(chart)
    return _linked(chart.svg(), lambda box: addresses.get(box.get("data-node") or ""))


def outline_of_city(chart: CityChart) -> list[OutlineEntry]:
    """The boxes of a city's chart as one would read them down an indented list."""
    addresses = _addresses(chart)
    return [
        OutlineEntry(
            title=place.node.title,
            number=place.node.position.number if place.node.position else None,
            level=depth,
            is_reference=False,
            address=addresses[place.node.id],
        )
        for root in trees(chart.branch)
        for place, depth in root.walk()
    ]


def _addresses(chart: CityChart) -> dict[str, str | None]:
    """Where each box of a city leads, by its id; the city itself leads nowhere."""
    found: dict[str, str | None] = {}
    for node in chart.branch.nodes:
        code = chart.manual_of.get(node.id)
        if code is None:
            found[node.id] = None
        elif node.position is None:
            found[node.id] = chart_address(code)
        else:
            found[node.id] = section_address(code, node.position.number)
    return found


def _linked(svg: str, address: Callable[[ET.Element], str | None]) -> str:
    """A picture in which the boxes that have an address are links."""
    ET.register_namespace("", _SVG[1:-1])
    root = ET.fromstring(svg)
    # what an image holds is hidden from screen readers, and so would be the links
    root.set("role", "group")
    for parent in list(root.iter(_GROUP)):
        for at, box in enumerate(list(parent)):
            leads = address(box)
            if leads is not None:
                parent[at] = _link(box, leads)
    return ET.tostring(root, encoding="unicode")


def _link(box: ET.Element, address: str) -> ET.Element:
    link = ET.Element(_LINK, {"href": address})
    lines = list(box.iter(_TEXT))
    shown = " ".join("".join(line.itertext()) for line in lines)
    title = box.findtext(_TITLE) or ""
    # what is seen must be part of what is read out, for those who speak to their computer
    link.set("aria-label", title if shown in title else f"{shown}, {title.rpartition(', ')[2]}")
    for line in lines:
        line.tail = f"{line.tail or ''} "  # so that the lines of a name are read as words
    link.append(box)
    return link


def outline(knowledge: Knowledge, around: Position | None) -> list[OutlineEntry]:
    """The boxes as one would read them down an indented list."""
    entries: list[OutlineEntry] = []
    for root in trees(branch_of(knowledge.chart, around)):
        for place, depth in root.walk():
            position = place.node.position
            entries.append(
                OutlineEntry(
                    title=place.node.title,
                    number=position.number if position else None,
                    level=depth,
                    is_reference=place.is_reference,
                )
            )
    return entries
