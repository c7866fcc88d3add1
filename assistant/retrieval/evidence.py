"""The one door for evidence: which sections answer a question on a topic, and how sure that is.

Whoever needs to know whether the manual answers something asks `weigh`: topical answers, the choice
of a manual, look-ups for other programs, the passages that a language model is given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np

from assistant.retrieval.confidence import (
    ANSWERABLE,
    DEFAULT_SCALE,
    FIRST,
    LEAST_SURE,
    LEAST_TOLD,
    RANKING,
    Features,
    Traces,
)
from assistant.retrieval.hybrid import Hit
from assistant.understanding.types import Expected, Understanding
from corpus.model import Chunk, ChunkKind
from corpus.spanish import STOPWORDS, fold, stem, words

FURTHER = 3
"""How many passages of one section count for it."""
NEAR_BEST = 0.8
"""Another passage takes part if its score is at least this share of the best one's."""
_NEARLY = 1.0
"""Another section takes part if its utility is behind the best one's by no more: e times less
likely."""
_BACKGROUND = slice(10, 40)
"""Places of the hits that only show how near anything of this manual comes to the question."""
_MOST_GAP = 2.0
"""A lead of so many deviations is clear; more says no more, it is a rare word that is shared."""
_NUMERAL = re.compile(r"\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte")
_HELPS = re.compile(r"(?:apoyar|auxiliar|asistir|coadyuvar|colaborar|ayudar|brindar apoyo)\b")
_HELPING = 2.0
"""What a section whose best passage only helps has less of utility."""
_BEGINNING = 24
"""Characters of a function in which its verb stands."""
_NEVER = re.compile(r"(?!)")
_HOLDS: dict[Expected, re.Pattern[str]] = {
    Expected.MONEY: re.compile(r"\$\s*\d|\d[\d.,]*\s*(?:pesos|m\.?n\.?)\b", re.I),
    Expected.PHONE: re.compile(r"(?:\d[\s().-]?){8,}"),
    Expected.EMAIL: re.compile(r"\S+@\S+|https?://|www\."),
    Expected.SCHEDULE: re.compile(
        r"\d{1,2}(?::\d\d)?\s*(?:a|-)\s*\d{1,2}(?::\d\d)?\s*(?:h|hrs|horas)|lunes", re.I
    ),
    Expected.REQUIREMENT: re.compile(r"requisito|deber[áa]n? presentar|documentos? requerid", re.I),
    Expected.TIME: re.compile(
        r"\b(?:19|20)\d\d\b|\bcuando\b|\btrimestral|\bmensual|\banual|\bdiari[ao]|\bplazo|"
        r"\bdías\b|\bseman", re.I
    ),
    Expected.PLACE: re.compile(
        r"\bubicad|\bse ubica\b|\bcalle\b|\bpalacio\b|\bdomicilio\b|disponibles?\b|micrositio",
        re.I,
    ),
    Expected.PERSON: _NEVER,
    Expected.OPINION: _NEVER,
    Expected.FUTURE: _NEVER,
    Expected.VACANCY: _NEVER,
    Expected.SECRET: _NEVER,
    Expected.LAW_TEXT: _NEVER,
}  # fmt: skip
"""What a passage must hold to answer what is expected; a kind that is not here asks nothing."""


class Outcome(StrEnum):
    """What may be said, by how likely it is right."""

    SURE = "sure"
    NEAR = "near"
    """Something comes near: it is shown as that, to choose from."""
    FAR = "far"


@dataclass(frozen=True)
class Support:
    """A section with its passages for a topic, best first."""

    section: str
    hits: tuple[Hit, ...]
    utility: float
    """What ranks it: log-odds, only to be compared within one question."""
    chance: float = 0.0
    """The probability that it answers, in 0…1."""

    def nearly(self, best: "Support") -> bool:
        """Whether it speaks for its section nearly as much as the best one for its own."""
        return self.utility >= best.utility - _NEARLY


@dataclass(frozen=True)
class Weighed:
    """What was found for a question on a topic, weighed."""

    supports: tuple[Support, ...]
    """Best first."""
    answerable: float
    """The probability that any of the first three answers, in 0…1."""

    @property
    def outcome(self) -> Outcome:
        if not self.supports or self.answerable < LEAST_TOLD:
            return Outcome.FAR
        return Outcome.SURE if self.supports[0].chance >= LEAST_SURE else Outcome.NEAR

    @property
    def sure(self) -> list[Support]:
        """The sections that answer for sure, best first; none unless the outcome is SURE."""
        if self.outcome is not Outcome.SURE:
            return []
        first, *others = self.supports
        return [first, *(s for s in others if s.nearly(first))]


def weigh(asked: Understanding, hits: Sequence[Hit]) -> Weighed:
    """The sections that the hits for a question speak for, and how sure that is."""
    supports = _by_section([h for h in hits if _fits(asked, h.chunk)])
    if not supports:
        return Weighed((), 0.0)
    features = all_features(asked, supports, hits)
    weighed = tuple(
        replace(s, chance=FIRST.chance(f)) for s, f in zip(supports, features, strict=True)
    )
    return Weighed(weighed, ANSWERABLE.chance(features[0]))


def all_features(
    asked: Understanding, supports: Sequence[Support], hits: Sequence[Hit]
) -> list[Features]:
    """What tells how likely each section answers; the supports stand best first."""
    background = float(np.mean([h.dense for h in hits[_BACKGROUND]] or [h.dense for h in hits]))
    leading = [s.utility for s in supports[:2]]
    asks_who = float(asked.expected is Expected.RESPONSIBLE)
    found = []
    for place, own in enumerate(supports):
        other = leading[1 if place == 0 else 0] if len(supports) > 1 else 0.0
        nearest = max(h.dense for h in own.hits)
        found.append(
            Features(
                cosine=nearest,
                lift=nearest - background,
                gap=max(-_MOST_GAP, min(_MOST_GAP, own.utility - other)),
                coverage=max(h.coverage for h in own.hits),
                silence=own.hits[0].silence,
                asks_who=asks_who,
                outside=asked.outside,
            )
        )
    return found


def _by_section(hits: Sequence[Hit]) -> list[Support]:
    """The sections of the hits, best first, each with its own hits, best first."""
    gathered: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda h: h.score, reverse=True):
        gathered.setdefault(hit.chunk.section, []).append(hit)
    least = min((h.dense for h in hits), default=0.0)
    supports = [
        Support(
            section,
            tuple(own),
            RANKING.utility(traces_of(own, least))
            - _HELPING * _only_helps(own[0].chunk.quote[:_BEGINNING]),
        )
        for section, own in gathered.items()
    ]
    return sorted(supports, key=lambda s: s.utility, reverse=True)


def traces_of(own: Sequence[Hit], least: float) -> Traces:
    """What a section's hits tell of it; `least` is the similarity of what was not found."""
    nearest = sorted((h.dense for h in own), reverse=True)
    objectives = [h.dense for h in own if h.chunk.kind is ChunkKind.OBJECTIVE]
    return Traces(
        fused=max(h.score for h in own),
        nearest=nearest[0] / DEFAULT_SCALE.spread,
        second=[*nearest, least][1] / DEFAULT_SCALE.spread,
        objective=max(objectives, default=least) / DEFAULT_SCALE.spread,
        function=float(any(h.chunk.kind is ChunkKind.FUNCTION for h in own)),
    )


@lru_cache(maxsize=16_384)
def _only_helps(beginning: str) -> bool:
    """Who only helps with a thing comes after who does it."""
    return bool(_HELPS.match(fold(beginning)))


def _fits(asked: Understanding, chunk: Chunk) -> bool:
    """Whether a passage says what is done, not who reports to whom, and holds the sort of thing
    that is asked for."""
    if chunk.kind is ChunkKind.REPORTING:
        return False
    if asked.expected is Expected.AMOUNT:
        return _counts(asked.question, chunk.quote)
    pattern = _HOLDS.get(asked.expected)
    return pattern is None or bool(pattern.search(chunk.quote))


def _counts(question: str, quote: str) -> bool:
    """Whether a passage gives a number of what the question counts ("¿cuántas etapas…?")."""
    spoken = words(question)
    at = next((i for i, w in enumerate(spoken) if w.startswith("cuant")), len(spoken))
    counted = next((w for w in spoken[at + 1 :] if w not in STOPWORDS), None)
    printed = words(quote)
    return counted is not None and any(
        _NUMERAL.fullmatch(word) and stem(counted) in {stem(w) for w in printed[i + 1 : i + 3]}
        for i, word in enumerate(printed)
    )
