"""The pages of a PDF by way of PDFium: words with their places, rules and boxes.

PDFium gives characters in the file's order with boxes, and tells spaces that are in the file from
those that it made up; see docs/adr/0013-pdf-reading.md for why this engine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from ctypes import byref, c_int, c_void_p, cast, create_string_buffer
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.pdf.frame import Area, Frame, PrintedPage, Word
from ingest.readers.pdf.shapes import find_shapes
from ingest.readers.printed import is_bullet, without_ligatures

if TYPE_CHECKING:
    from PIL.Image import Image

_LINE_END_HYPHEN = (0xFFFE, 0x2)
"""What PDFium gives for a hyphen at a line's end."""
_UPRIGHT = math.radians(3)
"""A scan that was laid on a little askew is upright all the same."""
_OVERLAP = 0.3
"""Heights by which a character may stand in the one before it: kerning takes less."""
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy|negrita", re.IGNORECASE)
_FONT_NAME = create_string_buffer(128)
"""Where PDFium writes a font's name; the engine is used by one thread."""


def read_page(document: pdfium.PdfDocument, index: int) -> PrintedPage:
    """A page, its number counted from 1. Raises PdfiumError where it is damaged."""
    with closing(document[index]) as page:
        runs = list(_runs(page))
        turns = _turns(page, runs)
        frame = _frame(page, turns)
        shapes = find_shapes(page, frame)
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


def upright_picture(document: pdfium.PdfDocument, index: int, width: int) -> "Image":
    """A page as it is read, that many pixels wide. Raises PdfiumError where it is damaged."""
    with closing(document[index]) as page:
        turns = _turns(page, list(_runs(page)))
        across, _ = _frame(page, turns).size
        more = (turns * 90 - page.get_rotation()) % 360
        picture: Image = page.render(scale=width / across, rotation=more).to_pil()
        return picture.convert("RGB")


class _Run:
    """Characters that follow each other without a space, in one direction."""

    __slots__ = ("bold", "broken", "glyphs", "owner", "spaced", "turn")

    def __init__(self, turn: int, owner: int | None, *, spaced: bool, bold: bool) -> None:
        self.owner = owner
        """The object of the page that the last character is of."""
        self.bold = bold
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
        owner = cast(raw.FPDFText_GetTextObject(text_page, at), c_void_p).value
        if run is not None and owner != run.owner:
            run.owner = owner
            if _is_bold(text_page, at) != run.bold:
                yield run
                run, spaced = None, False
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
        if run is None:
            turn = _turn(raw.FPDFText_GetCharAngle(text_page, at))
            run = _Run(turn, owner, spaced=spaced, bold=_is_bold(text_page, at))
        run.glyphs.append((character, box.left, box.bottom, box.right, box.top))
    if run is not None:
        yield run
    text_page.close()


def _is_bold(text_page: pdfium.PdfTextPage, at: int) -> bool:
    """Whether a character is bold, by its font's weight or, where none is told, by its name."""
    if raw.FPDFText_GetFontWeight(text_page, at) >= _BOLD_WEIGHT:
        return True
    raw.FPDFText_GetFontInfo(text_page, at, _FONT_NAME, len(_FONT_NAME), byref(c_int()))
    return _BOLD_NAME.search(_FONT_NAME.value) is not None


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
                yield Word(text, area, spaced, broken, len(printed), run.bold)


def _is_apart(before: Area, after: Area) -> bool:
    """Whether two characters that follow each other in the file don't in print.

    The letters of a ligature have the same box.
    """
    if before == after:
        return False
    size = max(before.height, after.height)
    same_line = after.top < before.bottom - size / 4 and after.bottom > before.top + size / 4
    return not same_line or not -size * _OVERLAP <= after.x0 - before.x1 <= size


def open_document(path: Path) -> pdfium.PdfDocument:
    """The document. Raises PdfiumError where it is none, or has a password."""
    return pdfium.PdfDocument(path)
