"""The chart as text: an indented tree, and below it what the sheets contradict each other in."""

from assistant.render.places import mark, mark_of
from assistant.reports.charting.boxes import label_of, why_elsewhere
from assistant.reports.charting.branch import Branch, Standing, standing
from assistant.reports.charting.heading import Heading
from assistant.reports.charting.hierarchy import Place, trees
from assistant.structure.orgchart import End, Line, Node


def text_of(branch: Branch, heading: Heading) -> str:
    """The tree of a branch and its discrepancies, which the tree marks by number."""
    found = branch.discrepancies
    marks = {(d.superior.id, d.report.id): number for number, d in enumerate(found, 1)}
    lines = [heading.dependency, heading.kind, heading.source, f"{heading.counts}.", ""]
    for root in trees(branch):
        lines += _tree(root, marks, branch)
    if any(node.external for node in branch.nodes):
        lines += ["", "Sin número: puestos y unidades que no tienen cédula en el manual."]
    if found:
        lines += ["", "Discrepancias entre cédulas"]
        lines += [f"  [≠{number}] {_told(line)}" for number, line in enumerate(found, 1)]
    return "\n".join(lines) + "\n"


def _tree(root: Place, marks: dict[tuple[str, str], int], branch: Branch) -> list[str]:
    lines: list[str] = []
    left: list[tuple[Place, str, str]] = [(root, "", "")]
    while left:
        place, before, indent = left.pop()
        lines.append(f"{before}{_label(place, marks, branch)}")
        for child in reversed(place.children):
            last = child is place.children[-1]
            dashed = child.line is not None and standing(child.line) is Standing.CLAIMED
            corner = ("└" if last else "├") + ("┄ " if dashed else "─ ")
            left.append((child, indent + corner, indent + ("   " if last else "│  ")))
    return lines


def _label(place: Place, marks: dict[tuple[str, str], int], branch: Branch) -> str:
    label = label_of(place)
    if place.is_reference:
        label += f" ({why_elsewhere(place)})"
    if branch.around is not None and place.node.id == branch.around.number:
        label = f"► {label}" if not place.is_reference else label
    line = place.line
    number = marks.get((line.superior.id, line.report.id)) if line else None
    return f"{label} [≠{number}]" if number else label


def _told(line: Line) -> str:
    """A discrepancy in one sentence, with both places."""
    superior, report = line.superior, line.report
    claim, own = line.stated_by(End.PARENT), line.stated_by(End.CHILD)
    if own is not None and superior.position is not None:
        listed = superior.position.direct_reports_printed
        there = mark_of(superior.position.number, listed.page if listed else superior.position.page)
        return (
            f"{_named(report)} le reporta, según su cédula, a {_named(superior)} "
            f"{mark(own)}, pero la de ese puesto no lo enlista {there}."
        )
    said = f"{_named(superior)} enlista a {_named(report)}"
    place = f" {mark(claim)}" if claim else ""
    return f"{said}{place}, pero {_own_word(report)}."


def _own_word(report: Node) -> str:
    """What a position's own sheet says of its superior, with its place."""
    position = report.position
    stated = position.reports_to if position else None
    if position is None or stated is None or not stated.applies:
        return "la cédula de ese puesto no nombra superior"
    there = mark_of(position.number, stated.page)
    return f"la cédula de ese puesto nombra a «{stated.text}» {there}"


def _named(node: Node) -> str:
    return f"{node.position.number} {node.title}" if node.position else node.title
