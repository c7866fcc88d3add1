"""Answers that the office has taught: a wording leads to a function, or to nothing at all."""

from dataclasses import replace

from assistant.answering.answer import Reason
from assistant.answering.blocks import Text, paragraph, quoted
from assistant.answering.draft import Draft, Evidence, refusal
from assistant.answering.knowledge import Knowledge
from assistant.answering.refusal import not_in_manual
from assistant.answering.suggestions import examples, suggestions_for
from assistant.answering.texts import said
from assistant.answering.wording import numbered, the
from assistant.understanding.types import Expected, Understanding
from corpus.model import Passage, PassageKind, Position, Section
from corpus.office_words import OfficeWord

_PROSE = (PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.OBJECTIVE, PassageKind.FUNCTION)


def as_taught(word: OfficeWord, asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """What a wording leads to, in the manual's words; None where the manual has it no more."""
    if word.section is None and word.off_topic:
        told = said("refusal", "out_of_scope", knowledge.manual)
        return refusal(told, Reason.OUT_OF_SCOPE, examples(knowledge.manual))
    if word.section is None:
        return not_in_manual(replace(asked, expected=Expected.RESPONSIBLE), knowledge)
    manual, evidence = knowledge.manual, Evidence(knowledge.manual)
    section, position = manual.section(word.section), manual.position(word.section)
    if section is None:
        return None
    quote = _quote(word, section, position, evidence)
    if quote is None:
        return None
    lead = f"De eso se encarga {the(numbered(position))}" if position else _called(section)
    return evidence.draft(
        [paragraph(f"{lead}: ", quote, ".")],
        suggestions_for(position) if position else (),
        [position.number] if position else (),
        rewritable=True,
    )


def _quote(
    word: OfficeWord, section: Section, position: Position | None, evidence: Evidence
) -> Text | None:
    if position is not None and word.function is not None:
        function = next((f for f in position.functions if f.number == word.function), None)
        if function is None:
            return None
        return quoted(function.text, evidence.function(position, function))
    passage = _first(section)
    return quoted(passage.text, evidence.passage(section, passage)) if passage else None


def _first(section: Section) -> Passage | None:
    """What a section says first: its objective, where it has one."""
    told = [each for each in section.passages if each.kind in _PROSE]
    objective = next((p for p in told if p.kind is PassageKind.OBJECTIVE), None)
    return objective or (told[0] if told else None)


def _called(section: Section) -> str:
    own = section.number != section.title
    return "El manual lo dice en la sección " + (
        f"{section.number}, {section.title}" if own else section.number
    )
