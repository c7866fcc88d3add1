"""In what the manuals of a municipality contradict each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby

from assistant.render.places import on_page
from assistant.structure.comparing.pairing import likeness
from assistant.structure.naming import Name, NameIndex, leading_rank
from corpus.model import Function, Manual, Position, Record
from corpus.spanish import STOPWORDS, fold, joined, stem, words

_LEAST_WORDS = 4
"""Content words of a function for it to be a task of its own, and no phrase of all forms."""
_OF_ALL = 3
"""Dependencies of a municipality that print a function, or its beginning, alike from which on it is
such a phrase; that have a post of one name from which on each has it for itself."""
_OF_SHEETS = 4
"""The same for the beginnings of functions, by sheets of one manual."""
_BEGINNING = 3
"""Stems that a function begins with."""
_ALIKE = 90.0
"""Least likeness, in 0…100, of two functions that say the same in almost the same words."""
_MOST_OTHER = 2
"""Stems that one of two functions may have and the other not, so that they are compared at all."""
_SAME_POST = 0.6
"""Least share of the functions of two sheets, of the shorter one's, that say the same, for the
sheets to be of one post."""
_LEAST_OF_POST = 3
"""Functions that two sheets must share for that."""


class BetweenKind(StrEnum):
    """What manuals may contradict each other in."""

    FUNCTION_OF_TWO = "function_of_two"
    """Two dependencies claim one function."""
    UNKNOWN_UNIT = "unknown_unit"
    """A manual names a unit of another dependency whose manual has no such unit."""
    POST_OF_TWO_NAMES = "post_of_two_names"
    """Two dependencies have a post with the same functions under different names."""


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


@dataclass(frozen=True)
class _Duty:
    """A function of a sheet of one of the manuals."""

    manual: Manual
    position: Position
    function: Function

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(stem(w) for w in words(self.function.text) if w not in STOPWORDS)

    @property
    def beginning(self) -> tuple[str, ...]:
        return self.stems[:_BEGINNING]

    @property
    def sheet(self) -> tuple[str, str]:
        return self.manual.code, self.position.number

    @property
    def place(self) -> BetweenPlace:
        text, page = self.function.text, self.function.page
        return BetweenPlace(
            manual=self.manual.code, section=self.position.number, page=page, quote=text
        )


def audit_between(manuals: Iterable[Manual]) -> list[BetweenFinding]:
    """The contradictions between manuals of the same municipality, in the order of the manuals."""
    ordered = sorted(manuals, key=lambda m: (m.municipality or "", m.code))
    found: list[BetweenFinding] = []
    for municipality, own in groupby(ordered, key=lambda m: m.municipality or ""):
        together = list(own)
        shared = _shared_duties(together)
        posts = _posts_of_two_names(shared, municipality)
        found += [*_functions_of_two(shared, posts, municipality), *posts.values()]
        found += _unknown_units(together, municipality)
    return found


def _shared_duties(manuals: Sequence[Manual]) -> list[tuple[_Duty, _Duty]]:
    """Functions that just two of the dependencies print, in the same or almost the same words.

    Candidates are found by their rarest stems, so that no two are compared in vain.
    """
    duties = list(_own_duties(manuals))
    held = Counter(each for duty in duties for each in set(duty.stems))
    by_stem: dict[str, list[int]] = defaultdict(list)
    claimed: dict[int, list[int]] = defaultdict(list)
    for at, duty in enumerate(duties):
        rarest = sorted(set(duty.stems), key=lambda s: (held[s], s))[: _MOST_OTHER + 1]
        near = {other for each in rarest for other in by_stem[each]}
        for other in sorted(near):
            if duties[other].manual is not duty.manual and _says_the_same(duty, duties[other]):
                claimed[at].append(other)
                claimed[other].append(at)
        for each in rarest:
            by_stem[each].append(at)
    dependencies = {
        at: {duties[each].manual.code for each in (at, *others)} for at, others in claimed.items()
    }
    return [
        (duties[at], duties[other])
        for at, others in sorted(claimed.items())
        for other in others
        if at < other and max(len(dependencies[at]), len(dependencies[other])) < _OF_ALL
    ]


def _own_duties(manuals: Sequence[Manual]) -> Iterator[_Duty]:
    """The functions that are tasks of their own: not the phrases with which many sheets begin
    theirs, nor what every dependency has a post for."""
    posts = Counter(name for m in manuals for name in {_topic(p.title) for p in m.positions})
    duties = [
        _Duty(manual, position, function)
        for manual in manuals
        for position in manual.positions
        if posts[_topic(position.title)] < _OF_ALL
        for function in position.functions
    ]
    sheets: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
    for duty in duties:
        sheets[duty.beginning].add(duty.sheet)
    for duty in duties:
        alike = Counter(code for code, _ in sheets[duty.beginning])
        is_phrase = len(alike) >= _OF_ALL or max(alike.values()) >= _OF_SHEETS
        if not is_phrase and len(duty.stems) >= _LEAST_WORDS:
            yield duty


@lru_cache(maxsize=65_536)
def _topic(title: str) -> frozenset[str]:
    """What a post is about, whatever its rank."""
    return frozenset(Name.parse(title).topic)


def _says_the_same(one: _Duty, other: _Duty) -> bool:
    if one.stems == other.stems:
        return True
    told, told_too = set(one.stems), set(other.stems)
    if len(told - told_too) > _MOST_OTHER or len(told_too - told) > _MOST_OTHER:
        return False
    if one.stems[0] != other.stems[0]:  # who supports or supervises a thing does another
        return False
    if told <= told_too or told_too <= told:
        return True
    return likeness(one.function.text, other.function.text) >= _ALIKE


def _posts_of_two_names(
    shared: Sequence[tuple[_Duty, _Duty]], municipality: str
) -> dict[frozenset[tuple[str, str]], BetweenFinding]:
    """Sheets of two dependencies with mostly the same functions and different names."""
    together: dict[frozenset[tuple[str, str]], list[tuple[_Duty, _Duty]]] = defaultdict(list)
    for one, other in shared:
        together[frozenset((one.sheet, other.sheet))].append((one, other))
    found = {}
    for sheets, pairs in together.items():
        one, other = pairs[0]
        fewer = min(len(one.position.functions), len(other.position.functions))
        if len(pairs) < max(_LEAST_OF_POST, _SAME_POST * fewer):
            continue
        if _is_same_name(one.position, other.position):
            continue
        found[sheets] = BetweenFinding(
            kind=BetweenKind.POST_OF_TWO_NAMES,
            municipality=municipality,
            message=(
                f"Parece el mismo puesto con dos nombres: {_named(one)} y {_named(other)} "
                f"comparten {len(pairs)} de sus funciones."
            ),
            places=tuple(duty.place for pair in pairs for duty in pair),
        )
    return found


def _functions_of_two(
    shared: Sequence[tuple[_Duty, _Duty]],
    posts: dict[frozenset[tuple[str, str]], BetweenFinding],
    municipality: str,
) -> Iterator[BetweenFinding]:
    """Functions that two dependencies claim, but for those of one post under two names."""
    for one, other in shared:
        if frozenset((one.sheet, other.sheet)) in posts:
            continue
        yield BetweenFinding(
            kind=BetweenKind.FUNCTION_OF_TWO,
            municipality=municipality,
            message=f"La misma función es de {joined([_named(one), _named(other)])}.",
            places=(one.place, other.place),
        )


def _is_same_name(one: Position, other: Position) -> bool:
    names = Name.parse(one.title), Name.parse(other.title)
    return names[0].rank is names[1].rank and set(names[0].topic) == set(names[1].topic)


def _named(duty: _Duty) -> str:
    return f"{duty.position.title} ({duty.manual.name}, {on_page(duty.function.page)})"


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
