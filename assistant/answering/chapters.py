"""Answers from the chapters around the sheets: texts, legal framework, people, the document."""

import re

from assistant.answering.draft import Draft, Evidence, paragraphs
from assistant.answering.wording import capital, plural, the
from assistant.knowledge import Knowledge
from assistant.naming import same_word
from assistant.understanding.types import Understanding
from corpus.model import (
    Manual,
    Officer,
    Passage,
    PassageKind,
    Position,
    Section,
    SectionKind,
    heading_of,
)
from corpus.spanish import STOPWORDS, content_words, fold, words

_SHORT = 1800
"""Characters of a chapter that are shown whole; of a longer one, its beginning and its parts."""
_LEVELS = ("internacional", "federal", "estatal", "municipal")
_LAW_ENDS = re.compile(
    r"\b(?:aplica|aparece|esta|estan|forma|viene|es|sirve|rige|se|dentro|en el marco|"
    r"incluid\w+)\b.*"
)
_LAW = re.compile(
    r"\b(?:ley|reglamento|constitucion|codigo|declaracion|convencion|agenda|tratado|plan)\b(?: "
    r"\w+)+"
)
_LEAST_LAW_COVERAGE = 0.75


def chapter(asked: Understanding, knowledge: Knowledge) -> Draft:
    """What a chapter or a part says, verbatim."""
    section = asked.sections[0]
    manual = knowledge.manual
    evidence = Evidence(manual)
    parts = list(manual.parts_of(section.number))
    own = _content(section)
    lines = [f"{capital(_named(section))} dice:"]
    lines += _quoted(section, own, evidence)
    room = _SHORT - sum(len(p.text) for p in own)
    if parts and manual.position(parts[0].number) is None:
        for part in parts:
            texts = _content(part)
            lines.append(f"{heading_of(part)} {evidence.heading(part)}")
            if sum(len(p.text) for p in texts) <= room:
                room -= sum(len(p.text) for p in texts)
                lines += _quoted(part, texts, evidence)
    elif parts:
        lines.append(
            f"Reúne {plural(len(parts), 'cédula de puesto', 'cédulas de puesto')} "
            f"{evidence.heading(section)}."
        )
    if len(lines) == 1:
        lines = [
            f"{capital(_named(section))} no trae texto en el manual, sólo su título "
            f"{evidence.heading(section)}."
        ]
    suggestions = tuple(f"¿Qué dice la sección {p.number}, {p.title}?" for p in parts[:3])
    return Draft(paragraphs(lines), citations=tuple(evidence.citations), suggestions=suggestions)


def legal(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The legal framework: whole, by level, or whether one law is in it; None without one."""
    framework = _legal_framework(knowledge.manual)
    if framework is None:
        return None
    folded = fold(asked.question)
    parts = list(knowledge.manual.parts_of(framework.number)) or [framework]
    law = _LAW.search(folded)
    named = _LAW_ENDS.sub("", law[0]) if law else ""
    if len(content_words(named)) >= 3:
        return _one_law(named, parts, framework, knowledge)
    levels = [level for level in _LEVELS if re.search(rf"\b{level}", folded)]
    if re.search(r"\btratados?\b", folded):
        levels.append("internacional")
    # "del municipio" in a law's name is no level; a level asked for stands in a part's title
    chosen = [p for p in parts if any(level[:8] in fold(p.title) for level in levels)] or parts
    evidence = Evidence(knowledge.manual)
    lines = [f"El marco jurídico ({heading_of(framework)}) enlista:"] if len(chosen) > 1 else []
    for part in chosen:
        items = _content(part)
        lines.append(
            f"{heading_of(part)}: {plural(len(items), 'ordenamiento', 'ordenamientos')} "
            f"{evidence.heading(part)}"
        )
        lines += [f"- {item.text} {evidence.passage(part, item)}" for item in items]
    return Draft(paragraphs(lines), citations=tuple(evidence.citations))


def _one_law(law: str, parts: list[Section], framework: Section, knowledge: Knowledge) -> Draft:
    evidence = Evidence(knowledge.manual)
    asked_for = [
        w
        for w in content_words(law)
        if w not in {"marco", "juridico", "legal", "manual", "aparece", "incluye", "esta"}
    ]
    scored = [
        (_coverage(asked_for, words(item.text)), -len(item.text), part, item)
        for part in parts
        for item in _content(part)
    ]
    best = max(scored, key=lambda row: row[:2], default=None)
    if best is None or best[0] < _LEAST_LAW_COVERAGE:
        marks = [evidence.heading(p) for p in parts]
        return Draft(
            f"No: el marco jurídico del manual (capítulo {framework.number}) no enlista ese "
            f"ordenamiento {' '.join(marks)}.",
            citations=tuple(evidence.citations),
            suggestions=("¿Cuál es el marco jurídico del manual?",),
        )
    _, _, part, item = best
    mark = evidence.passage(part, item)
    return Draft(
        f"Sí, el marco jurídico del manual lo enlista en {heading_of(part)}: «{item.text}» {mark}.",
        citations=tuple(evidence.citations),
        suggestions=(f"¿Qué dice la sección {part.number}, {part.title}?",),
    )


def officer(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Who a person in office is, as the formalisation sheet and the directory name them."""
    manual = knowledge.manual
    evidence = Evidence(manual)
    chosen = _officers_asked_for(asked, manual)
    if not chosen:
        return None
    lines = []
    for person in chosen:
        section = _section_naming(person, manual)
        if section is None:
            continue
        passage = next(
            p for p in section.passages if p.page == person.page and person.name in p.text
        )
        mark = evidence.passage(section, passage)
        office_passage = next((p for p in section.passages if person.office in p.text), None)
        if office_passage is not None and office_passage != passage:
            evidence.passage(section, office_passage)
        role = f" ({person.role.capitalize()})" if person.role else ""
        lines.append(f"{person.name}, {person.office}{role} {mark}.")
    if not lines:
        return None
    return Draft(
        paragraphs([f"Según el manual: {lines[0]}", *lines[1:]]),
        citations=tuple(evidence.citations),
    )


def _officers_asked_for(asked: Understanding, manual: Manual) -> list[Officer]:
    folded = fold(asked.question)
    if re.search(r"directorio", folded):
        return [o for o in manual.officers if o.role is None]
    signing = re.search(r"formalizacion|firma(?:n|ron|do)?\b|manual|documento", folded)
    if signing and not asked.positions:
        roles = [o for o in manual.officers if o.role is not None]
        in_role = [o for o in roles if re.search(rf"\b{_role_stem(o)}\w*", folded)]
        if in_role or re.search(r"formalizacion|firma", folded):
            return in_role or roles
    by_name = [
        o
        for o in manual.officers
        if _coverage([w for w in words(o.name) if len(w) > 2], words(folded)) >= 0.5
    ]
    if by_name:
        return by_name
    if re.search(r"alcald|president[ea]", folded):
        return [o for o in manual.officers if re.match(r"president|alcald", fold(o.office))]
    return _holding(asked, manual)


def _role_stem(person: Officer) -> str:
    """ "ELABORA" → "elabor": how a role of the formalisation sheet is asked for."""
    role = re.escape(fold(person.role or ""))
    return re.sub(r"(?:ar|er|ir|a|e)$", "", role)


def _holding(asked: Understanding, manual: Manual) -> list[Officer]:
    """The officers whose printed office is the position or the office asked for."""
    if asked.positions:
        titles = [asked.positions[0].title]
        titles += [
            f.text
            for f in (asked.positions[0].functional_title, asked.positions[0].nominal_title)
            if f
        ]
        wanted = [[w for w in words(t) if w not in STOPWORDS] for t in titles]
    else:
        spoken = re.sub(
            r".*?\b(?:titular|secretari\w|director\w*|contralor\w*|coordinador\w*)\b",
            r"\g<0>",
            fold(asked.question),
        )
        match = re.search(
            r"\b(?:titular|secretari\w|director\w*|contralor\w*|coordinador\w*)\b.*", spoken
        )
        wanted = [[w for w in words(match[0]) if w not in STOPWORDS]] if match else []
    scored = [
        (
            max(
                (
                    min(
                        _coverage(w, words(o.office)),
                        _coverage([x for x in words(o.office) if x not in STOPWORDS], w),
                    )
                    for w in wanted
                    if w
                ),
                default=0.0,
            ),
            o,
        )
        for o in manual.officers
    ]
    best = max((score for score, _ in scored), default=0.0)
    found = [o for score, o in scored if score == best]
    named = [o for o in found if o.role is None] or found
    return named[:1] if best >= 0.6 else []


def manual_fact(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Version, code, date, dependency or length of the document itself."""
    manual = knowledge.manual
    evidence = Evidence(manual)
    facts = {
        "version": ("VERSI", f"El manual {manual.code} es la versión {manual.version}"),
        "code": ("C[OÓ]DIGO", f"El código del manual es {manual.code}"),
        "emission": ("EMISI", f"El manual {manual.code} se emitió el {manual.emission_printed}"),
        "pages": ("P[AÁ]GINA", f"El manual {manual.code} tiene {manual.page_count} páginas"),
        "dependency": ("C[OÓ]DIGO", f"El manual {manual.code} es de la {manual.dependency}"),
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
    if header is None:
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


def _legal_framework(manual: Manual) -> Section | None:
    return next(
        (
            s
            for s in manual.sections
            if s.kind is SectionKind.CHAPTER
            and "marco" in fold(s.title)
            and re.search(r"jur|legal|norm", fold(s.title))
        ),
        None,
    )


def _content(section: Section) -> list[Passage]:
    return [p for p in section.passages if p.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM)]


def _quoted(section: Section, passages: list[Passage], evidence: Evidence) -> list[str]:
    """Passages with their marks, as many as make a readable answer."""
    lines: list[str] = []
    shown = 0
    for passage in passages:
        if shown and shown + len(passage.text) > _SHORT:
            lines.append(f"(sigue hasta la página {section.last_page})")
            break
        shown += len(passage.text)
        lines.append(f"«{passage.text}» {evidence.passage(section, passage)}")
    return lines


def _named(section: Section) -> str:
    if section.kind is SectionKind.CHAPTER:
        return f"el capítulo {section.number}, {section.title},"
    return f"la sección {heading_of(section)}"


def _coverage(of: list[str], by: list[str]) -> float:
    wanted = [w for w in of if w not in STOPWORDS]
    if not wanted:
        return 0.0
    return sum(any(same_word(w, other) for other in by) for w in wanted) / len(wanted)


def people_section(manual: Manual) -> Section | None:
    """The directory, where there is one."""
    return next((s for s in manual.sections if "directorio" in fold(s.title)), None)


def _section_naming(person: Officer, manual: Manual) -> Section | None:
    return next(
        (
            s
            for s in manual.sections
            if any(p.page == person.page and person.name in p.text for p in s.passages)
        ),
        None,
    )
