"""Which positions a count, a list or a comparison is over, and how that is said."""

from collections.abc import Sequence

from assistant.answering.blocks import Place, paragraph
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.places import places_of
from assistant.answering.unread import structure_unread
from assistant.answering.wording import PLURALS, numbered, of_that_rank, of_the, plural
from assistant.structure.naming import Name, Rank
from assistant.understanding.types import Measure, Understanding
from corpus.model import Position


def rank_of(position: Position) -> Rank | None:
    """The rank that a position's title begins with."""
    return Name.parse(position.title).rank


def selected(asked: Understanding, knowledge: Knowledge) -> tuple[Position, ...]:
    """The positions of the rank, below the position, that say and have what is asked for, in
    printed order."""
    of: Sequence[Position] = knowledge.manual.positions
    if asked.positions:
        below = {node.id for node in knowledge.chart.below(asked.positions[0])}
        of = [p for p in of if p.number in below]
    if asked.rank is not None:
        of = [p for p in of if rank_of(p) is asked.rank]
    if asked.saying is not None:
        saying = {section.number for section, _ in places_of(asked.saying, knowledge.manual)}
        of = [p for p in of if p.number in saying]
    if asked.measure is not None:
        of = [p for p in of if _within_bounds(p, asked)]
    return tuple(of)


def none_selected(asked: Understanding, knowledge: Knowledge) -> Draft:
    """That there are no such positions, where sheets were read at all."""
    if not knowledge.manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(knowledge.manual)
    above = asked.positions[0] if asked.positions else knowledge.manual.positions[0]
    lead = f"Según las cédulas, no hay {amount(0, asked).removeprefix('0 ')} "
    return evidence.draft([paragraph(lead, evidence.heading(evidence.sheet(above)), ".")])


def is_narrowed(asked: Understanding) -> bool:
    """Whether only some positions are meant by more than a rank."""
    bounded = asked.least is not None or asked.most is not None
    return bounded or asked.saying is not None


def measured(position: Position, asked: Understanding) -> int | None:
    """How many functions or direct reports a sheet lists, posts with a head count as so many; None
    where that part of it could not be read."""
    if asked.measure is Measure.FUNCTIONS:
        unread = not position.functions and position.functions_heading is None
        return None if unread else len(position.functions)
    if position.direct_reports_printed is None:
        return None
    reports = position.direct_reports
    if asked.of_rank is not None:
        return sum(Name.parse(entry.name).rank is asked.of_rank for entry in reports)
    return sum(entry.count or 1 for entry in reports)


def whether(asked: Understanding, has: int | None) -> str:
    """ "Sí. " or "No. " where it is asked whether there are so many."""
    bounded = asked.least is not None or asked.most is not None
    if not asked.yes_no or not bounded or has is None:
        return ""
    return "Sí. " if _lies_within(has, asked) else "No. "


def counted(amount: int, asked: Understanding) -> str:
    """ "3 funciones", "2 jefaturas", "8 plazas"."""
    if asked.measure is Measure.FUNCTIONS:
        return plural(amount, "función", "funciones")
    if asked.of_rank is not None:
        return of_that_rank(amount, asked.of_rank)
    return plural(amount, "plaza", "plazas")


def place_of(position: Position, asked: Understanding, evidence: Evidence) -> Place:
    """Where a sheet prints what is counted of it; its heading where nothing is counted."""
    if asked.measure is Measure.FUNCTIONS and position.functions:
        return evidence.function(position, position.functions[-1])
    if asked.measure is Measure.REPORTS and position.direct_reports_printed is not None:
        return evidence.row(position, position.direct_reports_printed)
    return evidence.heading(evidence.sheet(position))


def unread_of(asked: Understanding, knowledge: Knowledge) -> list[Position]:
    """The positions of which what is counted could not be read."""
    if asked.measure is None:
        return []
    return [p for p in knowledge.manual.positions if measured(p, asked) is None]


def amount(number: int, asked: Understanding) -> str:
    """So many positions, with what they have in common: "3 jefaturas por debajo de la Dirección …
    con 8 funciones o más"."""
    of = of_that_rank(number, asked.rank) if asked.rank else plural(number, "puesto", "puestos")
    return f"{of}{_below(asked)}{_saying(asked)}{_bounds(asked)}"


def among(asked: Understanding) -> str:
    """Of which positions a superlative is: "entre las cédulas de jefaturas …"; of all, nothing."""
    below = _below(asked)
    if asked.rank is not None:
        return f"entre las cédulas de {PLURALS[asked.rank]}{below}"
    return f"entre los puestos{below}" if below else ""


def _below(asked: Understanding) -> str:
    return f" por debajo {of_the(numbered(asked.positions[0]))}" if asked.positions else ""


def _saying(asked: Understanding) -> str:
    return f" cuya cédula dice «{asked.saying}»" if asked.saying else ""


def _bounds(asked: Understanding) -> str:
    if asked.measure is None:
        return ""
    if asked.most == 0:
        return f" sin {counted(0, asked).removeprefix('0 ')}"
    if asked.least is not None and asked.least == asked.most:
        return f" con {counted(asked.least, asked)}"
    if asked.least is not None:
        return f" con {counted(asked.least, asked)} o más"
    if asked.most is not None:
        return f" con {counted(asked.most, asked)} o menos"
    return ""


def _within_bounds(position: Position, asked: Understanding) -> bool:
    has = measured(position, asked)
    if asked.least is None and asked.most is None:
        return True
    return has is not None and _lies_within(has, asked)


def _lies_within(has: int, asked: Understanding) -> bool:
    return (asked.least or 0) <= has and (asked.most is None or has <= asked.most)
