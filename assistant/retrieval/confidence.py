"""Which section answers a question on a topic, and how likely: three logistic models on features of
the hits. The first ranks the sections, the others say how sure that is.

`python -m evals.fit_evidence` fits them on the dev gold sets and on whole offices that trained
nothing, prints the numbers below, the reliability of the probabilities and the risk at each
threshold ([record 16](../../docs/adr/0016-three-outcomes.md)).
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Traces:
    """What a question's hits leave of one section, to rank it by."""

    fused: float
    """The best fused score of its passages."""
    nearest: float
    """The similarity of its nearest passage, in deviations."""
    second: float
    """The same of the second nearest; the least of all hits where it has no other."""
    objective: float
    """The same of its objective."""
    function: float
    """1 where one of its functions is among the hits."""


@dataclass(frozen=True)
class RankingModel:
    """A conditional logit (McFadden 1974): the section that answers is the one of the greatest
    utility, with the probability of a softmax."""

    fused: float
    nearest: float
    second: float
    objective: float
    function: float

    def utility(self, traces: Traces) -> float:
        """Log-odds against any other section: only differences mean something."""
        return (
            self.fused * traces.fused
            + self.nearest * traces.nearest
            + self.second * traces.second
            + self.objective * traces.objective
            + self.function * traces.function
        )


@dataclass(frozen=True)
class Features:
    """What is known of a section found for a question."""

    cosine: float
    """Similarity of its nearest passage, on the scale of the default model."""
    lift: float
    """By how much that is more than what anything of the manual has."""
    gap: float
    """By how much its utility leads the next section's; negative if another leads."""
    coverage: float
    """Share of the topic's words that one of its passages holds, in 0…1."""
    silence: float
    """Share of the topic's words that no passage of the manual holds, in 0…1."""
    asks_who: float
    """1 where the question asks who is responsible, else 0."""
    outside: float
    """The probability that the question asks for what such manuals don't tell, in 0…1."""


@dataclass(frozen=True)
class EvidenceModel:
    """A logistic model: a weight for each feature."""

    bias: float
    cosine: float
    lift: float
    gap: float
    coverage: float
    silence: float
    asks_who: float
    outside: float

    def chance(self, features: Features) -> float:
        """The probability, in 0…1."""
        return 1.0 / (1.0 + math.exp(-self.log_odds(features)))

    def log_odds(self, features: Features) -> float:
        """The logarithm of the odds."""
        return self.bias + (
            self.cosine * features.cosine
            + self.lift * features.lift
            + self.gap * features.gap
            + self.coverage * features.coverage
            + self.silence * features.silence
            + self.asks_who * features.asks_who
            + self.outside * features.outside
        )


RANKING = RankingModel(fused=0.3, nearest=0.79, second=0.17, objective=0.1, function=1.12)
"""Which section answers."""
FIRST = EvidenceModel(
    bias=-8.25,
    cosine=10.57,
    lift=0.88,
    gap=0.98,
    coverage=2.16,
    silence=0.06,
    asks_who=0.71,
    outside=-2.37,
)
"""That a section answers."""
ANSWERABLE = EvidenceModel(
    bias=-9.85,
    cosine=14.05,
    lift=1.9,
    gap=0.4,
    coverage=2.61,
    silence=-0.29,
    asks_who=1.69,
    outside=-1.93,
)
"""That one of the first three sections answers, by the features of the first."""
LEAST_SURE = 0.4
LEAST_TOLD = 0.5
"""From which probability on a section is told as the one that answers, and from which on the
nearest ones are shown at all: a wrong area costs more than one that is shown as near, and that more
than a right one. Of what is right on the dev sets, 97 and 98 % is kept."""


@dataclass(frozen=True)
class Scale:
    """How near the nearest passage of a manual comes to questions on something else, with a model:
    what its similarities are measured against."""

    mean: float
    spread: float

    def of_default(self, cosine: float) -> float:
        """A similarity of this scale on the scale of the default model."""
        return (cosine - self.mean) / self.spread * DEFAULT_SCALE.spread + DEFAULT_SCALE.mean


DEFAULT_SCALE = Scale(0.464, 0.055)
"""Of the default model on MO-SIG-01, with `BACKGROUND`."""
BACKGROUND = (
    "¿Cuál es la capital de Francia?",
    "¿Cómo se prepara el mole poblano?",
    "¿Quién ganó el partido de ayer?",
    "¿Qué temperatura hará mañana?",
    "¿Cuántos planetas tiene el sistema solar?",
    "¿En qué año murió Beethoven?",
    "recomiéndame una película de risa",
    "¿Cómo quito una mancha de vino?",
    "¿Cuál es el río más largo del mundo?",
    "cuéntame un chiste de gallegos",
    "¿Qué dieta sirve para bajar de peso?",
    "¿Cómo se conjuga el verbo haber?",
)
"""Questions that no manual answers."""
