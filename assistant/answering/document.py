"""Answers about the document itself: its version, its date, its length, its contradictions."""

import re

from assistant.answering.draft import Draft, Evidence, paragraphs
from assistant.answering.knowledge import Knowledge
from assistant.answering.unread import structure_unread
from assistant.answering.wording import capital, of_the, plural, the
from assistant.understanding.types import Understanding
from corpus.model import Manual, PassageKind, Position


def manual_fact(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Version, code, date, dependency or length of the document itself."""
    manual = knowledge.manual
    evidence = Evidence(manual)
    facts = {
        "version": ("VERSI", f"El manual {manual.code} es la versión {manual.version}"),
        "code": ("C[OÓ]DIGO", f"El código del manual es {manual.code}"),
        "emission": ("EMISI", f"El manual {manual.code} se emitió el {manual.emission_printed}"),
        "pages": ("P[AÁ]GINA", f"El manual {manual.code} tiene {manual.page_count} páginas"),
        "dependency": ("C[OÓ]DIGO", f"El manual {manual.code} es {of_the(manual.dependency)}"),
    }
    if asked.field == "changes":
        return _changes(manual)
    label, text = facts[asked.field or "code"]
    header = next(
        (
            (s, p)
            for s in manual.sections
            for p in s.passages
            if re.match(label, p.text) and p.kind is PassageKind.BOILERPLATE
        ),
        None,
    )
    if header is None or (asked.field == "dependency" and not manual.dependency):
        return None
    lines = [f"{text} {evidence.passage(*header)}."]
    if asked.field in ("version", "emission"):
        changes = _changes(manual, evidence)
        lines += [changes.text] if changes else []
    return Draft(paragraphs(lines), citations=tuple(evidence.citations))


def _changes(manual: Manual, evidence: Evidence | None = None) -> Draft | None:
    evidence = evidence or Evidence(manual)
    lines = []
    for change in manual.changes:
        found = next(
            (
                (s, p)
                for s in manual.sections
                for p in s.passages
                if p.page == change.page and change.reason and change.reason in p.text
            ),
            None,
        )
        if found:
            lines.append(
                f"Versión {change.version}, {change.date}: {change.reason} "
                f"{evidence.passage(*found)}."
            )
    if not lines:
        return None
    return Draft(
        paragraphs([f"Control de cambios: {lines[0]}", *lines[1:]]),
        citations=tuple(evidence.citations),
    )


def contradictions(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Where the manual contradicts itself: about the positions named, or overall."""
    if not knowledge.manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(knowledge.manual)
    positions: tuple[Position, ...] = asked.positions or knowledge.manual.positions
    found: list[str] = []
    touched: list[str] = []
    for position in positions:
        told = [
            *knowledge.discrepancies.of_name(position, evidence),
            *knowledge.discrepancies.of_boss(position, evidence),
            *(knowledge.discrepancies.of_reports(position, evidence) if asked.positions else ()),
        ]
        if told:
            touched.append(position.number)
            found += [f"{capital(the(position.title))} ({position.number}): {t}" for t in told]
    if not found:
        marks = evidence.heading(evidence.sheet(positions[0]))
        return Draft(
            f"No encontré contradicciones sobre eso en el manual {marks}.",
            citations=tuple(evidence.citations),
        )
    lead = f"Encontré {plural(len(found), 'contradicción', 'contradicciones')}:"
    return Draft(
        paragraphs([lead, *(f"- {f}" for f in found)]),
        citations=tuple(evidence.citations),
        positions=tuple(touched[:1]),
    )
