"""Pages: where text breaks, which header a page prints, and how many blank lines there are."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from random import Random

_LINE_WIDTH = 95
_PAGE_BREAK = ("", "", "")


class Header(StrEnum):
    """What a page prints above its text."""

    NONE = "none"
    CODE = "code"
    FULL = "full"
    LOGO = "logo"


@dataclass(frozen=True)
class Letterhead:
    """What headers print."""

    city: str
    code: str
    version: str
    emission: str
    dependency: str

    def lines(self, header: Header, page: int, total: int) -> list[str]:
        """The lines of a header, with the blank line that follows it."""
        if header is Header.NONE:
            return []
        block = [
            f"CÓDIGO:\t{self.code}",
            f"VERSIÓN:\t{self.version}",
            f"EMISIÓN:\t{self.emission}",
            f"PÁGINA:\t{page} de {total}",
            "",
        ]
        if header is Header.CODE:
            return block
        name = ["MANUAL DE ORGANIZACIÓN", "", *block, self.dependency.upper(), ""]
        return name if header is Header.FULL else [*self.logo(), "", *name]

    def logo(self) -> list[str]:
        """The logo as its letters come out in text."""
        return ["Gobierno", "de", "—", self.city]


@dataclass
class Page:
    """A page while it is being printed."""

    header: Header
    room: int
    lines: list[str] = field(default_factory=list)
    gap: tuple[str, ...] = _PAGE_BREAK
    """The blank lines between this page and the next: three or more."""


class Printer:
    """Puts text on pages, one after another, and knows the page it is on."""

    def __init__(self, letterhead: Letterhead, rng: Random) -> None:
        self.letterhead = letterhead
        self.rng = rng
        self.pages: list[Page] = []

    @property
    def page(self) -> int:
        """The number of the page that is being printed."""
        return len(self.pages)

    def new_page(self, header: Header | None = None, room: int | None = None) -> int:
        """Start a page, by default with a header and a length of chance; gives its number."""
        if header is None:
            weights = {Header.FULL: 72, Header.LOGO: 12, Header.CODE: 5, Header.NONE: 11}
            header = self.rng.choices(list(weights), list(weights.values()))[0]
        self.pages.append(Page(header, room or self.rng.randint(38, 58)))
        return self.page

    def fits(self, *texts: str) -> bool:
        """Whether these lines still fit on the page."""
        return sum(_height(t) for t in texts) <= self.pages[-1].room

    def put(self, *lines: str) -> int:
        """Print lines where we are; gives the page."""
        page = self.pages[-1]
        page.lines.extend(lines)
        page.room -= sum(_height(t) for t in lines)
        return self.page

    def gap(self, *lines: str) -> None:
        """Leave these blank lines, instead of three, after the page."""
        self.pages[-1].gap = lines

    def blank(self) -> None:
        """One blank line, unless the page just began."""
        if self.pages[-1].lines and self.pages[-1].lines[-1].strip():
            self.put("")

    def text(self) -> str:
        """The whole manual."""
        lines: list[str] = []
        for number, page in enumerate(self.pages, 1):
            while page.lines and not page.lines[-1]:
                page.lines.pop()
            lines += self.letterhead.lines(page.header, number, len(self.pages))
            lines += page.lines
            if number < len(self.pages):
                lines += page.gap
        return "\n".join(lines)


def _height(text: str) -> int:
    return max(1, ceil(len(text) / _LINE_WIDTH))
