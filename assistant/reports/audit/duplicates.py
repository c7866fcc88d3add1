"""Functions that are printed twice, in one sheet or in several.

Two functions are the same when they have the same words but for slips of spelling, inflection and
small words; or when a long one has just one word more. A number, a capitalised name or another
verb is a difference: "Apoyar en …" is how a sheet helps with its superior's function.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rapidfuzz import fuzz

from assistant.reports.audit.finding import Finding, Kind, Severity
from assistant.reports.audit.subject import Subject, said
from assistant.structure.naming import Name, same_word
from corpus.model import Function, Position
from corpus.spanish import STOPWORDS, fold, joined, stem, words

_SUPPORT = re.compile(r"(?:apoy|coadyuv|auxili|colabor|particip|asist|contribu)")
_LONG = 10
"""Content words of a function in which one word more makes no other function."""
_LEAST_ALIKE = 85.0
"""Least share of common characters in order, in percent, of two functions with the same words."""
_LEAST_SHARED = 4
"""Least content words for a function to be told as shared between sheets."""
_COMMON_TO = 3
"""Sheets that begin, or end, a function alike from which on it is a phrase of the form."""
_EDGE = 4
_SHORT = 7
_OF_ANY_SHEET = re.compile(
    r"\bsu superior|\ba su cargo|\bde su competencia|\bsu area\b|\bel area\b|\bque le reportan"
    r"|\bque le(?: sean?)? (?:encomiend|asign|senal|confier|deleg|solicit)"
    r"|\bproyectos que se requieran?\b|\bdelegar facultades"
    r"|\blas demas (?:que|funciones|atribuciones)|\bcodigo de etica|\borganos? internos? de control"
    r"|\bfechas establecidas|\bautoridad municipal$|\bclima laboral|\bambiente laboral"
)
"""Phrases by which a function speaks of whichever sheet it stands in."""


@dataclass(frozen=True)
class _Duty:
    position: Position
    function: Function

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(stem(w) for w in words(self.function.text) if w not in STOPWORDS)

    @cached_property
    def folded(self) -> str:
        return " ".join(words(self.function.text))

    @cached_property
    def names(self) -> frozenset[str]:
        """Numbers and capitalised words after the first: what makes it another function."""
        tokens = re.findall(r"[^\W_]+", self.function.text)
        return frozenset(fold(t) for t in tokens[1:] if t[0].isupper() or t[0].isdigit())


def repeated_functions(subject: Subject) -> Iterator[Finding]:
    """A sheet prints one function twice."""
    for position in subject.manual.positions:
        for group in _groups([_Duty(position, f) for f in position.functions]):
            numbers = joined(str(d.function.number) for d in group)
            same = len({d.folded for d in group}) == 1
            yield Finding(
                kind=Kind.REPEATED_FUNCTION,
                severity=Severity.MEDIUM if same else Severity.LOW,
                sections=(position.number,),
                message=f"En la cédula {said(position)}, las funciones {numbers} "
                f"{'son la misma' if same else 'dicen casi lo mismo'} ({_pages(group)}).",
                evidence=tuple(subject.function(position, d.function) for d in group),
            )


def shared_functions(subject: Subject) -> Iterator[Finding]:
    """Sheets that print the same functions: one finding for each set of sheets.

    Phrases of the form, which many sheets share by design, are none; nor are those of twins:
    sheets with one title ("Jefatura de Oficina"), or sisters with almost one ("Zona Norte").
    """
    duties = [_Duty(p, f) for p in subject.manual.positions for f in p.functions]
    common = _common_edges(duties)
    shared: dict[tuple[str, ...], list[list[_Duty]]] = defaultdict(list)
    for group in _groups(d for d in duties if not _is_of_any_sheet(d, common)):
        sheets = {d.position.number: d for d in group}
        if len(sheets) > 1 and not _are_twins([d.position for d in sheets.values()]):
            shared[tuple(sheets)].append(list(sheets.values()))
    for numbers, groups in shared.items():
        yield _shared(subject, numbers, groups)


def _shared(subject: Subject, numbers: tuple[str, ...], groups: list[list[_Duty]]) -> Finding:
    sheets = [d.position for d in groups[0]]
    same = all(len({d.folded for d in g}) == 1 for g in groups)
    the = "la función" if len(groups) == 1 else "las funciones"
    told = joined(
        f"{the} {joined(str(g[at].function.number) for g in groups)} de {said(sheet)} "
        f"({_pages([g[at] for g in groups])})"
        for at, sheet in enumerate(sheets)
    )
    return Finding(
        kind=Kind.SHARED_FUNCTIONS,
        severity=Severity.LOW,
        sections=numbers,
        message=f"Dicen {'lo mismo' if same else 'casi lo mismo'}"
        f"{', en este orden,' if len(groups) > 1 else ''} {told}.",
        evidence=tuple(subject.function(d.position, d.function) for g in groups for d in g),
    )


# -- sameness --------------------------------------------------------------------------------------


def _groups(duties: Iterable[_Duty]) -> list[list[_Duty]]:
    """The duties that are the same, in printed order, each group with two or more."""
    listed = list(duties)
    leader = list(range(len(listed)))

    def find(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for a, b in _candidates(listed):
        if find(a) != find(b) and _is_same(listed[a], listed[b]):
            leader[find(b)] = find(a)
    groups: dict[int, list[_Duty]] = defaultdict(list)
    for at, duty in enumerate(listed):
        groups[find(at)].append(duty)
    return [g for g in groups.values() if len(g) > 1]


def _candidates(duties: list[_Duty]) -> Iterator[tuple[int, int]]:
    """Pairs that may be the same: their sets of stems differ in one at most.

    Found through keys that leave out one stem each, so that no two are compared in vain.
    """
    buckets: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, duty in enumerate(duties):
        stems = frozenset(duty.stems)
        for key in {stems, *(stems - {s} for s in stems)}:
            buckets[key].append(at)
    seen: set[tuple[int, int]] = set()
    for bucket in buckets.values():
        # equal texts are linked in a row: the first stands for all
        for pair in combinations(bucket, 2) if len(bucket) < 40 else _chain(bucket):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _chain(bucket: list[int]) -> Iterator[tuple[int, int]]:
    return ((bucket[0], other) for other in bucket[1:])


def _is_same(a: _Duty, b: _Duty) -> bool:
    if a.folded == b.folded:
        return True
    if not a.stems or not b.stems or a.names ^ b.names:
        return False
    only_a, only_b = _left(a.stems, b.stems), _left(b.stems, a.stems)
    if not only_a and not only_b:
        return bool(fuzz.ratio(a.folded, b.folded) >= _LEAST_ALIKE)
    if len(only_a) == len(only_b) == 1:
        return (only_a[0] + only_b[0]).isalpha() and same_word(only_a[0], only_b[0])
    if len(only_a) + len(only_b) != 1 or min(len(a.stems), len(b.stems)) < _LONG:
        return False
    extra, longer = (only_a, a) if only_a else (only_b, b)
    return extra[0] != longer.stems[0] and not _SUPPORT.match(extra[0])


def _left(stems: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    rest = list(others)
    left = []
    for each in stems:
        if each in rest:
            rest.remove(each)
        else:
            left.append(each)
    return left


# -- phrases of the form, and twins ----------------------------------------------------------------


def _edges(duty: _Duty) -> Iterator[tuple[str, ...]]:
    yield "first", *duty.stems[:_EDGE]
    if len(duty.stems) <= _SHORT:  # the end of a long one may be "… de la Administración Pública"
        yield "last", *duty.stems[-_EDGE:]


def _common_edges(duties: Iterable[_Duty]) -> set[tuple[str, ...]]:
    """The beginnings and ends of functions that many sheets have."""
    sheets: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for duty in duties:
        for edge in _edges(duty):
            sheets[edge].add(duty.position.number)
    return {edge for edge, numbers in sheets.items() if len(numbers) >= _COMMON_TO}


def _is_of_any_sheet(duty: _Duty, common: set[tuple[str, ...]]) -> bool:
    if len(duty.stems) < _LEAST_SHARED or _OF_ANY_SHEET.search(duty.folded):
        return True
    return any(edge in common for edge in _edges(duty))


def _are_twins(positions: list[Position]) -> bool:
    """Whether sheets have one title, or are sisters whose names differ in one or two words."""
    names = [Name.parse(p.title) for p in positions]
    if len({n.topic for n in names}) == 1 and len({n.rank for n in names}) == 1:
        return True
    stems = {p.number.rpartition(".")[0] for p in positions}
    if len(stems) > 1 or len({n.rank for n in names}) > 1:
        return False
    shared = set.intersection(*(set(n.topic) for n in names))
    return all(shared and len(set(n.topic) - shared) <= 1 for n in names)


def _pages(group: list[_Duty]) -> str:
    pages = sorted({d.function.page for d in group})
    return f"p. {pages[0]}" if len(pages) == 1 else f"pp. {joined(map(str, pages))}"
