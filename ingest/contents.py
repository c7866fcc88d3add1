"""The table of contents (ÍNDICE): its entries, and which of the manual's lines it takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import IndexEntry
from ingest.lines import Line
from ingest.text import fold, roman_value

_TITLE = re.compile(r"(?:indice|contenido|tabla de contenidos?|indice general)\s*:?")
_ENTRY = re.compile(r"(.*?[^\s.…_])[\s.…_]+(\d{1,4})")
_LEADER = re.compile(r"()[.…_][\s.…_]*(\d{1,4})")
"""The dots and the page of an entry whose title fills the line above."""
_TABLE_HEAD = re.compile(r"(?:(?:contenido|tema|apartado|capitulo)\W*)?pag(?:inas?|s)?\W*")
_NUMERAL = re.compile(r"([IVXLC]+)(?:\s*[.\-–)]+\s*|\s+)(\S.*)")


@dataclass(frozen=True)
class Contents:
    """The table of contents. Empty, at line 0, where the manual has none.

    One that prints no page numbers has lines, but no entries.
    """

    entries: tuple[IndexEntry, ...] = ()
    start: int = 0
    """Index of its heading among the manual's lines."""
    end: int = 0
    """Index after its last line."""

    def chapter_titles(self) -> dict[int, str]:
        """The titles of the chapters by the value of their numeral."""
        titles: dict[int, str] = {}
        for entry in self.entries:
            numeral, title = split_numeral(entry.title)
            if numeral and numeral not in titles:
                titles[numeral] = title
        return titles

    def unnumbered_titles(self) -> list[str]:
        """The titles of the entries that have no number."""
        return [e.title for e in self.entries if not re.match(r"\d|[A-Z]\.", e.title)
                and split_numeral(e.title)[0] is None]  # fmt: skip


def is_contents_title(text: str) -> bool:
    """True for the heading of a table of contents: "ÍNDICE"."""
    return _TITLE.fullmatch(fold(text)) is not None


def split_numeral(text: str) -> tuple[int | None, str]:
    """A heading's roman numeral, as a number, and the rest; (None, text) where it has none."""
    match = _NUMERAL.fullmatch(text)
    value = roman_value(match[1]) if match else None
    return (value, match[2]) if match and value else (None, text)


def read_contents(lines: Sequence[Line]) -> Contents:
    """Finds the table of contents and reads its entries; an entry may take two lines."""
    start = next((at for at, line in enumerate(lines) if is_contents_title(line.text)), None)
    if start is None:
        return Contents()
    entries: list[IndexEntry] = []
    pending: list[str] = []
    end = at = start + 1
    while at < len(lines) and len(pending) < 2:
        text = lines[at].text
        if any(fold(text) == fold(entry.title) for entry in entries):
            break
        at += 1
        if _TABLE_HEAD.fullmatch(fold(text)):
            continue
        match = _LEADER.fullmatch(text) if pending else None
        match = match or _ENTRY.fullmatch(text)
        if match is None:
            pending.append(text)
            continue
        if entries and lines[at - 1].stands_off and int(match[2]) < entries[-1].printed_page:
            break  # a heading with a number: "CLASE: OPERARIO MUNICIPAL 1"
        title = " ".join([*pending, match[1]]).strip()
        entries.append(IndexEntry(title=title, printed_page=int(match[2])))
        pending = []
        end = at
    if not entries:
        return Contents(start=start, end=_end_without_pages(lines, start))
    return Contents(tuple(entries), start, end)


def _end_without_pages(lines: Sequence[Line], start: int) -> int:
    """Index after a table without page numbers: it ends where its first title comes again."""
    titles: set[str] = set()
    for at in range(start + 1, len(lines)):
        title = fold(lines[at].text)
        if title in titles:
            return at
        titles.add(title)
    return start
