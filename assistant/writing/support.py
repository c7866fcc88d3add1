"""How much of what a sentence says stands in its passages: by its words, and by its meaning.

The thresholds are fitted on the claims of the dev set by `python -m evals.fit_support`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.retrieval.thesaurus import Thesaurus
from assistant.writing.claims import Claim
from assistant.writing.grounding import telling_words, undiphthonged
from corpus.spanish import is_word_family, stem, words

Similarity = Callable[[str, Sequence[str]], float]
"""The greatest cosine similarity of a sentence and any of some texts, in -1…1."""


@dataclass(frozen=True)
class Support:
    """What speaks for a sentence."""

    coverage: float
    """Share of its content words that its passages hold, in that form or another, in 0…1."""
    similarity: float
    """Cosine similarity of sentence and nearest passage, in -1…1."""


@dataclass(frozen=True)
class SupportModel:
    """How much is enough: a line in the plane of the two measures."""

    least_coverage: float
    """Below it nothing helps."""
    coverage: float
    similarity: float
    least: float
    """Of the weighted sum."""

    def strength(self, support: Support) -> float:
        """The weighted sum; from `least` on, with enough coverage, a sentence is supported."""
        return self.coverage * support.coverage + self.similarity * support.similarity

    def is_enough(self, support: Support) -> bool:
        """Whether a sentence may be shown."""
        return support.coverage >= self.least_coverage and self.strength(support) >= self.least


ENOUGH = SupportModel(least_coverage=0.65, coverage=1.0, similarity=1.0, least=1.3)


def support_of(claim: Claim, thesaurus: Thesaurus, similarity: Similarity) -> Support:
    """Measure a sentence against the passages that it cites."""
    texts = [p.text for p in claim.passages]
    return Support(
        coverage=_coverage(claim, thesaurus),
        similarity=similarity(claim.text, texts) if texts else 0.0,
    )


def _coverage(claim: Claim, thesaurus: Thesaurus) -> float:
    said = telling_words(claim)
    if not said:
        return 1.0
    printed = {stem(w) for p in claim.passages for w in words(f"{p.label} {p.text}")}
    return sum(_held(stem(w), printed, thesaurus) for w in said) / len(said)


def _held(stemmed: str, printed: Iterable[str], thesaurus: Thesaurus) -> bool:
    plain = undiphthonged(stemmed)
    if any(is_word_family(plain, undiphthonged(other)) for other in printed):
        return True
    reworded = thesaurus.wordings((stemmed,))
    return any(set(wording) <= set(printed) for wording in reworded)
