"""How strong a passage is as evidence for a topical question."""

from assistant.retrieval.hybrid import Hit

LEAST_COVERAGE = 0.45
LEAST_SIMILARITY = 0.80


def evidence_strength(hit: Hit) -> float:
    """The strength of a hit's evidence; 1 is enough to answer from it."""
    return hit.coverage / LEAST_COVERAGE
