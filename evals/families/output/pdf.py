"""PDF of one or two columns, set as it was laid out, with or without lines around cells."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from evals.families.blocks import TextKind
from evals.families.headers import foot_line, head_lines
from evals.families.layout import (
    BOLD,
    FONT,
    GUTTER,
    LEADING,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIZE,
    Page,
    Piece,
    Slot,
    marker_width,
)
from evals.families.manuals import Edition, FamilyManual

_TOP = PAGE_HEIGHT - 96.0
"""Where the first slot of a page stands; heads stand above it."""
_FOOT = 40.0


def write_pdf(manual: FamilyManual, edition: Edition, path: Path) -> None:
    """Write the manual on its pages. The same manual gives the same bytes."""
    canvas = Canvas(str(path), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    for page in edition.laid.pages:
        _PagePrinter(canvas, manual, page, len(edition.laid.pages)).print()
        canvas.showPage()
    canvas.save()


class _PagePrinter:
    def __init__(self, canvas: Canvas, manual: FamilyManual, page: Page, total: int) -> None:
        self._canvas = canvas
        self._manual = manual
        self._page = page
        self._total = total
        self._step = (PAGE_WIDTH - 2 * MARGIN + GUTTER) / 2

    def print(self) -> None:
        """Print head, columns and foot."""
        self._frame()
        for at, column in enumerate(self._page.columns):
            left = MARGIN + at * self._step
            for number, slot in enumerate(column):
                for piece in slot.pieces:
                    self._piece(piece, left, _TOP - number * LEADING)
            if self._manual.style.ruled:
                self._rules(column, left)

    def _frame(self) -> None:
        style, office = self._manual.style, self._manual.office
        self._canvas.setFont(FONT, SIZE)
        lines = head_lines(style, office, self._page.number, self._total)
        for number, cells in enumerate(lines):
            y = PAGE_HEIGHT - 48.0 - number * LEADING
            for at, cell in enumerate(cells):
                width = (PAGE_WIDTH - 2 * MARGIN) / len(cells)
                self._canvas.drawString(MARGIN + at * width, y, cell)
        foot = foot_line(style, self._page.number, self._total)
        if foot:
            self._canvas.drawCentredString(PAGE_WIDTH / 2, _FOOT, foot)

    def _piece(self, piece: Piece, left: float, y: float) -> None:
        source = piece.source
        font = BOLD if source.is_bold else FONT
        self._canvas.setFont(font, SIZE)
        text = f"{piece.text}-" if piece.hyphen else piece.text
        centred = source.kind is TextKind.COVER or (
            source.kind is TextKind.HEADING and self._manual.style.seed % 3 == 0
        )
        if centred:
            self._canvas.drawCentredString(left + piece.x + piece.width / 2, y, text)
            return
        if piece.lead:
            self._canvas.drawString(left + piece.x - marker_width(source), y, piece.lead)
        self._canvas.drawString(left + piece.x, y, text)

    def _rules(self, column: Sequence[Slot], left: float) -> None:
        numbered = list(enumerate(column))
        for _, group in groupby(numbered, key=lambda pair: id(pair[1].row)):
            slots = list(group)
            row = slots[0][1]
            if row.row is None:
                continue
            top = _TOP - slots[0][0] * LEADING + SIZE * 0.9
            height = len(slots) * LEADING
            for start, end in zip(row.edges, row.edges[1:], strict=False):
                self._canvas.rect(left + start, top - height, end - start, height)
