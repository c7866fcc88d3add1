"""Answers from one position sheet: functions, objective, fields, the whole, its place."""

from itertools import groupby

from assistant.answering.blocks import Block, Place, bare, item, paragraph, quote, quoted
from assistant.answering.draft import Draft, Evidence
from assistant.answering.finishing import finish
from assistant.answering.knowledge import Knowledge
from assistant.answering.unread import unread
from assistant.answering.wording import capital, numbered, of_the, plural, the, to_the, unstopped
from assistant.understanding.printed_values import is_value
from assistant.understanding.types import Understanding
from corpus.model import Function, PassageKind, Position, Printed, heading_of
from corpus.spanish import fold, words

FIELD_NAMES = {
    "functional_title": "el puesto funcional",
    "nominal_title": "el puesto nominal",
    "secretaria": "la secretaría",
    "direccion": "la dirección",
    "area": "el área",
    "value": "el valor que aporta al puesto al que reporta",
    "type": "el tipo de puesto",
    "date": "la fecha de la cédula",
}


def functions(asked: Understanding, knowledge: Knowledge) -> Draft:
    """All functions of a position, in order, with their numbers and pages."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    if not position.functions:
        return no_functions(position, knowledge)
    count = plural(len(position.functions), "función", "funciones")
    lead = f"{capital(the(numbered(position)))} tiene {count} según su cédula:"
    lines: list[Block] = [paragraph(lead)]
    for _, on_page in groupby(position.functions, key=lambda f: f.page):
        of_page = [(f, evidence.function(position, f)) for f in on_page]
        shared = Place(tuple(at for _, place in of_page for at in place.citations))
        lines += [item(bare(f.text, place), number=f.number) for f, place in of_page[:-1]]
        last, place = of_page[-1]
        lines.append(item(bare(last.text, place), " ", shared, number=last.number))
    names = knowledge.discrepancies.of_name(position, evidence)
    return finish(position, [*lines, *names], evidence, skip="functions")


def function(asked: Understanding, knowledge: Knowledge) -> Draft:
    """One numbered function."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    if not position.functions:
        return no_functions(position, knowledge)
    found = _numbered_function(position, asked.number)
    if found is None:
        count = plural(len(position.functions), "función", "funciones")
        lead = (
            f"{capital(the(numbered(position)))} no tiene una función {asked.number}: su cédula "
            f"enlista {count} "
        )
        place = evidence.function(position, position.functions[-1])
        return finish(position, [paragraph(lead, place, ".")], evidence)
    lead = f"La función {found.number} {of_the(numbered(position))} es: "
    said = quoted(found.text, evidence.function(position, found))
    return finish(position, [paragraph(lead, said, ".")], evidence)


def no_functions(position: Position, knowledge: Knowledge) -> Draft:
    """A sheet without functions: denied only where its list of them was found, and is empty."""
    heading = position.functions_heading
    if heading is None:
        return unread("las funciones", position, knowledge)
    evidence = Evidence(knowledge.manual)
    place = evidence.cite(evidence.sheet(position), heading.text, heading.page)
    lead = f"La cédula {of_the(numbered(position))} no enlista funciones: bajo "
    printed = quote(heading.text, place)
    said = paragraph(lead, printed, " no hay ninguna impresa ", place, ".")
    return finish(position, [said], evidence)


def _numbered_function(position: Position, number: int | None) -> Function | None:
    if number == -1:
        return position.functions[-1] if position.functions else None
    return next((f for f in position.functions if f.number == number), None)


def objective(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The general objective of a position."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    stated = position.objective
    if stated is None:
        return unread("el objetivo", position, knowledge)
    if not stated.applies:
        lead = (
            f"La cédula {of_the(numbered(position))} no dice su objetivo: en su lugar está impreso "
        )
        said = quoted(stated.text, evidence.row(position, stated))
        return finish(position, [paragraph(lead, said, ".")], evidence)
    place = evidence.cite(evidence.sheet(position), stated.text, stated.page)
    lead = f"El objetivo general {of_the(numbered(position))} es: "
    said = quoted(stated.text, place)
    return finish(position, [paragraph(lead, said, ".")], evidence, skip="objective")


def field(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Another field of a sheet: type, value, area, date, titles."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    name = asked.field or "type"
    stated: Printed | None = getattr(position, name)
    label = FIELD_NAMES[name]
    if stated is None:
        return unread(label, position, knowledge)
    place = evidence.row(position, stated)
    if not stated.applies:
        lead = f"En la cédula {of_the(numbered(position))}, {label} no aplica: dice "
        said = paragraph(lead, quoted(stated.text, place), ".")
    else:
        whether = _whether(asked, stated.text, name, knowledge)
        lead = f"{whether}Según su cédula, {label} {of_the(numbered(position))} es "
        said = paragraph(lead, quoted(unstopped(stated.text), place), ".")
    return finish(position, [said], evidence)


def further(asked: Understanding, knowledge: Knowledge) -> Draft:
    """A field by the label that the sheet prints, as it stands there."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    section = evidence.sheet(position)
    label = asked.field or ""
    told = [
        quoted(line.text, evidence.cite(section, line.quote, line.page))
        for stated in position.further
        for line in stated.lines
        if stated.label == label or fold(line.text).startswith(fold(label))
    ]
    lead = f"La cédula {of_the(numbered(position))} dice, en «{label}»:"
    if len(told) == 1:
        return finish(position, [paragraph(f"{lead} ", told[0], ".")], evidence)
    return finish(position, [paragraph(lead), *map(item, told)], evidence)


def _whether(asked: Understanding, printed: str, name: str, knowledge: Knowledge) -> str:
    """ "Sí. " or "No. " where the question says a value that the field has here or elsewhere."""
    if not asked.yes_no:
        return ""
    if asked.wanted is not None:
        return "Sí. " if is_value(asked.wanted, printed, name) else "No. "
    said = words(asked.question)
    others = {
        value.text
        for position in knowledge.manual.positions
        if (value := getattr(position, name)) is not None and value.applies
    }
    told = [v for v in others if _says(said, words(v))]
    if not told:
        return ""
    return "Sí. " if words(max(told, key=len)) == words(printed) else "No. "


def _says(said: list[str], value: list[str]) -> bool:
    """Whether the words of a value stand together in what was said."""
    return any(said[i : i + len(value)] == value for i in range(len(said) - len(value) + 1))


def sheet(asked: Understanding, knowledge: Knowledge) -> Draft:
    """A position in a few sentences: what it is for, whom it reports to, how many functions."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    section = evidence.sheet(position)
    name = capital(the(numbered(position)))
    if position.objective is not None and position.objective.applies:
        stated = position.objective
        said = quoted(stated.text, evidence.cite(section, stated.text, stated.page))
        lines = [paragraph(f"{name} tiene como objetivo: ", said, ".")]
    else:
        place = evidence.heading(section)
        lines = [paragraph(f"{name} tiene su propia cédula ", place, ".")]
    boss = position.reports_to
    if boss is not None and boss.applies:
        place = evidence.row(position, boss)
        lines.append(paragraph(f"Le reporta {to_the(boss.text)} ", place, "."))
    reports = position.direct_reports_printed
    if reports is not None and position.direct_reports:
        place = evidence.row(position, reports)
        lines.append(paragraph(f"Le reportan: {unstopped(reports.text)} ", place, "."))
    if position.functions:
        first = position.functions[0]
        count = plural(len(position.functions), "función", "funciones")
        said = quoted(first.text, evidence.function(position, first))
        lines.append(paragraph(f"Su cédula enlista {count}; la primera: ", said, "."))
    lines += knowledge.discrepancies.of_name(position, evidence)
    return finish(position, lines, evidence)


def _on_page(page: int, knowledge: Knowledge, evidence: Evidence) -> Draft:
    """The sections that are printed on a page, each with what it begins with there."""
    manual = knowledge.manual
    lines: list[Block] = []
    for section in manual.sections:
        own = (p for p in section.passages if p.kind is not PassageKind.BOILERPLATE)
        there = next((p for p in own if p.page == page), None)
        if there is not None:
            place = evidence.passage(section, there)
            lines.append(item(f"{capital(heading_of(section))}: ", quoted(there.text, place)))
    if not lines:
        heading = evidence.heading(manual.sections[0])
        told = f"No leí texto en la página {page}; el manual tiene {manual.page_count} páginas "
        return evidence.draft([paragraph(told, heading, ".")])
    return evidence.draft([paragraph(f"En la página {page} está:"), *lines])


def locate(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The section number and page of a position or a chapter; or what stands on a page."""
    evidence = Evidence(knowledge.manual)
    if asked.number is not None:
        return _on_page(asked.number, knowledge, evidence)
    if asked.positions:
        position = asked.positions[0]
        section = evidence.sheet(position)
        place = evidence.heading(section)
        pages = (
            f"la página {section.page}"
            if section.last_page == section.page
            else f"las páginas {section.page} a {section.last_page}"
        )
        lead = f"La cédula {of_the(position.title)} es la sección {position.number}, en {pages} "
        said = paragraph(lead, place, ".")
        names = knowledge.discrepancies.of_name(position, evidence)
        return finish(position, [said, *names], evidence)
    section = asked.sections[0]
    place = evidence.heading(section)
    told = f" es la sección {section.number} y comienza en la página {section.page} "
    return evidence.draft([paragraph(evidence.named(section.title, place), told, place, ".")])
