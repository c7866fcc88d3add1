"""The pages of a PDF by way of PDFium: words with their places, rules and boxes.

PDFium gives characters in the file's order with boxes, and tells spaces that are in the file from
those that it made up; see docs/adr/0013-pdf-reading.md for why this engine.
"""

import math
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.pdf.frame import Area, Frame, PrintedPage, Word
from ingest.readers.printed import is_bullet, without_ligatures

_LINE_END_HYPHEN = (0xFFFE, 0x2)
"""What PDFium gives for a hyphen at a line's end."""
_UPRIGHT = math.radians(3)
"""A scan that was laid on a little askew is upright all the same."""
_OVERLAP = 0.3
"""Heights by which a character may stand in the one before it: kerning takes less."""
_RULE_WIDTH = 3.0
"""Points up to which a filled shape is a rule."""
_SHORTEST_RULE = 4.0
_SMALLEST_BOX = 8.0
_MOST_SHAPES = 4_000
"""Pieces of a drawing looked at on a page; a map or a chart has more, and no table."""
_DEEPEST_FORM = 6
_MATRIX = tuple[float, float, float, float, float, float]
_UPRIGHT_MATRIX: _MATRIX = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_page(document: pdfium.PdfDocument, index: int) -> PrintedPage:
    """A page, its number counted from 1. Raises PdfiumError where it is damaged."""
    page = document[index]
    try:
        runs = list(_runs(page))
        turns = _turns(page, runs)
        frame = _frame(page, turns)
        shapes = _shapes(page, frame)
        width, height = frame.size
        upright = tuple(_words([run for run in runs if run.turn == -turns % 4], frame))
        seen = Area(0, 0, width, height)
        return PrintedPage(
            number=index + 1,
            width=width,
            height=height,
            words=tuple(word for word in upright if seen.holds(word.area)),
            sideways=tuple(_sideways(page, runs, turns)),
            rules=tuple(dict.fromkeys(shapes.rules)),
            boxes=tuple(dict.fromkeys(shapes.boxes)),
            shades=tuple(dict.fromkeys(shapes.shades)),
            is_blank=not runs and not shapes.things,
        )
    finally:
        page.close()


class _Run:
    """Characters that follow each other without a space, in one direction."""

    __slots__ = ("broken", "glyphs", "spaced", "turn")

    def __init__(self, turn: int, *, spaced: bool) -> None:
        self.glyphs: list[tuple[str, float, float, float, float]] = []
        self.turn = turn
        self.spaced = spaced
        self.broken = False


_ASKEW = 9
"""A turn that is no quarter: a watermark."""


def _runs(page: pdfium.PdfPage) -> Iterator[_Run]:
    """The runs of characters between spaces, in the file's order."""
    text_page = page.get_textpage()
    box = raw.FS_RECTF()
    run: _Run | None = None
    spaced = False
    for at in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, at)
        if code in _LINE_END_HYPHEN:
            if run is not None:
                run.broken = True
                yield run
            run, spaced = None, False
            continue
        character = chr(code) if code < 0x110000 else "\0"
        if code <= 0x20 or character.isspace():
            if run is not None:
                yield run
                spaced = False
            run = None
            spaced = spaced or (code == 0x20 and not raw.FPDFText_IsGenerated(text_page, at))
            continue
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
        if run is None:
            run = _Run(_turn(raw.FPDFText_GetCharAngle(text_page, at)), spaced=spaced)
        run.glyphs.append((character, box.left, box.bottom, box.right, box.top))
    if run is not None:
        yield run
    text_page.close()


def _turn(angle: float) -> int:
    """Clockwise quarter turns of a text, or `_ASKEW`."""
    quarters = angle / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) * math.pi / 2 <= _UPRIGHT else _ASKEW


def _turns(page: pdfium.PdfPage, runs: list[_Run]) -> int:
    """The quarter turns that make most of the page's text upright."""
    letters: Counter[int] = Counter()
    for run in runs:
        if run.turn != _ASKEW:
            letters[run.turn] += len(run.glyphs)
    if not letters:
        return int(page.get_rotation() // 90)
    return -letters.most_common(1)[0][0] % 4


def _frame(page: pdfium.PdfPage, turns: int) -> Frame:
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, turns)


def _sideways(page: pdfium.PdfPage, runs: list[_Run], turns: int) -> Iterator[tuple[Word, ...]]:
    """The words of each other direction, upright in a frame of their own."""
    for turn in (0, 1, 2, 3, _ASKEW):
        others = [run for run in runs if run.turn == turn and turn != -turns % 4]
        if others:
            own = 0 if turn == _ASKEW else -turn % 4
            yield tuple(_words(others, _frame(page, own)))


def _words(runs: list[_Run], frame: Frame) -> Iterator[Word]:
    """The words of runs; one that a gap parts is two, and one printed twice (bold) is one."""
    printed: set[tuple[str, int, int]] = set()
    for run in runs:
        pieces: list[list[tuple[str, Area]]] = []
        for character, *box in run.glyphs:
            area = frame.area(*box)
            is_askew = run.turn == _ASKEW
            if not pieces or (not is_askew and _is_apart(pieces[-1][-1][1], area)):
                pieces.append([])
            pieces[-1].append((character, area))
        for at, piece in enumerate(pieces):
            text = "".join(character for character, _ in piece)
            text = "•" if is_bullet(text) else without_ligatures(text)
            area = Area(
                piece[0][1].x0,
                min(box.top for _, box in piece),
                max(box.x1 for _, box in piece),
                max(box.bottom for _, box in piece),
            )
            where = (text, round(area.x0 / 2), round(area.top / 2))
            if where not in printed:
                printed.add(where)
                last = at == len(pieces) - 1
                spaced, broken = run.spaced and not at, run.broken and last
                yield Word(text, area, spaced, broken, place=len(printed))


def _is_apart(before: Area, after: Area) -> bool:
    """Whether two characters that follow each other in the file don't in print.

    The letters of a ligature have the same box.
    """
    if before == after:
        return False
    size = max(before.height, after.height)
    same_line = after.top < before.bottom - size / 4 and after.bottom > before.top + size / 4
    return not same_line or not -size * _OVERLAP <= after.x0 - before.x1 <= size


@dataclass
class _Shapes:
    """What is drawn on a page."""

    rules: list[Area] = field(default_factory=list)
    boxes: list[Area] = field(default_factory=list)
    shades: list[Area] = field(default_factory=list)
    things: int = 0
    """How many objects there are, text and pictures included."""


def _shapes(page: pdfium.PdfPage, frame: Frame) -> _Shapes:
    shapes = _Shapes()
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


def _add_path(path: Any, form: _MATRIX, frame: Frame, shapes: _Shapes) -> None:
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


def open_document(path: Path) -> pdfium.PdfDocument:
    """The document. Raises PdfiumError where it is none, or has a password."""
    return pdfium.PdfDocument(path)
