"""Intervals by resampling."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.bootstrap import ratio, statistic


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_a_share_lies_within_its_interval(rights: list[bool]) -> None:
    estimate = ratio([(float(right), 1.0) for right in rights])
    assert estimate is not None
    assert 0.0 <= estimate.low <= estimate.high <= 1.0
    assert estimate.value == pytest.approx(sum(rights) / len(rights))
    assert estimate.count == len(rights)


def test_the_same_answers_give_the_same_interval() -> None:
    parts = [(float(i % 3 == 0), 1.0) for i in range(50)]
    assert ratio(parts) == ratio(parts)


def test_more_questions_narrow_it() -> None:
    def width(count: int) -> float:
        estimate = ratio([(float(i % 2), 1.0) for i in range(count)])
        assert estimate is not None
        return estimate.high - estimate.low

    assert width(400) < width(40) / 2
    # the normal approximation: 2 · 1.96 · √(0.25 / 400)
    assert width(400) == pytest.approx(0.098, abs=0.01)


def test_questions_that_a_measure_is_not_of_do_not_count() -> None:
    estimate = ratio([(1.0, 1.0), (0.0, 0.0), (0.0, 0.0)])
    assert estimate is not None
    assert (estimate.value, estimate.count) == (1.0, 1)
    assert ratio([(0.0, 0.0)]) is None


def test_any_statistic_can_be_resampled() -> None:
    values = np.arange(101.0)
    estimate = statistic(101, lambda drawn: np.median(values[drawn], axis=1))
    assert estimate is not None
    assert estimate.value == 50.0
    assert estimate.low < 50.0 < estimate.high
    assert statistic(0, lambda drawn: drawn.sum(axis=1)) is None
