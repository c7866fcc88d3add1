"""Answers from the chapters around the sheets: what they say, verbatim."""

from assistant.answering.blocks import Block, Paragraph, item, paragraph, quoted
from assistant.answering.draft import Draft, Evidence, joined_drafts
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import capital, plural
from assistant.structure.naming import same_word
from assistant.understanding.types import Understanding
from corpus.model import Passage, PassageKind, Section, SectionKind, heading_of
from corpus.spanish import STOPWORDS

_MOST = 3
"""Chapters that are told at once."""
_SHORT = 1800
"""Characters of a chapter that are shown whole; of a longer one, its beginning and its parts."""


def chapter(asked: Understanding, knowledge: Knowledge) -> Draft:
    """What a chapter or a part says, verbatim; or several that are named, one below the other."""
    if not asked.each:
        return chapter_told(asked.sections[0], knowledge)
    return joined_drafts([chapter_told(section, knowledge) for section in asked.sections[:_MOST]])


def chapter_told(section: Section, knowledge: Knowledge) -> Draft:
    """What one chapter or part says, verbatim."""
    manual = knowledge.manual
    evidence = Evidence(manual)
    parts = list(manual.parts_of(section.number))
    own = body(section)
    lines: list[Block] = [paragraph(f"{capital(_named(section))} dice:")]
    lines += _quoted(section, own, evidence)
    room = _SHORT - sum(len(p.text) for p in own)
    if parts and manual.position(parts[0].number) is None:
        for part in parts:
            texts = body(part)
            lines.append(paragraph(f"{heading_of(part)} ", evidence.heading(part)))
            if sum(len(p.text) for p in texts) <= room:
                room -= sum(len(p.text) for p in texts)
                lines += _quoted(part, texts, evidence)
    elif parts:
        count = plural(len(parts), "cédula de puesto", "cédulas de puesto")
        lines.append(paragraph(f"Reúne {count} ", evidence.heading(section), "."))
    if len(lines) == 1:
        lead = f"{capital(_named(section))} no trae texto en el manual, sólo su título "
        lines = [paragraph(lead, evidence.heading(section), ".")]
    return evidence.draft(
        lines, [f"¿Qué dice la sección {p.number}, {p.title}?" for p in parts[:3]]
    )


def count_parts(section: Section, knowledge: Knowledge) -> Draft:
    """How many parts a chapter has, and which; of one without, what it says."""
    parts = list(knowledge.manual.parts_of(section.number))
    if not parts or knowledge.manual.position(parts[0].number) is not None:
        return chapter_told(section, knowledge)
    evidence = Evidence(knowledge.manual)
    count = plural(len(parts), "parte", "partes")
    lead = f"{capital(_named(section))} tiene {count} "
    return evidence.draft(
        [
            paragraph(lead, evidence.heading(section), ":"),
            *(item(f"{heading_of(p)} ", evidence.heading(p)) for p in parts),
        ],
        [f"¿Qué dice la sección {p.number}, {p.title}?" for p in parts[:3]],
    )


def body(section: Section) -> list[Passage]:
    """The running text of a section, without headings and boilerplate."""
    return [p for p in section.passages if p.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM)]


def shared_words(of: list[str], by: list[str]) -> float:
    """The share of the content words of `of` that stand in `by` in some form, in 0…1."""
    wanted = [w for w in of if w not in STOPWORDS]
    if not wanted:
        return 0.0
    return sum(any(same_word(w, other) for other in by) for w in wanted) / len(wanted)


def _quoted(section: Section, passages: list[Passage], evidence: Evidence) -> list[Paragraph]:
    """Passages with their places, as many as make a readable answer."""
    lines: list[Paragraph] = []
    shown = 0
    for passage in passages:
        if shown and shown + len(passage.text) > _SHORT:
            lines.append(paragraph(f"(sigue hasta la página {section.last_page})"))
            break
        shown += len(passage.text)
        lines.append(paragraph(quoted(passage.text, evidence.passage(section, passage))))
    return lines


def _named(section: Section) -> str:
    if section.kind is SectionKind.CHAPTER:
        return f"el capítulo {section.number}, {section.title},"
    return f"la sección {heading_of(section)}"
