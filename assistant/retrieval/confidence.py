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
        return 1.0 / (1.0 + math.exp(-self.log_odds(hit, expected)))

    def log_odds(self, hit: Hit, expected: Expected) -> float:
        """The logarithm of the odds that a passage answers."""
        return (
            self.bias
            + self.coverage * hit.coverage
            + self.similarity * hit.dense
            + self.silence * hit.silence
            + self.asks_who * (expected is Expected.RESPONSIBLE)
            + self.asks_thing * (expected is Expected.THING)
        )


EVIDENCE = EvidenceModel(
    bias=-15.81,
    coverage=2.66,
    similarity=20.01,
    silence=-3.65,
    asks_who=2.74,
    asks_thing=0.0,
    least=0.35,
)
WORDS_ALONE = EvidenceModel(
    bias=-1.46,
    coverage=3.14,
    similarity=0.0,
    silence=-4.9,
    asks_who=2.74,
    asks_thing=0.0,
    least=0.35,
)
"""Of the words alone, for an embedding model of whose similarities nothing is known."""


def evidence_strength(hit: Hit, expected: Expected) -> float:
    """The strength of a hit's evidence; from 1 on it is enough to answer."""
    model = _model_for(hit)
    return model.chance(hit, expected) / model.least


def evidence_log_odds(hit: Hit, expected: Expected) -> float:
    """The same as log-odds, which tell strong evidence from stronger."""
    return _model_for(hit).log_odds(hit, expected)


def _model_for(hit: Hit) -> EvidenceModel:
    return EVIDENCE if hit.known_scale else WORDS_ALONE
