"""Plots as numbers that a template draws in SVG: they print well and need no script."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.desk.figures import Day
from assistant.desk.outcomes import OUTCOME_NAMES, Outcome

WIDTH, HEIGHT = 720, 220
_LEFT, _TOP, _BOTTOM = 44, 10, 28
_MOST_LABELS = 8
STACKED = (
    Outcome.ANSWERED,
    Outcome.NEAREST,
    Outcome.ASKED_BACK,
    Outcome.REFUSED,
    Outcome.FAILED,
)
"""From the bottom up."""


@dataclass(frozen=True)
class Box:
    """A rectangle of a plot."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    told: str


@dataclass(frozen=True)
class Mark:
    """A word of an axis, and where it stands."""

    at: float
    text: str


@dataclass(frozen=True)
class DayPlot:
    """Questions by day, stacked by how they ended."""

    boxes: tuple[Box, ...]
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    foot: int = HEIGHT - _BOTTOM


@dataclass(frozen=True)
class Bar:
    """A line of a bar plot."""

    name: str
    count: int
    width: float
    """Of 100."""
    address: str


def lines_of_days(days: Sequence[Day]) -> DayPlot:
    """The plot of some days in a row."""
    if not days:
        return DayPlot((), (), ())
    most = _round(max(day.total for day in days))
    wide = (WIDTH - _LEFT) / len(days)
    foot, tall = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP
    boxes = []
    for at, day in enumerate(days):
        y = float(foot)
        for outcome in STACKED:
            count = day.counts[outcome]
            height = tall * count / most
            y -= height
            if count:
                told = f"{day.day:%d/%m/%Y}, {OUTCOME_NAMES[outcome].lower()}: {count}"
                x, width = _LEFT + at * wide + wide * 0.1, min(wide * 0.8, 48)
                boxes.append(Box(_f(x), _f(y), _f(width), _f(height), outcome.value, told))
    every = max(1, math.ceil(len(days) / _MOST_LABELS))
    columns = tuple(
        Mark(_f(_LEFT + at * wide + wide * 0.1 + min(wide * 0.8, 48) / 2), f"{day.day:%d/%m}")
        for at, day in enumerate(days)
        if at % every == 0
    )
    rows = tuple(Mark(_f(foot - tall * part), f"{most * part:g}") for part in (0, 0.5, 1))
    return DayPlot(tuple(boxes), rows, columns)


def bars(lines: Sequence[tuple[str, int, str]]) -> list[Bar]:
    """Names with their numbers and addresses as bars; the longest is the greatest."""
    most = max((count for _, count, _ in lines), default=0) or 1
    return [Bar(name, count, _f(100 * count / most), to) for name, count, to in lines]


def _round(most: int) -> int:
    """The least round number that holds it, and whose half is whole: 2, 4 … 10, 20, 30 … 100."""
    unit = 1
    while True:
        for step in (2, 4, 6, 8, 10) if unit == 1 else range(2, 11):
            if most <= step * unit:
                return step * unit
        unit *= 10


def _f(number: float) -> float:
    return round(number, 1)
