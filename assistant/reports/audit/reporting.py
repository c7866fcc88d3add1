"""Reporting lines that the two ends tell differently."""

import re
from collections.abc import Iterator

from assistant.render.places import on_page
from assistant.reports.audit.finding import Finding, Kind, Severity
from assistant.reports.audit.subject import Subject, said
from assistant.structure.naming import Name
from assistant.structure.orgchart import End, Line
from corpus.model import Position
from corpus.spanish import fold, words

_DESK = ("oficina",)
"""The topic of a "Jefatura de Oficina": any unit may have one, so its name alone tells nothing."""

_IN_GENERAL = re.compile(
    r"(?:tod[oa]s )?(?:l[oa]s )?(?:(?:sub)?direcciones|(?:sub)?directores|coordinaciones"
    r"|coordinadores|jefaturas|jefes|departamentos|unidades|areas|titulares|personal)\b"
)


def lines_not_reciprocal(subject: Subject) -> Iterator[Finding]:
    """A sheet lists a report whose own sheet names another superior; or a sheet names a superior
    whose sheet does not list it. Where both are so of one position, the first tells it."""
    for line in subject.chart.lines():
        superior, report = line.superior.position, line.report.position
        if superior is None or report is None:
            continue
        if not line.stated_by(End.CHILD):
            yield from _claimed(subject, line, superior, report)
        elif not line.stated_by(End.PARENT) and not _claims(subject, report):
            yield from _not_listed(subject, superior, report)


def sheets_nobody_lists(subject: Subject) -> Iterator[Finding]:
    """A sheet that no sheet lists, and that names no superior that could."""
    listed = {
        line.report.id for line in subject.chart.lines() if line.stated_by(End.PARENT) is not None
    }
    all_lists_read = all(p.direct_reports_printed is not None for p in subject.manual.positions)
    for position in subject.manual.positions:
        if position.number in listed or subject.is_head(position):
            continue
        own = subject.chart.boss_line(position)
        if own is not None and not own.superior.external:
            continue  # told as a line that is not reciprocal
        stated = position.reports_to
        if stated is None or not all_lists_read:
            continue  # what could not be read is no contradiction
        evidence = [subject.heading(position), subject.row(position, stated)]
        names = f"nombra como superior a «{stated.text}»"
        yield Finding(
            kind=Kind.SHEET_NOBODY_LISTS,
            severity=Severity.MEDIUM,
            sections=(position.number,),
            message=f"Ninguna cédula enlista a {said(position)} entre los puestos que le reportan; "
            f"su propia cédula {names} (p. {evidence[-1].page}).",
            evidence=tuple(evidence),
        )


def numbers_under_another_boss(subject: Subject) -> Iterator[Finding]:
    """A sheet is numbered under one position and reports to another."""
    for position in subject.manual.positions:
        above = subject.manual.position(position.number.rpartition(".")[0])
        own = subject.chart.boss_line(position)
        boss = own.superior.position if own else None
        if above is None or boss is None or boss == above:
            continue
        if any(claim.superior.position == above for claim in _claims(subject, position)):
            continue  # told as a position with two superiors
        stated = position.reports_to
        if stated is None:
            continue
        row = subject.row(position, stated)
        yield Finding(
            kind=Kind.NUMBER_UNDER_ANOTHER_BOSS,
            severity=Severity.MEDIUM,
            sections=(position.number, above.number, boss.number),
            message=f"Por su número, {said(position)} depende de {said(above)}, pero su cédula "
            f"dice que le reporta a «{stated.text}» ({boss.number}, {on_page(row.page)}).",
            evidence=(*(subject.heading(p) for p in (position, above)), row, subject.heading(boss)),
        )


def reporting_cycles(subject: Subject) -> Iterator[Finding]:
    """Positions that, going up, come back to themselves."""
    told: set[str] = set()
    for position in subject.manual.positions:
        circle = _circle(subject, position)
        if not circle or position.number in told:
            continue
        told |= {p.number for p in circle}
        rows = [subject.row(p, p.reports_to) for p in circle if p.reports_to]
        way = ", que le reporta a ".join(said(p) for p in [*circle, circle[0]])
        yield Finding(
            kind=Kind.REPORTING_CYCLE,
            severity=Severity.HIGH,
            sections=tuple(p.number for p in circle),
            message=f"Según sus cédulas, {way}: la línea de mando da la vuelta y no llega a nadie.",
            evidence=tuple(rows),
        )


def _circle(subject: Subject, position: Position) -> list[Position]:
    """The positions from one up to itself again; empty if the way up does not come back."""
    stated = position.reports_to
    if stated is not None and stated.applies:
        resolved = subject.names.resolve(stated.text, near=position)
        if resolved == position:
            return [position]
    way = [position]
    for line in subject.chart.chain(position):
        if line.superior.position == position:
            return way
        if line.superior.position is not None:
            way.append(line.superior.position)
    return []


def _claims(subject: Subject, position: Position) -> list[Line]:
    return [
        line
        for line in subject.chart.other_claims(position)
        if not _is_any_desk(subject, line, position)
    ]


def _is_any_desk(subject: Subject, line: Line, report: Position) -> bool:
    """Whether a sheet lists a "Jefatura de Oficina" that need not be the one of that sheet."""
    claim = line.stated_by(End.PARENT)
    own = subject.chart.boss_line(report)
    elsewhere = (
        own is not None
        and own.superior.position not in (None, line.superior.position)
        and not report.number.startswith(f"{line.superior.id}.")
    )
    return claim is not None and elsewhere and Name.parse(claim.quote).topic == _DESK


def _claimed(
    subject: Subject, line: Line, superior: Position, report: Position
) -> Iterator[Finding]:
    listed, stated = superior.direct_reports_printed, report.reports_to
    if listed is None or line not in _claims(subject, report):
        return
    here = subject.row(superior, listed)
    there = subject.row(report, stated) if stated else subject.heading(report)
    own = subject.chart.boss_line(report)
    says = f"que le reporta a «{stated.text}»" if stated and stated.applies else "otra cosa"
    message = (
        f"La cédula {said(superior)} enlista a {said(report)} entre los puestos que le reportan "
        f"(p. {here.page}), pero la cédula de ese puesto dice {says} (p. {there.page})."
    )
    sections = [superior.number, report.number]
    evidence = [here, there]
    boss = own.superior.position if own else None
    if own and boss and not own.stated_by(End.PARENT) and boss.direct_reports_printed:
        sections.append(boss.number)
        evidence.append(subject.row(boss, boss.direct_reports_printed))
        message += f" Y la cédula {said(boss)} no lo enlista (p. {evidence[-1].page})."
    yield Finding(
        kind=Kind.CLAIMED_BY_ANOTHER_BOSS,
        severity=Severity.HIGH,
        sections=tuple(sections),
        message=message,
        evidence=tuple(evidence),
    )


def _lists_in_general(superior: Position) -> bool:
    """Whether a sheet names its reports by their rank only: "Coordinaciones y Jefaturas"."""
    return any(_IN_GENERAL.match(fold(entry.name)) for entry in superior.direct_reports)


def _not_listed(subject: Subject, superior: Position, report: Position) -> Iterator[Finding]:
    listed, stated = superior.direct_reports_printed, report.reports_to
    if listed is None or stated is None or _lists_in_general(superior):
        return
    there, here = subject.row(superior, listed), subject.row(report, stated)
    instead = (
        "no lo enlista entre los puestos que le reportan"
        if listed.applies and words(listed.text)
        else f"dice que no le reporta nadie («{listed.text}»)"
    )
    yield Finding(
        kind=Kind.NOT_LISTED_BY_BOSS,
        severity=Severity.MEDIUM,
        sections=(superior.number, report.number),
        message=f"La cédula {said(report)} dice que le reporta a «{stated.text}» (p. {here.page}), "
        f"pero la cédula {said(superior)} {instead} (p. {there.page}).",
        evidence=(here, there),
    )
