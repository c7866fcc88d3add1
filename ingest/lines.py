"""A printed line with its place, and the log of what could not be placed."""

from dataclasses import dataclass, field
from functools import cached_property

from corpus.model import ParseWarning, Passage, PassageKind
from ingest.text import collapse, strip_marks


@dataclass(frozen=True)
class Line:
    """A line of a page that isn't blank and isn't furniture, without the source's marks."""

    number: int
    """The line of the source, from 1."""
    page: int
    cells: tuple[str, ...]
    """The cells of a row, white space collapsed; one cell where there is no tab."""
    gap: int = 0
    """How many blank lines stand before it on its page."""
    opens_page: bool = False
    """It is the first of its page."""
    printed: str = ""
    """The line of the source as it is, with its marks."""
    level: int = 0
    """From 1 on: it is a heading of this level, as the source itself says."""

    @cached_property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold something."""
        return tuple(filter(None, self.cells))

    @cached_property
    def text(self) -> str:
        """The line as one would quote it."""
        return " ".join(self.filled)

    @property
    def is_note(self) -> bool:
        """It begins with an asterisk as a sign: "** Formarán parte …"."""
        return self.printed.lstrip().startswith(("* ", "** ", "*\u00a0", "**\u00a0"))

    def passage(
        self,
        kind: PassageKind,
        text: str | None = None,
        *,
        continues: bool = False,
        function: int | None = None,
        of: str | None = None,
    ) -> Passage:
        """A passage with its text, or with the part of it that is given; `of` is a field."""
        return Passage(
            text=self.text if text is None else text, page=self.page, line=self.number, kind=kind,
            continues=continues, function=function, field=of,
        )  # fmt: skip

    @property
    def stands_off(self) -> bool:
        """Something separates it from the line before: blank lines or a page break."""
        return self.gap > 0 or self.opens_page


def split_cells(printed: str) -> tuple[str, ...]:
    """The cells of a source line; the empty ones after the last text are left away."""
    cells = [collapse(cell) for cell in strip_marks(printed).split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


@dataclass
class WarningLog:
    """Collects the warnings of one parse, in the order that they come up."""

    entries: list[ParseWarning] = field(default_factory=list)

    def add(self, message: str, line: Line | None = None, *, page: int = 0) -> None:
        """Notes a warning about a line, or about a page or the whole manual (page 0)."""
        self.entries.append(
            ParseWarning(
                line=line.number if line else 0,
                page=line.page if line else page,
                text=line.text if line else "",
                message=message,
            )
        )

    def with_more(self, other: "WarningLog") -> "WarningLog":
        """This log with the entries of another after its own."""
        return WarningLog([*self.entries, *other.entries])
