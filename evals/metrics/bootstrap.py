"""How sure a figure is: 95 % intervals by resampling the questions, the same for a seed."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

Numbers = NDArray[np.float64]
SEED, RESAMPLES = 7, 1_000
_TAILS = (2.5, 97.5)


class Estimate(BaseModel):
    """A figure with its 95 % interval."""

    model_config = ConfigDict(frozen=True)

    value: float
    low: float
    high: float
    count: int
    """How many questions it was measured on."""


def ratio(parts: Sequence[tuple[float, float]]) -> Estimate | None:
    """The sum of the first numbers over the sum of the second, one pair for each question.

    A mean is such a ratio, and so are precision, recall and F1. None where there is nothing to
    measure.
    """
    measured = np.array([part for part in parts if part[1]], np.float64).reshape(-1, 2)
    above, below = measured.T
    if not below.sum():
        return None
    weights = _weights(len(measured))
    values = (weights @ above) / np.maximum(weights @ below, 1e-12)
    return _estimate(float(above.sum() / below.sum()), values, len(measured))


def statistic(count: int, compute: Callable[[NDArray[np.intp]], Numbers]) -> Estimate | None:
    """Any statistic of `count` questions. `compute` gets indices of questions, (samples, count),
    and gives the statistic of each sample, (samples,)."""
    if not count:
        return None
    whole = compute(np.arange(count)[np.newaxis])
    drawn = np.random.default_rng(SEED).integers(count, size=(RESAMPLES, count))
    return _estimate(float(whole[0]), compute(drawn), count)


@lru_cache(maxsize=16)
def _weights(count: int) -> Numbers:
    """How often each question is in each resample, (resamples, questions)."""
    drawn = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, RESAMPLES)
    return drawn.astype(np.float64)


def _estimate(value: float, resampled: Numbers, count: int) -> Estimate:
    low, high = (float(edge) for edge in np.percentile(resampled, _TAILS))
    return Estimate(value=value, low=low, high=high, count=count)
