"""The org chart of a city: its dependencies as branches, each with its head and who reports to it.

chart = CityChart.of("Xalotepec", manuals)
chart.text(), chart.svg(), chart.png(), chart.pdf(), chart.record()
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from assistant.answering.knowledge import Knowledge
from assistant.reports.charting.branch import Branch, branch_of
from assistant.reports.charting.contract import EdgeRecord, NodeRecord, edge_of, node_of
from assistant.reports.charting.elements import identifier
from assistant.reports.charting.heading import Heading
from assistant.reports.charting.hierarchy import Place, trees
from assistant.reports.charting.palette import hues_of
from assistant.reports.charting.pdf import pdf_of
from assistant.reports.charting.png import png_of
from assistant.reports.charting.svg import svg_of
from assistant.reports.charting.text import text_of
from assistant.structure.orgchart import End, Line, Node, Statement
from corpus.model import Manual
from corpus.spanish import fold

_LEVELS = 2
"""Of positions below each dependency: its head, and who reports to it."""


class CityNodeRecord(NodeRecord):
    """A box of a city's chart."""

    manual: str | None
    """The code of its manual; None for the city itself."""


class CityChartRecord(BaseModel):
    """The chart of a city. What a dependency's head reports to stands above it; that a dependency
    is one of the city is stated by nobody but the cover of its manual."""

    municipality: str
    nodes: list[CityNodeRecord]
    edges: list[EdgeRecord]


@dataclass(frozen=True)
class CityChart:
    """What is drawn of a city."""

    municipality: str
    branch: Branch
    manual_of: dict[str, str]
    """The code of each box's manual, by the id of the box."""

    @classmethod
    def of(cls, municipality: str, manuals: Iterable[Manual]) -> "CityChart":
        """The chart of a city from the manuals of its dependencies, in their order by name."""
        city = Node(fold(municipality), municipality)
        nodes, lines, manual_of = {city.id: city}, list[Line](), dict[str, str]()
        for manual in sorted(manuals, key=lambda m: (fold(m.dependency), m.code)):
            above = _superior(manual)
            superior = city
            if above is not None:
                superior = Node(fold(above.superior.title), above.superior.title)
                if superior.id not in nodes:
                    lines.append(Line(city, superior, ()))
            dependency = Node(manual.code, f"{manual.dependency or manual.code} ({manual.code})")
            below = list(_top_of(manual, dependency))
            lines += [Line(superior, dependency, above.statements if above else ()), *below]
            boxes = (dependency, *(line.report for line in below))
            nodes |= {box.id: box for box in (superior, *boxes)}
            manual_of |= dict.fromkeys((box.id for box in boxes), manual.code)
        hanging = {line.report.id: line for line in lines}
        return cls(municipality, Branch(tuple(nodes.values()), tuple(lines), hanging), manual_of)

    @property
    def heading(self) -> Heading:
        """The words around it."""
        codes = set(self.manual_of.values())
        posts = sum(not node.external for node in self.branch.nodes)
        counts = f"{len(codes)} {'dependencia' if len(codes) == 1 else 'dependencias'}, {posts} de "
        counts += "sus puestos: quien encabeza cada una y quien le reporta"
        kind, source = "Organigrama del municipio", "De los manuales de organización indexados"
        description = f"{kind} de {self.municipality}. {counts}."
        return Heading(kind, self.municipality, source, counts, description)

    def text(self) -> str:
        """As an indented tree."""
        return text_of(self.branch, self.heading)

    def svg(self) -> str:
        """As an SVG document."""
        return svg_of(self.branch, self.heading, hues_of(trees(self.branch)), self._key)

    def png(self) -> bytes:
        """As PNG, two pixels a unit of the SVG."""
        return png_of(self.svg(), None)

    def pdf(self) -> bytes:
        """As PDF on letter paper."""
        return pdf_of(self.branch, self.heading, hues_of(trees(self.branch)), self._key)

    def record(self) -> CityChartRecord:
        """As data."""
        return CityChartRecord(
            municipality=self.municipality,
            nodes=[
                CityNodeRecord(**node_of(node).model_dump(), manual=self.manual_of.get(node.id))
                for node in self.branch.nodes
            ],
            edges=[edge_of(line) for line in self.branch.lines],
        )

    @property
    def _key(self) -> str:
        return identifier("organigrama", self.municipality, "")


def _superior(manual: Manual) -> Line | None:
    """The line from whoever the sheet of the dependency's head names, who has no sheet in it."""
    head = next(iter(manual.positions), None)
    line = Knowledge(manual).chart.boss_line(head) if head else None
    return line if line is not None and line.superior.external else None


def _top_of(manual: Manual, dependency: Node) -> Iterator[Line]:
    """The lines from a dependency to its topmost positions, and from these to their reports.

    Ids of boxes are unique in the city: the manual's code goes before a sheet's number.
    """
    for root in trees(branch_of(Knowledge(manual).chart)):
        tops = root.children if root.node.external else [root]
        for top in tops:
            if top.is_reference or top.node.external:
                continue
            yield Line(dependency, _in_city(top.node, manual), _own_word(top))
            for place, depth in top.walk():
                if 0 < depth < _LEVELS and not place.is_reference and not place.node.external:
                    above = _in_city(_line_of(place).superior, manual)
                    yield Line(above, _in_city(place.node, manual), _line_of(place).statements)


def _own_word(top: Place) -> tuple[Statement, ...]:
    """What a topmost sheet says of where it belongs: its superior's name, else its own."""
    if top.line is not None and top.line.stated_by(End.CHILD):
        return top.line.statements
    position = top.node.position
    if position is None:
        raise AssertionError("a topmost box has a sheet")
    return (Statement(End.CHILD, position.number, position.page, position.title),)


def _line_of(place: Place) -> Line:
    if place.line is None:
        raise AssertionError("what is below a box hangs by a line")
    return place.line


def _in_city(node: Node, manual: Manual) -> Node:
    return replace(node, id=f"{manual.code} {node.id}")
