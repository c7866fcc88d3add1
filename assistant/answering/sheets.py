"""Answers from one position sheet: functions, objective, fields, the whole, its place."""

from itertools import groupby

from assistant.answering.answer import AnswerKind
from assistant.answering.by_field import is_value, value_asked_for
from assistant.answering.draft import Draft, Evidence, paragraphs
from assistant.answering.knowledge import Knowledge
from assistant.answering.suggestions import suggestions_for
from assistant.answering.unread import unread
from assistant.answering.wording import capital, numbered, of_the, plural, the, to_the, unstopped
from assistant.understanding.types import Understanding
from corpus.model import Function, Position, Printed
from corpus.spanish import words

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
    lines = [f"{capital(the(numbered(position)))} tiene {count} según su cédula:"]
    for _, on_page in groupby(position.functions, key=lambda f: f.page):
        of_page = list(on_page)
        marks = [evidence.function(position, f) for f in of_page]
        lines += [f"{f.number}. {f.text}" for f in of_page[:-1]]
        lines.append(f"{of_page[-1].number}. {of_page[-1].text} {marks[-1]}")
    names = knowledge.discrepancies.of_name(position, evidence)
    return _of(position, paragraphs([*lines, *names]), evidence, skip="functions")


def function(asked: Understanding, knowledge: Knowledge) -> Draft:
    """One numbered function."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    if not position.functions:
        return no_functions(position, knowledge)
    found = _numbered_function(position, asked.number)
    if found is None:
        mark = evidence.function(position, position.functions[-1])
        count = plural(len(position.functions), "función", "funciones")
        text = (
            f"{capital(the(numbered(position)))} no tiene una función {asked.number}: su cédula "
            f"enlista {count} {mark}."
        )
        return _of(position, text, evidence)
    mark = evidence.function(position, found)
    text = f"La función {found.number} {of_the(numbered(position))} es: «{found.text}» {mark}."
    return _of(position, text, evidence)


def no_functions(position: Position, knowledge: Knowledge) -> Draft:
    """A sheet without functions: denied only where its list of them was found, and is empty."""
    heading = position.functions_heading
    if heading is None:
        return unread("las funciones", position, knowledge)
    evidence = Evidence(knowledge.manual)
    mark = evidence.cite(evidence.sheet(position), heading.text, heading.page)
    text = (
        f"La cédula {of_the(numbered(position))} no enlista funciones: bajo «{heading.text}» no "
        f"hay ninguna impresa {mark}."
    )
    return _of(position, text, evidence)


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
        text = (
            f"La cédula {of_the(numbered(position))} no dice su objetivo: en su lugar está impreso "
            f"«{stated.text}» {evidence.row(position, stated)}."
        )
        return _of(position, text, evidence)
    mark = evidence.cite(evidence.sheet(position), stated.text, stated.page)
    text = f"El objetivo general {of_the(numbered(position))} es: «{stated.text}» {mark}."
    return _of(position, text, evidence, skip="objective")


def field(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Another field of a sheet: type, value, area, date, titles."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    name = asked.field or "type"
    stated: Printed | None = getattr(position, name)
    label = FIELD_NAMES[name]
    if stated is None:
        return unread(label, position, knowledge)
    mark = evidence.row(position, stated)
    if not stated.applies:
        text = (
            f"En la cédula {of_the(numbered(position))}, {label} no aplica: dice «{stated.text}» "
            f"{mark}."
        )
    else:
        lead = _whether(asked, stated.text, name, knowledge)
        text = (
            f"{lead}Según su cédula, {label} {of_the(numbered(position))} es "
            f"«{unstopped(stated.text)}» {mark}."
        )
    return _of(position, text, evidence)


def _whether(asked: Understanding, printed: str, name: str, knowledge: Knowledge) -> str:
    """ "Sí. " or "No. " where the question says a value that the field has here or elsewhere."""
    if not asked.yes_no:
        return ""
    wanted = value_asked_for(asked.question, name)
    if wanted is not None:
        return "Sí. " if is_value(wanted, printed, name) else "No. "
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
    lines = []
    if position.objective is not None and position.objective.applies:
        stated = position.objective
        mark = evidence.cite(section, stated.text, stated.page)
        lines.append(
            f"{capital(the(numbered(position)))} tiene como objetivo: «{stated.text}» {mark}."
        )
    else:
        lines.append(
            f"{capital(the(numbered(position)))} tiene su propia cédula "
            f"{evidence.heading(section)}."
        )
    boss = position.reports_to
    if boss is not None and boss.applies:
        lines.append(f"Le reporta {to_the(boss.text)} {evidence.row(position, boss)}.")
    reports = position.direct_reports_printed
    if reports is not None and position.direct_reports:
        lines.append(f"Le reportan: {unstopped(reports.text)} {evidence.row(position, reports)}.")
    if position.functions:
        first = position.functions[0]
        count = plural(len(position.functions), "función", "funciones")
        lines.append(
            f"Su cédula enlista {count}; la primera: «{first.text}» "
            f"{evidence.function(position, first)}."
        )
    lines += knowledge.discrepancies.of_name(position, evidence)
    return _of(position, paragraphs(lines), evidence)


def locate(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The section number and page of a position or a chapter."""
    evidence = Evidence(knowledge.manual)
    if asked.positions:
        position = asked.positions[0]
        section = evidence.sheet(position)
        mark = evidence.heading(section)
        pages = (
            f"la página {section.page}"
            if section.last_page == section.page
            else f"las páginas {section.page} a {section.last_page}"
        )
        text = (
            f"La cédula {of_the(position.title)} es la sección {position.number}, en {pages} "
            f"{mark}."
        )
        lines = [text, *knowledge.discrepancies.of_name(position, evidence)]
        return _of(position, paragraphs(lines), evidence)
    section = asked.sections[0]
    mark = evidence.heading(section)
    return Draft(
        f"«{section.title}» es la sección {section.number} y comienza en la página {section.page} "
        f"{mark}.",
        citations=tuple(evidence.citations),
    )


def _of(position: Position, text: str, evidence: Evidence, skip: str = "") -> Draft:
    return Draft(
        text,
        AnswerKind.ANSWER,
        tuple(evidence.citations),
        suggestions_for(position, skip),
        (position.number,),
    )
