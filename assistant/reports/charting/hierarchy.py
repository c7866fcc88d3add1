"""The chart as trees: each box hangs once, from the superior that its own sheet names.

Whatever else the manual says of it (another superior that claims it, a circle that closes) is a
reference: a mention of the box under that other superior, with no reports of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.structure.orgchart import End, Line, Node, OrgChart
from corpus.spanish import joined

if TYPE_CHECKING:
    from assistant.reports.charting.branch import Branch


@dataclass(eq=False)
class Place:
    """A box in its place in a tree."""

    node: Node
    line: Line | None
    """The line from the box above; None for a root."""
    hangs_by: Line | None
    """The line by which the box itself hangs, be it here or elsewhere."""
    children: list["Place"] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What else the sheets say of it, that contradicts where it hangs."""
    elsewhere: str = ""
    """Where what is below it is drawn, if not here."""

    @property
    def is_reference(self) -> bool:
        """Whether the box itself hangs elsewhere, and is only mentioned here."""
        return self.line is not self.hangs_by

    def walk(self) -> Iterator[tuple["Place", int]]:
        """This place and all below it, each with its depth below this one, as one would read an
        indented list."""
        left = [(self, 0)]
        while left:
            place, depth = left.pop()
            yield place, depth
            left.extend((child, depth + 1) for child in reversed(place.children))


def hanging_lines(chart: OrgChart) -> dict[str, Line]:
    """The line by which each box hangs, by the id of the box; roots have none.

    It is the line that the box's own sheet states; where it states none, the first that another
    sheet states. A circle is cut above its member that the manual prints first.
    """
    hanging: dict[str, Line] = {}
    for line in chart.lines():
        hanging.setdefault(line.report.id, line)
    for node in chart.nodes():
        own = chart.boss_line(node.position) if node.position is not None else None
        if own is not None:
            hanging[node.id] = own
    for id_ in _first_of_each_circle([node.id for node in chart.nodes()], hanging):
        del hanging[id_]
    return hanging


def trees(branch: "Branch") -> list[Place]:
    """The boxes of a branch in their places; a list of the roots, in printed order.

    Below each box come first its reports with a sheet, by number, then posts without a sheet, as
    its sheet lists them, then references.
    """
    hanging = branch.hanging
    places = {n.id: Place(n, hanging.get(n.id), hanging.get(n.id)) for n in branch.nodes}
    for place in places.values():
        if place.line is not None:
            places[place.line.superior.id].children.append(place)
    for line in branch.lines:
        own = hanging.get(line.report.id)
        if own is None or own.superior.id != line.superior.id:
            places[line.superior.id].children.append(Place(line.report, line, own))
    for place in places.values():
        place.children.sort(key=_reading_order)
    return [place for place in places.values() if place.line is None]


def pictured(branch: "Branch") -> list[Place]:
    """The trees as they are drawn: each box once. What would be a reference is noted on both boxes
    instead, the one that is claimed and the one that claims it, so that nobody has to look for the
    other end of a line across the sheet."""
    roots = trees(branch)
    places = [place for root in roots for place, _ in root.walk()]
    drawn = {place.node.id: place for place in places if not place.is_reference}
    for place in places:
        mentions = [child for child in place.children if child.is_reference]
        place.children = [child for child in place.children if not child.is_reference]
        listed = []
        for mention in mentions:
            line = mention.line
            closes_circle = line is not None and line.stated_by(End.CHILD)
            verb = "su cédula nombra a" if closes_circle else "también lo enlista"
            drawn[mention.node.id].notes.append(f"≠ {verb} {_brief(place.node)}")
            listed += [] if closes_circle else [_brief(mention.node)]
        if listed:
            place.notes.append(f"≠ enlista además {joined(listed)}")
    return roots


def _brief(node: Node) -> str:
    """A box's number; its title where it has none."""
    return node.title if node.external else node.id


def _first_of_each_circle(ids: Sequence[str], hanging: Mapping[str, Line]) -> list[str]:
    """The member of each circle that comes first in `ids`."""
    printed = {id_: place for place, id_ in enumerate(ids)}
    settled: set[str] = set()
    firsts: list[str] = []
    for id_ in ids:
        path: list[str] = []
        on_path: set[str] = set()
        at = id_
        while at in hanging and at not in settled and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = hanging[at].superior.id
        if at in on_path:
            firsts.append(min(path[path.index(at) :], key=printed.__getitem__))
        settled |= on_path
    return firsts


def _reading_order(place: Place) -> tuple[bool, bool, list[int]]:
    number = [int(part) for part in re.findall(r"\d+", place.node.id)]
    external = place.node.external
    return place.is_reference, external, [] if external else number
