"""Answers to questions on a topic: who handles it, what the manual says of it, or nothing."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.answering.answer import AnswerKind
from assistant.answering.draft import Draft, Evidence, paragraphs
from assistant.answering.knowledge import Knowledge
from assistant.answering.refusal import not_in_manual
from assistant.answering.suggestions import suggestions_for
from assistant.answering.wording import numbered, of_the, the
from assistant.retrieval.confidence import evidence_strength
from assistant.retrieval.hybrid import Hit
from assistant.structure.mention import Mention
from assistant.understanding.types import Expected, Understanding
from corpus.model import Chunk, ChunkKind, Manual, PassageKind, Position
from corpus.spanish import STOPWORDS, fold, joined, stem, words

MOST_OTHERS = 3
"""How many other positions are named beside the responsible one."""
_MOST_ITEMS = 8
_FURTHER = 3
"""How many passages of one position count for it."""
_FURTHER_WEIGHT = 0.1
"""Weight of a position's second and third passage: several say more than one, but never as much
as a clearly better passage does."""
_NEAR_BEST = 0.8
"""Another position takes part if its evidence is at least this share of the best one's."""

_SAME_AGAIN = 90.0
"""Likeness, in percent, from which a quote within another says nothing more."""

_NUMERAL = re.compile(r"\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte")
_HELPS = re.compile(r"(?:apoyar|auxiliar|asistir|coadyuvar|colaborar|ayudar|brindar apoyo)\b")
_HELPING_WEIGHT = 0.94
_BEGINNING = 24
"""Characters of a function in which its verb stands."""
NEVER = re.compile(r"(?!)")
_HOLDS: dict[Expected, re.Pattern[str]] = {
    Expected.MONEY: re.compile(r"\$\s*\d|\d[\d.,]*\s*(?:pesos|m\.?n\.?)\b", re.I),
    Expected.PHONE: re.compile(r"(?:\d[\s().-]?){8,}"),
    Expected.EMAIL: re.compile(r"\S+@\S+|https?://|www\."),
    Expected.SCHEDULE: re.compile(
        r"\d{1,2}(?::\d\d)?\s*(?:a|-)\s*\d{1,2}(?::\d\d)?\s*(?:h|hrs|horas)|lunes", re.I
    ),
    Expected.REQUIREMENT: re.compile(r"requisito|deber[áa]n? presentar|documentos? requerid", re.I),
    Expected.TIME: re.compile(
        r"\b(?:19|20)\d\d\b|\bcuando\b|\btrimestral|\bmensual|\banual|\bdiari[ao]|\bplazo|"
        r"\bdías\b|\bseman", re.I
    ),
    Expected.PLACE: re.compile(
        r"\bubicad|\bse ubica\b|\bcalle\b|\bpalacio\b|\bdomicilio\b|disponibles?\b|micrositio",
        re.I,
    ),
    Expected.PERSON: NEVER,
    Expected.OPINION: NEVER,
    Expected.FUTURE: NEVER,
    Expected.VACANCY: NEVER,
    Expected.SECRET: NEVER,
    Expected.LAW_TEXT: NEVER,
}  # fmt: skip
"""What a passage must hold to answer what is expected; a kind that is not here asks nothing."""


@dataclass(frozen=True)
class Support:
    """A position (or a section of prose) with its evidence for a topic, best first."""

    section: str
    hits: tuple[Hit, ...]
    score: float


def responsible(asked: Understanding, hits: Sequence[Hit], knowledge: Knowledge) -> Draft:
    """Who handles the topic or what the manual says of it; a refusal without enough evidence."""
    supports = [s for s in _by_section(fitting(asked, hits)) if _strength(asked, s) >= 1.0]
    if not supports:
        return not_in_manual(asked, knowledge, _nearest(asked, hits, knowledge.manual))
    if asked.positions:
        return _about_named(asked, supports, knowledge)
    if asked.within is not None:
        supports = _own_first(asked.within, supports, knowledge)
    return _compose(asked, supports, knowledge)


def _own_first(unit: Mention, supports: Sequence[Support], knowledge: Knowledge) -> list[Support]:
    """The sections of the branch that the person belongs to first, where one comes near the best:
    each branch has its own people for holidays, computers or agendas."""
    near = [s for s in supports if s.score >= _NEAR_BEST * supports[0].score]
    own = [s for s in near if _belongs(s.section, unit, knowledge)]
    return [*own, *(s for s in supports if s not in own)]


def _belongs(section: str, unit: Mention, knowledge: Knowledge) -> bool:
    position = knowledge.manual.position(section)
    return position is not None and any(
        position.number == superior.number or knowledge.names.belongs_to(position, superior)
        for superior in unit.candidates
    )


def fitting(asked: Understanding, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that may answer: what is done, not who reports to whom, and of the sort of thing
    that is asked for."""
    told = (h for h in hits if h.chunk.kind is not ChunkKind.REPORTING)
    return [h for h in told if _fits(asked, h.chunk)]


def _fits(asked: Understanding, chunk: Chunk) -> bool:
    """Whether a passage holds the sort of thing that is asked for."""
    if asked.expected is Expected.AMOUNT:
        return _counts(asked.question, chunk.quote)
    pattern = _HOLDS.get(asked.expected)
    return pattern is None or bool(pattern.search(chunk.quote))


def _counts(question: str, quote: str) -> bool:
    """Whether a passage gives a number of what the question counts ("¿cuántas etapas…?")."""
    spoken = words(question)
    at = next((i for i, w in enumerate(spoken) if w.startswith("cuant")), len(spoken))
    counted = next((w for w in spoken[at + 1 :] if w not in STOPWORDS), None)
    printed = words(quote)
    return counted is not None and any(
        _NUMERAL.fullmatch(word) and stem(counted) in {stem(w) for w in printed[i + 1 : i + 3]}
        for i, word in enumerate(printed)
    )


def _by_section(hits: Sequence[Hit]) -> list[Support]:
    """The sections of the hits, best first, each with its own hits, best first."""
    gathered: dict[str, list[Hit]] = {}
    weighed = (h.model_copy(update={"score": h.score * _directness(h.chunk)}) for h in hits)
    for hit in sorted(weighed, key=lambda h: h.score, reverse=True):
        gathered.setdefault(hit.chunk.section, []).append(hit)
    supports = []
    for section, own in gathered.items():
        further = sum(max(0.0, h.score) for h in own[1:_FURTHER])
        supports.append(Support(section, tuple(own), own[0].score + _FURTHER_WEIGHT * further))
    return sorted(supports, key=lambda s: s.score, reverse=True)


def _directness(chunk: Chunk) -> float:
    """Who only helps with a thing comes after who does it."""
    return _HELPING_WEIGHT if _HELPS.match(fold(chunk.quote[:_BEGINNING])) else 1.0


def _compose(asked: Understanding, supports: list[Support], knowledge: Knowledge) -> Draft:
    manual = knowledge.manual
    of_positions = [s for s in supports if manual.position(s.section)]
    wants_position = asked.expected is Expected.RESPONSIBLE
    best = supports[0]
    if wants_position and of_positions and of_positions[0].score >= _NEAR_BEST * best.score:
        best = of_positions[0]
    evidence = Evidence(manual)
    position = manual.position(best.section)
    lines = [
        _led_by(_lead(asked, position), best, evidence)
        if position
        else _prose(best, evidence, knowledge)
    ]
    others = [
        s for s in supports if s.section != best.section and s.score >= _NEAR_BEST * best.score
    ][:MOST_OTHERS]
    if others:
        lines.append(_others(others, evidence, knowledge))
    return Draft(
        paragraphs(lines),
        AnswerKind.ANSWER,
        tuple(evidence.citations),
        suggestions_for(position) if position else (),
        tuple(s.section for s in (best, *others) if manual.position(s.section)),
        rewritable=asked.expected is not Expected.DEFINITION,
    )


def _lead(asked: Understanding, position: Position) -> str:
    """How the responsible position is introduced."""
    name = numbered(position)
    if asked.expected is Expected.DEFINITION:
        return f"El manual no lo define; lo menciona la cédula {of_the(name)}"
    return f"De eso se encarga {the(name)}"


def _led_by(lead: str, support: Support, evidence: Evidence) -> str:
    first, *rest = support.hits
    said = f"{lead}: {_quote(first.chunk, evidence)}."
    more = next((h for h in rest if _adds(h, first)), None)
    if more is not None:
        said += f" También {_quote(more.chunk, evidence)}."
    return said


def _adds(hit: Hit, first: Hit) -> bool:
    """Whether a further passage of a position is worth quoting: near the best, and not the same
    again, as where the objective repeats a function."""
    return (
        hit.chunk.kind in (ChunkKind.FUNCTION, ChunkKind.OBJECTIVE)
        and hit.score >= _NEAR_BEST * first.score
        and fuzz.partial_ratio(fold(hit.chunk.quote), fold(first.chunk.quote)) < _SAME_AGAIN
    )


def _prose(support: Support, evidence: Evidence, knowledge: Knowledge) -> str:
    chunk = support.hits[0].chunk
    shown = _with_list(chunk, knowledge.manual)
    said = {quote for quote, _ in shown}
    shown += [
        (h.chunk.quote, h.chunk.page) for h in support.hits[1:_FURTHER] if h.chunk.quote not in said
    ]
    section = evidence.manual.section(chunk.section)
    if section is None:
        raise LookupError(chunk.section)
    quotes = [f"«{quote}» {evidence.cite(section, quote, page)}" for quote, page in shown]
    lead = f"El manual lo dice en {_section_called(chunk)}:"
    return (
        f"{lead} {quotes[0]}."
        if len(quotes) == 1
        else paragraphs([lead, *(f"- {q}" for q in quotes)])
    )


def _section_called(chunk: Chunk) -> str:
    """An unnumbered part is called by its title alone."""
    own = chunk.section != chunk.title
    return f"la sección {chunk.section}, {chunk.title}" if own else f"la sección {chunk.section}"


def _with_list(chunk: Chunk, manual: Manual) -> list[tuple[str, int]]:
    """A passage and, if it introduces a list, the items of that list; each with its page."""
    section = manual.section(chunk.section)
    if section is None or not chunk.quote.endswith(":"):
        return [(chunk.quote, chunk.page)]
    at = next((i for i, p in enumerate(section.passages) if chunk.quote in p.text), 0)
    following = itertools.takewhile(
        lambda p: p.kind is PassageKind.ITEM, section.passages[at + 1 : at + 1 + _MOST_ITEMS]
    )
    return [(chunk.quote, chunk.page), *((p.text, p.page) for p in following)]


def _others(others: list[Support], evidence: Evidence, knowledge: Knowledge) -> str:
    told = []
    for support in others:
        chunk = support.hits[0].chunk
        position = knowledge.manual.position(support.section)
        name = the(numbered(position)) if position else _section_called(chunk)
        told.append(f"{name}: {_quote(chunk, evidence)}")
    if len(told) == 1:
        return f"También lo menciona {told[0]}."
    return paragraphs(["También lo mencionan:", *(f"- {t}" for t in told)])


def _quote(chunk: Chunk, evidence: Evidence) -> str:
    section = evidence.manual.section(chunk.section)
    if section is None:
        raise LookupError(chunk.section)
    return f"«{chunk.quote}» {evidence.cite(section, chunk.quote, chunk.page, chunk.function)}"


def _about_named(asked: Understanding, supports: list[Support], knowledge: Knowledge) -> Draft:
    """What a named position has to do with the topic; if nothing, who has."""
    named = {p.number for p in asked.positions}
    own = next((s for s in supports if s.section in named), None)
    evidence = Evidence(knowledge.manual)
    position = asked.positions[0]
    if own is not None and own.score >= _NEAR_BEST * supports[0].score:
        quotes = [_quote(h.chunk, evidence) for h in own.hits[:_FURTHER]]
        text = f"Según su cédula, {the(numbered(position))} tiene a su cargo: {joined(quotes)}."
        return Draft(
            text,
            citations=tuple(evidence.citations),
            suggestions=suggestions_for(position),
            positions=(position.number,),
            rewritable=True,
        )
    heading = evidence.heading(evidence.sheet(position))
    composed = _compose(asked, [s for s in supports if s is not own], knowledge)
    text = f"La cédula {of_the(numbered(position))} no dice eso {heading}. {composed.text}"
    cited = (*evidence.citations, *composed.citations)
    return replace(composed, text=text, citations=cited, rewritable=False)


def _strength(asked: Understanding, support: Support) -> float:
    """The strength of a section's best evidence."""
    return max(evidence_strength(h, asked.expected) for h in support.hits)


def _nearest(asked: Understanding, hits: Sequence[Hit], manual: Manual) -> Position | None:
    """The position whose sheet comes near the topic, though it doesn't answer."""
    best = max(hits, key=lambda h: h.coverage, default=None)
    near = best is not None and evidence_strength(best, asked.expected) > _NEAR_BEST
    return manual.position(best.chunk.section) if best is not None and near else None
