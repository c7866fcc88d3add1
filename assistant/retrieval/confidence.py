"""How strong a passage is as evidence for a topical question: the gate of refusals.

A logistic model of the chance that the manual answers the question, by the best passage found.
`python -m evals.fit_confidence` fits it on the dev gold sets and prints the numbers below.
"""

import math
from dataclasses import dataclass

from assistant.retrieval.hybrid import Hit
from assistant.understanding.types import Expected


@dataclass(frozen=True)
class EvidenceModel:
    """The weights of the logistic model, and the least chance that is enough to answer."""

    bias: float
    coverage: float
    """Of the share of the topic that the passage holds."""
    similarity: float
    """Of the cosine similarity of question and passage."""
    silence: float
    """Of the share of the topic on which the whole manual is silent."""
    asks_who: float
    """Where the question asks who is responsible: what such a manual is made to answer."""
    asks_thing: float
    """Where it asks for a thing ("which antivirus …"): a detail that hardly any manual gives."""
    least: float

    def chance(self, hit: Hit, expected: Expected) -> float:
        """The chance, in 0…1, that a passage answers."""
        score = (
            self.bias
            + self.coverage * hit.coverage
            + self.similarity * hit.dense
            + self.silence * hit.silence
            + self.asks_who * (expected is Expected.RESPONSIBLE)
            + self.asks_thing * (expected is Expected.THING)
        )
        return 1.0 / (1.0 + math.exp(-score))


EVIDENCE = EvidenceModel(
    bias=-1.71,
    coverage=3.23,
    similarity=0.83,
    silence=-3.02,
    asks_who=1.92,
    asks_thing=0.0,
    least=0.56,
)


def evidence_strength(hit: Hit, expected: Expected) -> float:
    """The strength of a hit's evidence; from 1 on it is enough to answer."""
    return EVIDENCE.chance(hit, expected) / EVIDENCE.least
