"""What the document says of itself: index, dates, version, the form, its head."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz

from assistant.reports.audit.comparison import Difference, compare
from assistant.reports.audit.finding import Evidence, Finding, Kind, Severity
from assistant.reports.audit.subject import Subject, said
from corpus.model import Change, IndexEntry, Officer, PassageKind, Section
from corpus.spanish import fold, joined, words

_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})")
_NUMERAL = re.compile(r"([IVXLC]+)\.\s")
_OBJECTIVE_LABEL = "objetivo general del puesto"
_NO_PAGE_NUMBERS = "Ninguna página trae impreso su número"
_SAME_FORM = 75.0
"""Least likeness, in percent, of two printings of one text of the form."""
_OFTEN = 3
"""Sheets with one text of the form from which on it is the form's."""


def index_pages(subject: Subject) -> Iterator[Finding]:
    """The index sends to a page on which the chapter does not begin.

    A source that prints no page numbers (DOCX) can't tell.
    """
    if any(w.message.startswith(_NO_PAGE_NUMBERS) for w in subject.manual.warnings):
        return
    for entry in subject.manual.index:
        section = _announced(subject, entry)
        if section is None or section.page == entry.printed_page:
            continue
        there = subject.section_heading(section)
        listed = _index_line(subject, entry)
        evidence = (listed, there) if listed else (there,)
        yield Finding(
            kind=Kind.INDEX_PAGE_MISMATCH,
            severity=Severity.MEDIUM,
            sections=(section.number,),
            message=f"El índice{f' (p. {listed.page})' if listed else ''} manda a la página "
            f"{entry.printed_page} para «{entry.title}», pero empieza en la {section.page}.",
            evidence=evidence,
        )


def _announced(subject: Subject, entry: IndexEntry) -> Section | None:
    numeral = _NUMERAL.match(entry.title)
    if numeral is not None:
        return subject.manual.section(numeral[1])
    wanted = words(entry.title)
    return next((s for s in subject.manual.sections if words(s.title) == wanted), None)


def _index_line(subject: Subject, entry: IndexEntry) -> Evidence | None:
    for section in subject.manual.sections:
        for passage in section.passages:
            if passage.text == f"{entry.title} {entry.printed_page}":
                return Evidence(section=section.number, page=passage.page, quote=passage.text)
    return None


def sheet_dates(subject: Subject) -> Iterator[Finding]:
    """Sheets that bear another date than the manual: one finding for each date."""
    emission = subject.manual.emission_date
    odd: dict[date, list[Evidence]] = {}
    named: dict[date, list[str]] = {}
    for position in subject.manual.positions:
        when = _date(position.date.text) if position.date else None
        if position.date is None or when is None or emission is None or when == emission:
            continue
        odd.setdefault(when, []).append(subject.row(position, position.date))
        named.setdefault(when, []).append(said(position))
    for when, evidence in odd.items():
        sheets = named[when]
        told = joined(sheets) if len(sheets) <= 4 else f"{len(sheets)} cédulas"
        yield Finding(
            kind=Kind.DATE_MISMATCH,
            severity=Severity.LOW,
            sections=tuple(dict.fromkeys(e.section for e in evidence)),
            message=f"El manual se emitió el {emission:%d/%m/%Y}, según el encabezado de sus "
            f"páginas, pero la fecha de {told} es {when:%d/%m/%Y} (p. {evidence[0].page}).",
            evidence=tuple(evidence),
        )


def change_control(subject: Subject) -> Iterator[Finding]:
    """The last change is of another version, or date, than the manual says of itself."""
    manual = subject.manual
    numbered = [(int(c.version), c) for c in manual.changes if c.version.isdigit()]
    if not numbered or not manual.version.isdigit():
        return
    number, last = max(numbered, key=lambda pair: pair[0])
    when = _date(last.date)
    if number != int(manual.version):
        yield _change_finding(
            subject,
            last,
            Kind.VERSION_MISMATCH,
            f"El encabezado de las páginas dice versión {manual.version}, pero el último cambio "
            f"que registra el control de cambios (p. {last.page}) es la versión {last.version}.",
        )
    elif when and manual.emission_date and when != manual.emission_date:
        yield _change_finding(
            subject,
            last,
            Kind.DATE_MISMATCH,
            f"El manual se emitió el {manual.emission_date:%d/%m/%Y}, según el encabezado de sus "
            f"páginas, pero el control de cambios (p. {last.page}) fecha la versión "
            f"{last.version} el {last.date}.",
        )


def _change_finding(subject: Subject, change: Change, kind: Kind, message: str) -> Finding:
    quote = f"{change.version} {change.date}"
    section = next(
        (s for s in subject.manual.sections if quote in s.text_on(change.page)),
        subject.manual.sections[-1],
    )
    return Finding(
        kind=kind,
        severity=Severity.MEDIUM,
        sections=(section.number,),
        message=message,
        evidence=(Evidence(section=section.number, page=change.page, quote=quote),),
    )


def form_texts(subject: Subject) -> Iterator[Finding]:
    """Sheets in which another text stands where the form defines "objetivo general"."""
    texts = [
        (position, passage)
        for position in subject.manual.positions
        for passage in subject.sheet(position).passages
        if passage.kind is PassageKind.BOILERPLATE
        and fold(passage.text).startswith(_OBJECTIVE_LABEL)
        and len(words(passage.text)) > len(words(_OBJECTIVE_LABEL))
    ]
    if not texts:
        return
    usual, count = Counter(p.text for _, p in texts).most_common(1)[0]
    if count < _OFTEN or count * 2 <= len(texts):
        return  # no text is the form's
    reference = next((pos, p) for pos, p in texts if p.text == usual)
    for position, passage in texts:
        if fuzz.ratio(fold(passage.text), fold(usual)) >= _SAME_FORM:
            continue
        here = Evidence(section=position.number, page=passage.page, quote=passage.text)
        there = Evidence(section=reference[0].number, page=reference[1].page, quote=usual)
        yield Finding(
            kind=Kind.FORM_TEXT_REPLACED,
            severity=Severity.LOW,
            sections=(position.number,),
            message=f"En la cédula {said(position)} (p. {passage.page}) hay otro texto donde las "
            f"demás ({count} de {len(texts)}) tienen la definición de «Objetivo General del "
            "puesto» del formato.",
            evidence=(here, there),
        )


def head_officers(subject: Subject) -> Iterator[Finding]:
    """The head of the dependency is one person in the formalisation sheet and another in the
    directory. Other offices may be of other dependencies, so they are not compared."""
    root = subject.root
    if root is None:
        return
    heads = [
        o
        for o in subject.manual.officers
        if o.name[:1].isalpha() and compare(o.office, root.title) is Difference.NONE
    ]
    for signer in (o for o in heads if o.role):
        for listed in (o for o in heads if not o.role):
            if words(signer.name) != words(listed.name):
                evidence = tuple(_officer(subject, o) for o in (signer, listed))
                yield Finding(
                    kind=Kind.OFFICER_MISMATCH,
                    severity=Severity.MEDIUM,
                    sections=tuple(dict.fromkeys(e.section for e in evidence)),
                    message=f"Quien encabeza la dependencia es {signer.name} en la hoja de "
                    f"formalización (p. {signer.page}) y {listed.name} en el directorio "
                    f"(p. {listed.page}).",
                    evidence=evidence,
                )


def _officer(subject: Subject, officer: Officer) -> Evidence:
    section = next(
        (s for s in subject.manual.sections if officer.name in s.text_on(officer.page)),
        subject.manual.sections[0],
    )
    return Evidence(section=section.number, page=officer.page, quote=officer.name)


def _date(printed: str) -> date | None:
    match = _DATE.search(printed)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
