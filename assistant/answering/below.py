"""Answers on who reports to a position, directly or through others."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answering.blocks import Block, Paragraph, Place, item, paragraph, quoted
from assistant.answering.draft import Draft, Evidence
from assistant.answering.finishing import finish
from assistant.answering.knowledge import Knowledge
from assistant.answering.reporting import bosses_not_read, told_superior
from assistant.answering.unread import unread
from assistant.answering.wording import (
    PLURALS,
    capital,
    none_of,
    numbered,
    of_that_rank,
    of_the,
    plural,
    to_the,
    unstopped,
)
from assistant.structure.naming import Name, Rank
from assistant.structure.orgchart import End, Line
from assistant.understanding.types import Understanding
from corpus.model import Position
from corpus.spanish import joined, words


def direct_reports(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Who reports to a position, as its sheet lists them, and who else says so."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    stated = position.direct_reports_printed
    told = knowledge.discrepancies.of_reports(position, evidence)
    if stated is None:
        if not told:
            return unread("los puestos que le reportan", position, knowledge)
        lead = (
            f"En la cédula {of_the(numbered(position))} no pude leer los puestos que le reportan."
        )
        return finish(position, [paragraph(lead), *told], evidence, skip="direct_reports")
    if not position.direct_reports:
        lead = (
            f"{'No. ' if asked.yes_no else ''}Según su cédula, {to_the(numbered(position))} no le "
            "reporta ningún puesto: dice "
            if not stated.applies
            else f"La cédula {of_the(numbered(position))} lo dice así: "
        )
        denied = paragraph(lead, quoted(stated.text, evidence.row(position, stated)), ".")
        return finish(position, [denied, *told], evidence, skip="direct_reports")
    place = evidence.row(position, stated)
    lines = [each for each in knowledge.chart.lines_down(position) if each.stated_by(End.PARENT)]
    said = _of_rank(asked.rank, lines, position, place, knowledge) or [
        paragraph(
            f"{'Sí. ' if asked.yes_no else ''}{capital(to_the(numbered(position)))} le "
            f"{'reporta' if len(lines) == 1 else 'reportan'}, según su cédula: {_names(lines)} ",
            place,
            ".",
        )
    ]
    answer = finish(position, [*said, *told], evidence, skip="direct_reports")
    return replace(answer, listed=_in_order(asked.rank, lines))


def _in_order(rank: Rank | None, lines: Sequence[Line]) -> tuple[str, ...]:
    """The reports as they are told: those of the rank that is asked for first."""
    of_rank = [line for line in lines if Name.parse(printed_name(line)).rank is rank]
    first = of_rank if rank is not None else []
    told = [*first, *(line for line in lines if line not in first)]
    return tuple(
        line.report.position.number if line.report.position else printed_name(line) for line in told
    )


def _of_rank(
    rank: Rank | None,
    lines: Sequence[Line],
    position: Position,
    place: Place,
    knowledge: Knowledge,
) -> list[Paragraph] | None:
    """The reports of the rank that is asked for, apart from the others; None if that is all."""
    of_rank = [line for line in lines if Name.parse(printed_name(line)).rank is rank]
    if rank not in PLURALS or len(of_rank) == len(lines):
        return None
    if not of_rank:
        lead = (
            f"La cédula {of_the(numbered(position))} no enlista {none_of(rank)} entre los puestos "
            "que le reportan: enlista"
        )
        told = paragraph(f"{lead} {_names(lines)} ", place, ".")
        return [told, *further_down(rank, lines, position, knowledge)]
    others = [line for line in lines if line not in of_rank]
    further = further_down(rank, lines, position, knowledge)
    lead = f"De los puestos que le reportan {to_the(numbered(position))}, son {PLURALS[rank]}:"
    return [
        paragraph(f"{lead} {_names(of_rank)} ", place, "."),
        paragraph(f"Su cédula enlista además: {_names(others)} ", place, "."),
        *further,
    ]


def further_down(
    rank: Rank | None, lines: Sequence[Line], position: Position, knowledge: Knowledge
) -> list[Paragraph]:
    """The positions of a rank below those that report directly."""
    direct = {line.report.id for line in lines}
    names = [
        numbered(node.position)
        for node in knowledge.chart.below(position)
        if node.position is not None
        and node.id not in direct
        and Name.parse(node.position.title).rank is rank
    ]
    if not names:
        return []
    told = f"Más abajo hay además: {joined(names)}."
    total = len(names) + sum(Name.parse(printed_name(line)).rank is rank for line in lines)
    return [paragraph(f"{told} En total, {of_that_rank(total, rank)}." if rank else told)]


def all_reports(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Every position below one, direct or not."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    below = knowledge.chart.below(position)
    if not below:
        return direct_reports(asked, knowledge)
    count = plural(len(below), "puesto con cédula", "puestos con cédula")
    lead = f"Por debajo {of_the(numbered(position))} hay {count}, entre directos e indirectos:"
    said: list[Block] = [paragraph(lead)]
    for node in below:
        line = knowledge.chart.boss_line(node.position) if node.position else None
        if line is not None and node.position is not None:
            name = numbered(node.position)
            said.append(item(f"{name}: le reporta ", told_superior(line, evidence)))
    return finish(position, [*said, bosses_not_read(knowledge)], evidence)


def _names(lines: Iterable[Line]) -> str:
    return joined([_listed(line) for line in lines])


def printed_name(line: Line) -> str:
    """A report's name as the superior's sheet prints it."""
    stated = line.stated_by(End.PARENT)
    return unstopped(stated.quote) if stated else line.report.title


def _listed(line: Line) -> str:
    """A report as the superior's sheet names it, with the number of its own sheet."""
    report, printed = line.report, printed_name(line)
    if report.position is None:
        return printed
    if words(printed) == words(report.title):
        return numbered(report.position)
    return f"{printed} (sección {report.position.number}, {report.position.title})"
