"""Risk and coverage: how often what is said is wrong, if only the surest answers are given."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def risk_coverage(confidence: Numbers, right: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The curve: coverage (questions answered, of all) and risk (wrong, of those answered), both
    in 0…1, one point for each number of questions answered, the surest first.

    Among questions of equal confidence the errors are spread evenly: their order says nothing.
    """
    levels, level_of = np.unique(-confidence, return_inverse=True)
    errors = np.bincount(level_of, ~right, minlength=len(levels))
    sizes = np.bincount(level_of, minlength=len(levels))
    spread = np.repeat(errors / np.maximum(sizes, 1), sizes)
    answered = np.arange(1, len(right) + 1, dtype=np.float64)
    return answered / max(1, len(right)), np.cumsum(spread) / answered


def area(confidence: Numbers, right: NDArray[np.bool_]) -> float:
    """The area under the curve (AURC): the mean risk over all coverages; less is better."""
    return float(risk_coverage(confidence, right)[1].mean())
