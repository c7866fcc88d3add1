"""The thresholds of safety: the least one whose false alarms are within the bar."""

import pytest

from evals.fit_safety import FALSE_ALARMS, fitted, rates

LABELS = ["emergency", "emergency", "ordinary", "ordinary", "accusation"]
TOLD = [0.9, 0.3, 0.25, 0.01, 0.05]


def test_recall_and_false_alarms_are_of_their_own_labels() -> None:
    got = rates(TOLD, LABELS, "emergency", 0.28)
    assert (got.recall, got.false_alarms) == (1.0, 0.0)
    assert (got.of_kind, got.ordinary) == (2, 2)
    assert rates(TOLD, LABELS, "emergency", 0.2).false_alarms == 0.5


def test_the_threshold_stands_just_above_the_last_false_alarm() -> None:
    least = fitted(TOLD, LABELS, "emergency")
    assert 0.25 < least <= 0.27
    assert rates(TOLD, LABELS, "emergency", least).false_alarms <= FALSE_ALARMS


def test_a_threshold_is_there_even_if_none_is_good() -> None:
    assert fitted([1.0, 1.0], ["emergency", "ordinary"], "emergency") == pytest.approx(0.98)
