"""What is offered while somebody types `@bot jefatura de geomática` in any chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.answer import Citation
from assistant.answering.topical import fitting
from assistant.answering.wording import numbered
from assistant.conversation import NOTHING
from assistant.finding import PositionError, find_position
from assistant.library import Library, OpenManual
from assistant.retrieval.confidence import evidence_strength
from assistant.understanding.question import QuestionError, clean_question
from bots.telegram.markup import BLANK, Line, Span, Style, bold, italic, plain
from bots.telegram.views.answers import place_label
from corpus.model import Chunk, Position

_MOST = 20
_MOST_SHEETS = 6
_LONGEST_QUERY = 200


@dataclass(frozen=True)
class Offer:
    """Something to send: how it is listed, and the message that it becomes."""

    title: str
    description: str
    lines: tuple[Line, ...]


def offers(library: Library, typed: str) -> list[Offer]:
    """Sheets and passages for what was typed, best first; for nothing, the manuals' heads.

    Raises what `Library.manuals` raises.
    """
    made: list[Offer] = []
    for opened in library.manuals():
        made += [_sheet(opened, each) for each in islice(_positions(opened, typed), _MOST_SHEETS)]
    for opened in library.manuals():
        made += _passages(opened, typed)
    return made[:_MOST]


def _positions(opened: OpenManual, typed: str) -> Iterator[Position]:
    manual = opened.knowledge.manual
    if not typed.strip():
        yield from (each for each in manual.positions if each.level == 1)
        return
    try:
        yield find_position(opened.knowledge, typed)
    except PositionError as error:
        yield from error.positions


def _passages(opened: OpenManual, typed: str) -> list[Offer]:
    try:
        question = clean_question(typed, _LONGEST_QUERY)
    except QuestionError:
        return []
    asked = opened.knowledge.interpreter.understand(question, NOTHING)
    hits = fitting(asked, opened.search(asked))
    strong = [hit for hit in hits if evidence_strength(hit, asked.expected) >= 1.0]
    return [_passage(hit.chunk) for hit in strong]


def _sheet(opened: OpenManual, position: Position) -> Offer:
    code = opened.knowledge.manual.code
    superior = position.reports_to.text if position.reports_to else None
    rows: Sequence[tuple[str, str | None]] = (
        ("Le reporta a", superior),
        ("Objetivo", position.objective.text if position.objective else None),
        ("Funciones en su cédula", str(len(position.functions)) if position.functions else None),
    )
    lines = [bold(numbered(position)), italic(f"{code}, página {position.page}")]
    for label, told in rows:
        if told:
            lines += [BLANK, (Span(f"{label}: ", Style.BOLD), Span(told))]
    described = f"Le reporta a {superior}" if superior else "Cédula del puesto"
    return Offer(numbered(position), f"{code}, p. {position.page} · {described}", tuple(lines))


def _passage(chunk: Chunk) -> Offer:
    cited = Citation(
        manual=chunk.manual,
        section=chunk.section,
        title=chunk.title,
        page=chunk.page,
        function=chunk.function,
        quote=chunk.quote,
    )
    place = f"{chunk.title} ({place_label(cited)})"
    lines = (bold(place), BLANK, plain(f"«{chunk.quote}»"), BLANK, italic(chunk.manual))
    return Offer(place, chunk.quote, lines)
