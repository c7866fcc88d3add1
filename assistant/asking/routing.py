"""Which of many manuals are opened for a question: those that it names, or that have evidence."""

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
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
_OF_A_TOPIC = 3
"""Manuals that are opened for a question that names none and no position of any."""
_MOST_ALIKE = 3
_LEXICAL_WEIGHT = 0.003
"""Weight of a BM25 score beside a cosine."""
_NEAR = 0.06
"""Manuals whose evidence is further behind the best one's aren't opened. Of everyday questions the
first was right in 83 to 85 %, one of these in 95 %, with 0.08 and the encoder before; similarities
lie closer together since."""
_ALIKE = 0.0055
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
    near: bool = False
    """Whether these have evidence about as good, and all others less."""


class _Labels:
    """By what words manuals are named: code, dependency, place. A question is compared with those
    of which it says the rarest word, however many manuals there are."""

    def __init__(self, manuals: Sequence["OpenManual"]) -> None:
        self.manuals = manuals
        self._builds = frozenset(each.record.build for each in manuals)
        told = [(at, *each) for at, m in enumerate(manuals) for each in _names_of(m.record)]
        held = Counter(word for _, _, needed in told for word in needed)
        self._by_word: dict[str, list[tuple[int, int, frozenset[str]]]] = defaultdict(list)
        for at, points, needed in told:
            self._by_word[min(needed, key=lambda w: (held[w], w))].append((at, points, needed))

    def __contains__(self, build: str) -> bool:
        return build in self._builds

    def named(self, question: str) -> Sequence["OpenManual"]:
        """The manuals that the question names best, or all."""
        said = frozenset(words(question))
        how: dict[int, set[int]] = defaultdict(set)
        for word in said & self._by_word.keys():
            for at, points, needed in self._by_word[word]:
                if needed <= said:
                    how[at].add(points)
        if not how:
            return self.manuals
        by = {at: _BY_CODE if _BY_CODE in points else sum(points) for at, points in how.items()}
        best = max(by.values())
        return [self.manuals[at] for at in sorted(by) if by[at] == best]


def _names_of(record: IndexedManual) -> Iterator[tuple[int, frozenset[str]]]:
    """Words that name a manual when all of them are said, with how much that tells."""
    code = frozenset(words(record.code))
    dependency = _content(record.dependency)
    told = dependency - {"secretaria"}
    by = (
        (_BY_CODE, code),
        (_BY_NAME, dependency),
        # "educación" alone is a topic; with its rank, in several words, or as a manual's, a name
        (_BY_NAME, told if len(told) > 1 else told | {"manual"} if told else told),
        (_BY_PLACE, _content(record.municipality)),
    )
    return ((points, needed) for points, needed in by if needed)


def _content(name: str) -> frozenset[str]:
    return frozenset(word for word in words(name) if word not in STOPWORDS)


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
        self._labels = _Labels(())
        self._lock = threading.Lock()

    def _labels_of(self, manuals: Sequence["OpenManual"]) -> _Labels:
        """Follows these manuals; gives their labels, whatever others follow meanwhile."""
        labels = self._labels
        if manuals is labels.manuals:
            return labels
        with self._lock:
            if manuals is not self._labels.manuals:
                labels = _Labels(manuals)
                self._atlas.sync([each.record for each in manuals])
                self._labels = labels
            return self._labels

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
        pool = self._labels_of(manuals).named(question)
        asked = self._without_place(question, pool) if len(pool) < len(manuals) else question
        if len(pool) == 1:
            return Routed(pool, asked)
        by_build = {each.record.build: each for each in pool}
        among = frozenset(by_build) if len(pool) < len(manuals) else None
        vector = self._vector_of(asked)
        found = [
            each  # another question may follow a newer catalog at this moment
            for each in self._atlas.evidence(asked, self._words(asked), vector, among)
            if each.build in by_build
        ]
        if not found:
            return Routed(pool[:MOST], asked, max(0, len(pool) - MOST))
        ranked = sorted(found, key=_strength, reverse=True)
        by_name = _by_name(ranked)
        chosen, more = by_name or _by_topic(ranked)
        near = by_name is None
        return Routed([by_build[each.build] for each in chosen], asked, more, near)

    def _without_place(self, question: str, pool: Sequence["OpenManual"]) -> str:
        """The question without "en Corregidora", where that is what narrows it to these manuals."""
        places = {each.record.municipality for each in pool} - {""}
        said = frozenset(words(question))
        for place in places:
            if _content(place) <= said:
                pattern = _BEFORE_A_PLACE + r"[\s]+".join(map(re.escape, fold(place).split()))
                folded = fold(question)
                match = re.search(rf"{pattern}\b\)?", folded)
                if match and len(folded) == len(question):
                    left = f"{question[: match.start()]}{question[match.end() :]}".strip(" ,.")
                    return left if words(left) else question
        return question

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
    """The manuals with the best evidence: one where it clearly leads, or all that are alike."""
    best = _strength(ranked[0])
    alike = [each for each in ranked if _strength(each) > best - _ALIKE]
    if len(alike) > _MOST_ALIKE:
        return alike[:MOST], max(0, len(alike) - MOST)
    return [each for each in ranked if _strength(each) > best - _NEAR][:_OF_A_TOPIC], 0
