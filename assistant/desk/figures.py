"""The figures of the dashboard: numbers by day, shares with their intervals, latency."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.desk.outcomes import BOUNDS_MS, Channel, Outcome
from assistant.desk.questions import Tally, in_days

_Z = 1.959964
"""Of a two-sided interval of 95 %."""


@dataclass(frozen=True)
class Share:
    """A share of a number, with Wilson's interval of 95 %."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, in 0…1; 0 of nothing."""
        return self.count / self.of if self.of else 0.0


def share(count: int, of: int) -> Share:
    """A share with Wilson's interval; of nothing nothing is known: 0 to 1."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    part, z2 = count / of, _Z * _Z
    midst = (part + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * math.sqrt(part * (1 - part) / of + z2 / (4 * of * of))
    return Share(count, of, max(0.0, midst - half), min(1.0, midst + half))


@dataclass(frozen=True)
class Day:
    """How the questions of a day ended."""

    day: date
    counts: dict[Outcome, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Figures:
    """All numbers of some days."""

    days: tuple[Day, ...]
    outcomes: dict[Outcome, int]
    channels: dict[Channel, int]
    manuals: dict[str, int]
    times: dict[int, int]
    """How many were answered within each of the bounds, and no lesser one."""
    median_ms: int | None
    slow_ms: int | None
    """95 of 100 were answered within it."""

    @property
    def total(self) -> int:
        """All questions."""
        return sum(self.outcomes.values())

    def share_of(self, outcome: Outcome) -> Share:
        """How many ended so."""
        return share(self.outcomes[outcome], self.total)


def figures_of(tallies: Sequence[Tally]) -> Figures:
    """The figures of the numbers by day."""
    days = tuple(Day(day, counts) for day, counts in sorted(in_days(tallies).items()))
    outcomes, channels = dict.fromkeys(Outcome, 0), dict.fromkeys(Channel, 0)
    manuals: Counter[str] = Counter()
    times = dict.fromkeys(BOUNDS_MS, 0)
    for each in tallies:
        outcomes[each.outcome] += each.count
        channels[each.channel] += each.count
        manuals[each.manual] += each.count
        times[each.within_ms] += each.count
    return Figures(
        days, outcomes, channels, dict(manuals.most_common()), times,
        _within(times, 0.5), _within(times, 0.95),
    )  # fmt: skip


def _within(times: dict[int, int], part: float) -> int | None:
    """The bound that this part of the questions was answered within."""
    wanted, sofar = part * sum(times.values()), 0
    for bound, count in times.items():
        sofar += count
        if count and sofar >= wanted:
            return bound
    return None
