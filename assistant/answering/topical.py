"""Answers to questions on a topic: who handles it, what the manual says of it, or nothing."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answering.answer import AnswerKind, Reason
from assistant.answering.blocks import (
    Block,
    Choice,
    Choices,
    Paragraph,
    Text,
    enumerated,
    item,
    paragraph,
    paragraphs,
    quoted,
    text,
)
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.printed import not_printed, printed_or_not, whether_printed
from assistant.answering.refusal import not_in_manual, without_sheet_of
from assistant.answering.sheets import sheet
from assistant.answering.suggestions import suggestions_for
from assistant.answering.texts import said
from assistant.answering.wording import capital, numbered, of_the, the
from assistant.retrieval.evidence import FURTHER, NEAR_BEST, Outcome, Support, Weighed, weigh
from assistant.retrieval.hybrid import Hit
from assistant.structure.mention import Mention
from assistant.structure.naming import same_word
from assistant.understanding.reading import frame
from assistant.understanding.types import Expected, Understanding
from corpus.model import Chunk, ChunkKind, Manual, PassageKind, Position
from corpus.spanish import STOPWORDS, fold, stem, words

MOST_OTHERS = 2
"""How many other positions are named beside the responsible one."""
_MOST_NEAR = 3
"""How many sections are shown where none is sure."""
_MOST_ITEMS = 8
_UNCLEAR = 0.5
"""Below that probability what is asked of a position was not understood: then its sheet is told
instead of a denial."""
_PERHAPS_OUTSIDE = 0.3
"""From that probability on it may be something that no manual tells, which is denied rightly."""
_FEWEST_STEPS = 2
_STEP = re.compile(r"(\d{1,2})\s?[.)]")
_INTRODUCES = (":", ".-", ".–")
_GLOSSARY = re.compile(r"\b(?:glosario|definiciones|terminos|vocabulario)\b")
_FEWEST_TELLING = 3
_HALF = 0.5
"""Share of a topic's words that a passage near to it holds."""
_SAME_AGAIN = 90.0
"""Likeness, in percent, from which a quote within another says nothing more."""


def responsible(asked: Understanding, hits: Sequence[Hit], knowledge: Knowledge) -> Draft:
    """Who handles the topic or what the manual says of it; a refusal without enough evidence."""
    weighed = weigh(asked, hits)
    if asked.saying is not None and asked.yes_no:
        return _whether_said(asked, asked.saying, weighed, knowledge)
    unclear = asked.confidence < _UNCLEAR and asked.outside < _PERHAPS_OUTSIDE
    if weighed.outcome is Outcome.FAR and unclear and len(asked.positions) == 1:
        told = sheet(asked, knowledge)
        return told.with_blocks(before=paragraphs(said("dialogue", "sheet_instead")))
    if weighed.outcome is Outcome.FAR and asked.saying is not None:
        return printed_or_not(asked.saying, knowledge)
    together = _with_all_words(asked, weighed) if weighed.outcome is Outcome.FAR else []
    if together:
        return _nearest_ones(together[:_MOST_NEAR], knowledge)
    if weighed.outcome is Outcome.FAR:
        return not_in_manual(asked, knowledge, _nearest(hits, knowledge.manual))
    if weighed.outcome is Outcome.NEAR:
        return _nearest_ones(weighed.supports[:_MOST_NEAR], knowledge)
    supports = _called_so_first(asked, weighed, knowledge)
    if asked.positions:
        return _about_named(asked, supports, knowledge)
    if asked.within is not None:
        supports = _own_first(asked.within, supports, knowledge)
    composed = _compose(asked, supports, knowledge)
    unknown = next((m.text for m in asked.mentions if not m.candidates), None)
    if unknown is None or not asked.yes_no:
        return composed
    return composed.with_blocks(before=paragraphs(without_sheet_of(unknown, knowledge)))


def _whether_said(
    asked: Understanding, saying: str, weighed: Weighed, knowledge: Knowledge
) -> Draft:
    """Whether the manual prints some words, by its whole text; where it does not, what speaks of
    the same in other words, if anything surely does."""
    told = whether_printed(saying, [s.section for s in weighed.supports], knowledge)
    if told is not None:
        return told
    if weighed.outcome is not Outcome.SURE:
        return not_printed(saying, knowledge)
    same = max(h.coverage for h in weighed.sure[0].hits) >= _HALF
    told = (
        _compose(asked, weighed.sure, knowledge)
        if same
        else _nearest_ones(weighed.supports[:_MOST_NEAR], knowledge)
    )
    before = said("refusal", "not_printed", knowledge.manual, term=saying)
    return told.with_blocks(before=paragraphs(before))


def _nearest_ones(supports: Sequence[Support], knowledge: Knowledge) -> Draft:
    """What comes nearest, each with the passage that does, told as not sure; to choose from."""
    evidence = Evidence(knowledge.manual)
    choices, positions = list[Choice](), list[str]()
    for support in supports:
        chunk = support.hits[0].chunk
        position = knowledge.manual.position(support.section)
        name = capital(the(numbered(position))) if position else capital(_section_called(chunk))
        if position is not None:
            positions.append(position.number)
            reading = f"¿Cuáles son las funciones {of_the(numbered(position))}?"
        else:
            reading = f"¿Qué dice {_section_called(chunk)}?"
        choices.append(Choice(name, reading, parts=_quote(chunk, evidence)))
    told = evidence.draft(
        [paragraph(said("nearest", "lead")), Choices(tuple(choices))],
        [each.question for each in choices],
        positions,
    )
    return replace(told, kind=AnswerKind.CLARIFY, reason=Reason.NEAREST)


def _with_all_words(asked: Understanding, weighed: Weighed) -> list[Support]:
    """The sections with a passage that holds all telling words of a question but one, and three at
    least, that passage alone: what has them is not denied, however far its meaning seems."""
    telling = {stem(w) for w in words(asked.question) if w not in STOPWORDS | frame()}
    least = max(_FEWEST_TELLING, len(telling) - 1)
    found = []
    for support in weighed.supports:
        held = [h for h in support.hits if len(telling & _stems(h.chunk.quote)) >= least]
        if held:
            found.append(replace(support, hits=tuple(held)))
    return found


def _stems(text: str) -> set[str]:
    return set(map(stem, words(text)))


def _called_so_first(asked: Understanding, weighed: Weighed, knowledge: Knowledge) -> list[Support]:
    """The positions that are called what is asked about first, where they come near the best, or
    where nothing else is asked about: whoever directs, advises or approves a thing names it too."""
    said = words(asked.question)
    telling = [w for w in said if len(w) > 3 and w not in STOPWORDS | frame()]

    def is_called(support: Support) -> bool:
        alone = support not in weighed.sure
        return any(
            len(name.topic) > 1
            and all(any(same_word(w, each) for each in said) for w in name.topic)
            and (not alone or all(any(same_word(w, t) for t in name.topic) for w in telling))
            for name in knowledge.names.names.get(support.section, ())
        )

    called = [s for s in weighed.supports if is_called(s)]
    return [*called, *(s for s in weighed.sure if s not in called)]


def _own_first(unit: Mention, supports: Sequence[Support], knowledge: Knowledge) -> list[Support]:
    """The sections of the branch that the person belongs to first, where one comes near the best:
    each branch has its own people for holidays, computers or agendas."""
    near = [s for s in supports if s.nearly(supports[0])]
    own = [s for s in near if _belongs(s.section, unit, knowledge)]
    return [*own, *(s for s in supports if s not in own)]


def _belongs(section: str, unit: Mention, knowledge: Knowledge) -> bool:
    position = knowledge.manual.position(section)
    return position is not None and any(
        position.number == superior.number or knowledge.names.belongs_to(position, superior)
        for superior in unit.candidates
    )


def _compose(
    asked: Understanding,
    supports: list[Support],
    knowledge: Knowledge,
    evidence: Evidence | None = None,
) -> Draft:
    """The best support, and others that come near it; `evidence` is what was cited before."""
    manual = knowledge.manual
    of_positions = [s for s in supports if manual.position(s.section)]
    wants_position = asked.expected is Expected.RESPONSIBLE
    best = supports[0]
    if wants_position and of_positions and of_positions[0].nearly(best):
        best = of_positions[0]
    evidence = evidence or Evidence(manual)
    position = manual.position(best.section)
    lines = (
        [_led_by(_lead(asked, position), best, evidence)]
        if position
        else _prose(best, evidence, knowledge)
    )
    others = [s for s in supports if s.section != best.section and s.nearly(best)][:MOST_OTHERS]
    if others:
        lines += _others(others, evidence, knowledge)
    return evidence.draft(
        lines,
        suggestions_for(position) if position else (),
        [s.section for s in (best, *others) if manual.position(s.section)],
        rewritable=asked.expected is not Expected.DEFINITION,
    )


def _lead(asked: Understanding, position: Position) -> str:
    """How the responsible position is introduced."""
    name = numbered(position)
    if asked.expected is Expected.DEFINITION:
        return f"El manual no lo define; lo menciona la cédula {of_the(name)}"
    return f"De eso se encarga {the(name)}"


def _led_by(lead: str, support: Support, evidence: Evidence) -> Block:
    first, *rest = support.hits
    told = text(f"{lead}: ", _quote(first.chunk, evidence), ".")
    more = next((h for h in rest if _adds(h, first)), None)
    if more is not None:
        told = text(told, " También ", _quote(more.chunk, evidence), ".")
    return Paragraph(told)


def _adds(hit: Hit, first: Hit) -> bool:
    """Whether a further passage of a position is worth quoting: near the best, and not the same
    again, as where the objective repeats a function."""
    return (
        hit.chunk.kind in (ChunkKind.FUNCTION, ChunkKind.OBJECTIVE)
        and hit.score >= NEAR_BEST * first.score
        and fuzz.partial_ratio(fold(hit.chunk.quote), fold(first.chunk.quote)) < _SAME_AGAIN
    )


def _prose(support: Support, evidence: Evidence, knowledge: Knowledge) -> list[Block]:
    chunk = support.hits[0].chunk
    shown = _whole_steps(support, knowledge.manual) or _with_list(chunk, knowledge.manual)
    told = {words for words, _ in shown}
    if not _GLOSSARY.search(fold(chunk.title)) and len(shown) < FURTHER:
        shown += [
            (h.chunk.quote, h.chunk.page)
            for h in support.hits[1:FURTHER]
            if h.chunk.quote not in told
        ]
    section = evidence.manual.section(chunk.section)
    if section is None:
        raise LookupError(chunk.section)
    quotes = [quoted(words, evidence.cite(section, words, page)) for words, page in shown]
    lead = f"El manual lo dice en {_section_called(chunk)}:"
    if len(quotes) == 1:
        return [paragraph(f"{lead} ", quotes[0], ".")]
    return [paragraph(lead), *map(item, quotes)]


def _whole_steps(support: Support, manual: Manual) -> list[tuple[str, int]]:
    """All steps of a numbered list, in order, where several of them were found; none otherwise."""
    section = manual.section(support.section)
    found = [h.chunk.quote for h in support.hits[:FURTHER] if _STEP.match(h.chunk.quote)]
    if section is None or len(found) < _FEWEST_STEPS:
        return []
    steps = [p for p in section.passages if p.kind is PassageKind.ITEM and _STEP.match(p.text)]
    numbers = [int(match[1]) for p in steps if (match := _STEP.match(p.text))]
    if numbers != list(range(1, len(numbers) + 1)) or len(steps) > _MOST_ITEMS:
        return []
    return [(p.text, p.page) for p in steps]


def _section_called(chunk: Chunk) -> str:
    """An unnumbered part is called by its title alone."""
    own = chunk.section != chunk.title
    return f"la sección {chunk.section}, {chunk.title}" if own else f"la sección {chunk.section}"


def _with_list(chunk: Chunk, manual: Manual) -> list[tuple[str, int]]:
    """A passage and, if it introduces a list or a definition, what it introduces; each with its
    page."""
    section = manual.section(chunk.section)
    if section is None or not chunk.quote.endswith(_INTRODUCES):
        return [(chunk.quote, chunk.page)]
    at = next((i for i, p in enumerate(section.passages) if chunk.quote in p.text), 0)
    below = section.passages[at + 1 : at + 2]
    if below and below[0].kind is PassageKind.PARAGRAPH and not chunk.quote.endswith(":"):
        return [(chunk.quote, chunk.page), (below[0].text, below[0].page)]
    following = itertools.takewhile(
        lambda p: p.kind is PassageKind.ITEM, section.passages[at + 1 : at + 1 + _MOST_ITEMS]
    )
    return [(chunk.quote, chunk.page), *((p.text, p.page) for p in following)]


def _others(others: list[Support], evidence: Evidence, knowledge: Knowledge) -> list[Block]:
    told = []
    for support in others:
        chunk = support.hits[0].chunk
        position = knowledge.manual.position(support.section)
        name = the(numbered(position)) if position else _section_called(chunk)
        told.append(text(f"{name}: ", _quote(chunk, evidence)))
    if len(told) == 1:
        return [paragraph("También lo menciona ", told[0], ".")]
    return [paragraph("También lo mencionan:"), *map(item, told)]


def _quote(chunk: Chunk, evidence: Evidence) -> Text:
    section = evidence.manual.section(chunk.section)
    if section is None:
        raise LookupError(chunk.section)
    place = evidence.cite(section, chunk.quote, chunk.page, chunk.function)
    return quoted(chunk.quote, place)


def _about_named(asked: Understanding, supports: list[Support], knowledge: Knowledge) -> Draft:
    """What a named position has to do with the topic; if nothing, who has."""
    named = {p.number for p in asked.positions}
    own = next((s for s in supports if s.section in named), None)
    evidence = Evidence(knowledge.manual)
    position = asked.positions[0]
    if own is not None and own.nearly(supports[0]):
        quotes = [_quote(h.chunk, evidence) for h in own.hits[:FURTHER]]
        yes = "Sí. " if asked.yes_no else ""
        lead = f"{yes}Según su cédula, {the(numbered(position))} tiene a su cargo: "
        return evidence.draft(
            [paragraph(lead, enumerated(quotes), ".")],
            suggestions_for(position),
            [position.number],
            rewritable=True,
        )
    lead = f"En la cédula {of_the(numbered(position))} no encontré eso "
    heading = evidence.heading(evidence.sheet(position))
    others = [s for s in supports if s is not own]
    composed = _compose(asked, others, knowledge, evidence)
    first, *rest = composed.blocks
    assert isinstance(first, Paragraph)
    begun = paragraph(lead, heading, ". ", first.parts)
    return replace(composed, blocks=(begun, *rest), rewritable=False)


def _nearest(hits: Sequence[Hit], manual: Manual) -> Position | None:
    """The position whose sheet comes near the topic, though it doesn't answer."""
    best = max(hits, key=lambda h: h.coverage, default=None)
    near = best is not None and best.coverage >= _HALF
    return manual.position(best.chunk.section) if best and near else None
