"""Figures: shares with honest intervals, days without gaps, latency by bounds."""

from datetime import timedelta

import pytest

from assistant.desk.figures import figures_of, share
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.questions import Tally
from assistant.running.storage.database import now

TODAY = now().date()


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # Newcombe (1998), table I, method 3; and by statsmodels
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_intervals_are_wilsons(count: int, of: int, low: float, high: float) -> None:
    found = share(count, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nothing_nothing_is_known() -> None:
    assert (share(0, 0).low, share(0, 0).high, share(0, 0).value) == (0.0, 1.0, 0.0)


def _tally(days_ago: int, outcome: Outcome, ms: int, count: int) -> Tally:
    return Tally(TODAY - timedelta(days=days_ago), Channel.WEB, "MO-1", outcome, ms, count)


def test_days_without_a_question_are_days_too() -> None:
    figures = figures_of([_tally(3, Outcome.ANSWERED, 50, 2), _tally(0, Outcome.REFUSED, 50, 1)])
    assert [day.total for day in figures.days] == [2, 0, 0, 1]
    assert figures.share_of(Outcome.ANSWERED).count == 2
    assert figures.channels[Channel.WEB] == 3


def test_latency_is_told_by_the_bound_that_holds_it() -> None:
    figures = figures_of(
        [_tally(0, Outcome.ANSWERED, 50, 90), _tally(0, Outcome.ANSWERED, 2_500, 10)]
    )
    assert (figures.median_ms, figures.slow_ms) == (50, 2_500)
    assert {bound: count for bound, count in figures.times.items() if count} == {50: 90, 2_500: 10}
    assert figures_of([]).median_ms is None
