"""Names of positions: what they consist of, and which sheet a name means.

A name is a rank ("Coordinación", "Jefe (a)") and a topic ("Ciencia de Datos"). Two names mean the
same position when their ranks agree and their topics are nearly the same words, whatever the
order, the gender or a slip of spelling.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

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


_RANK_WORDS: dict[Rank, str] = {
    Rank.HEAD: r"secretari(?:a|o|as|os)|titular(?:es)?|sri[ao]",
    Rank.UNDERSECRETARY: r"subsecretari(?:a|o|as|os)",
    Rank.DIRECTORATE: r"direccion(?:es)?|director(?:a|as|es)?|dir|direc",
    Rank.SUBDIRECTORATE: r"subdireccion(?:es)?|subdirector(?:a|as|es)?",
    Rank.COORDINATION: r"coordinacion(?:es)?|coordinador(?:a|as|es)?|coord|coordi",
    Rank.HEADSHIP: r"jefaturas?|jef[ea]s?|jef",
    Rank.DEPARTMENT: r"departamentos?|depto|dpto|depa",
    Rank.UNIT: r"unidad(?:es)?",
}
_RANK_PATTERNS = [(rank, re.compile(pattern)) for rank, pattern in _RANK_WORDS.items()]
_GENERAL = re.compile(r"general(?:es)?|gral|grales")
_GENERAL_RANKS = {
    Rank.DIRECTORATE: Rank.GENERAL_DIRECTORATE,
    Rank.COORDINATION: Rank.GENERAL_COORDINATION,
}
_OF_THE = frozenset(["de", "del", "la", "el", "las", "los"])
_HEAD_OF = re.compile(r"titular(?:es)?")

SAME_WORD = 0.8
"""Least Damerau-Levenshtein similarity for a misspelt word: one slip in 5 letters, two in 10."""
SAME_NAME = 0.72
"""Least harmonic mean of the two coverages for two printed names to mean the same position."""
LIKE_NO_OTHER = 0.6
"""The same, where no other name of that rank comes near ("Soporte Técnico", "Tecnológico")."""
_CLEARLY = 0.25


@lru_cache(maxsize=4096)
def rank_word(word: str) -> Rank | None:
    """The rank that a folded word stands for ("coordinadora" → COORDINATION), or None."""
    return next((rank for rank, pattern in _RANK_PATTERNS if pattern.fullmatch(word)), None)


def leading_rank(tokens: Sequence[str]) -> tuple[Rank | None, int]:
    """The rank that folded words begin with, and how many of them it takes.

    "Titular de la Dirección de X" is a DIRECTORATE: *titular* only says who heads it.
    """
    at = 0
    rank = rank_word(tokens[0]) if tokens else None
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


@lru_cache(maxsize=65536)
def same_word(a: str, b: str) -> bool:
    """Whether two folded words are the same but for inflection or a slip of spelling."""
    if a == b or stem(a) == stem(b):
        return True
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

    @classmethod
    def parse(cls, printed: str) -> "Name":
        """Take a printed name apart: "Coordinador (a) de Ciencia de Datos"."""
        tokens = words(printed)
        rank, at = leading_rank(tokens)
        topic = dict.fromkeys(w for w in tokens[at:] if w not in STOPWORDS)
        return cls(printed, rank, tuple(topic))


class NameIndex:
    """All names of a manual's positions, and the weight of each word in them."""

    def __init__(self, manual: Manual) -> None:
        listed = {entry.number: entry.title for entry in manual.structure}
        self.positions = manual.positions
        self.names: dict[str, tuple[Name, ...]] = {}
        for position in manual.positions:
            printed = [position.title]
            printed += [f.text for f in (position.functional_title, position.nominal_title) if f]
            if position.number in listed:
                printed.append(listed[position.number])
            parsed = dict.fromkeys(Name.parse(p) for p in printed)
            distinct = {(n.rank, frozenset(n.topic)): n for n in reversed(parsed)}
            self.names[position.number] = tuple(reversed(distinct.values()))
        self._frequency = Counter(
            stem(word)
            for names in self.names.values()
            for word in {w for name in names for w in name.topic}
        )

    def weight(self, word: str) -> float:
        """How telling a word is among the names: inverse document frequency, smoothed."""
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
            if any(same_word(word, other) for other in by):
                matched += weight
        return matched / total if total else 0.0

    def resolve(self, printed: str, near: Position | None = None) -> Position | None:
        """The sheet that a printed name means, or None.

        Of several sheets with the same name, the one that says it belongs to `near` is meant.
        """
        candidates = self.candidates(printed)
        if len(candidates) > 1 and near is not None:
            own = [p for p in candidates if self.belongs_to(p, near)]
            candidates = own or candidates
        return candidates[0] if len(candidates) == 1 else None

    def candidates(self, printed: str) -> list[Position]:
        """All sheets that a printed name may mean equally well, in printed order."""
        name = Name.parse(printed)
        scores = {p.number: self._score(name, p) for p in self.positions}
        best = max(scores.values(), default=0.0)
        second = max((s for s in scores.values() if s < best), default=0.0)
        if best < (LIKE_NO_OTHER if best - second >= _CLEARLY else SAME_NAME):
            return []
        return [p for p in self.positions if scores[p.number] > best - 1e-9]

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
