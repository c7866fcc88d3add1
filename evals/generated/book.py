"""Prints chapters, paragraphs and items, and records what was printed on which page."""

import re
from dataclasses import dataclass, field
from random import Random

from evals.generated.layout import Printer
from evals.generated.truth import Printed, Section

_MARKS = re.compile(r"</?p>|\*+")
_BULLET = re.compile(r"^(?:-|\d+\.|[ivx]+\.)\s+")
_LINE = 95


def clean(raw: str) -> str:
    """A text without the marks of the source, white space collapsed."""
    return " ".join(_MARKS.sub("", raw).split())


def noisy(text: str, rng: Random, bold: bool = True) -> str:
    """A text with a double space, a bold word or a trailing blank, now and then."""
    if rng.random() < 0.05:
        words = text.split(" ")
        position = rng.randrange(1, len(words)) if len(words) > 1 else 0
        words[position] = f" {words[position]}"
        text = " ".join(words)
    if bold and rng.random() < 0.01:
        first, _, rest = text.partition(" ")
        text = f"**{first}** {rest}" if rest else text
    return text + (" " if rng.random() < 0.02 else "")


@dataclass
class _Open:
    number: str
    title: str
    page: int
    paragraphs: list[Printed] = field(default_factory=list)
    last_page: int = 0


class Book:
    """A printer that keeps the record of the sections that are not sheets."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self.index: dict[str, int] = {}
        """The pages of the headings that the table of contents lists."""
        self._sections: list[_Open] = []

    @property
    def rng(self) -> Random:
        """The printer's source of chance."""
        return self.printer.rng

    def chapter(self, number: str, title: str, printed: str) -> int:
        """Open a section that the table of contents lists; gives its page."""
        self.index[printed] = self.heading(number, title, printed)
        return self.index[printed]

    def heading(self, number: str, title: str, printed: str) -> int:
        """Open a section: its heading stays with at least three lines of what follows."""
        if not self.printer.fits(printed, "", "x" * 3 * _LINE):
            self.printer.new_page()
        self.printer.blank()
        page = self.printer.put(printed)
        self._sections.append(_Open(number, title, page, last_page=page))
        return page

    def paragraph(self, raw: str) -> Printed:
        """Print a paragraph, over a page break if it must be."""
        self.printer.blank()
        if self.printer.fits(raw):
            return self.record(raw, self.printer.put(raw))
        head, rest = self._cut(raw)
        if not head:
            self.printer.new_page()
            return self.record(raw, self.printer.put(raw))
        page = self.printer.put(head)
        self.printer.new_page()
        self.printer.put(rest)
        return self.record(raw, page)

    def item(self, raw: str) -> Printed:
        """Print a list item right below what precedes it."""
        if not self.printer.fits(raw):
            self.printer.new_page()
        return self.record(raw, self.printer.put(raw))

    def line(self, raw: str) -> Printed:
        """Print a paragraph of one line that never breaks."""
        self.printer.blank()
        return self.item(raw)

    def record(self, raw: str, page: int) -> Printed:
        """Keep a printed text with the section that is open."""
        printed = Printed(clean(_BULLET.sub("", raw.strip())), page)
        section = self._sections[-1]
        section.paragraphs.append(printed)
        section.last_page = self.printer.page
        return printed

    def _cut(self, raw: str) -> tuple[str, str]:
        room = self.printer.pages[-1].room
        if room < 2:
            return "", raw
        head = raw[: room * _LINE].rpartition(" ")[0]
        return head, raw[len(head) + 1 :]

    def sections(self) -> tuple[Section, ...]:
        """All sections, in printed order."""
        return tuple(
            Section(s.number, s.title, s.page, s.last_page, tuple(s.paragraphs))
            for s in self._sections
        )
