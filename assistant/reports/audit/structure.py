"""The list of VIII and the charts of IX against the sheets."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from assistant.reports.audit.comparison import is_unit_name
from assistant.reports.audit.finding import Evidence, Finding, Kind, Severity
from assistant.reports.audit.subject import Subject, place, said
from corpus.model import Position


def numbers_that_differ(subject: Subject) -> Iterator[Finding]:
    """VIII or IX give a unit another number than its sheet."""
    charted = [(entry, position) for entry, _, position in subject.pairing.charted]
    for entry, position in [*subject.pairing.listed, *charted]:
        if entry.number == position.number:
            continue
        there, here = subject.unit(entry), subject.heading(position)
        yield Finding(
            kind=Kind.NUMBER_MISMATCH,
            severity=Severity.HIGH,
            sections=(position.number, there.section),
            message=f"«{position.title}» es {entry.number} en el {place(there)}, y "
            f"{position.number} en el encabezado de su cédula (p. {here.page}).",
            evidence=(there, here),
        )


def units_without_sheet(subject: Subject) -> Iterator[Finding]:
    """VIII lists, or IX draws, a unit that has no sheet."""
    for entry in subject.pairing.unmatched:
        if not is_unit_name(entry.title):
            continue
        there = subject.unit(entry)
        yield Finding(
            kind=Kind.LISTED_WITHOUT_SHEET,
            severity=Severity.HIGH,
            sections=(there.section,),
            message=f"El {place(there)}, enlista {entry.number} «{entry.title}», pero no hay "
            "cédula de ese puesto.",
            evidence=(there,),
        )
    for entry in subject.pairing.uncharted:
        if not is_unit_name(entry.title):
            continue  # "Organigrama general"
        there = subject.unit(entry)
        yield Finding(
            kind=Kind.CHART_WITHOUT_SHEET,
            severity=Severity.MEDIUM,
            sections=(there.section,),
            message=f"El {place(there)}, dibuja {entry.number} «{entry.title}», pero no hay "
            "cédula de esa unidad.",
            evidence=(there,),
        )


def sheets_not_listed(subject: Subject) -> Iterator[Finding]:
    """A sheet that the list of VIII leaves out."""
    if not subject.pairing.listed:
        return  # the manual has no list
    numbered = {entry.number: entry for entry, _ in subject.pairing.listed}
    for position in subject.pairing.unlisted:
        above = numbered.get(position.number.rpartition(".")[0])
        nearby = subject.unit(above or subject.pairing.listed[0][0])
        under = f" bajo {above.number} «{above.title}»" if above else ""
        yield Finding(
            kind=Kind.SHEET_NOT_LISTED,
            severity=Severity.HIGH,
            sections=(position.number, nearby.section),
            message=f"{said(position)} tiene cédula (p. {position.page}), pero el "
            f"{place(nearby)}, no lo enlista{under}.",
            evidence=(subject.heading(position), nearby),
        )


def repeated_numbers(subject: Subject) -> Iterator[Finding]:
    """Two sheets, or two lines of VIII, with one number."""
    sheets = [(p.number, subject.heading(p), p.title) for p in subject.manual.positions]
    entries = [(e.number, subject.unit(e), e.title) for e in subject.manual.structure]
    for things, what in ((sheets, "cédulas"), (entries, "líneas de la lista de unidades")):
        for number, count in Counter(n for n, _, _ in things).items():
            if count > 1:
                same = [(e, title) for n, e, title in things if n == number]
                told = "; ".join(f"«{title}» (p. {e.page})" for e, title in same)
                yield Finding(
                    kind=Kind.REPEATED_NUMBER,
                    severity=Severity.HIGH,
                    sections=tuple(dict.fromkeys(e.section for e, _ in same)),
                    message=f"Hay {count} {what} con el número {number}: {told}.",
                    evidence=tuple(e for e, _ in same),
                )


def missing_numbers(subject: Subject) -> Iterator[Finding]:
    """A gap among sister sheets that neither VIII nor another number of VIII explains."""
    explained = {e.number for e in subject.manual.structure}
    by_stem: dict[str, dict[int, Position]] = {}
    for position in subject.manual.positions:
        stem, _, last = position.number.rpartition(".")
        if last.isdigit():
            by_stem.setdefault(stem, {})[int(last)] = position
    for stem, sisters in by_stem.items():
        numbers = sorted(sisters)
        for before, after in pairwise(numbers):
            gone = [f"{stem}.{n}" if stem else str(n) for n in range(before + 1, after)]
            if gone and not explained & set(gone):
                yield _gap(subject, gone, sisters[before], sisters[after])


def _gap(subject: Subject, gone: list[str], before: Position, after: Position) -> Finding:
    evidence: tuple[Evidence, ...] = (subject.heading(before), subject.heading(after))
    return Finding(
        kind=Kind.MISSING_NUMBER,
        severity=Severity.LOW,
        sections=(before.number, after.number),
        message=f"Después de {said(before)} (p. {before.page}) sigue {said(after)} "
        f"(p. {after.page}): no existe {' ni '.join(gone)}, tampoco en la lista de unidades.",
        evidence=evidence,
    )
