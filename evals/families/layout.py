"""Lays blocks out on pages, line by line, so that every format breaks pages at the same places.

A page is one or two columns of slots; a slot is one line of text, or the lines that the cells of
a table's row print side by side. Widths are measured in the font that the PDF is set in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from reportlab.pdfbase.pdfmetrics import stringWidth

from evals.families.blocks import Block, PageBreak, Row, Table, Text, TextKind

FONT, BOLD, SIZE, LEADING = "Helvetica", "Helvetica-Bold", 9.5, 12.0
PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0
MARGIN, GUTTER, PADDING, INDENT = 54.0, 18.0, 4.0, 16.0
SLOTS = 50
_KEPT_WITH_HEADING = 4
_TALL_ROW = 14
"""A row of more lines than this may be cut by a page break."""
_BREAK = re.compile(r"(?<=[aeiouáéíóú])(?=[bcdfgjlmnpqrstvyz][aeiouáéíóú])")
_SHORTEST = 8


@dataclass(frozen=True, eq=False)
class Piece:
    """A line's worth of a text."""

    text: str
    x: float
    width: float
    source: Text
    lead: str = ""
    """The marker of an item, on its first line: stands before the text, which hangs from it."""
    hyphen: bool = False
    """The line ends amid a word, and prints a hyphen."""


@dataclass(frozen=True, eq=False)
class Slot:
    """What is printed at one height of a column; nothing for a blank line."""

    pieces: tuple[Piece, ...] = ()
    row: Row | None = None
    edges: tuple[float, ...] = ()
    """Where a row's cells begin and end."""


@dataclass(eq=False)
class Page:
    """A page: its columns, and whether a page break was asked for before it."""

    number: int
    forced: bool
    columns: list[list[Slot]] = field(default_factory=lambda: [[]])

    def slots(self) -> Iterator[Slot]:
        """All slots, column by column."""
        for column in self.columns:
            yield from column


@dataclass(frozen=True)
class Laid:
    """A document on its pages."""

    pages: tuple[Page, ...]

    def page_of(self, text: Text) -> int:
        """The page that a text begins on. KeyError where it is not printed."""
        return self._starts[id(text)]

    @cached_property
    def _starts(self) -> dict[int, int]:
        starts: dict[int, int] = {}
        for page in self.pages:
            for slot in page.slots():
                for piece in slot.pieces:
                    starts.setdefault(id(piece.source), page.number)
        return starts


def column_width(columns: int) -> float:
    """The width of one of so many columns."""
    return (PAGE_WIDTH - 2 * MARGIN - GUTTER * (columns - 1)) / columns


def marker_width(text: Text) -> float:
    """How far an item's marker sets its lines off."""
    if text.kind is not TextKind.ITEM or not text.marker:
        return 0.0
    return max(INDENT, stringWidth(f"{text.marker} ", FONT, SIZE))


def lay_out(blocks: Sequence[Block], columns: int = 1, hyphenate: bool = False) -> Laid:
    """The blocks on pages of one or two columns."""
    setter = _Setter(columns, hyphenate)
    for block in blocks:
        setter.put(block)
    return Laid(tuple(setter.pages))


class _Setter:
    def __init__(self, columns: int, hyphenate: bool) -> None:
        self._columns = columns
        self._hyphenate = hyphenate
        self._width = column_width(columns)
        self.pages = [Page(1, forced=True)]

    @property
    def _column(self) -> list[Slot]:
        return self.pages[-1].columns[-1]

    @property
    def _room(self) -> int:
        return SLOTS - len(self._column)

    def put(self, block: Block) -> None:
        """Print a block where we are, over column and page breaks if it must be."""
        if isinstance(block, PageBreak):
            if self._column or len(self.pages[-1].columns) > 1:
                self._new_page(forced=True)
        elif isinstance(block, Table):
            for row in block.rows:
                self._row(row, block.widths_of(row))
            self._blank()
        else:
            self._text(block)

    def _new_page(self, forced: bool) -> None:
        self.pages.append(Page(len(self.pages) + 1, forced))

    def _next_column(self) -> None:
        page = self.pages[-1]
        if len(page.columns) < self._columns:
            page.columns.append([])
        else:
            self._new_page(forced=False)

    def _blank(self) -> None:
        if self._column and self._column[-1].pieces and self._room:
            self._column.append(Slot())

    def _text(self, text: Text) -> None:
        lines = self._lines(text, 0, self._width)
        if text.kind not in (TextKind.ITEM, TextKind.CONTENTS):
            self._blank()
        needed = len(lines)
        if text.kind in (TextKind.HEADING, TextKind.LABEL):
            needed += _KEPT_WITH_HEADING + text.level
        elif len(lines) > 3 and not text.whole:
            needed = 2
        if needed > self._room:
            self._next_column()
        for line in lines:
            if not self._room:
                self._next_column()
            self._column.append(Slot((line,)))

    def _row(self, row: Row, widths: Sequence[float]) -> None:
        edges = [sum(widths[:n]) * self._width for n in range(len(widths) + 1)]
        cells = [
            [
                line
                for text in cell
                for line in self._lines(text, edges[n] + PADDING, edges[n + 1] - PADDING)
            ]
            for n, cell in enumerate(row.cells)
        ]
        height = max(len(cell) for cell in cells)
        is_head = len(row.cells) == 1 and row.cells[0][0].is_bold
        needed = height + (_KEPT_WITH_HEADING if is_head else 0)
        if needed > self._room and (height <= _TALL_ROW or self._room < 3):
            self._next_column()
        for pieces in zip_longest(*cells):
            if not self._room:
                self._next_column()
            self._column.append(Slot(tuple(p for p in pieces if p), row, tuple(edges)))

    def _lines(self, text: Text, left: float, right: float) -> list[Piece]:
        font = BOLD if text.is_bold else FONT
        hang = marker_width(text)
        x, width = left + hang, right - left - hang
        lead = text.marker if text.kind is TextKind.ITEM else ""
        whole = text.text if lead else text.printed
        parts = _wrap(whole, font, width, self._hyphenate)
        return [
            Piece(part, x, width, text, lead if n == 0 else "", hyphen)
            for n, (part, hyphen) in enumerate(parts)
        ]


def _wrap(text: str, font: str, width: float, hyphenate: bool) -> list[tuple[str, bool]]:
    """The lines of a text; with each, whether it ends amid a word."""
    lines: list[tuple[str, bool]] = []
    line = ""
    words = text.split(" ")
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, font, SIZE) <= width:
            line = longer
            continue
        head = _fitting_head(word, line, font, width) if hyphenate else ""
        if head:
            lines.append((f"{line} {head}" if line else head, True))
            line = ""
            words.insert(0, word[len(head) :])
        elif line:
            lines.append((line, False))
            line = ""
            words.insert(0, word)
        else:
            lines.append((word, False))
    if line or not lines:
        lines.append((line, False))
    return lines


def _fitting_head(word: str, line: str, font: str, width: float) -> str:
    """The longest start of a word that still fits on the line with a hyphen, or ""."""
    before = f"{line} " if line else ""
    heads = [word[:at] for at in breaks(word)]
    fitting = [h for h in heads if stringWidth(f"{before}{h}-", font, SIZE) <= width]
    return fitting[-1] if fitting else ""


def breaks(word: str) -> list[int]:
    """The positions in a word at which it may be broken, left to right.

    Only between a vowel and a single consonant with its vowel ("coordi-na-ción"), with at least
    three letters before and after; none in short words and in those with other signs or capitals.
    """
    bare = word.rstrip(".,;:")
    if len(bare) < _SHORTEST or not bare.isalpha() or not bare[1:].islower():
        return []
    return [m.start() for m in _BREAK.finditer(bare) if 3 <= m.start() <= len(bare) - 3]
