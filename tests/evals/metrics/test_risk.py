"""The risk–coverage curve."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.risk import areas, risk_coverage


def curve(*answers: tuple[float, bool]) -> tuple[list[float], list[float]]:
    confidence, right = zip(*answers, strict=True)
    xs, ys = risk_coverage(np.array(confidence), np.array(right))
    return xs.tolist(), ys.tolist()


def test_the_surest_answers_come_first() -> None:
    xs, ys = curve((0.1, False), (0.9, True))
    assert xs == [0.5, 1.0]
    assert ys == [0.0, 0.5]


def test_among_equals_the_order_says_nothing() -> None:
    assert curve((0.5, True), (0.5, False)) == curve((0.5, False), (0.5, True))
    assert curve((0.5, True), (0.5, False))[1] == [0.5, 0.5]


def test_the_area_is_the_mean_risk() -> None:
    confidence, right = np.array([[0.9, 0.1], [0.1, 0.9]]), np.array([[True, False]] * 2)
    assert areas(confidence, right).tolist() == pytest.approx([0.25, 0.75])


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.booleans()), min_size=1))
def test_at_full_coverage_the_risk_is_the_share_of_errors(
    answers: list[tuple[float, bool]],
) -> None:
    xs, ys = curve(*answers)
    assert xs[-1] == 1.0
    assert ys[-1] == pytest.approx(sum(not right for _, right in answers) / len(answers))
    assert all(0.0 <= risk <= 1.0 for risk in ys)
