"""Answers on reporting lines: exact, from the sheets, with what contradicts them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.answering.answer import AnswerKind
from assistant.answering.blocks import (
    Block,
    Note,
    Paragraph,
    Text,
    item,
    paragraph,
    quote,
    quoted,
    text,
)
from assistant.answering.draft import Draft, Evidence, joined_drafts
from assistant.answering.finishing import finish
from assistant.answering.knowledge import Knowledge
from assistant.answering.unread import not_all_read, open_end, unread
from assistant.answering.wording import capital, numbered, of_the, plural, the, to_the
from assistant.structure.orgchart import Line, Node
from assistant.understanding.types import Understanding
from corpus.model import Position
from corpus.spanish import fold, joined, words

_HAS_BOSS = re.compile(r"\btienen? (?:algun |algu?na |un |una )?(?:jef[ea]|superior)")
_DIRECTLY = re.compile(r"\bdirect[oa]s?\b|\bdirectamente\b|\binmediat")


def reports_to(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Whom a position reports to."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    line = knowledge.chart.boss_line(position)
    if line is None:
        return no_boss(position, knowledge)
    whether = "Sí. " if asked.yes_no and _HAS_BOSS.search(fold(asked.question)) else ""
    said = paragraph(whether, _step(line, numbered(position), evidence))
    told = knowledge.discrepancies.of_boss(position, evidence)
    return finish(position, [said, *told], evidence, skip="reports_to")


def boss_of_boss(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Whom a position's superior reports to."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    lines = knowledge.chart.chain(position)
    if not lines:
        return no_boss(position, knowledge)
    first = lines[0]
    said = [paragraph(_step(first, numbered(position), evidence))]
    if len(lines) > 1:
        lead = f"Y {the(first.superior.title)}, a su vez, le reporta "
        said.append(paragraph(lead, told_superior(lines[1], evidence), "."))
    else:
        said.append(_chart_ends(first.superior))
    return finish(position, said, evidence)


def chain(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The chain of command from a position up to the top."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    lines = knowledge.chart.chain(position)
    if not lines:
        return no_boss(position, knowledge)
    lead = f"La cadena de mando {of_the(numbered(position))}, de abajo hacia arriba, es:"
    said: list[Block] = [paragraph(lead), *_steps(lines, evidence)]
    last = lines[-1].superior
    if any(line.report.id == last.id for line in lines):
        told = "Ahí el manual se cierra en círculo: las cédulas se nombran unas a otras."
        said.append(paragraph(told))
    elif last.external:
        said.append(_chart_ends(last))
    elif open_end(lines, position) is not None:
        told = f"Hasta ahí pude leer: en la cédula {of_the(last.title)} no, a quién le reporta."
        said.append(paragraph(told))
    said += knowledge.discrepancies.of_boss(position, evidence)
    return finish(position, said, evidence)


def reports_check(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Whether one position reports to another, directly or through others."""
    evidence = Evidence(knowledge.manual)
    said: list[Block]
    report, superior = asked.positions[0], asked.positions[1]
    lines = knowledge.chart.chain(report)
    if not any(line.superior.id == superior.number for line in lines):
        backwards = knowledge.chart.chain(superior)
        if any(line.superior.id == report.number for line in backwards):
            lead = f"No, es al revés: {the(numbered(superior))} le reporta "
            said = [paragraph(lead, told_superior(backwards[0], evidence), ".")]
            if lines:
                said.append(paragraph(_step(lines[0], numbered(report), evidence)))
            return finish(report, said, evidence)
        top = open_end(lines, report)
        if top is not None:
            return no_boss(top, knowledge)
        said = [paragraph("No. ", _own_boss(report, lines, evidence))]
        said += knowledge.discrepancies.of_boss(report, evidence)
        return finish(report, said, evidence)
    if lines[0].superior.id == superior.number:
        lead = f"Sí, {the(numbered(report))} le reporta "
        said = [paragraph(lead, told_superior(lines[0], evidence), ".")]
        said += knowledge.discrepancies.of_boss(report, evidence)
        return finish(report, said, evidence)
    directly = _DIRECTLY.search(fold(asked.question))
    lead = "No directamente, sino a través de otros" if directly else "Sí, pero no directamente"
    said = [paragraph(f"{lead}. ", _own_boss(report, lines, evidence))]
    for line in lines[1:]:
        said.append(paragraph(_step(line, line.report.title, evidence)))
        if line.superior.id == superior.number:
            break
    return finish(report, said, evidence)


def between(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The chain of command between two positions, whichever is the higher one."""
    one, other = asked.positions[0], asked.positions[1]
    for report, superior in ((one, other), (other, one)):
        lines = _up_to(knowledge.chart.chain(report), superior.number)
        if lines and lines[-1].superior.id == superior.number:
            return _between(report, superior, lines, knowledge)
    return common_boss(asked, knowledge)


def _between(
    report: Position, superior: Position, lines: list[Line], knowledge: Knowledge
) -> Draft:
    evidence = Evidence(knowledge.manual)
    steps = _steps(lines, evidence)
    amid = [line.superior.title for line in lines[:-1]]
    ends = f"{the(numbered(report))} y {the(numbered(superior))}"
    count = plural(len(amid), "puesto", "puestos")
    lead = (
        f"Entre {ends} hay {count} de por medio ({joined(amid)}):"
        if amid
        else f"Entre {ends} no hay ningún puesto de por medio: le reporta directamente."
    )
    said = [paragraph(lead), *steps, *knowledge.discrepancies.of_boss(report, evidence)]
    return finish(report, said, evidence)


def corrected(answer: Draft, premise: Understanding | None, knowledge: Knowledge) -> Draft:
    """The answer, led by what is wrong in the question's premise, if anything is."""
    if premise is None or answer.kind is not AnswerKind.ANSWER:
        return answer
    report, superior = premise.positions[0], premise.positions[1]
    if any(line.superior.id == superior.number for line in knowledge.chart.chain(report)):
        return answer
    both = joined_drafts([reports_check(premise, knowledge), answer])
    return replace(answer, blocks=both.blocks, citations=both.citations, rewritable=False)


def common_boss(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The nearest superior that two positions share."""
    evidence = Evidence(knowledge.manual)
    one, other = asked.positions[0], asked.positions[1]
    first, second = knowledge.chart.chain(one), knowledge.chart.chain(other)
    above = [one.number, *(line.superior.id for line in first)]
    shared = next((i for i in [other.number, *(x.superior.id for x in second)] if i in above), None)
    if shared is None:
        top = open_end(first, one) or open_end(second, other)
        if top is not None:
            return no_boss(top, knowledge)
        both = f"{the(numbered(one))} y {the(numbered(other))}"
        said = [paragraph(f"Según sus cédulas, {both} no tienen un superior común.")]
        said += [paragraph(_step(c[0], c[0].report.title, evidence)) for c in (first, second) if c]
        return finish(one, said, evidence)
    title = next(
        (x.superior.title for x in [*first, *second] if x.superior.id == shared), one.title
    )
    same = bool(first and second) and first[0].superior.id == second[0].superior.id
    whether = ("Sí. " if same else "No. ") if asked.yes_no else ""
    lead = f"{whether}El superior común más cercano {of_the(one.title)} y {of_the(other.title)} es"
    both_ways = [*_up_to(first, shared), *_up_to(second, shared)]
    steps = (item(_step(line, line.report.title, evidence)) for line in both_ways)
    return finish(one, [paragraph(f"{lead} {the(title)}:"), *steps], evidence)


def peers(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Who else reports to a position's superior."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    line = knowledge.chart.boss_line(position)
    if line is None:
        return no_boss(position, knowledge)
    said: list[Block | None] = [paragraph(_step(line, numbered(position), evidence))]
    superior = line.superior.position
    siblings = [
        (other, own)
        for other in knowledge.manual.positions
        if other.number != position.number
        and (own := knowledge.chart.boss_line(other)) is not None
        and own.superior.id == line.superior.id
    ]
    for other, own in siblings:
        lead = f"{capital(the(numbered(other)))} también "
        said.append(item(lead, told_superior(own, evidence), "."))
    if not siblings:
        said.append(paragraph("Ninguna otra cédula nombra al mismo superior."))
        said.append(bosses_not_read(knowledge))
    elif superior is not None:
        count = plural(len(siblings), "puesto más", "puestos más")
        said.insert(1, paragraph(f"Con el mismo superior hay {count}:"))
    told = finish(position, said, evidence)
    return replace(told, listed=tuple(other.number for other, _ in siblings))


def _up_to(lines: list[Line], superior: str) -> list[Line]:
    taken: list[Line] = []
    for line in lines:
        if line.report.id == superior:
            break
        taken.append(line)
        if line.superior.id == superior:
            break
    return taken


def _steps(lines: Iterable[Line], evidence: Evidence) -> list[Block]:
    """Lines as the numbered steps of a chain."""
    return [
        item(_step(line, line.report.title, evidence), number=number)
        for number, line in enumerate(lines, 1)
    ]


def _step(line: Line, name: str, evidence: Evidence) -> Text:
    """A line as a sentence; `name` is what the report is called in it."""
    return text(f"{capital(the(name))} le reporta ", told_superior(line, evidence), ".")


def told_superior(line: Line, evidence: Evidence) -> Text:
    """ "a la Dirección de X (2.1)" and its place, with the printed name where it differs."""
    report, superior = line.report.position, line.superior.position
    if report is None and superior is not None and superior.direct_reports_printed is not None:
        place = evidence.row(superior, superior.direct_reports_printed)
        return f"{to_the(numbered(superior))}, según la cédula de esta ", place
    stated = report.reports_to if report else None
    if report is None or stated is None:
        return (to_the(line.superior.title),)
    place = evidence.row(report, stated)
    if superior is None:
        return f"{to_the(stated.text)}, que no tiene cédula en el manual ", place
    if words(stated.text) == words(superior.title):
        return f"{to_the(numbered(superior))} ", place
    name = f"{to_the(numbered(superior))} (su cédula lo escribe "
    return text(name, quote(stated.text, place), ") ", place)


def _own_boss(report: Position, lines: list[Line], evidence: Evidence) -> Text:
    if lines:
        return _step(lines[0], numbered(report), evidence)
    return _names_nobody(report, evidence) if report.reports_to else ()


def no_boss(position: Position, knowledge: Knowledge) -> Draft:
    """A position above which nobody is printed: denied only where the sheet prints it so."""
    if position.reports_to is None:
        return unread("a quién le reporta", position, knowledge)
    evidence = Evidence(knowledge.manual)
    return finish(position, [paragraph(_names_nobody(position, evidence))], evidence)


def bosses_not_read(knowledge: Knowledge) -> Note | None:
    """A warning where some sheets' superiors could not be read."""
    unread_in = (p for p in knowledge.manual.positions if p.reports_to is None)
    return not_all_read("a quién le reportan", unread_in, knowledge)


def _names_nobody(position: Position, evidence: Evidence) -> Text:
    stated = position.reports_to
    if stated is None:
        raise LookupError(position.number)
    lead = f"La cédula {of_the(numbered(position))} no nombra un puesto al que le reporte: dice "
    return text(lead, quoted(stated.text, evidence.row(position, stated)), ".")


def _chart_ends(node: Node) -> Paragraph:
    told = f"Hasta ahí llega el manual: {the(node.title)} no tiene cédula propia en él."
    return paragraph(told)
