"""Answers on reporting lines: exact, from the sheets, with what contradicts them."""

import re
from dataclasses import replace

from assistant.answering.answer import AnswerKind
from assistant.answering.draft import Draft, Evidence, paragraphs
from assistant.answering.knowledge import Knowledge
from assistant.answering.suggestions import suggestions_for
from assistant.answering.unread import not_all_read, open_end, unread
from assistant.answering.wording import capital, numbered, of_the, plural, the, to_the
from assistant.structure.orgchart import Line, Node
from assistant.understanding.types import Understanding
from corpus.model import Position
from corpus.spanish import fold, joined, words

_DIRECTLY = re.compile(r"\bdirect[oa]s?\b|\bdirectamente\b|\binmediat")


def reports_to(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Whom a position reports to."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    line = knowledge.chart.boss_line(position)
    if line is None:
        return no_boss(position, knowledge)
    lines = [_step(line, numbered(position), evidence)]
    lines += knowledge.discrepancies.of_boss(position, evidence)
    return finish(position, lines, evidence, skip="reports_to")


def boss_of_boss(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Whom a position's superior reports to."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    lines = knowledge.chart.chain(position)
    if not lines:
        return no_boss(position, knowledge)
    first = lines[0]
    said = [_step(first, numbered(position), evidence)]
    if len(lines) > 1:
        title = first.superior.title
        said.append(f"Y {the(title)}, a su vez, le reporta {told_superior(lines[1], evidence)}.")
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
    said = [f"La cadena de mando {of_the(numbered(position))}, de abajo hacia arriba, es:"]
    for step, line in enumerate(lines, 1):
        said.append(f"{step}. {_step(line, line.report.title, evidence)}")
    last = lines[-1].superior
    if any(line.report.id == last.id for line in lines):
        said.append("Ahí el manual se cierra en círculo: las cédulas se nombran unas a otras.")
    elif last.external:
        said.append(_chart_ends(last))
    elif open_end(lines, position) is not None:
        said.append(
            f"Hasta ahí pude leer: en la cédula {of_the(last.title)} no, a quién le reporta."
        )
    said += knowledge.discrepancies.of_boss(position, evidence)
    return finish(position, said, evidence)


def reports_check(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Whether one position reports to another, directly or through others."""
    evidence = Evidence(knowledge.manual)
    report, superior = asked.positions[0], asked.positions[1]
    lines = knowledge.chart.chain(report)
    if not any(line.superior.id == superior.number for line in lines):
        backwards = knowledge.chart.chain(superior)
        if any(line.superior.id == report.number for line in backwards):
            said = [
                f"No, es al revés: {the(numbered(superior))} le reporta "
                f"{told_superior(backwards[0], evidence)}."
            ]
            if lines:
                said.append(_step(lines[0], numbered(report), evidence))
            return finish(report, said, evidence)
        top = open_end(lines, report)
        if top is not None:
            return no_boss(top, knowledge)
        said = [f"No. {_own_boss(report, lines, evidence)}"]
        said += knowledge.discrepancies.of_boss(report, evidence)
        return finish(report, said, evidence)
    if lines[0].superior.id == superior.number:
        said = [f"Sí, {the(numbered(report))} le reporta {told_superior(lines[0], evidence)}."]
        said += knowledge.discrepancies.of_boss(report, evidence)
        return finish(report, said, evidence)
    directly = _DIRECTLY.search(fold(asked.question))
    lead = "No directamente, sino a través de otros" if directly else "Sí, pero no directamente"
    said = [f"{lead}. {_own_boss(report, lines, evidence)}"]
    for line in lines[1:]:
        said.append(_step(line, line.report.title, evidence))
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
    steps = [f"{n}. {_step(line, line.report.title, evidence)}" for n, line in enumerate(lines, 1)]
    amid = [line.superior.title for line in lines[:-1]]
    ends = f"{the(numbered(report))} y {the(numbered(superior))}"
    count = plural(len(amid), "puesto", "puestos")
    lead = (
        f"Entre {ends} hay {count} de por medio ({joined(amid)}):"
        if amid
        else f"Entre {ends} no hay ningún puesto de por medio: le reporta directamente."
    )
    said = [lead, *steps, *knowledge.discrepancies.of_boss(report, evidence)]
    return finish(report, said, evidence)


def corrected(answer: Draft, premise: Understanding | None, knowledge: Knowledge) -> Draft:
    """The answer, led by what is wrong in the question's premise, if anything is."""
    if premise is None or answer.kind is not AnswerKind.ANSWER:
        return answer
    report, superior = premise.positions[0], premise.positions[1]
    if any(line.superior.id == superior.number for line in knowledge.chart.chain(report)):
        return answer
    correction = reports_check(premise, knowledge)
    return replace(
        answer,
        text=paragraphs([correction.text, answer.text]),
        rewritable=False,
        citations=tuple(dict.fromkeys((*correction.citations, *answer.citations))),
    )


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
        said = [
            f"Según sus cédulas, {the(numbered(one))} y {the(numbered(other))} no tienen un "
            "superior común."
        ]
        said += [
            f"{capital(the(c[0].report.title))} le reporta {told_superior(c[0], evidence)}."
            for c in (first, second)
            if c
        ]
        return finish(one, said, evidence)
    title = next(
        (x.superior.title for x in [*first, *second] if x.superior.id == shared), one.title
    )
    said = [
        f"El superior común más cercano {of_the(one.title)} y {of_the(other.title)} es "
        f"{the(title)}:"
    ]
    for line in [*_up_to(first, shared), *_up_to(second, shared)]:
        said.append(f"- {_step(line, line.report.title, evidence)}")
    return finish(one, said, evidence)


def peers(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Who else reports to a position's superior."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    line = knowledge.chart.boss_line(position)
    if line is None:
        return no_boss(position, knowledge)
    said = [_step(line, numbered(position), evidence)]
    superior = line.superior.position
    siblings = [
        (other, own)
        for other in knowledge.manual.positions
        if other.number != position.number
        and (own := knowledge.chart.boss_line(other)) is not None
        and own.superior.id == line.superior.id
    ]
    for other, own in siblings:
        said.append(f"- {capital(the(numbered(other)))} también {told_superior(own, evidence)}.")
    if not siblings:
        said.append("Ninguna otra cédula nombra al mismo superior.")
        said.append(bosses_not_read(knowledge))
    elif superior is not None:
        said.insert(
            1, f"Con el mismo superior hay {plural(len(siblings), 'puesto más', 'puestos más')}:"
        )
    return finish(position, said, evidence)


def _up_to(lines: list[Line], superior: str) -> list[Line]:
    taken: list[Line] = []
    for line in lines:
        if line.report.id == superior:
            break
        taken.append(line)
        if line.superior.id == superior:
            break
    return taken


def _step(line: Line, name: str, evidence: Evidence) -> str:
    """A line as a sentence; `name` is what the report is called in it."""
    return f"{capital(the(name))} le reporta {told_superior(line, evidence)}."


def told_superior(line: Line, evidence: Evidence) -> str:
    """ "a la Dirección de X (2.1) [2.1.3, p. 29]", with the printed name where it differs."""
    report, superior = line.report.position, line.superior.position
    if report is None and superior is not None and superior.direct_reports_printed is not None:
        mark = evidence.row(superior, superior.direct_reports_printed)
        return f"{to_the(numbered(superior))}, según la cédula de esta {mark}"
    stated = report.reports_to if report else None
    if report is None or stated is None:
        return to_the(line.superior.title)
    mark = evidence.row(report, stated)
    if superior is None:
        return f"{to_the(stated.text)}, que no tiene cédula en el manual {mark}"
    printed = (
        ""
        if words(stated.text) == words(superior.title)
        else f" (su cédula lo escribe «{stated.text}»)"
    )
    return f"{to_the(numbered(superior))}{printed} {mark}"


def _own_boss(report: Position, lines: list[Line], evidence: Evidence) -> str:
    if lines:
        return _step(lines[0], numbered(report), evidence)
    return _names_nobody(report, evidence) if report.reports_to else ""


def no_boss(position: Position, knowledge: Knowledge) -> Draft:
    """A position above which nobody is printed: denied only where the sheet prints it so."""
    if position.reports_to is None:
        return unread("a quién le reporta", position, knowledge)
    evidence = Evidence(knowledge.manual)
    return finish(position, [_names_nobody(position, evidence)], evidence)


def bosses_not_read(knowledge: Knowledge) -> str:
    """A warning where some sheets' superiors could not be read; else empty."""
    unread_in = (p for p in knowledge.manual.positions if p.reports_to is None)
    return not_all_read("a quién le reportan", unread_in, knowledge)


def _names_nobody(position: Position, evidence: Evidence) -> str:
    stated = position.reports_to
    if stated is None:
        raise LookupError(position.number)
    return (
        f"La cédula {of_the(numbered(position))} no nombra un puesto al que le reporte: dice "
        f"«{stated.text}» {evidence.row(position, stated)}."
    )


def _chart_ends(node: Node) -> str:
    return f"Hasta ahí llega el manual: {the(node.title)} no tiene cédula propia en él."


def finish(position: Position, said: list[str], evidence: Evidence, skip: str = "") -> Draft:
    return Draft(
        paragraphs(said),
        AnswerKind.ANSWER,
        tuple(evidence.citations),
        suggestions_for(position, skip),
        (position.number,),
    )
