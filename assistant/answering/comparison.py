"""Two positions side by side, and which functions they share."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.answering.draft import Draft, Evidence, paragraphs
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
    lines = [] if asks_for_shared else [_opening(one, other)]
    if asks_for_shared:
        lines += _told(shared, one, other, evidence)
    for position in (one, other):
        lines += _side(position, evidence)
    if shared and not asks_for_shared:
        lines += _told(shared, one, other, evidence)
    return Draft(
        paragraphs(lines),
        citations=tuple(evidence.citations),
        suggestions=(*suggestions_for(one)[:1], *suggestions_for(other)[:1]),
        positions=(one.number, other.number),
    )


def _opening(one: Position, other: Position) -> str:
    return f"{capital(the(numbered(one)))} y {the(numbered(other))}, según sus cédulas:"


def _side(position: Position, evidence: Evidence) -> list[str]:
    lines = [f"{position.title} ({position.number})"]
    if position.objective is not None:
        mark = evidence.cite(
            evidence.sheet(position), position.objective.text, position.objective.page
        )
        lines.append(f"- Objetivo: «{position.objective.text}» {mark}")
    rows = (
        ("Le reporta a", position.reports_to),
        ("Le reportan", position.direct_reports_printed),
        ("Tipo de puesto", position.type),
        ("Valor que aporta", position.value),
    )
    lines += [
        f"- {label}: {unstopped(stated.text)} {evidence.row(position, stated)}"
        for label, stated in rows
        if stated is not None
    ]
    if position.functions:
        mark = evidence.function(position, position.functions[0])
        lines.append(f"- Funciones: {len(position.functions)} {mark}")
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
) -> list[str]:
    if not shared:
        both = f"{of_the(numbered(one))} y {of_the(numbered(other))}"
        return [f"Ninguna función se imprime igual en las cédulas {both}. Lado a lado:"]
    both = f"{the(numbered(one))} y {the(numbered(other))}"
    count = plural(len(shared), "función", "funciones")
    return [
        f"{capital(both)} comparten {count}, con las mismas palabras o casi:",
        *(
            f"- «{mine.text}» {evidence.function(one, mine)} {evidence.function(other, theirs)}"
            for mine, theirs in shared
        ),
    ]
