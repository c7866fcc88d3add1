"""What the tools look up: manuals, passages, sections, sheets and reporting lines."""

from collections.abc import Iterable

from assistant.answering.answer import Citation
from assistant.answering.draft import Evidence
from assistant.answering.finding import find_position
from assistant.answering.knowledge import Knowledge
from assistant.asking.library import Library, OpenManual
from assistant.faces.lookup.results import (
    Cited,
    ManualList,
    ManualSummary,
    ReportingLine,
    ReportingStep,
    SearchResult,
    SectionHeading,
    SectionText,
    Sheet,
    Unit,
)
from assistant.retrieval.evidence import Outcome, weigh
from assistant.structure.orgchart import Line, Node
from assistant.understanding.focus import NOTHING
from assistant.understanding.question import clean_question
from corpus.errors import AsistenteError
from corpus.model import Manual, Position, Printed, Section
from corpus.spanish import fold

_LONGEST_NUMBER = 64
_MOST_CODES = 10


class SeveralManualsError(AsistenteError):
    """Several manuals are indexed and none is named."""


class UnknownSectionError(AsistenteError):
    """The manual has no section of that number."""


def chosen_manual(library: Library, code: str | None) -> OpenManual:
    """The manual with a code, or the only one.

    Raises NoIndexError, SeveralManualsError and what `Library.manuals` does.
    """
    if code is not None:
        return library.manual(code)
    manuals = library.manuals()
    if len(manuals) > 1:
        codes = ", ".join(each.record.code for each in manuals[:_MOST_CODES])
        codes += ", …" if len(manuals) > _MOST_CODES else ""
        raise SeveralManualsError(f"Hay varios manuales ({codes}); diga cuál en «manual».")
    return manuals[0]


def manual_list(library: Library) -> ManualList:
    """All indexed manuals. Raises what `Library.manuals` does."""
    return ManualList(
        manuals=[
            ManualSummary(
                code=each.record.code,
                version=each.record.version,
                dependency=each.record.dependency,
                pages=each.record.pages,
                positions=each.record.positions,
            )
            for each in library.manuals()
        ]
    )


def passages_for(opened: OpenManual, question: str, limit: int, longest: int) -> SearchResult:
    """The `limit` best passages for a question of at most `longest` characters.

    Raises QuestionError.
    """
    asked = opened.knowledge.interpreter.understand(clean_question(question, longest), NOTHING)
    hits = opened.search(asked)
    enough = weigh(asked, hits).outcome is Outcome.SURE
    evidence = Evidence(opened.knowledge.manual)
    for chunk in (hit.chunk for hit in hits):
        section = evidence.manual.section(chunk.section)
        if section is not None:
            evidence.cite(section, chunk.quote, chunk.page, chunk.function)
    return SearchResult(
        manual=opened.record.code, enough=enough, citations=evidence.citations[:limit]
    )


def section_text(manual: Manual, number: str) -> SectionText:
    """A section by its number, in any case, accents or not. Raises UnknownSectionError."""
    wanted = fold(number.strip())
    section = next((s for s in manual.sections if fold(s.number) == wanted), None)
    if section is None:
        raise UnknownSectionError(
            f"El manual {manual.code} no tiene la sección «{number.strip()[:_LONGEST_NUMBER]}»."
        )
    evidence = Evidence(manual)
    for passage in section.passages:
        evidence.passage(section, passage)
    return SectionText(
        **_heading(section).model_dump(),
        manual=manual.code,
        breadcrumb=manual.breadcrumb(section),
        last_page=section.last_page,
        citations=evidence.citations,
        parts=[_heading(part) for part in manual.parts_of(section.number)],
    )


def sheet_of(knowledge: Knowledge, name: str) -> Sheet:
    """The sheet of the position that a name or number means. Raises PositionError."""
    position = find_position(knowledge, name)
    manual = knowledge.manual
    functions = Evidence(manual)
    for function in position.functions:
        functions.function(position, function)
    return Sheet(
        manual=manual.code,
        number=position.number,
        title=position.title,
        page=position.page,
        functional_title=_row(position, position.functional_title, manual),
        nominal_title=_row(position, position.nominal_title, manual),
        secretaria=_row(position, position.secretaria, manual),
        direccion=_row(position, position.direccion, manual),
        area=_row(position, position.area, manual),
        reports_to=_row(position, position.reports_to, manual),
        direct_reports=_row(position, position.direct_reports_printed, manual),
        value=_row(position, position.value, manual),
        type=_row(position, position.type, manual),
        objective=_objective(position, manual),
        functions=functions.citations,
    )


def reporting_line(knowledge: Knowledge, name: str) -> ReportingLine:
    """The reporting lines around the position that a name or number means.

    Raises PositionError.
    """
    position = find_position(knowledge, name)
    chart = knowledge.chart
    return ReportingLine(
        manual=knowledge.manual.code,
        position=Unit(number=position.number, title=position.title),
        above=_steps(chart.chain(position), knowledge.manual),
        below=_steps(chart.lines_down(position), knowledge.manual),
        contradictions=_steps(chart.other_claims(position), knowledge.manual),
    )


def _heading(section: Section) -> SectionHeading:
    return SectionHeading(number=section.number, title=section.title, page=section.page)


def _row(position: Position, printed: Printed | None, manual: Manual) -> Cited | None:
    if printed is None:
        return None
    evidence = Evidence(manual)
    evidence.row(position, printed)
    return Cited(text=printed.text, citation=evidence.citations[0])


def _objective(position: Position, manual: Manual) -> Cited | None:
    stated = position.objective
    if stated is None:
        return None
    evidence = Evidence(manual)
    evidence.cite(evidence.sheet(position), stated.text, stated.page)
    return Cited(text=stated.text, citation=evidence.citations[0])


def _steps(lines: Iterable[Line], manual: Manual) -> list[ReportingStep]:
    return [
        ReportingStep(
            report=_unit(line.report),
            superior=_unit(line.superior),
            citations=_stated(line, manual),
        )
        for line in lines
    ]


def _unit(node: Node) -> Unit:
    return Unit(number=node.position.number if node.position else None, title=node.title)


def _stated(line: Line, manual: Manual) -> list[Citation]:
    evidence = Evidence(manual)
    for statement in line.statements:
        section = manual.section(statement.section)
        if section is not None:
            evidence.cite(section, statement.quote, statement.page)
    return evidence.citations
