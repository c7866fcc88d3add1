"""Names of positions that are not the same everywhere: rank, words, slips of the pen."""

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.reports.audit.comparison import Difference, compare
from assistant.reports.audit.finding import Evidence, Finding, Kind, Severity
from assistant.reports.audit.places import Place, Places, Source, find_places, right_wording
from assistant.reports.audit.subject import Subject, place, said
from corpus.model import Position
from corpus.spanish import joined

_OWN = {Source.HEADING, Source.STRUCTURE, Source.CHART, Source.FUNCTIONAL, Source.NOMINAL}
_KINDS = {
    Difference.RANK: Kind.RANK_MISMATCH,
    Difference.SUBSTANCE: Kind.NAME_MISMATCH,
    Difference.SLIP: Kind.NAME_SPELLING,
}
_MAY_DIFFER = {Source.CHART, Source.FUNCTIONAL, Source.NOMINAL}
_TELLING = {Difference.RANK, Difference.SUBSTANCE}
_OFTEN = 4
_MOST_TOLD = 4
_PERSONAL = {Source.FUNCTIONAL, Source.NOMINAL}
_AS_UNIT = {Source.HEADING, Source.STRUCTURE, Source.NOMINAL}


def names_that_differ(subject: Subject) -> Iterator[Finding]:
    """One finding for each position and kind of difference, with all its places."""
    places = find_places(subject)
    right = {p.number: right_wording(p, places[p.number]) for p in subject.manual.positions}
    other = _sources_of_other_names(places, right)
    for position in subject.manual.positions:
        odd: dict[Difference, list[Place]] = {}
        for each in places[position.number]:
            if each.source in other or (subject.is_head(position) and each.source in _PERSONAL):
                continue  # "Contralor (a) Municipal" heads the "Contraloría Municipal"
            difference = compare(each.printed, right[position.number])
            if difference is not Difference.NONE:
                odd.setdefault(difference, []).append(each)
        for difference, wrong in odd.items():
            yield _finding(
                subject,
                position,
                right[position.number],
                places[position.number],
                _KINDS[difference],
                wrong,
            )


def _sources_of_other_names(places: Places, right: dict[str, str]) -> set[Source]:
    """Sources that print something else than the unit's name in so many sheets that it is meant:
    a "puesto nominal" may be the category of the payroll, "Jefe de Departamento B"."""
    printed: Counter[Source] = Counter()
    odd: Counter[Source] = Counter()
    for number, each in places.items():
        for place_ in each:
            if place_.source in _MAY_DIFFER:
                printed[place_.source] += 1
                odd[place_.source] += compare(place_.printed, right[number]) in _TELLING
    return {s for s in printed if odd[s] >= _OFTEN and odd[s] * 3 > printed[s]}


def _finding(
    subject: Subject,
    position: Position,
    right: str,
    places: Sequence[Place],
    kind: Kind,
    wrong: Sequence[Place],
) -> Finding:
    reference = _reference(subject, position, right, places)
    told = [_told(printed, [p for p in wrong if p.printed == printed]) for printed in _texts(wrong)]
    left = len(told) - _MOST_TOLD
    listed = joined([*told[:_MOST_TOLD], *([f"{left} formas más"] if left > 0 else [])])
    verb = "se escribe" if kind is Kind.NAME_SPELLING else "se llama"
    evidence = tuple(dict.fromkeys([reference, *(p.evidence for p in wrong)]))
    return Finding(
        kind=kind,
        severity=_severity(kind, wrong),
        sections=tuple(dict.fromkeys([position.number, *(e.section for e in evidence)])),
        message=f"El puesto {position.number} {verb} «{right}» ({place(reference)}), pero también "
        f"{listed}.",
        evidence=evidence,
    )


def _reference(
    subject: Subject, position: Position, right: str, places: Sequence[Place]
) -> Evidence:
    """Where the right wording is printed: the heading, if it has it."""
    return next(
        (p.evidence for p in places if p.source in _AS_UNIT and p.printed.rstrip(" .") == right),
        subject.heading(position),
    )


def _texts(places: Sequence[Place]) -> list[str]:
    return list(dict.fromkeys(p.printed for p in places))


def _told(printed: str, places: Sequence[Place]) -> str:
    where = list(dict.fromkeys(place(p.evidence) for p in places))
    return f"«{printed}» ({'; '.join(where)})"


def _severity(kind: Kind, wrong: Sequence[Place]) -> Severity:
    if kind is Kind.NAME_SPELLING:
        return Severity.LOW
    if kind is Kind.RANK_MISMATCH:
        return Severity.HIGH
    return Severity.MEDIUM if any(p.source in _OWN for p in wrong) else Severity.LOW


def dependency_misspelt(subject: Subject) -> Iterator[Finding]:
    """Sheets that write the dependency, in "Secretaría:", otherwise than most of them do."""
    fields = [
        (position, position.secretaria)
        for position in subject.manual.positions
        if position.secretaria is not None and position.secretaria.applies
    ]
    counts: dict[str, int] = {}
    for _, printed in fields:
        counts[printed.text] = counts.get(printed.text, 0) + 1
    if not counts:
        return
    usual = max(counts, key=lambda text: counts[text])
    if counts[usual] * 2 <= len(fields):
        return  # no wording is the usual one
    odd = [(p, f) for p, f in fields if f.text.rstrip(" .") != usual.rstrip(" .")]
    if not odd:
        return
    reference = next(subject.row(p, f) for p, f in fields if f.text == usual)
    rows = [subject.row(p, f) for p, f in odd]
    told = joined(f"«{f.text}» ({place(row)})" for (_, f), row in zip(odd, rows, strict=True))
    yield Finding(
        kind=Kind.NAME_SPELLING,
        severity=Severity.LOW,
        sections=tuple(dict.fromkeys(row.section for row in rows)),
        message=f"El campo «Secretaría» dice «{usual}» en {counts[usual]} cédulas, pero {told}.",
        evidence=(reference, *rows),
    )


def fields_against_the_line(subject: Subject) -> Iterator[Finding]:
    """A sheet's area or directorate is a unit that is not above it."""
    for position in subject.manual.positions:
        above = _above(subject, position)
        for label, printed in (("el área", position.area), ("la dirección", position.direccion)):
            stated = position.reports_to
            if printed is None or not printed.applies or stated is None:
                continue
            named = subject.names.resolve(printed.text, near=position)
            if named is None or named.number in above:
                continue
            field, boss = subject.row(position, printed), subject.row(position, stated)
            yield Finding(
                kind=Kind.FIELD_CONTRADICTS_LINE,
                severity=Severity.MEDIUM,
                sections=(position.number, named.number),
                message=f"La cédula {said(position)} dice que {label} es «{printed.text}» "
                f"(p. {field.page}), pero le reporta a «{stated.text}» (p. {boss.page}), que no "
                "depende de esa unidad.",
                evidence=(field, boss, subject.heading(named)),
            )


def _above(subject: Subject, position: Position) -> set[str]:
    """A position and all above it; by its number too, where its line leaves the sheets."""
    lines = subject.chart.chain(position)
    above = {position.number, *(line.superior.id for line in lines)}
    top = lines[-1].superior if lines else None
    root = subject.root
    if root is not None:
        above.add(root.number)
    if root is None or top is None or root.number not in {line.superior.id for line in lines}:
        number = position.number
        while number:
            above.add(number)
            number = number.rpartition(".")[0]
    return above
