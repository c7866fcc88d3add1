"""Lexical search over the chunks of a manual: BM25, and how much of a topic a chunk covers."""

import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.retrieval.terms import Term
from assistant.retrieval.thesaurus import Phrase, Thesaurus
from assistant.structure.kept import Kept
from corpus.model import Chunk
from corpus.spanish import is_word_family, stems

Scores = NDArray[np.float32]

EXACT, FAMILY, MISSPELT, SYNONYM = 1.0, 0.85, 0.8, 0.95
"""How much a word counts as found: itself, a word of its family, a slip, another wording."""
_LEAST_MISSPELT = 5
CHATTER = 0.35
"""Weight of a word that neither the manual nor the thesaurus knows: mostly talk, no topic."""
ACTION = 0.5
"""Weight of a word that only says what is done ("arreglar"), beside that of what it is done to."""
_SIMILAR = 0.79
_GAP = 4
"""Words that may stand between those of a phrase: "mesas directivas y de las juntas"."""
_EXPANSION = 0.5
"""Weight in BM25 of the wordings that the thesaurus adds."""
_K1, _B = 1.2, 0.6
"""BM25's parameters: how soon a word's repetition counts no more, how much length matters."""


class LexicalIndex:
    """The words of a manual's chunks. All scores are arrays over the chunks, in their order."""

    def __init__(self, chunks: Sequence[Chunk], thesaurus: Thesaurus) -> None:
        """The words are indexed with the first question on a topic: structure needs none."""
        self._chunks = chunks
        self._thesaurus = thesaurus
        self._size = len(chunks)
        self._known_related = Kept[str, tuple[tuple[str, float], ...]](8_192)

    @cached_property
    def _documents(self) -> list[list[str]]:
        return [stems(c.indexed_text) for c in self._chunks]

    @cached_property
    def _lengths(self) -> NDArray[np.float64]:
        """How long each chunk is beside the mean: its words, and its pairs of neighbours."""
        counts = np.array([2 * len(d) - 1 if d else 0 for d in self._documents], dtype=np.float64)
        return counts / max(counts.mean(), 1e-9) if len(counts) else counts

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        gathered: dict[str, list[int]] = defaultdict(list)
        for at, document in enumerate(self._documents):
            for word in set(document):
                gathered[word].append(at)
        return dict(gathered)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return list(self._postings)

    def bm25(self, terms: Sequence[Term]) -> Scores:
        """BM25 of the terms and, at half weight, of their other wordings; (chunks,)."""
        said = [t.stem for t in terms]
        scores = self._score([*said, *_pairs(said)])
        added = {w for t in terms for w, _ in self._related(t.stem) if w != t.stem}
        added |= {w for _, phrases in self._rewordings(terms) for p in phrases for w in p}
        return scores + _EXPANSION * self._score(sorted(added))

    def coverage(self, terms: Sequence[Term]) -> Scores:
        """The share, by weight, of the terms that each chunk holds in some wording, in 0…1.

        A word that is rare in the manual weighs more than a common one, and a topic that the
        thesaurus knows and the manual does not have weighs the most: on it the manual is silent.
        """
        weights = [self.weight(t) for t in terms]
        found = np.zeros((len(terms), self._size), dtype=np.float32)
        for row, term in enumerate(terms):
            for word, value in self._related(term.stem):
                at = self._postings[word]
                found[row, at] = np.maximum(found[row, at], value)
        for rows, phrases in self._rewordings(terms):
            held = np.max([self._holds(p) for p in phrases], axis=0) * SYNONYM
            for row in rows:
                found[row] = np.maximum(found[row], held)
        total = sum(weights)
        if not total:
            return np.zeros(self._size, dtype=np.float32)
        covered: Scores = (np.asarray(weights, dtype=np.float32) @ found) / np.float32(total)
        return covered

    def weight(self, term: Term) -> float:
        """The weight of a term: inverse document frequency, smoothed, in about 0.3…1."""
        related = self._related(term.stem)
        if not related and not self._thesaurus.has_word(term.stem):
            return term.weight * CHATTER
        count = max((len(self._postings[w]) for w, _ in related), default=0)
        rarity = math.log(1 + self._size / (1 + count)) / math.log(1 + self._size)
        action = ACTION if self._thesaurus.only_acts(term.stem) else 1.0
        return term.weight * action * (0.25 + 0.75 * rarity)

    def knows(self, term: Term) -> bool:
        """Whether the manual holds the term in some form or wording."""
        return bool(self._related(term.stem)) or any(
            self._holds(p).any() for _, phrases in self._rewordings([term]) for p in phrases
        )

    def silence(self, terms: Sequence[Term]) -> float:
        """The share of the topic's weight, in 0…1, on which the manual is silent: words that no
        chunk holds in any wording, "baches" where nobody mends streets, and phrases of which the
        chunks hold the words, but never together. Mere talk weighs little."""
        total = sum(self.weight(t) for t in terms)
        silent = {i for i, term in enumerate(terms) if not self.knows(term)}
        silent |= self._silent_phrases([t.stem for t in terms])
        return sum(self.weight(terms[i]) for i in silent) / total if total else 0.0

    def _silent_phrases(self, spoken: Sequence[str]) -> set[int]:
        found: set[int] = set()
        for length in range(2, min(self._thesaurus.longest, len(spoken)) + 1):
            for start in range(len(spoken) - length + 1):
                said = tuple(spoken[start : start + length])
                wordings = self._thesaurus.wordings(said)
                if wordings and not any(self._holds(w).any() for w in (said, *wordings)):
                    found.update(range(start, start + length))
        return found

    def _score(self, query: Sequence[str]) -> Scores:
        scores = np.zeros(self._size, dtype=np.float32)
        for word in query:
            at, values = self._weighed(word)
            scores[at] += values
        return scores

    def _weighed(self, word: str) -> tuple[NDArray[np.intp], Scores]:
        """The chunks that hold a word, or a pair of neighbours, and its BM25 in each (Lucene's
        variant). It is computed for what is asked, since an index of all words would take longer
        than most manuals stay open."""
        first, _, second = word.partition(" ")
        at = np.array(self._postings.get(first, ()), dtype=np.intp)
        if second:
            at = np.intersect1d(at, np.array(self._postings.get(second, ()), dtype=np.intp))
        documents = [self._documents[i] for i in at]
        told = [_pairs(d).count(word) if second else d.count(word) for d in documents]
        counts = np.array(told, dtype=np.float64)
        at, counts = at[counts > 0], counts[counts > 0]
        rarity = math.log(1 + (self._size - len(at) + 0.5) / (len(at) + 0.5))
        repeated = counts / (counts + _K1 * (1 - _B + _B * self._lengths[at]))
        return at, (rarity * repeated).astype(np.float32)

    def _related(self, word: str) -> tuple[tuple[str, float], ...]:
        """The manual's stems that stand for a word, with how much each counts."""
        return self._known_related.of(word, self._find_related)

    def _find_related(self, word: str) -> tuple[tuple[str, float], ...]:
        related: dict[str, float] = {}
        if word in self._postings:
            related[word] = EXACT
        family = (w for w in self._vocabulary if w != word and is_word_family(w, word))
        related |= dict.fromkeys(family, FAMILY)
        if not related and len(word) >= _LEAST_MISSPELT:
            near = process.extract(
                word,
                self._vocabulary,
                scorer=DamerauLevenshtein.normalized_similarity,
                score_cutoff=_SIMILAR,
                limit=2,
            )
            related |= {other: MISSPELT for other, _, _ in near if other[0] == word[0]}
        return tuple(related.items())

    def _rewordings(self, terms: Sequence[Term]) -> list[tuple[list[int], list[Phrase]]]:
        """Runs of terms that the thesaurus knows, with their other wordings."""
        found = []
        spoken = [t.stem for t in terms]
        for length in range(min(self._thesaurus.longest, len(spoken)), 0, -1):
            for start in range(len(spoken) - length + 1):
                said = tuple(spoken[start : start + length])
                wordings = [p for p in self._thesaurus.wordings(said) if self._known(p)]
                if wordings:
                    found.append((list(range(start, start + length)), wordings))
        return found

    def _known(self, wording: Phrase) -> bool:
        return bool(wording) and all(w in self._postings for w in wording)

    def _holds(self, wording: Phrase) -> Scores:
        """1 for each chunk that holds all words of a wording close together, else 0."""
        held = np.zeros(self._size, dtype=np.float32)
        if not self._known(wording):
            return held
        holding = set(self._postings[wording[0]])
        for word in wording[1:]:
            holding &= set(self._postings[word])
        if len(wording) > 1:
            holding = {i for i in holding if _close_together(self._documents[i], wording)}
        held[list(holding)] = 1.0
        return held


def _close_together(document: Sequence[str], wording: Phrase) -> bool:
    """Whether all words of a wording stand within a short stretch of a document, in any order."""
    wanted = set(wording)
    places = [(at, word) for at, word in enumerate(document) if word in wanted]
    for i, (start, _) in enumerate(places):
        near = {word for at, word in places[i:] if at < start + len(wording) + _GAP}
        if near == wanted:
            return True
    return False


def _pairs(document: Sequence[str]) -> list[str]:
    """Neighbouring stems, as words of their own: "correo institucional" is more than the two."""
    return [f"{a} {b}" for a, b in itertools.pairwise(document)]
