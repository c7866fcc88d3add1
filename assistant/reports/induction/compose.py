"""Composes the pack of a position: one function a part, listed in `PARTS`."""

import re
from collections.abc import Callable, Sequence

from assistant.answering.blocks import bare, quote
from assistant.answering.draft import Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import capital, numbered, of_the, the
from assistant.render.plain import plain_text
from assistant.reports.induction.colleagues import colleagues
from assistant.reports.induction.pack import InductionPack, Part, PartKind, Statement, stated
from assistant.reports.induction.quiz import self_check
from assistant.structure.orgchart import Line
from corpus.model import Manual, Passage, PassageKind, Position, Section, SectionKind
from corpus.spanish import fold

_MUST_KNOW = re.compile(r"conozca[n]? y entienda[n]?")
_ROMAN_ITEM = re.compile(r"([ivx]+)[.)]\s+(.+)", re.DOTALL)


def induction_pack(position: Position, knowledge: Knowledge) -> InductionPack:
    """The pack of a position. What the manual doesn't say is left out, nothing is made up."""
    manual = knowledge.manual
    dependency = f", de la dependencia {manual.dependency}" if manual.dependency else ""
    parts = (part for make in PARTS if (part := make(position, knowledge)) is not None)
    return InductionPack(
        manual=manual.code,
        version=manual.version,
        emission=manual.emission_printed,
        dependency=manual.name,
        position=position.number,
        title=position.title,
        welcome=(
            f"Esta es la inducción al puesto {of_the(numbered(position))}{dependency}. "
            f"Todo lo que sigue está en el manual {manual.code}; "
            "si algo difiere, vale el manual impreso."
        ),
        parts=tuple(parts),
        quiz=self_check(position, knowledge),
    )


def _must_know(_: Position, knowledge: Knowledge) -> Part | None:
    """What the guidelines of the manual itself say that everyone must know."""
    manual = knowledge.manual
    found = next(
        (
            (section, at)
            for section in manual.sections
            if section.kind is not SectionKind.SHEET
            for at, passage in enumerate(section.passages)
            if _MUST_KNOW.search(passage.text)
        ),
        None,
    )
    if found is None:
        return None
    section, at = found
    statements = []
    for passage in section.passages[at + 1 :]:
        item = _ROMAN_ITEM.fullmatch(passage.text)
        if item is None:
            break
        statements.append(_cited(manual, section, passage, number=item[1], words=item[2]))
    lead = "Los lineamientos del manual piden que cada persona conozca y entienda:"
    return _part(PartKind.MUST_KNOW, "Lo que debe conocer", statements, lead)


def _dependency_objective(_: Position, knowledge: Knowledge) -> Part | None:
    section = _chapter(knowledge.manual, "objetivo general", "objetivo de la dependencia")
    return _text_of(PartKind.DEPENDENCY_OBJECTIVE, "Objetivo de la dependencia", knowledge, section)


def _mission_and_vision(_: Position, knowledge: Knowledge) -> Part | None:
    manual = knowledge.manual
    statements = [
        each
        for title in ("misión", "visión")
        for each in _said_in(_chapter(manual, title), manual, f"{capital(title)}: ")
    ]
    return _part(PartKind.MISSION_AND_VISION, "Misión y visión", statements)


def _objective(position: Position, knowledge: Knowledge) -> Part | None:
    objective = position.objective
    if objective is None:
        return None
    evidence = Evidence(knowledge.manual)
    place = evidence.cite(evidence.sheet(position), objective.text, objective.page)
    told = [stated(quote(objective.text, place), citations=evidence.citations)]
    return _part(PartKind.OBJECTIVE, "El objetivo de su puesto", told)


def _functions(position: Position, knowledge: Knowledge) -> Part | None:
    statements = []
    for function in position.functions:
        evidence = Evidence(knowledge.manual)
        said = bare(function.text, evidence.function(position, function))
        number = str(function.number)
        statements.append(stated(said, citations=evidence.citations, number=number))
    return _part(PartKind.FUNCTIONS, "Sus funciones", statements)


def _reports_to(position: Position, knowledge: Knowledge) -> Part | None:
    chain = knowledge.chart.chain(position)
    statements = []
    for step, line in enumerate(chain):
        evidence = Evidence(knowledge.manual)
        report, superior = line.report.position, line.superior.position
        if report is not None and report.reports_to is not None:
            evidence.row(report, report.reports_to)
        elif superior is not None and superior.direct_reports_printed is not None:
            evidence.row(superior, superior.direct_reports_printed)
        whom = "Usted le reporta" if not step else f"{capital(the(line.report.title))} le reporta"
        told = f"{whom} a {the(_titled(line))}."
        statements.append(stated(told, citations=evidence.citations))
    return _part(PartKind.REPORTS_TO, "A quién le reporta", statements)


def _reports(position: Position, knowledge: Knowledge) -> Part | None:
    printed = position.direct_reports_printed
    if printed is None:
        return None
    evidence = Evidence(knowledge.manual)
    place, cited = evidence.row(position, printed), evidence.citations
    statements = [
        stated(entry.printed.rstrip(" .;"), citations=cited) for entry in position.direct_reports
    ]
    if not statements:
        said = quote(printed.text, place)
        told = stated("Su cédula dice ", said, ": no le reporta ningún puesto.", citations=cited)
        statements = [told]
    return _part(PartKind.REPORTS, "Quién le reporta", statements)


def _place(position: Position, knowledge: Knowledge) -> Part | None:
    """Direction and area, as the sheet prints them; the picture of the branch goes with it."""
    evidence = Evidence(knowledge.manual)
    rows = (
        ("Secretaría", position.secretaria),
        ("Dirección", position.direccion),
        ("Área", position.area),
    )
    statements = []
    for label, printed in rows:
        if printed is not None and printed.applies:
            evidence = Evidence(knowledge.manual)
            evidence.row(position, printed)
            told = f"{label}: {printed.text}"
            statements.append(stated(told, citations=evidence.citations))
    return _part(PartKind.PLACE, "Su lugar en la organización", statements)


def _colleagues(position: Position, knowledge: Knowledge) -> Part | None:
    lead = "Según las cédulas que se nombran unas a otras:"
    found = colleagues(position, knowledge)
    return _part(PartKind.COLLEAGUES, "Con quién trabajará más", found, lead)


def _legal_framework(_: Position, knowledge: Knowledge) -> Part | None:
    manual = knowledge.manual
    framework = _chapter(manual, "marco jur", "marco legal", "marco normativo")
    if framework is None:
        return None
    sections = [framework, *manual.parts_of(framework.number)]
    statements = [
        _cited(manual, section, passage, words=passage.text)
        for section in sections
        for passage in _body(section)
    ]
    return _part(PartKind.LEGAL_FRAMEWORK, "Marco jurídico", statements)


def _discrepancies(position: Position, knowledge: Knowledge) -> Part | None:
    """Where the manual contradicts itself about this position."""
    statements = []
    for find in (
        knowledge.discrepancies.of_name,
        knowledge.discrepancies.of_boss,
        knowledge.discrepancies.of_reports,
    ):
        evidence = Evidence(knowledge.manual)
        found = find(position, evidence)
        if found:
            told = " ".join(plain_text(each.parts, None) for each in found)
            statements.append(stated(capital(told), citations=evidence.citations))
    lead = "En estos puntos el manual se contradice; pregunte a su superior cuál vale:"
    return _part(PartKind.DISCREPANCIES, "Para aclarar", statements, lead)


PARTS: tuple[Callable[[Position, Knowledge], Part | None], ...] = (
    _must_know,
    _dependency_objective,
    _mission_and_vision,
    _objective,
    _functions,
    _reports_to,
    _reports,
    _place,
    _colleagues,
    _legal_framework,
    _discrepancies,
)
"""The parts in the order in which they are read; each gives None where the manual says nothing."""


def _part(
    kind: PartKind, title: str, statements: Sequence[Statement], lead: str = ""
) -> Part | None:
    if not statements:
        return None
    return Part(kind=kind, title=title, lead=lead, statements=tuple(statements))


def _text_of(
    kind: PartKind, title: str, knowledge: Knowledge, section: Section | None
) -> Part | None:
    return _part(kind, title, _said_in(section, knowledge.manual))


def _said_in(section: Section | None, manual: Manual, lead: str = "") -> list[Statement]:
    """The running text of a section, quoted; nothing where there is no such section."""
    if section is None:
        return []
    return [_cited(manual, section, passage, lead) for passage in _body(section)]


def _cited(
    manual: Manual,
    section: Section,
    passage: Passage,
    lead: str = "",
    *,
    words: str | None = None,
    number: str | None = None,
) -> Statement:
    """A passage in quotation marks, or those of its words that are given, without."""
    evidence = Evidence(manual)
    place = evidence.passage(section, passage)
    said = quote(passage.text, place) if words is None else bare(words, place)
    return stated(lead, said, citations=evidence.citations, number=number)


def _body(section: Section) -> list[Passage]:
    kinds = (PassageKind.PARAGRAPH, PassageKind.ITEM)
    return [p for p in section.passages if p.kind in kinds]


def _chapter(manual: Manual, *titles: str) -> Section | None:
    """The first chapter whose title holds one of these, the earlier ones first."""
    chapters = [s for s in manual.sections if s.kind is SectionKind.CHAPTER]
    return next((s for title in titles for s in chapters if fold(title) in fold(s.title)), None)


def _titled(line: Line) -> str:
    superior = line.superior
    return numbered(superior.position) if superior.position else superior.title
