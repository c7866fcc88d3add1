"""In what the manuals of a municipality contradict each other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from assistant.render.places import on_page
from assistant.structure.naming import NameIndex, leading_rank
from corpus.model import Function, Manual, Position, Record
from corpus.spanish import STOPWORDS, fold, joined, words

_LEAST_WORDS = 6
"""Content words of a function for it to be a task of its own, and no phrase of all forms."""
_OF_ALL = 3
"""Dependencies of a municipality that print a function alike from which on it is such a phrase."""


class BetweenKind(StrEnum):
    """What manuals may contradict each other in."""

    FUNCTION_OF_TWO = "function_of_two"
    """Two dependencies claim one function."""
    UNKNOWN_UNIT = "unknown_unit"
    """A manual names a unit of another dependency whose manual has no such unit."""


class BetweenPlace(Record):
    """Where a manual says what, verbatim."""

    manual: str
    section: str
    page: int
    quote: str


class BetweenFinding(Record):
    """One contradiction between manuals."""

    kind: BetweenKind
    municipality: str
    message: str
    """One plain Spanish sentence."""
    places: tuple[BetweenPlace, ...]


def audit_between(manuals: Iterable[Manual]) -> list[BetweenFinding]:
    """The contradictions between manuals of the same municipality, in the order of the manuals."""
    ordered = sorted(manuals, key=lambda m: (m.municipality or "", m.code))
    found: list[BetweenFinding] = []
    for municipality, own in groupby(ordered, key=lambda m: m.municipality or ""):
        together = list(own)
        found += _functions_of_two(together, municipality)
        found += _unknown_units(together, municipality)
    return found


def _functions_of_two(manuals: Sequence[Manual], municipality: str) -> Iterator[BetweenFinding]:
    printed: dict[str, dict[str, tuple[Manual, Position, Function]]] = defaultdict(dict)
    for manual in manuals:
        for position in manual.positions:
            for function in position.functions:
                told = [word for word in words(function.text) if word not in STOPWORDS]
                if len(told) >= _LEAST_WORDS:
                    own = printed[" ".join(told)]
                    own.setdefault(manual.code, (manual, position, function))
    for claims in printed.values():
        if 1 < len(claims) < _OF_ALL:
            told = [f"{p.title} ({m.name}, {on_page(f.page)})" for m, p, f in claims.values()]
            yield BetweenFinding(
                kind=BetweenKind.FUNCTION_OF_TWO,
                municipality=municipality,
                message=f"La misma función es de {joined(told)}.",
                places=tuple(
                    BetweenPlace(manual=m.code, section=p.number, page=f.page, quote=f.text)
                    for m, p, f in claims.values()
                ),
            )


def _unknown_units(manuals: Sequence[Manual], municipality: str) -> Iterator[BetweenFinding]:
    others = [
        (
            manual,
            NameIndex(manual),
            re.compile(rf"\bde(?: la|l)? {re.escape(fold(manual.dependency))}\b"),
        )
        for manual in manuals
        if len(words(manual.dependency)) > 1
    ]
    for manual in manuals:
        for position in manual.positions:
            for function in position.functions:
                folded = fold(function.text)
                for other, names, pattern in others:
                    match = pattern.search(folded) if other is not manual else None
                    unit = _unit_before(folded[: match.start()]) if match else ""
                    if unit and not names.candidates(unit):
                        yield BetweenFinding(
                            kind=BetweenKind.UNKNOWN_UNIT,
                            municipality=municipality,
                            message=(
                                f"{position.title} ({manual.name}, {on_page(function.page)}) "
                                f"nombra «{unit}» de {other.dependency}, que el manual "
                                f"{other.code} no tiene."
                            ),
                            places=(
                                BetweenPlace(
                                    manual=manual.code,
                                    section=position.number,
                                    page=function.page,
                                    quote=function.text,
                                ),
                            ),
                        )


def _unit_before(text: str) -> str:
    """The name of a unit that a folded text ends with; "" for none."""
    said = words(text)
    for at in range(len(said) - 1, -1, -1):
        rank, _ = leading_rank(said[at:])
        if rank is not None:
            return " ".join(said[at:]) if len(said) - at > 1 else ""
    return ""
