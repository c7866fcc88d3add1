"""What is drawn on a page of a PDF: rules, boxes and shades."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.pdf.frame import Area, Frame

_RULE_WIDTH = 3.0
"""Points up to which a filled shape is a rule."""
_SHORTEST_RULE = 4.0
_SMALLEST_BOX = 8.0
_MOST_SHAPES = 4_000
"""Pieces of a drawing looked at on a page; a map or a chart has more, and no table."""
_DEEPEST_FORM = 6
_MATRIX = tuple[float, float, float, float, float, float]
_UPRIGHT_MATRIX: _MATRIX = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Shapes:
    """What is drawn on a page."""

    rules: list[Area] = field(default_factory=list)
    boxes: list[Area] = field(default_factory=list)
    shades: list[Area] = field(default_factory=list)
    things: int = 0
    """How many objects there are, text and pictures included."""


def find_shapes(page: pdfium.PdfPage, frame: Frame) -> Shapes:
    """The rules, boxes and shades of a page, in its frame."""
    shapes = Shapes()
    for thing, matrix in _objects(page):
        shapes.things += 1
        if shapes.things > _MOST_SHAPES:
            break
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH:
            _add_path(thing, matrix, frame, shapes)
    return shapes


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, _MATRIX]]:
    """The objects of a page and of the forms on it, each with the matrix of its form."""
    pending: list[tuple[Any, _MATRIX, int]] = [
        (raw.FPDFPage_GetObject(page, at), _UPRIGHT_MATRIX, 0)
        for at in range(min(raw.FPDFPage_CountObjects(page), _MOST_SHAPES + 1))
    ][::-1]
    while pending:
        thing, matrix, depth = pending.pop()
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
            yield thing, matrix
        elif depth < _DEEPEST_FORM:
            inner = _combined(_matrix(thing), matrix)
            count = min(raw.FPDFFormObj_CountObjects(thing), _MOST_SHAPES)
            pending += [
                (raw.FPDFFormObj_GetObject(thing, at), inner, depth + 1)
                for at in reversed(range(count))
            ]


def _matrix(thing: Any) -> _MATRIX:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, matrix):
        return _UPRIGHT_MATRIX
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _combined(first: _MATRIX, then: _MATRIX) -> _MATRIX:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n,
        a * m + b * o,
        c * k + d * n,
        c * m + d * o,
        e * k + f * n + p,
        e * m + f * o + q,
    )


def _add_path(path: Any, form: _MATRIX, frame: Frame, shapes: Shapes) -> None:
    """Adds the rules and the box or shade that a path draws."""
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    if not fill.value and not stroke.value:
        return
    points = _points(path, _combined(_matrix(path), form))
    if len(points) < 2:
        return
    outline = frame.area(
        min(x for x, _, _ in points),
        min(y for _, y, _ in points),
        max(x for x, _, _ in points),
        max(y for _, y, _ in points),
    )
    if min(outline.width, outline.height) <= _RULE_WIDTH:
        if max(outline.width, outline.height) >= _SHORTEST_RULE:
            shapes.rules.append(outline)
        return
    if stroke.value:
        for (x0, y0, _), (x1, y1, draws) in pairwise(points):
            if draws and max(abs(x1 - x0), abs(y1 - y0)) >= _SHORTEST_RULE:
                line = frame.area(x0, y0, x1, y1)
                if min(line.width, line.height) < 1:
                    shapes.rules.append(line)
    if len(points) > 3 and min(outline.width, outline.height) >= _SMALLEST_BOX:
        (shapes.boxes if stroke.value else shapes.shades).append(outline)


def _points(path: Any, matrix: _MATRIX) -> list[tuple[float, float, bool]]:
    """The points of a path, each with whether a straight line leads to it."""
    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    points: list[tuple[float, float, bool]] = []
    start = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_SHAPES)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        points.append((*point, kind == raw.FPDF_SEGMENT_LINETO))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        if raw.FPDFPathSegment_GetClose(segment):
            points.append((*start, True))
    return points
