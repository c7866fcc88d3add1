"""Two positions side by side, and which functions they share."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.answering.blocks import Block, item, paragraph, quoted
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.suggestions import suggestions_for
from assistant.answering.wording import capital, numbered, of_the, plural, the, unstopped
from assistant.understanding.types import Understanding
from corpus.model import Function, Position
from corpus.spanish import fold

_SHARED_ASKED = re.compile(r"compart|comun|repet|repit|parec|iguales|mism[oa]s?")
_SAME_WORDS = 95.0
"""Least likeness, in percent of the characters, of functions that say the same: what a slip of
spelling or an article leaves."""

_Shared = tuple[Function, Function]


def compare(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Objective, superior, reports, type and number of functions of two positions.

    What they share comes first where the question is about that, else last.
    """
    evidence = Evidence(knowledge.manual)
    one, other = asked.positions[:2]
    shared = _shared_functions(one, other)
    asks_for_shared = bool(_SHARED_ASKED.search(fold(asked.question)))
    lines: list[Block] = [] if asks_for_shared else [_opening(one, other)]
    if asks_for_shared:
        lines += _told(shared, one, other, evidence)
    for position in (one, other):
        lines += _side(position, evidence)
    if shared and not asks_for_shared:
        lines += _told(shared, one, other, evidence)
    return evidence.draft(
        lines,
        (*suggestions_for(one)[:1], *suggestions_for(other)[:1]),
        (one.number, other.number),
    )


def _opening(one: Position, other: Position) -> Block:
    return paragraph(f"{capital(the(numbered(one)))} y {the(numbered(other))}, según sus cédulas:")


def _side(position: Position, evidence: Evidence) -> list[Block]:
    lines: list[Block] = [paragraph(f"{position.title} ({position.number})")]
    objective = position.objective
    if objective is not None:
        place = evidence.cite(evidence.sheet(position), objective.text, objective.page)
        lines.append(item("Objetivo: ", quoted(objective.text, place)))
    rows = (
        ("Le reporta a", position.reports_to),
        ("Le reportan", position.direct_reports_printed),
        ("Tipo de puesto", position.type),
        ("Valor que aporta", position.value),
    )
    lines += [
        item(f"{label}: {unstopped(stated.text)} ", evidence.row(position, stated))
        for label, stated in rows
        if stated is not None
    ]
    if position.functions:
        place = evidence.function(position, position.functions[0])
        lines.append(item(f"Funciones: {len(position.functions)} ", place))
    return lines


def _shared_functions(one: Position, other: Position) -> list[_Shared]:
    """The functions of the first that the second has too, each with the likest one."""
    found = []
    for function in one.functions:
        likest = max(other.functions, key=lambda f: _likeness(function, f), default=None)
        if likest is not None and _likeness(function, likest) >= _SAME_WORDS:
            found.append((function, likest))
    return found


def _likeness(one: Function, other: Function) -> float:
    return fuzz.ratio(fold(one.text), fold(other.text))


def _told(
    shared: Sequence[_Shared], one: Position, other: Position, evidence: Evidence
) -> list[Block]:
    if not shared:
        both = f"{of_the(numbered(one))} y {of_the(numbered(other))}"
        return [paragraph(f"Ninguna función se imprime igual en las cédulas {both}. Lado a lado:")]
    both = f"{the(numbered(one))} y {the(numbered(other))}"
    count = plural(len(shared), "función", "funciones")
    return [
        paragraph(f"{capital(both)} comparten {count}, con las mismas palabras o casi:"),
        *(
            item(
                quoted(mine.text, evidence.function(one, mine)),
                " ",
                evidence.function(other, theirs),
            )
            for mine, theirs in shared
        ),
    ]
