"""What a manual prints of things that such manuals hardly ever tell: timetables, requirements.

That it doesn't tell them is said only after its headings and labels were looked through.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.answer import AnswerKind, Reason
from assistant.answering.blocks import Block, Text, item, paragraph, quoted
from assistant.answering.chapters import body
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.legal import cited_articles, listed
from assistant.answering.places import places_of
from assistant.answering.texts import said
from assistant.answering.wording import capital, numbered, of_the
from assistant.understanding.reading import frame
from assistant.understanding.types import Expected, Understanding
from corpus.model import Manual, Passage, PassageKind, Section, SectionKind, heading_of
from corpus.spanish import content_words, fold, stem, words

_CALLED = {
    Expected.SCHEDULE: r"horario|jornada|turno|dias? (?:no |in)?(?:labora|habil)",
    Expected.REQUIREMENT: r"requisito|documentacion requerida",
    Expected.MONEY: r"sueldo|salario|remuneraci|tarifa|costo|viatico",
    Expected.PHONE: r"telefono|conmutador",
    Expected.EMAIL: r"correo|e-?mail",
    Expected.VACANCY: r"vacante|contratacion|reclutamiento",
    Expected.PLACE: r"domicilio|ubicacion|direccion postal",
}
"""How headings and labels call what is asked for."""
_WHICH_LAW = re.compile(
    r"\b(?:que|cual(?:es)?)(?: es la| son las)? (?:ley|reglamento|codigo|norma)"
)
_HEAD = re.compile(r"(?:articulo \S+ )?[^:.]{0,60}?(?::|\.\s?[-–—])")
"""What a paragraph begins with where it has a heading of its own: "Artículo 9.- REQUISITOS.-"."""
_MOST_PLACES = 3
_MOST_LINES = 6
_OF_ANYTHING = {
    Expected.TIME,
    Expected.AMOUNT,
    Expected.STATEMENT,
    Expected.RESPONSIBLE,
    Expected.DEFINITION,
}
"""What no heading promises: it may stand beside anything."""
_TOPIC = 2
"""Words that a topic has at least, to be found by them alone."""
_DEFINING = frozenset(
    ["significa", "significan", "quiere", "decir", "define", "definicion", "entiende", "concepto"]
)
"""Words that ask what another means."""
_ABOUT = 0.5
"""Share of the question's words that a place must print to be its answer rather than near it."""

Place = tuple[Section, list[Passage]]


def printed_attribute(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Where the manual's headings promise what is asked for: as an answer where the question's
    words stand there too, else as what comes nearest; None without such headings."""
    if asked.expected is Expected.LAW_TEXT:
        cited = cited_articles(asked.question, knowledge)
        if cited is not None:
            return cited
        which = asked.yes_no or _WHICH_LAW.search(fold(asked.question))
        return listed(asked.question, knowledge) if which else None
    called = _CALLED.get(asked.expected)
    if called is None:
        return _printed_together(asked, knowledge) if asked.expected in _OF_ANYTHING else None
    pattern = re.compile(rf"\b(?:{called})")
    places = list(_places(pattern, knowledge.manual))
    if not places:
        return None
    wanted = {stem(w) for w in content_words(fold(asked.question)) if not pattern.match(w)}
    fits = {id(place): _share(wanted, place) for place in places}
    places.sort(key=lambda place: -fits[id(place)])
    sure = fits[id(places[0])] >= _ABOUT
    evidence = Evidence(knowledge.manual)
    lines: list[Block] = [] if sure else [paragraph(said("nearest", "lead"))]
    for section, passages in places[: 1 if sure else _MOST_PLACES]:
        lines.append(paragraph(f"{capital(heading_of(section))}:"))
        lines += [item(_quoted(section, p, evidence)) for p in passages[:_MOST_LINES]]
    readings = [f"¿Qué dice {heading_of(s)}?" for s, _ in places[:_MOST_PLACES]]
    told = evidence.draft(lines, readings)
    return told if sure else replace(told, kind=AnswerKind.CLARIFY, reason=Reason.NEAREST)


def _quoted(section: Section, passage: Passage, evidence: Evidence) -> Text:
    return quoted(passage.text, evidence.passage(section, passage))


def _printed_together(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The few passages that print all that is asked about side by side, as what comes nearest."""
    topic = [w for w in content_words(fold(asked.question)) if w not in frame() | _DEFINING]
    least = 1 if asked.expected is Expected.DEFINITION else _TOPIC
    found = places_of(" ".join(topic), knowledge.manual) if len(topic) >= least else []
    if not 0 < len(found) <= _MOST_PLACES:
        return None
    evidence = Evidence(knowledge.manual)
    lines = [
        item(f"{capital(heading_of(section))}: ", _quoted(section, passage, evidence))
        for section, passage in found
    ]
    readings = [f"¿Qué dice {heading_of(section)}?" for section, _ in found]
    told = evidence.draft([paragraph(said("nearest", "lead")), *lines], readings)
    return replace(told, kind=AnswerKind.CLARIFY, reason=Reason.NEAREST)


def told_of_posts(asked: Understanding, knowledge: Knowledge) -> str:
    """That sheets print a field of the kind that is asked for, "" where none does."""
    called = _CALLED.get(asked.expected)
    for position in knowledge.manual.positions if called else ():
        for field in position.further:
            if re.search(rf"\b(?:{called})", fold(field.label)):
                return (
                    f"De los puestos sí lo imprimen sus cédulas, en «{field.label}», por ejemplo "
                    f"la {of_the(numbered(position))} (p. {field.lines[0].page}): pregunte por uno."
                )
    return ""


def _places(pattern: re.Pattern[str], manual: Manual) -> Iterator[Place]:
    """Sections with such a title, and paragraphs with such a heading outside of the sheets."""
    for section in manual.sections:
        if section.kind is SectionKind.SHEET:
            continue
        if pattern.search(fold(section.title)):
            texts = body(section)
            if texts:
                yield section, texts
            continue
        for at, passage in enumerate(section.passages):
            head = _HEAD.match(fold(passage.text))
            if head and pattern.search(head[0]) and passage.kind is not PassageKind.BOILERPLATE:
                yield section, [passage, *_items_below(section, at)]


def _items_below(section: Section, at: int) -> Iterator[Passage]:
    for passage in section.passages[at + 1 :]:
        if passage.kind is not PassageKind.ITEM:
            return
        yield passage


def _share(wanted: set[str], place: Place) -> float:
    """The share of the words that a place prints, in its title or text."""
    section, passages = place
    told = {stem(w) for text in (section.title, *(p.text for p in passages)) for w in words(text)}
    return len(wanted & told) / len(wanted) if wanted else 1.0
