"""What a made-up manual prints, before any format: headings, paragraphs, items and tables."""

from dataclasses import dataclass
from enum import StrEnum


class TextKind(StrEnum):
    """How a text is printed."""

    COVER = "cover"
    HEADING = "heading"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CONTENTS = "contents"


@dataclass(frozen=True, eq=False)
class Text:
    """A run of text. Compared by identity, so that the truth can ask for the page of just this."""

    text: str
    kind: TextKind = TextKind.PARAGRAPH
    marker: str = ""
    """What stands before an item: "1.", "•", "IV."."""
    level: int = 1
    """Of a heading: 0 for the document's title, 1 for a chapter, 2 for a unit, 3 for what a unit
    is divided into."""
    whole: bool = False
    """Never cut by a page break."""

    @property
    def printed(self) -> str:
        """The text with its marker."""
        return f"{self.marker} {self.text}" if self.marker else self.text

    @property
    def is_bold(self) -> bool:
        """Whether it is printed in bold."""
        return self.kind in (TextKind.COVER, TextKind.HEADING, TextKind.LABEL)


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a table; a cell is a tuple of texts, each a paragraph."""

    cells: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A table. Rows of another number of cells than the first share its width evenly."""

    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    """Shares of the column's width."""

    def widths_of(self, row: Row) -> tuple[float, ...]:
        """The shares of this row's cells."""
        count = len(row.cells)
        return self.widths if count == len(self.widths) else (1 / count,) * count


@dataclass(frozen=True, eq=False)
class PageBreak:
    """What follows begins on a new page."""


Block = Text | Table | PageBreak
