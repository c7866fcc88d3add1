"""A printed page: its picture with the cited words marked, or its text typeset as printed.

printed_page(manual, 47, page_set, {"3.2": ["Estar presente …"]})
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz

from assistant.render.reading import ShownPassage, shown
from corpus.model import Manual, Section
from corpus.printed_pages import PageSet, PageWord
from corpus.spanish import fold

_ALIKE = 90.0
"""How like the cited text a run of a page must be (0 to 100): a PDF's order and hyphens differ."""
_LETTERS = 3
"""Fewer are not looked for: they stand everywhere."""


@dataclass(frozen=True)
class MarkedArea:
    """A marked stretch of a line, in thousandths of the page."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class PagePicture:
    """The picture of a page. `version` is part of its address."""

    version: str
    width: int
    height: int
    marks: tuple[MarkedArea, ...]


@dataclass(frozen=True)
class OnPage:
    """What is printed of a section on the page."""

    section: Section
    passages: tuple[ShownPassage, ...]
    begins: bool
    """Whether the section's heading is on this page."""


@dataclass(frozen=True)
class PrintedPage:
    """A page. `picture` is there where the manual came as PDF; `sections` always are."""

    number: int
    picture: PagePicture | None
    sections: tuple[OnPage, ...]


def printed_page(
    manual: Manual,
    number: int,
    pages: PageSet | None = None,
    quotes: Mapping[str, Sequence[str]] | None = None,
) -> PrintedPage:
    """A page with quotes of some sections marked, by the sections' numbers."""
    sections = tuple(_sections_on(manual, number, quotes or {}))
    picture = None
    if pages is not None and pages.has(number):
        marked = [text for each in sections for text in _marked_texts(each)]
        width, height = pages.size(number)
        marks = marked_areas(pages.words(number), marked) if marked else []
        picture = PagePicture(pages.version, width, height, tuple(marks))
    return PrintedPage(number, picture, sections)


def marked_areas(words: Sequence[PageWord], texts: Sequence[str]) -> list[MarkedArea]:
    """Where some texts stand among the words of a page, a stretch for each line."""
    letters, owners = "", list[int]()
    for at, word in enumerate(words):
        squashed = _squashed(word.text)
        letters += squashed
        owners += [at] * len(squashed)
    found = sorted({owner for text in texts for owner in _owners(_squashed(text), letters, owners)})
    lines = _lines([words[at] for at in found])
    return [
        MarkedArea(
            left := min(word.left for word in line),
            top := min(word.top for word in line),
            max(word.right for word in line) - left,
            max(word.bottom for word in line) - top,
        )
        for line in lines
    ]


def _owners(wanted: str, letters: str, owners: Sequence[int]) -> Sequence[int]:
    """The words that a text covers; none where it is not on the page."""
    if len(wanted) < _LETTERS:
        return ()
    at = letters.find(wanted)
    if at >= 0:
        return owners[at : at + len(wanted)]
    if len(wanted) > len(letters):
        return ()
    near = fuzz.partial_ratio_alignment(wanted, letters, score_cutoff=_ALIKE)
    return owners[near.dest_start : near.dest_end] if near is not None else ()


def _lines(words: Sequence[PageWord]) -> list[list[PageWord]]:
    """Words that follow each other in one line, together."""
    lines: list[list[PageWord]] = []
    for word in words:
        before = lines[-1][-1] if lines else None
        is_next = (
            before is not None
            and word.top < before.bottom
            and before.top < word.bottom
            and word.left >= before.left
        )
        if is_next:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _squashed(text: str) -> str:
    """The letters and digits alone, folded: spaces and hyphens are the typesetter's."""
    return "".join(c for c in fold(text) if c.isalnum())


def _sections_on(manual: Manual, number: int, quotes: Mapping[str, Sequence[str]]) -> list[OnPage]:
    found = []
    for section in manual.sections:
        if section.page != number and all(p.page != number for p in section.passages):
            continue
        view = shown(manual, section, quotes.get(section.number, ()), number)
        passages = tuple(p for page in view.pages if page.page == number for p in page.passages)
        found.append(OnPage(section, passages, section.page == number))
    return found


def _marked_texts(on_page: OnPage) -> list[str]:
    """The cited texts as they are printed on the page: a quote that goes on overleaf is cut."""
    return [
        "".join(piece.text for piece in run)
        for passage in on_page.passages
        for is_marked, run in groupby(passage.pieces, key=lambda piece: piece.marked)
        if is_marked
    ]
