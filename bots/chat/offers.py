"""What is offered while somebody types `@bot jefatura de geomática` in any chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.finding import PositionError, UnknownPositionError, find_position
from assistant.answering.wording import numbered
from assistant.asking.library import Library, OpenManual
from assistant.render import places
from assistant.retrieval.evidence import FURTHER, weigh
from assistant.understanding.focus import NOTHING
from assistant.understanding.question import QuestionError, clean_question
from bots.chat.spans import BLANK, Line, Span, Style, bold, italic, plain
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
    if not typed.strip():
        first = library.manuals()[:_MOST]
        heads = [(m, p) for m in first for p in m.knowledge.manual.positions if p.level == 1]
        return [_sheet(opened, position) for opened, position in heads[:_MOST]]
    manuals = library.likely(typed)
    named: list[Offer] = []
    nearest: list[Offer] = []
    for opened in manuals:
        positions, is_meant = _positions(opened, typed)
        (named if is_meant else nearest).extend(_sheet(opened, each) for each in positions)
    made = [*named, *(offer for opened in manuals for offer in _passages(opened, typed))]
    return (made or nearest)[:_MOST]


def _positions(opened: OpenManual, typed: str) -> tuple[Sequence[Position], bool]:
    """Positions, and whether they are what was typed rather than merely the nearest to it."""
    try:
        return [find_position(opened.knowledge, typed)], True
    except PositionError as error:
        return error.positions[:_MOST_SHEETS], not isinstance(error, UnknownPositionError)


def _passages(opened: OpenManual, typed: str) -> list[Offer]:
    try:
        question = clean_question(typed, _LONGEST_QUERY)
    except QuestionError:
        return []
    asked = opened.knowledge.interpreter.understand(question, NOTHING)
    sure = weigh(asked, opened.search(asked)).sure
    return [_passage(hit.chunk) for support in sure for hit in support.hits[:FURTHER]]


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
    where = places.on_page(position.page)
    return Offer(numbered(position), f"{code}, {where} · {described}", tuple(lines))


def _passage(chunk: Chunk) -> Offer:
    place = f"{chunk.title} ({places.label(chunk)})"
    lines = (bold(place), BLANK, plain(f"«{chunk.quote}»"), BLANK, italic(chunk.manual))
    return Offer(place, chunk.quote, lines)
