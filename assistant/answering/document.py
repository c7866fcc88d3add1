"""Answers about the document itself: its version, its date, its length, its contradictions."""

import re
from collections.abc import Sequence

from assistant.answering.blocks import Block, Note, Paragraph, Text, item, paragraph, text
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.reporting import told_superior
from assistant.answering.unread import structure_unread
from assistant.answering.wording import capital, of_the, plural, the
from assistant.understanding.types import Understanding
from corpus.model import Manual, Passage, PassageKind, Position, Section
from corpus.spanish import STOPWORDS, fold, stem, words

_OF_ANY_MANUAL_WORDS = """
    manual documento dependencia secretaria municipio ayuntamiento direccion instituto ciudad
    gobierno municipal estado estatal verdad cierto organizacion
"""
_OF_ANY_MANUAL = frozenset(_OF_ANY_MANUAL_WORDS.split())
"""Words that tell no dependency from another."""
_CLAIMS = {
    "version": re.compile(r"\bversi[oó]n (?:n[uú]mero |la )?0*(\d+)\b", re.IGNORECASE),
    "pages": re.compile(r"\b(\d+) (?:p[aá]g|hojas)", re.IGNORECASE),
    "code": re.compile(r"\b[A-Z]{2,}(?:-[A-Z0-9]+)+\b", re.IGNORECASE),
    "emission": re.compile(r"\b((?:19|20)\d\d)\b"),
}
"""What a question claims of a fact of the manual."""


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
        changes = _changes(manual, evidence)
        return evidence.draft(changes) if changes else None
    label, said = facts[asked.field or "code"]
    header = _printed_fact(label, asked.field or "code", manual)
    if header is None or (asked.field == "dependency" and not manual.dependency):
        return None
    claimed = _claimed(asked, manual)
    lead = "" if claimed is None else ("Sí: " if claimed else "No: ")
    said = said[0].lower() + said[1:] if lead else said
    lines = [paragraph(f"{lead}{said} ", evidence.passage(*header), ".")]
    if asked.field == "dependency" and claimed is not None:
        lines += _municipality(manual, evidence)
    if asked.field in ("version", "emission"):
        lines += _changes(manual, evidence)
    return evidence.draft(lines)


def _claimed(asked: Understanding, manual: Manual) -> bool | None:
    """Whether a fact is as a question claims it: "¿es la versión 2?"; None where it claims none."""
    if asked.field == "dependency":
        return _is_of(asked, manual)
    claims = _CLAIMS.get(asked.field or "")
    found = claims.findall(asked.question) if asked.yes_no and claims else []
    if len(found) != 1:
        return None
    if asked.field == "code":
        return bool(found[0].casefold() == manual.code.casefold())
    own = {
        "version": manual.version,
        "pages": str(manual.page_count),
        "emission": str(manual.emission_printed or ""),
    }[asked.field or ""]
    if asked.field == "emission":
        return own[-2:] == found[0][-2:] if own else None
    return own.isdigit() and int(own) == int(found[0])


def _is_of(asked: Understanding, manual: Manual) -> bool | None:
    """Whether the manual is of whom a question says, its dependency or its municipality; None where
    it names none."""
    said = re.findall(r"\b(?:es|de|del) (.+)", asked.question.rstrip(" ?!."))
    named = {
        w for w in words(said[-1] if said else "") if w not in STOPWORDS and w not in _OF_ANY_MANUAL
    }
    of_manual = re.search(r"\b(?:manual|documento)\b", fold(asked.question))
    if not asked.yes_no or not named or not of_manual:
        return None
    own = {stem(w) for w in words(f"{manual.dependency} {manual.municipality or ''}")}
    told = all(stem(w) in own for w in named)
    return told if told or manual.municipality else None  # which it is of was not found


def _municipality(manual: Manual, evidence: Evidence) -> list[Paragraph]:
    """Of which municipality the manual is, with the first place that prints it."""
    name = manual.municipality
    printed = ((s, p) for s in manual.sections for p in s.passages if name and name in p.text)
    found = next(printed, None)
    return (
        [paragraph(f"Es del municipio de {name} ", evidence.passage(*found), ".")] if found else []
    )


def _printed_fact(label: str, name: str, manual: Manual) -> tuple[Section, Passage] | None:
    """Where a page's header prints a fact; without such a header, the first passage that prints its
    label and value."""
    printed = [(section, p) for section in manual.sections for p in section.passages]
    header = next(
        (
            at
            for at in printed
            if re.match(label, at[1].text) and at[1].kind is PassageKind.BOILERPLATE
        ),
        None,
    )
    value = {"version": manual.version, "emission": manual.emission_printed}.get(name)
    if header is not None or not value:
        return header
    said = re.compile(rf"\b{label}.*?(?<![\w.]){re.escape(value)}(?![\w.]*\w)", re.IGNORECASE)
    return next((at for at in printed if said.search(at[1].text)), None)


def _changes(manual: Manual, evidence: Evidence) -> list[Paragraph]:
    """What the manual itself prints of its changes."""
    lines: list[Paragraph] = []
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
            lead = "" if lines else "Control de cambios: "
            told = f"Versión {change.version}, {change.date}: {change.reason} "
            lines.append(paragraph(lead, told, evidence.passage(*found), "."))
    return lines


def _own_boss(position: Position, knowledge: Knowledge, evidence: Evidence) -> Text:
    """What the position's own sheet says of its boss, before what contradicts it."""
    line = knowledge.chart.boss_line(position)
    return text("le reporta ", told_superior(line, evidence), ". ") if line else ()


def _with_numbered_below(positions: Sequence[Position], knowledge: Knowledge) -> list[Position]:
    """The positions, each with those that its number says are below it and their own sheets don't:
    they contradict both."""
    found: list[Position] = []
    for above in positions:
        found.append(above)
        for position in knowledge.manual.positions:
            line = knowledge.chart.boss_line(position)
            below = position.number.rpartition(".")[0] == above.number
            if below and line is not None and line.superior.id != above.number:
                found.append(position)
    return list(dict.fromkeys(found))


def contradictions(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Where the manual contradicts itself: about the positions named, or overall."""
    if not knowledge.manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(knowledge.manual)
    positions: tuple[Position, ...] = asked.positions or knowledge.manual.positions
    found: list[Block] = []
    touched: list[str] = []
    for position in _with_numbered_below(positions, knowledge) if asked.positions else positions:
        of_boss = knowledge.discrepancies.of_boss(position, evidence)
        told = [
            *knowledge.discrepancies.of_name(position, evidence),
            *of_boss,
            *(knowledge.discrepancies.of_reports(position, evidence) if asked.positions else ()),
        ]
        if told:
            touched.append(position.number)
            lead = f"{capital(the(position.title))} ({position.number}): "
            own = _own_boss(position, knowledge, evidence) if of_boss else ()
            found += [
                item(
                    lead,
                    own if t in of_boss else (),
                    t.said if isinstance(t, Note) else t.parts,
                )
                for t in told
            ]
    if not found:
        place = evidence.heading(evidence.sheet(positions[0]))
        lead = "No encontré contradicciones sobre eso en el manual "
        return evidence.draft([paragraph(lead, place, ".")])
    lead = f"Encontré {plural(len(found), 'contradicción', 'contradicciones')}:"
    return evidence.draft([paragraph(lead), *found], positions=touched[:1])
