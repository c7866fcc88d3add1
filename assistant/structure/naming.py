"""Names of positions: what they consist of, and which sheet a name means.

A name is a rank ("Coordinación", "Jefe (a)") and a topic ("Ciencia de Datos"). Two names mean the
same position when their ranks agree and their topics are nearly the same words, whatever the
order, the gender or a slip of spelling.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from assistant.structure.kept import Kept
from corpus.model import Manual, Position
from corpus.spanish import STOPWORDS, stem, words


class Rank(StrEnum):
    """The ranks that names of positions begin with, in the singular of the unit."""

    HEAD = "secretaría"
    UNDERSECRETARY = "subsecretaría"
    GENERAL_DIRECTORATE = "dirección general"
    DIRECTORATE = "dirección"
    SUBDIRECTORATE = "subdirección"
    GENERAL_COORDINATION = "coordinación general"
    COORDINATION = "coordinación"
    HEADSHIP = "jefatura"
    DEPARTMENT = "departamento"
    UNIT = "unidad"
    SUBCOORDINATION = "subcoordinación"
    SUBHEADSHIP = "subjefatura"
    MANAGEMENT = "gerencia"
    DELEGATION = "delegación"
    SUPERVISION = "supervisión"
    SUBMANAGEMENT = "subgerencia"
    OFFICE = "oficina"
    SECTION = "sección"
    RESIDENCY = "residencia"
    COMMISSARIAT = "comisaría"


_RANK_WORDS: dict[Rank, str] = {
    Rank.HEAD: r"secretari(?:a|o|as|os)|titular(?:es)?|sri[ao]",
    Rank.UNDERSECRETARY: r"subsecretari(?:a|o|as|os)",
    Rank.DIRECTORATE: r"direccion(?:es)?|director(?:a|as|es)?|dire?|direc",
    Rank.SUBDIRECTORATE: r"subdireccion(?:es)?|subdirector(?:a|as|es)?|subdir",
    Rank.COORDINATION: r"coordinacion(?:es)?|coordinador(?:a|as|es)?|coord|coordi",
    Rank.HEADSHIP: r"jefaturas?|jef[ea]s?|jef",
    Rank.DEPARTMENT: r"departamentos?|depto|dpto|depa",
    Rank.UNIT: r"unidad(?:es)?|und",
}
_FURTHER_RANK_WORDS: dict[Rank, str] = {
    Rank.SUBCOORDINATION: r"subcoordinacion(?:es)?|subcoordinador(?:a|as|es)?",
    Rank.SUBHEADSHIP: r"subjefaturas?|subjef[ea]s?",
    Rank.MANAGEMENT: r"gerencias?|gerentes?|gcia",
    Rank.DELEGATION: r"delegacion(?:es)?|delegad[oa]s?",
    Rank.SUPERVISION: r"supervision(?:es)?|supervisor(?:a|as|es)?",
    Rank.SUBMANAGEMENT: r"subgerencias?|subgerentes?|subgcia",
    Rank.OFFICE: r"oficinas?",
    Rank.SECTION: r"seccion(?:es)?",
    Rank.RESIDENCY: r"residencias?|residentes?",
    Rank.COMMISSARIAT: r"comisari(?:a|o|as|os)",
}
"""Ranks that few manuals have. Where no sheet has them they are ordinary words: "supervisores"."""
_RANK_PATTERNS = [(rank, re.compile(pattern)) for rank, pattern in _RANK_WORDS.items()]
_FURTHER_PATTERNS = [(rank, re.compile(p)) for rank, p in _FURTHER_RANK_WORDS.items()]
_GENERAL = re.compile(r"general(?:es)?|gral|grales")
_GENERAL_RANKS = {
    Rank.DIRECTORATE: Rank.GENERAL_DIRECTORATE,
    Rank.COORDINATION: Rank.GENERAL_COORDINATION,
}
_OF_THE = frozenset(["de", "del", "la", "el", "las", "los"])
_HEAD_OF = re.compile(r"titular(?:es)?")
_TITULAR_OF = re.compile(r"titular del? (?:la |el )?", re.I)
"""What a head's title has before the name of the unit: "Titular del Instituto de …"."""
_HEADS_A = re.compile(r"(?:jef[ea]|encargad[oa]|responsable)(?: ?\([ao]\))? (?:de la |del )?", re.I)
"""The same before a rank: "Jefe de la Unidad de …", "JEFE UND. DE …"."""

SAME_WORD = 0.8
"""Least Damerau-Levenshtein similarity for a misspelt word: one slip in 5 letters, two in 10."""
SAME_NAME = 0.72
"""Least harmonic mean of the two coverages for two printed names to mean the same position."""
LIKE_NO_OTHER = 0.6
"""The same, where no other name of that rank comes near ("Soporte Técnico", "Tecnológico")."""
_MOST_INFLECTION = 5
"""Letters by which inflected forms of a word differ at most."""
_CLEARLY = 0.25
_LEAST_SHARE = 0.2
_LONG_RANK = 6
"""Least letters of a rank in which one slip is surely a slip: "Jefatra", not "Unida"."""

_RANK_NOUNS = tuple(dict.fromkeys(words(rank.value)[0] for rank in Rank))


@lru_cache(maxsize=4096)
def rank_word(word: str) -> Rank | None:
    """The rank that a folded word stands for ("coordinadora" → COORDINATION), or None."""
    return next((rank for rank, pattern in _RANK_PATTERNS if pattern.fullmatch(word)), None)


@lru_cache(maxsize=4096)
def further_rank_word(word: str) -> Rank | None:
    """The same for the ranks that few manuals have ("supervisora" → SUPERVISION)."""
    return next((rank for rank, pattern in _FURTHER_PATTERNS if pattern.fullmatch(word)), None)


def leading_rank(tokens: Sequence[str]) -> tuple[Rank | None, int]:
    """The rank that folded words begin with, and how many of them it takes.

    "Titular de la Dirección de X" is a DIRECTORATE: *titular* only says who heads it.
    """
    at = 0
    if tokens[:1] == ["sub"] and len(tokens) > 1:  # "Sub Gerencia"
        rank = rank_word(f"sub{tokens[1]}") or further_rank_word(f"sub{tokens[1]}")
        return rank, 2 if rank else 0
    rank = (rank_word(tokens[0]) or further_rank_word(tokens[0])) if tokens else None
    if rank is None:
        return None, 0
    if _HEAD_OF.fullmatch(tokens[0]):
        following = next((i for i, t in enumerate(tokens) if i and t not in _OF_THE), None)
        if following is not None and rank_word(tokens[following]):
            rank, at = rank_word(tokens[following]), following
    at += 1
    if rank in _GENERAL_RANKS and at < len(tokens) and _GENERAL.fullmatch(tokens[at]):
        rank, at = _GENERAL_RANKS[rank], at + 1
    return rank, at


def rank_spelt(tokens: Sequence[str]) -> list[str]:
    """Folded words of a name with a slip in its rank, the first, set right: "coodinacion"."""
    if not tokens or rank_word(tokens[0]) or len(tokens[0]) < _LONG_RANK:
        return list(tokens)
    right = [r for r in _RANK_NOUNS if DamerauLevenshtein.distance(tokens[0], r) == 1]
    return [*right[:1], *tokens[1:]] if right else list(tokens)


@lru_cache(maxsize=65536)
def same_word(a: str, b: str) -> bool:
    """Whether two folded words are the same but for inflection or a slip of spelling."""
    if a == b:
        return True
    if stem(a) == stem(b):  # Snowball makes one of "común" and "comunicaciones"
        return abs(len(a) - len(b)) <= _MOST_INFLECTION
    if min(len(a), len(b)) < 5 or (a[:2] != b[:2] and a[-3:] != b[-3:]):
        return False
    similarity: float = DamerauLevenshtein.normalized_similarity(a, b)
    return similarity >= SAME_WORD


@dataclass(frozen=True)
class Name:
    """A name taken apart."""

    printed: str
    rank: Rank | None
    topic: tuple[str, ...]
    """Folded content words after the rank, in printed order, each once."""

    @staticmethod
    def parse(printed: str) -> "Name":
        """Take a printed name apart: "Coordinador (a) de Ciencia de Datos"."""
        return _parsed(printed)

    @property
    def initials(self) -> str:
        """Those of its topic, of two words or more: "rh" for "Recursos Humanos"."""
        return "".join(word[0] for word in self.topic) if len(self.topic) > 1 else ""

    @property
    def full_initials(self) -> str:
        """Those of all its content words: "dghm", "drh"."""
        return "".join(word[0] for word in words(self.printed) if word not in STOPWORDS)


@lru_cache(maxsize=8192)
def _parsed(printed: str) -> Name:
    tokens = words(printed)
    rank, at = leading_rank(tokens)
    topic = dict.fromkeys(w for w in tokens[at:] if w not in STOPWORDS)
    return Name(printed, rank, tuple(topic))


def unit_headed(printed: str) -> Name | None:
    """The name of the unit that a person's title says to head: of "Jefe de la Unidad de X" it is
    "Unidad de X"; None where it says none ("Jefe de Oficina")."""
    heads = _HEADS_A.match(printed)
    unit = Name.parse(printed[heads.end() :]) if heads else None
    if unit is None or unit.rank in (None, Rank.HEADSHIP) or not unit.topic:
        return None
    return unit


def _present_of(function: str) -> tuple[str, ...]:
    """The third persons of the infinitive that a function begins with; none of another word."""
    first = next(iter(words(function)), "")
    vowel = {"ar": "a", "er": "e", "ir": "e"}.get(first[-2:])
    return (f"{first[:-2]}{vowel}", f"{first[:-2]}{vowel}n") if vowel and len(first) > 4 else ()


class NameIndex:
    """All names of a manual's positions, and the weight of each word in them."""

    def __init__(self, manual: Manual) -> None:
        listed = {entry.number: entry.title for entry in manual.structure}
        self.positions = manual.positions
        self.names: dict[str, tuple[Name, ...]] = {}
        for position in manual.positions:
            printed = [position.title, _TITULAR_OF.sub("", position.title)]
            printed += [f.text for f in (position.functional_title, position.nominal_title) if f]
            if position.number in listed:
                printed.append(listed[position.number])
            parsed = dict.fromkeys(Name.parse(p) for p in printed)
            parsed |= dict.fromkeys(unit for p in printed if (unit := unit_headed(p)))
            distinct = {(n.rank, frozenset(n.topic)): n for n in reversed(parsed)}
            self.names[position.number] = tuple(reversed(distinct.values()))
        self._frequency = Counter(
            stem(word)
            for names in self.names.values()
            for word in {w for name in names for w in name.topic}
        )

        self.verbs = frozenset(
            form
            for position in manual.positions
            for function in position.functions
            for form in _present_of(function.text)
        )
        """Folded forms of what the functions begin with: "revisa", "revisan"."""
        self._ranks = {name.rank for names in self.names.values() for name in names}
        self._positions_by_word: dict[str, set[str]] = {}
        for number, names in self.names.items():
            for word in {w for name in names for w in name.topic}:
                self._positions_by_word.setdefault(word, set()).add(number)
        self._abbreviated: dict[str, tuple[Position, ...]] = {}
        for position in manual.positions:
            for initials in {n.full_initials for n in self.names[position.number]}:
                same = self._abbreviated.get(initials, ())
                self._abbreviated[initials] = (*same, position)
        self._short: dict[str, set[str]] = {}
        for number, names in self.names.items():
            for name in names:
                if name.initials:
                    self._short.setdefault(name.initials, set()).add(number)
        self._plain = [
            (name.topic, position)
            for position in manual.positions
            for name in self.names[position.number]
            if name.rank is None and name.topic
        ]
        # the same few hundred names and words are asked for over and over
        self._alike = Kept[str, frozenset[str]](4096)
        self._candidates = Kept[tuple[Rank | None, tuple[str, ...]], tuple[Position, ...]](4096)
        self._weights = Kept[str, float](16384)

    def weight(self, word: str) -> float:
        """How telling a word is among the names: inverse document frequency, smoothed."""
        return self._weights.of(word, self._weigh)

    def _weigh(self, word: str) -> float:
        count = self._frequency.get(stem(word), 0)
        return math.log((1 + len(self.names)) / (0.5 + count)) + 0.5

    def similarity(self, name: Name, other: Name) -> float:
        """Weighted harmonic mean of how much each topic covers the other, in 0…1."""
        if not name.topic or not other.topic:
            return float(name.topic == other.topic)
        covered = self.coverage(name.topic, other.topic)
        covering = self.coverage(other.topic, name.topic)
        return 2 * covered * covering / (covered + covering) if covered + covering else 0.0

    def coverage(self, of: Iterable[str], by: Sequence[str]) -> float:
        """The share of the weight of `of` whose words stand in `by`, in 0…1."""
        total = matched = 0.0
        for word in of:
            weight = self.weight(word)
            total += weight
            if word in by or any(same_word(word, other) for other in by):
                matched += weight
        return matched / total if total else 0.0

    def begins_a_name(self, word: str) -> bool:
        """Whether a folded word is a rank: one of those that all manuals have, or of a sheet."""
        return self.rank_of(word) is not None

    def rank_of(self, word: str) -> Rank | None:
        """The rank that a folded word stands for in this manual; those that few manuals have are
        ordinary words where no sheet has them."""
        further = further_rank_word(word)
        return rank_word(word) or (further if further in self._ranks else None)

    @property
    def ranks(self) -> frozenset[Rank]:
        """The ranks that sheets have."""
        return frozenset(rank for rank in self._ranks if rank is not None)

    def abbreviated(self, word: str) -> tuple[Position, ...]:
        """The positions with a name whose initials are a folded word: "dghm"."""
        return self._abbreviated.get(word, ())

    @cached_property
    def unsheeted(self) -> frozenset[tuple[Rank | None, frozenset[str]]]:
        """The names of posts that sheets list below them and that no sheet has."""
        listed = {entry.name for p in self.positions for entry in p.direct_reports}
        names = (Name.parse(name) for name in listed if self.resolve(name) is None)
        return frozenset((n.rank, frozenset(n.topic)) for n in names if n.rank and n.topic)

    def touched(self, spoken: Iterable[str]) -> list[Position]:
        """The positions that have one of these folded words in a name, one much like it, or it for
        the initials of a topic; in the manual's order."""
        numbers: set[str] = set()
        for word in spoken:
            numbers |= self._alike.of(word, self._find_alike)
            numbers |= self._short.get(word, set())
        return [p for p in self.positions if p.number in numbers]

    def plain_names(self, word: str) -> Iterator[tuple[tuple[str, ...], Position]]:
        """The names without a rank that begin with a folded word, each with its position."""
        return ((topic, p) for topic, p in self._plain if same_word(topic[0], word))

    def resolve(self, printed: str, near: Position | None = None) -> Position | None:
        """The sheet that a printed name means, or None.

        Of several sheets with the same name, the one that says it belongs to `near` is meant.
        """
        candidates = self.candidates(printed)
        if len(candidates) > 1 and near is not None:
            candidates = [p for p in candidates if self.belongs_to(p, near)] or candidates
        return candidates[0] if len(candidates) == 1 else None

    def resolve_boss(self, printed: str, report: Position) -> Position | None:
        """The sheet that a printed superior's name means, or None; of several sheets with the same
        name, the only one whose number shares most with that of the report."""
        candidates = [p for p in self.candidates(printed) if p.number != report.number]
        if len(candidates) <= 1:
            return next(iter(candidates), None)
        shared = {p.number: _shared_branch(p.number, report.number) for p in candidates}
        nearest = [p for p in candidates if shared[p.number] == max(shared.values())]
        return nearest[0] if len(nearest) == 1 and shared[nearest[0].number] else None

    def candidates(self, printed: str) -> list[Position]:
        """All sheets that a printed name may mean equally well, in printed order."""
        name = Name.parse(printed)
        if name.rank is None:
            name = Name.parse(" ".join(rank_spelt(words(printed))))
        found = self._candidates.of((name.rank, name.topic), self._candidates_of)
        unit = None if found else unit_headed(printed)
        if unit is not None:
            found = self._candidates.of((unit.rank, unit.topic), self._candidates_of)
        return list(found)

    def _candidates_of(self, key: tuple[Rank | None, tuple[str, ...]]) -> tuple[Position, ...]:
        rank, topic = key
        name = Name("", rank, topic)
        pool = [p for p in self.positions if not topic or self._may_score(name, p)]
        scores = {p.number: self._score(name, p) for p in pool}
        best = max(scores.values(), default=0.0)
        second = max((s for s in scores.values() if s < best), default=0.0)
        if best < (LIKE_NO_OTHER if best - second >= _CLEARLY else SAME_NAME):
            return ()
        return tuple(p for p in pool if scores[p.number] > best - 1e-9)

    def _may_score(self, name: Name, position: Position) -> bool:
        """Whether a position has a name of that rank, and enough of its words to matter: with less
        than a fifth of them its score stays below 1/3, which is neither enough for a name nor near
        enough to one that is."""
        if all(n.rank is not name.rank for n in self.names[position.number]):
            return False
        weights = [
            (self.weight(w), position.number in self._alike.of(w, self._find_alike))
            for w in name.topic
        ]
        matched = sum(weight for weight, found in weights if found)
        return matched >= _LEAST_SHARE * sum(weight for weight, _ in weights)

    def _find_alike(self, word: str) -> frozenset[str]:
        """The numbers of the positions that have this word in a name, or one much like it."""
        return frozenset(
            number
            for other, numbers in self._positions_by_word.items()
            if same_word(word, other)
            for number in numbers
        )

    def _score(self, name: Name, position: Position) -> float:
        same_rank = (n for n in self.names[position.number] if n.rank == name.rank)
        return max((self.similarity(name, n) for n in same_rank), default=0.0)

    def belongs_to(self, position: Position, superior: Position) -> bool:
        """Whether a sheet names `superior` as its boss, its area or its directorate."""
        stated = (position.reports_to, position.area, position.direccion)
        return any(
            self._score(Name.parse(field.text), superior) >= SAME_NAME
            for field in stated
            if field is not None and field.applies
        )

    def nearest(self, printed: str, count: int = 3) -> list[Position]:
        """The positions whose names are nearest to a text, best first (for suggestions)."""
        name = Name.parse(printed)

        def closeness(position: Position) -> float:
            return max(
                self.similarity(name, n) + 0.1 * (n.rank == name.rank)
                for n in self.names[position.number]
            )

        scored = sorted(self.positions, key=closeness, reverse=True)
        return [p for p in scored[:count] if closeness(p) > 0.1]


def _shared_branch(number: str, other: str) -> int:
    """How many levels two section numbers have in common: 1 for "3.5" and "3.4"."""
    pairs = zip(number.split("."), other.split("."), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
