"""Which of many manuals are opened for a question: those that it names, or that have evidence."""

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.retrieval.atlas import Atlas, Copy, Evidence
from assistant.retrieval.terms import topic_terms
from assistant.retrieval.thesaurus import Thesaurus
from assistant.structure.tokens import tokenize
from corpus.catalog import IndexedManual
from corpus.spanish import STOPWORDS, fold, words

if TYPE_CHECKING:
    from assistant.asking.library import OpenManual
    from corpus.embeddings import Vector
    from corpus.store import ManualStore

FEW = 3
"""So many manuals are simply all asked."""
MOST = 5
"""Manuals that are opened for a question, and that are offered where it may be about more."""
_BY_CODE, _BY_NAME, _BY_PLACE = 8, 2, 1
_BEFORE_A_PLACE = (
    r"[\s,(]*(?:\b(?:(?:vivo|vivimos|estoy|soy|aqui|aca) )?(?:en|de|para|por)\b )?"
    r"(?:(?:el|la|los|del|de la) )?(?:\b(?:municipio|ciudad|ayuntamiento|alcaldia) de )?"
)
_OF_A_TOPIC = 2
"""Manuals that are opened for a question that names none and no position of any."""
_MOST_ALIKE = 3
_LEXICAL_WEIGHT = 0.003
"""Weight of a BM25 score beside a cosine."""
_CLEAR = 0.02
"""By how much a manual's evidence must lead for it alone to be opened: of everyday questions at 20
manuals 94 % are then of that one, and 90 % of the others are of the first two."""
_NEAR = 0.05
"""Manuals whose evidence is further behind the best one's aren't opened."""
_ALIKE = 0.002
"""Manuals whose evidence differs by less say the same, as those of other municipalities do."""


@dataclass(frozen=True)
class Routed:
    """The manuals for a question."""

    manuals: Sequence["OpenManual"]
    """Likeliest first."""
    question: str
    """Without the municipality that it names, which no manual's text tells from another's."""
    more: int = 0
    """How many others it may be about just as well."""


@dataclass(frozen=True)
class _Label:
    """The words by which a manual is named."""

    code: frozenset[str]
    dependency: frozenset[str]
    place: frozenset[str]

    @classmethod
    def of(cls, record: IndexedManual) -> "_Label":
        dependency = [w for w in words(record.dependency) if w not in STOPWORDS]
        place = [w for w in words(record.municipality) if w not in STOPWORDS]
        return cls(frozenset(words(record.code)), frozenset(dependency), frozenset(place))

    def named_by(self, said: frozenset[str]) -> int:
        """How much of it is named: its code, its dependency, its place, or several of them."""
        if self.code and self.code <= said:
            return _BY_CODE
        told = self.dependency - {"secretaria"}
        # "educación" alone is a topic; with its rank, or in several words, it is a name
        whole = bool(self.dependency) and self.dependency <= said
        by_name = whole or (len(told) > 1 and told <= said)
        by_place = bool(self.place) and self.place <= said
        return _BY_NAME * by_name + _BY_PLACE * by_place


class Router:
    """Follows the catalog with an atlas, and narrows a question to few manuals."""

    def __init__(
        self,
        folder: Path,
        store: "ManualStore",
        vector_of: Callable[[str], "Vector"],
        thesaurus: Thesaurus,
    ) -> None:
        """`vector_of` gives the vector of a question."""
        self._atlas = Atlas(folder, store)
        self._vector_of = vector_of
        self._thesaurus = thesaurus
        self._followed: Sequence[OpenManual] = ()
        self._labels: dict[str, _Label] = {}
        self._lock = threading.Lock()

    def follow(self, manuals: Sequence["OpenManual"]) -> None:
        """Index what of these manuals isn't yet."""
        if manuals is self._followed:
            return
        with self._lock:
            self._labels = {each.record.build: _Label.of(each.record) for each in manuals}
            self._atlas.sync([each.record for each in manuals])
            self._followed = manuals

    def copy(self, record: IndexedManual) -> Copy | None:
        """The local copy of a build in force, where there are so many manuals that they come and
        go; else None."""
        return self._atlas.copy(record) if record.build in self._labels else None

    def vectors(self, record: IndexedManual) -> "Vector | None":
        """The vectors of such a build's chunks, (chunks, dimension), memory-mapped; else None."""
        return self._atlas.vectors(record) if record.build in self._labels else None

    def route(self, question: str, manuals: Sequence["OpenManual"]) -> Routed:
        """The manuals that a question may be about."""
        if len(manuals) <= FEW:
            return Routed(manuals, question)
        self.follow(manuals)
        pool = self._named(question, manuals)
        asked = self._without_place(question, pool) if len(pool) < len(manuals) else question
        if len(pool) == 1:
            return Routed(pool, asked)
        by_build = {each.record.build: each for each in pool}
        among = frozenset(by_build) if len(pool) < len(manuals) else None
        vector = self._vector_of(asked)
        found = self._atlas.evidence(asked, self._words(asked), vector, among)
        if not found:
            return Routed(pool[:MOST], asked, max(0, len(pool) - MOST))
        ranked = sorted(found, key=_strength, reverse=True)
        chosen, more = _by_name(ranked) or _by_topic(ranked)
        return Routed([by_build[each.build] for each in chosen], asked, more)

    def _without_place(self, question: str, pool: Sequence["OpenManual"]) -> str:
        """The question without "en Corregidora", where that is what narrows it to these manuals."""
        places = {each.record.municipality for each in pool} - {""}
        said = frozenset(words(question))
        for place in places:
            if frozenset(w for w in words(place) if w not in STOPWORDS) <= said:
                pattern = _BEFORE_A_PLACE + r"[\s]+".join(map(re.escape, fold(place).split()))
                folded = fold(question)
                match = re.search(rf"{pattern}\b\)?", folded)
                if match and len(folded) == len(question):
                    left = f"{question[: match.start()]}{question[match.end() :]}".strip(" ,.")
                    return left if words(left) else question
        return question

    def _named(self, question: str, manuals: Sequence["OpenManual"]) -> Sequence["OpenManual"]:
        """The manuals that the question names best, or all."""
        said = frozenset(words(question))
        by = [self._labels[each.record.build].named_by(said) for each in manuals]
        best = max(by)
        return [m for m, how in zip(manuals, by, strict=True) if how == best] if best else manuals

    def _words(self, question: str) -> list[str]:
        """The stems of the topic, and those of other wordings of it."""
        told = [term.stem for term in topic_terms(tokenize(question))]
        others = [
            w for stem in told for phrase in self._thesaurus.wordings((stem,)) for w in phrase
        ]
        return list(dict.fromkeys([*told, *others]))


def _strength(evidence: Evidence) -> float:
    return evidence.cosine + _LEXICAL_WEIGHT * evidence.lexical


def _by_name(ranked: Sequence[Evidence]) -> tuple[list[Evidence], int] | None:
    """The manuals with the heaviest name of a position that is said, and how many more there are;
    None where none is said."""
    heaviest = max(each.named for each in ranked)
    if heaviest <= 0:
        return None
    whole = [each for each in ranked if each.named > heaviest - 1e-4]
    chosen, more = whole[:MOST], max(0, len(whole) - MOST)
    if not more:
        chosen += [each for each in ranked[:1] if each not in chosen]
    return chosen, more


def _by_topic(ranked: Sequence[Evidence]) -> tuple[list[Evidence], int]:
    """The manuals with the best evidence: one where it clearly leads, and all that are alike."""
    best = _strength(ranked[0])
    alike = [each for each in ranked if _strength(each) > best - _ALIKE]
    if len(alike) > _MOST_ALIKE:
        return alike[:MOST], max(0, len(alike) - MOST)
    near = [each for each in ranked if _strength(each) > best - _NEAR][:_OF_A_TOPIC]
    clear = len(near) > 1 and _strength(near[1]) <= best - _CLEAR
    return near[:1] if clear else near, 0
