"""The reporting lines of a manual, as a directed graph from superior to report.

Both ends of a line may state it: the report's sheet ("Puesto al que le reporta") and the
superior's ("Puestos que le reportan"). Every edge keeps who states it, with the printed evidence.
What a position's own sheet says is its line of command; the other end is only evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.structure.naming import SAME_NAME, Name, NameIndex, rank_spelt
from corpus.model import DirectReport, Manual, Position
from corpus.spanish import words


@dataclass(frozen=True)
class Node:
    """A box of the chart: a position with a sheet, or a unit or post without one."""

    id: str
    title: str
    position: Position | None = None
    count: int | None = None
    """Printed head count, of posts without a sheet."""

    @property
    def external(self) -> bool:
        """Whether the manual has no sheet for it."""
        return self.position is None


class End(StrEnum):
    """Which end of a reporting line states it."""

    CHILD = "child"
    PARENT = "parent"


@dataclass(frozen=True)
class Statement:
    """One sheet's word for a reporting line."""

    end: End
    section: str
    page: int
    quote: str


@dataclass(frozen=True)
class Line:
    """A reporting line, with the statements for it."""

    superior: Node
    report: Node
    statements: tuple[Statement, ...]

    def stated_by(self, end: End) -> Statement | None:
        """The statement from that end, if there is one."""
        return next((s for s in self.statements if s.end is end), None)


class OrgChart:
    """Who reports to whom. Built once for a manual; all look-ups are exact."""

    def __init__(self, manual: Manual, names: NameIndex) -> None:
        self._names = names
        self._nodes: dict[str, Node] = {}
        self._stated: dict[str, dict[str, tuple[Statement, ...]]] = {}
        """By superior and report, each box a superior of some or none."""
        self._superiors: dict[str, list[str]] = {}
        self._units: list[tuple[Name, str]] = []
        for position in manual.positions:
            self._add(Node(position.number, position.title, position))
        for position in manual.positions:
            self._add_boss(position)
        for position in manual.positions:
            self._add_reports(position)

    def node(self, position: Position) -> Node:
        """The box of a position."""
        return self._node(position.number)

    def boss_line(self, position: Position) -> Line | None:
        """The line to the superior that the position's own sheet names; None if it names none."""
        return next(
            (line for line in self._lines_up(position.number) if line.stated_by(End.CHILD)), None
        )

    def other_claims(self, position: Position) -> list[Line]:
        """Lines that only some other sheet states: it lists the position as its report, while the
        position's own sheet names another superior."""
        return [line for line in self._lines_up(position.number) if not line.stated_by(End.CHILD)]

    def lines_down(self, position: Position) -> list[Line]:
        """All lines to direct reports: those that the sheet lists, in its order, then those that
        only the reports state."""
        lines = [self._line(position.number, child) for child in self._stated[position.number]]
        printed = [entry.printed for entry in position.direct_reports]

        def place(line: Line) -> int:
            stated = line.stated_by(End.PARENT)
            listed = stated is not None and stated.quote in printed
            return printed.index(stated.quote) if stated and listed else len(printed)

        return sorted(lines, key=place)

    def chain(self, position: Position) -> list[Line]:
        """The lines from a position up to the top; stops at a cycle.

        A position's own sheet says who is next; of a unit without one, the only sheet that lists
        it among its reports.
        """
        lines: list[Line] = []
        seen = {position.number}
        at = self.node(position)
        while (line := self._line_of_command(at)) is not None:
            lines.append(line)
            if line.superior.id in seen:
                break
            seen.add(line.superior.id)
            at = line.superior
        return lines

    def _line_of_command(self, node: Node) -> Line | None:
        if node.position is not None:
            return self.boss_line(node.position)
        listing = self._lines_up(node.id)
        return listing[0] if len(listing) == 1 else None

    def below(self, position: Position) -> list[Node]:
        """Every position with a sheet whose chain leads to this one, nearest first."""
        found: list[Node] = []
        seen = {position.number}
        frontier = [position.number]
        while frontier:
            lines = [
                self._line(above, below) for above in frontier for below in self._stated[above]
            ]
            reports = [
                line.report
                for line in lines
                if line.report.id not in seen and line == self._line_of_command(line.report)
            ]
            seen |= {report.id for report in reports}
            found += [report for report in reports if report.position is not None]
            frontier = [report.id for report in reports]
        return found

    def tops(self) -> list[Position]:
        """Positions whose own sheet names no superior with a sheet."""
        return [
            node.position
            for node in self.nodes()
            if node.position is not None
            and ((line := self.boss_line(node.position)) is None or line.superior.external)
        ]

    def nodes(self) -> Iterator[Node]:
        """All boxes, those with a sheet first, in printed order."""
        return iter(self._nodes.values())

    def lines(self) -> Iterator[Line]:
        """All lines, whoever states them, superiors in the order of `nodes`."""
        return (self._line(above, below) for above in self._nodes for below in self._stated[above])

    # -- building -------------------------------------------------------------------------------

    def _add(self, node: Node) -> str:
        if node.id not in self._nodes:
            self._nodes[node.id] = node
            self._stated[node.id] = {}
            self._superiors[node.id] = []
        return node.id

    def _add_unit(self, printed: str) -> str:
        """A box for a superior without a sheet."""
        id_ = self._add(Node(f"ext:{' '.join(words(printed))}", printed))
        self._units.append((Name.parse(printed), id_))
        return id_

    def _add_boss(self, position: Position) -> None:
        stated = position.reports_to
        if stated is None or not stated.applies:
            return
        boss = self._names.resolve_boss(stated.text, position)
        if boss is None:
            superior = self._unit_without_sheet(stated.text) or self._add_unit(stated.text)
        else:
            superior = boss.number
        statement = Statement(End.CHILD, position.number, stated.page, stated.quote)
        self._state(superior, position.number, statement)

    def _add_reports(self, position: Position) -> None:
        stated = position.direct_reports_printed
        if stated is None:
            return
        for entry in position.direct_reports:
            statement = Statement(End.PARENT, position.number, stated.page, entry.printed)
            self._state(position.number, self._report_id(position, entry), statement)

    def _report_id(self, position: Position, entry: DirectReport) -> str:
        report = self._names.resolve(entry.name, near=position)
        if report is not None and report.number != position.number:
            return report.number
        unit = self._unit_without_sheet(entry.name)
        if unit is not None and unit != position.number:
            return unit
        id_ = f"{position.number}/{' '.join(words(entry.name))}"
        return self._add(Node(id_, entry.name, count=entry.count))

    def _unit_without_sheet(self, printed: str) -> str | None:
        """The box of a unit that some sheet names as its superior and that has none of its own,
        through a slip of the pen: "Coodinación General"."""
        name = Name.parse(" ".join(rank_spelt(words(printed))))
        if name.rank is None:
            return None
        return next(
            (
                id_
                for other, id_ in self._units
                if other.rank is name.rank and self._names.similarity(name, other) >= SAME_NAME
            ),
            None,
        )

    def _state(self, superior: str, report: str, statement: Statement) -> None:
        known = self._stated[superior].get(report, ())
        if not known:
            self._superiors[report].append(superior)
        self._stated[superior][report] = (*known, statement)

    # -- reading --------------------------------------------------------------------------------

    def _node(self, id_: str) -> Node:
        return self._nodes[id_]

    def _line(self, superior: str, report: str) -> Line:
        statements = self._stated[superior][report]
        return Line(self._node(superior), self._node(report), statements)

    def _lines_up(self, number: str) -> list[Line]:
        return [self._line(superior, number) for superior in self._superiors[number]]
