"""Which boxes and lines a chart shows: the whole manual, or the branch around one position."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.reports.charting.hierarchy import hanging_lines
from assistant.structure.orgchart import End, Line, Node, OrgChart
from corpus.model import Position


class Standing(StrEnum):
    """What the two ends of a reporting line say of it."""

    AGREED = "agreed"
    """Both sheets say it; or there is only one sheet, and it does."""
    UNLISTED = "unlisted"
    """The report's sheet says it; the superior's prints its reports without this one."""
    CLAIMED = "claimed"
    """Only the superior's sheet says it; the report's own names another superior, or none."""


def standing(line: Line) -> Standing:
    """Whether the ends of a line agree."""
    superior, report = line.superior.position, line.report.position
    if report is not None and not line.stated_by(End.CHILD):
        return Standing.CLAIMED
    if superior is None or report is None or line.stated_by(End.PARENT):
        return Standing.AGREED
    return Standing.UNLISTED if superior.direct_reports_printed is not None else Standing.AGREED


@dataclass(frozen=True)
class Branch:
    """A part of a chart, or all of it: boxes in printed order, and the lines among them."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    hanging: Mapping[str, Line]
    """The one line by which each box hangs in the tree, by its id; roots have none."""
    around: Position | None = None
    """The position that it is the branch of; None for the whole chart."""

    @property
    def discrepancies(self) -> tuple[Line, ...]:
        """The lines whose ends disagree."""
        return tuple(line for line in self.lines if standing(line) is not Standing.AGREED)


def branch_of(chart: OrgChart, around: Position | None = None) -> Branch:
    """The whole chart; or a position's chain of command, itself, and everything below it.

    A branch also holds whoever contradicts it: other superiors that claim the position, and
    positions that are claimed from within but hang elsewhere, each with its chain of command, so
    that both sides of a contradiction are in the picture.
    """
    nodes, lines = tuple(chart.nodes()), tuple(chart.lines())
    hanging = hanging_lines(chart)
    if around is None:
        return Branch(nodes, lines, hanging)
    shown = {line.superior.id for line in chart.chain(around)}
    shown |= _selected(lines, hanging, around.number)
    for id_ in tuple(shown):
        shown.update(_chain(hanging, id_))
    return Branch(
        tuple(node for node in nodes if node.id in shown),
        tuple(line for line in lines if line.superior.id in shown and line.report.id in shown),
        {id_: line for id_, line in hanging.items() if id_ in shown},
        around,
    )


def _selected(lines: tuple[Line, ...], hanging: Mapping[str, Line], around: str) -> set[str]:
    """A position, all below it, and whoever contradicts it or is contradicted from within."""
    below = {id_ for id_ in hanging if around in _chain(hanging, id_)} | {around}
    shown = set(below)
    for line in lines:
        if line.superior.id in below:
            shown.add(line.report.id)
        elif line.report.id == around:
            shown.add(line.superior.id)
    return shown


def _chain(hanging: Mapping[str, Line], id_: str) -> Iterator[str]:
    """The ids above a box, nearest first."""
    while id_ in hanging:
        id_ = hanging[id_].superior.id
        yield id_
