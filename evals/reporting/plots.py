"""The plots as SVG: drawn here, so that the page needs nothing from elsewhere.

Colours are CSS variables of the page (`--ink`, `--soft`, `--line`, `--accent`, `--other`), so
that plots follow its light and dark mode. Every plot has a title and a description in words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from evals.metrics.bootstrap import Estimate

Numbers = NDArray[np.float64]
_WIDTH = 480
"""Narrow, so that letters stay legible where a phone shrinks it."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 196, 50, 10, 34
_ROW = 30
_HEIGHT = 290
_AXIS_LEFT = 52
_FLOOR = 48
"""Room under the axis for its numbers and its label."""
_LEGEND_ROW = 20
_DASHES = ("6 4", "2 4", "10 4 2 4", "1 6")
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Bar:
    """A share with its interval, by name."""

    name: str
    figure: Estimate
    main: bool = False
    """Whether it is the one that the others are compared with."""


@dataclass(frozen=True)
class Curve:
    """A named line through points in 0…1."""

    name: str
    xs: Numbers
    ys: Numbers
    main: bool = False


@dataclass(frozen=True)
class Point:
    """A marked point, with what it is."""

    x: float
    y: float
    name: str


def shares(title: str, bars: Sequence[Bar]) -> str:
    """Shares in 0…1 as dots with their 95 % intervals as whiskers, one row each."""
    bottom = _TOP + _ROW * len(bars)
    body = [*_share_grid(bottom)]
    for row, bar in enumerate(bars):
        y = _TOP + _ROW * (row + 0.5)
        color = "var(--accent)" if bar.main else "var(--other)"
        low, high, at = (_share_x(v) for v in (bar.figure.low, bar.figure.high, bar.figure.value))
        weight = ' font-weight="600"' if bar.main else ""
        body.append(_text(_LEFT - 10, y + 4, bar.name, "end", extra=weight))
        body.append(_line(low, y, high, y, color, 3))
        body.append(f'<circle cx="{at:.1f}" cy="{y:.1f}" r="5.5" fill="{color}"/>')
        body.append(_text(_WIDTH - 4, y + 4, f"{100 * bar.figure.value:.1f}", "end"))
    told = "; ".join(
        f"{b.name} {100 * b.figure.value:.1f} % ({100 * b.figure.low:.1f} a "
        f"{100 * b.figure.high:.1f})"
        for b in bars
    )
    return _svg(bottom + _BOTTOM, title, told, body)


def risk_curves(title: str, curves: Sequence[Curve], points: Sequence[Point]) -> str:
    """Risk over coverage, both in 0…1; the risk axis ends above what is reached."""
    reached = max([*(float(c.ys.max()) for c in curves), *(p.y for p in points)], default=1.0)
    most = min(1.0, max(0.1, np.ceil(reached * 10) / 10))
    body = [*_axes("cobertura: preguntas que responde", _TICKS, most)]
    dashes = iter(_DASHES)
    for row, curve in enumerate(curves):
        color = "var(--accent)" if curve.main else "var(--other)"
        dash = "" if curve.main else f' stroke-dasharray="{next(dashes, "3 3")}"'
        style = f'fill="none" stroke="{color}" stroke-width="2.5"{dash}'
        path = " ".join(
            f"{_x(x):.1f},{_y(y / most):.1f}" for x, y in zip(curve.xs, curve.ys, strict=True)
        )
        legend = _HEIGHT + _LEGEND_ROW * (row + 0.5)
        body.append(f'<polyline points="{path}" {style}/>')
        body.append(f'<path d="M{_AXIS_LEFT} {legend}h44" {style}/>')
        body.append(_text(_AXIS_LEFT + 54, legend + 4, curve.name))
        at = _y(curve.ys[-1] / most) + 4
        body.append(_text(_x(curve.xs[-1]) + 4, at, f"{100 * curve.ys[-1]:.0f} %"))
    for point in points:
        x, y = _x(point.x), _y(point.y / most)
        body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="var(--accent)"/>')
        body.append(_text(x - 10, y - 10, point.name, "end"))
    told = "; ".join(
        [*(f"{c.name}: riesgo {100 * c.ys[-1]:.1f} % con cobertura total" for c in curves)]
        + [f"{p.name}: cobertura {100 * p.x:.1f} %, riesgo {100 * p.y:.1f} %" for p in points]
    )
    return _svg(_HEIGHT + _LEGEND_ROW * len(curves) + 4, title, told, body)


def latency(title: str, milliseconds: Numbers, marks: Sequence[tuple[str, float]]) -> str:
    """The distribution of latencies as a histogram, with named values marked."""
    most = float(np.percentile(milliseconds, 99.5)) if len(milliseconds) else 1.0
    counts, edges = np.histogram(np.minimum(milliseconds, most), bins=32, range=(0.0, most))
    tallest = 4 * max(1, int(np.ceil(counts.max() / 4)))  # whole numbers at every quarter
    ticks = [most * share for share in _TICKS]
    body = [*_axes("milisegundos", _TICKS, tallest, [f"{t:.0f}" for t in ticks], share=False)]
    for count, start, end in zip(counts, edges, edges[1:], strict=False):
        x, width = _x(start / most), _x(end / most) - _x(start / most) - 1
        top = _y(count / tallest)
        body.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{max(0.5, width):.1f}" '
            f'height="{_y(0) - top:.1f}" fill="var(--other)"/>'
        )
    for i, (name, value) in enumerate(marks):
        x = _x(min(1.0, value / most))
        body.append(_line(x, _TOP, x, _y(0), "var(--accent)", 2))
        body.append(_text(x + 5, _TOP + 14 + 18 * i, f"{name} {value:.1f} ms"))
    told = "; ".join(f"{name} {value:.1f} milisegundos" for name, value in marks)
    return _svg(_HEIGHT, title, told, body)


def _svg(height: float, title: str, told: str, body: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(body)}</svg>"
    )


def _share_grid(bottom: float) -> Iterator[str]:
    for tick in _TICKS:
        x = _share_x(tick)
        yield _line(x, _TOP, x, bottom, "var(--line)", 1)
        yield _text(x, bottom + 20, f"{100 * tick:.0f}", "middle", "var(--soft)")


def _axes(
    label: str,
    ticks: Sequence[float],
    most: float,
    names: Sequence[str] | None = None,
    *,
    share: bool = True,
) -> Iterator[str]:
    for i, tick in enumerate(ticks):
        name = names[i] if names else f"{100 * tick:.0f} %"
        yield _text(_x(tick), _y(0) + 18, name, "middle", "var(--soft)")
    for part in _TICKS:
        name = f"{100 * part * most:.0f} %" if share else f"{part * most:.0f}"
        yield _line(_AXIS_LEFT, _y(part), _WIDTH - _RIGHT, _y(part), "var(--line)", 1)
        yield _text(_AXIS_LEFT - 6, _y(part) + 4, name, "end", "var(--soft)")
    yield _text((_AXIS_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, label, "middle", "var(--soft)")


def _x(share: float) -> float:
    return _AXIS_LEFT + float(share) * (_WIDTH - _RIGHT - _AXIS_LEFT)


def _y(share: float) -> float:
    return _HEIGHT - _FLOOR - float(share) * (_HEIGHT - _FLOOR - _TOP)


def _share_x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _RIGHT - _LEFT)


def _line(x1: float, y1: float, x2: float, y2: float, color: str, width: float) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{color}" stroke-width="{width}"/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    anchor: str = "start",
    color: str = "var(--ink)",
    extra: str = "",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}"{extra}>'
        f"{escape(text)}</text>"
    )
