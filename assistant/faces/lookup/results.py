"""What the tools give back. Whatever states something of the manual carries its citations."""

from pydantic import BaseModel, Field

from assistant.answering.answer import Citation


class ManualSummary(BaseModel):
    """An indexed manual."""

    code: str
    version: str
    dependency: str
    pages: int
    positions: int


class ManualList(BaseModel):
    """All indexed manuals, by code."""

    manuals: list[ManualSummary]


class SearchResult(BaseModel):
    """The passages nearest to a question, best first."""

    manual: str
    enough: bool = Field(description="Si alguno basta para responder; si no, el manual no lo dice.")
    citations: list[Citation]


class SectionHeading(BaseModel):
    """A section by its heading."""

    number: str
    title: str
    page: int


class SectionText(SectionHeading):
    """A whole section: what is printed in it, passage by passage, and what parts it has."""

    manual: str
    breadcrumb: str
    last_page: int
    citations: list[Citation]
    parts: list[SectionHeading]


class Unit(BaseModel):
    """A position, or a unit without a sheet of its own; then `number` is null."""

    number: str | None
    title: str


class Cited(BaseModel):
    """A text, and the passage that prints it."""

    text: str
    citation: Citation


class Sheet(BaseModel):
    """A position's sheet. A field that the sheet does not print is null."""

    manual: str
    number: str
    title: str
    page: int
    functional_title: Cited | None
    nominal_title: Cited | None
    secretaria: Cited | None
    direccion: Cited | None
    area: Cited | None
    reports_to: Cited | None
    direct_reports: Cited | None
    value: Cited | None
    type: Cited | None
    objective: Cited | None
    functions: list[Citation]


class ReportingStep(BaseModel):
    """Who reports to whom, and the passages that say so."""

    report: Unit
    superior: Unit
    citations: list[Citation]


class ReportingLine(BaseModel):
    """The chain of command above a position, and who reports to it."""

    manual: str
    position: Unit
    above: list[ReportingStep] = Field(description="De abajo hacia arriba.")
    below: list[ReportingStep] = Field(description="Quienes le reportan directamente.")
    contradictions: list[ReportingStep] = Field(
        description="Lo que otra cédula dice y la propia del puesto no: el manual se contradice."
    )
