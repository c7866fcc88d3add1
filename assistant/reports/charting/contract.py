"""The org chart as JSON: the contract that the command line, the API and others share."""

from pydantic import BaseModel, ConfigDict, Field

from assistant.reports.charting.branch import Branch
from assistant.structure.orgchart import End, Line, Node


class Evidence(BaseModel):
    """Where a sheet states a reporting line, verbatim."""

    section: str
    page: int
    quote: str


class NodeRecord(BaseModel):
    """A box of the chart."""

    id: str
    section: str | None
    """The number of its sheet; None for what has none."""
    title: str
    external: bool
    """Whether the manual has no sheet for it."""


class EdgeRecord(BaseModel):
    """A reporting line, from superior to report."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    superior: str = Field(alias="from")
    report: str = Field(alias="to")
    stated_by: list[End]
    evidence: list[Evidence]


class ChartRecord(BaseModel):
    """A chart, or a branch of one."""

    manual: str
    nodes: list[NodeRecord]
    edges: list[EdgeRecord]


def record_of(branch: Branch, manual: str) -> ChartRecord:
    """A branch of the chart of the manual with this code."""
    return ChartRecord(
        manual=manual,
        nodes=[node_of(node) for node in branch.nodes],
        edges=[edge_of(line) for line in branch.lines],
    )


def node_of(node: Node) -> NodeRecord:
    """A box."""
    section = node.position.number if node.position is not None else None
    return NodeRecord(id=node.id, section=section, title=node.title, external=node.external)


def edge_of(line: Line) -> EdgeRecord:
    """A line with its evidence."""
    return EdgeRecord(
        **{"from": line.superior.id, "to": line.report.id},
        stated_by=list(dict.fromkeys(s.end for s in line.statements)),
        evidence=[Evidence(section=s.section, page=s.page, quote=s.quote) for s in line.statements],
    )
