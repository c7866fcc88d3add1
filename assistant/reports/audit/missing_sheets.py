"""Units that sheets name as superior, report or area, and that have no sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reports.audit.comparison import is_unit_name
from assistant.reports.audit.finding import Evidence, Finding, Kind, Severity
from assistant.reports.audit.places import resolve
from assistant.reports.audit.subject import Subject, said
from assistant.structure.naming import Name, Rank, rank_spelt
from corpus.model import DirectReport, Position, Printed
from corpus.spanish import joined, words

_NEXT_UNIT = re.compile(r"\s*(?:[,;/]|\b[ye]\b)\s+(?:la |el |las |los )?")


@dataclass(frozen=True)
class _Mention:
    position: Position
    printed: str
    role: str
    evidence: Evidence


def units_without_any_sheet(subject: Subject) -> Iterator[Finding]:
    """One finding for each such unit, with all sheets that name it."""
    named: dict[tuple[str, ...], list[_Mention]] = {}
    for position in subject.manual.positions:
        for mention in _mentions(subject, position):
            named.setdefault(tuple(rank_spelt(words(mention.printed))), []).append(mention)
    for mentions in named.values():
        yield _finding(mentions)


def _mentions(subject: Subject, position: Position) -> Iterator[_Mention]:
    boss = position.reports_to
    if (
        boss is not None
        and boss.applies
        and not subject.is_head(position)
        and _is_nobody(subject, boss.text, position)
    ):
        yield _Mention(position, boss.text, "boss", subject.row(position, boss))
    listed = position.direct_reports_printed
    for entry in position.direct_reports if listed else ():
        if listed and _lacks_sheet(subject, entry, position):
            yield _Mention(position, entry.name, "report", subject.row(position, listed))
    for field in (position.area, position.direccion):
        if _is_unit_field(field, boss) and field and _is_nobody(subject, field.text, position):
            yield _Mention(position, field.text, "area", subject.row(position, field))


def _is_unit_field(field: Printed | None, boss: Printed | None) -> bool:
    if field is None or not field.applies or not is_unit_name(field.text):
        return False
    return boss is None or words(field.text) != words(boss.text)


def _is_nobody(subject: Subject, printed: str, near: Position) -> bool:
    """Whether a name means no sheet at all, not even one of several."""
    if resolve(subject, printed, near) is not None:
        return False
    return not subject.names.candidates(printed) and not _names_several(subject, printed)


def _names_several(subject: Subject, printed: str) -> bool:
    """Whether a field names several units at once: "Dirección de Obras y Dirección de Agua"."""
    cuts = [m for m in _NEXT_UNIT.finditer(printed) if is_unit_name(printed[m.end() :])]
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(printed)]
    parts = [printed[start:end] for start, end in zip(starts, ends, strict=True)]
    return len(parts) > 1 and any(subject.names.candidates(part) for part in parts)


def _lacks_sheet(subject: Subject, entry: DirectReport, position: Position) -> bool:
    """Whether an entry is printed like a unit, and none of the sheets is its."""
    if entry.count is not None:
        return False
    name = Name.parse(entry.name)
    candidates = subject.names.candidates(entry.name)
    if not candidates:
        return is_unit_name(entry.name) and resolve(subject, entry.name, position) is None
    if name.rank is Rank.HEAD:
        return False
    is_any_desk = name.topic == ("oficina",) or len(candidates) > 1
    return is_any_desk and not any(subject.names.belongs_to(p, position) for p in candidates)


def _finding(mentions: list[_Mention]) -> Finding:
    bosses = [m for m in mentions if m.role == "boss"]
    reports = [m for m in mentions if m.role == "report"]
    areas = [m for m in mentions if m.role == "area"]
    name = (bosses or reports or areas)[0].printed
    told = []
    if bosses:
        told.append(
            f"{_told(bosses, name)} {'dice' if len(bosses) == 1 else 'dicen'} que le "
            f"reporta{'' if len(bosses) == 1 else 'n'}"
        )
    if reports:
        told.append(f"aparece entre los puestos que le reportan a {_told(reports, name)}")
    if areas and not bosses:
        told.append(f"es la unidad que {_told(areas, name)} dice como suya")
    kind = (
        Kind.BOSS_WITHOUT_SHEET
        if bosses
        else Kind.DIRECT_REPORT_WITHOUT_SHEET
        if reports
        else Kind.UNIT_WITHOUT_SHEET
    )
    evidence = tuple(dict.fromkeys(m.evidence for m in [*bosses, *reports, *areas]))
    return Finding(
        kind=kind,
        severity=Severity.HIGH if bosses else Severity.MEDIUM,
        sections=tuple(dict.fromkeys(m.position.number for m in [*bosses, *reports, *areas])),
        message=f"No hay cédula de «{name}»: {', y '.join(told)}.",
        evidence=evidence,
    )


def _told(mentions: list[_Mention], name: str) -> str:
    by_sheet = {m.position.number: m for m in mentions}.values()
    return joined(f"{said(m.position)} (p. {m.evidence.page}{_as(m, name)})" for m in by_sheet)


def _as(mention: _Mention, name: str) -> str:
    """How a mention is written, if not as the name is told."""
    return "" if mention.printed == name else f", escrito «{mention.printed}»"
