"""Risk and coverage: how often what is said is wrong, if only the surest answers are given."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def risk_coverage(confidence: Numbers, right: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The curve: coverage (questions answered, of all) and risk (wrong, of those answered), both
    in 0…1, one point for each number of questions answered, the surest first. (questions,) each.

    Among questions of equal confidence the errors are spread evenly: their order says nothing.
    """
    answered = np.arange(1, len(right) + 1, dtype=np.float64)
    return answered / max(1, len(right)), _risks(confidence[np.newaxis], right[np.newaxis])[0]


def areas(confidence: Numbers, right: NDArray[np.bool_]) -> Numbers:
    """The area under the curve (AURC) of each of several samples, (samples, questions) in and
    (samples,) out: the mean risk over all coverages; less is better."""
    means: Numbers = _risks(confidence, right).mean(axis=1)
    return means


def _risks(confidence: Numbers, right: NDArray[np.bool_]) -> Numbers:
    """The risk of each sample's surest 1, 2, 3 … answers, (samples, questions)."""
    samples, questions = right.shape
    levels, level_of = np.unique(-confidence, return_inverse=True)
    at = level_of.reshape(right.shape) + len(levels) * np.arange(samples)[:, np.newaxis]
    errors = np.bincount(at.ravel(), ~right.ravel(), minlength=samples * len(levels))
    sizes = np.bincount(at.ravel(), minlength=samples * len(levels))
    spread = (errors / np.maximum(sizes, 1))[np.sort(at, axis=1)]
    risks: Numbers = np.cumsum(spread, axis=1) / np.arange(1, questions + 1)
    return risks
