"""A section to be read: page by page, with quotes marked in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.model import Manual, Passage, PassageKind, Section, heading_of

CUT = "…"
"""Stands in a quote for what was left out of its middle."""
_SHORT = 60
"""Characters of what names a field or a group of them."""

_NEXT_COLUMN = re.compile(
    r"(?<=[^\W_] )(?:[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,19}:|Tipo de [Pp]uesto:?)(?= \S)"
)
"""The label of a form's second column, in one row with the first: one capitalised word and its
colon, or the one that the usual form prints without."""

Span = tuple[int, int]
"""Where a stretch of a section's text begins and ends."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a passage that is shown in one way."""

    text: str
    marked: bool
    label: bool
    """Whether it is the label of a field."""
    first_mark: bool = False
    """Where a reader who follows a citation should arrive."""


@dataclass(frozen=True)
class ShownField:
    """A field of a form, in pieces."""

    label: tuple[Piece, ...]
    value: tuple[Piece, ...]


@dataclass(frozen=True)
class ShownPassage:
    """A passage in pieces."""

    kind: PassageKind
    function: int | None
    continues: bool
    pieces: tuple[Piece, ...]

    @property
    def fields(self) -> tuple[ShownField, ...]:
        """The fields of a form's row: each label with its value; none where there is no label."""
        fields: list[ShownField] = []
        for is_label, run in groupby(self.pieces, key=lambda piece: piece.label):
            if is_label:
                fields.append(ShownField(tuple(run), ()))
            elif fields:
                fields[-1] = ShownField(fields[-1].label, tuple(run))
        return tuple(fields)

    @property
    def is_rubric(self) -> bool:
        """Whether the form prints it above a group of fields: "Identificación:"."""
        text = "".join(piece.text for piece in self.pieces)
        return (
            self.kind is PassageKind.BOILERPLATE
            and len(text) < _SHORT
            and text.rstrip().endswith(":")
        )


@dataclass(frozen=True)
class ShownPage:
    """What is printed of the section on a page."""

    page: int
    passages: tuple[ShownPassage, ...]


@dataclass(frozen=True)
class ShownSection:
    """A section with its neighbours."""

    section: Section
    chapter: Section | None
    pages: tuple[ShownPage, ...]
    previous: Section | None
    next: Section | None
    missing: int
    """How many of the quotes are not in the section."""

    @property
    def marked_pages(self) -> tuple[int, ...]:
        """The pages on which something is marked."""
        return tuple(
            each.page
            for each in self.pages
            if any(piece.marked for passage in each.passages for piece in passage.pieces)
        )


def shown(
    manual: Manual, section: Section, quotes: Sequence[str] = (), page: int | None = None
) -> ShownSection:
    """A section with quotes marked, on `page` where they are printed there."""
    found = [span for each in quotes if (span := _find(section, each, page)) is not None]
    spans = _merged(found)
    at = manual.sections.index(section)
    return ShownSection(
        section=section,
        chapter=manual.section(section.parent) if section.parent else None,
        pages=tuple(
            ShownPage(number, tuple(p for _, p in passages))
            for number, passages in groupby(_passages(section, spans), key=lambda pair: pair[0])
        ),
        previous=manual.sections[at - 1] if at else None,
        next=manual.sections[at + 1] if at + 1 < len(manual.sections) else None,
        missing=len(quotes) - len(found),
    )


def _find(section: Section, quote: str, page: int | None) -> Span | None:
    """Where a quote stands in the section's text; one that was cut, by its beginning and end."""
    wanted, text = " ".join(quote.split()), section.text
    if not wanted:
        return None
    for start in (_offset_of_page(section, page), 0):
        at = text.find(wanted, start)
        if at >= 0:
            return at, at + len(wanted)
        head, _, tail = wanted.partition(CUT)
        spans = list(_from_to(text, head, tail, start)) if head and tail else []
        if spans:
            return min(spans, key=lambda span: span[1] - span[0])
    return None


def _from_to(text: str, head: str, tail: str, start: int) -> Iterator[Span]:
    """Wherever `head` stands, up to the `tail` that follows: other text may begin alike."""
    at = text.find(head, start)
    while at >= 0:
        end = text.find(tail, at + len(head))
        if end < 0:
            return
        yield at, end + len(tail)
        at = text.find(head, at + 1)


def _offset_of_page(section: Section, page: int | None) -> int:
    offset = 0
    for passage in section.passages:
        if passage.page == page:
            return offset
        offset += len(passage.text) + 1
    return 0


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _passages(section: Section, spans: Sequence[Span]) -> Iterator[tuple[int, ShownPassage]]:
    offset, arrival = 0, spans[0][0] if spans else None
    for passage in section.passages:
        pieces = tuple(_pieces(passage, offset, spans, arrival))
        offset += len(passage.text) + 1
        # the page already has the heading as its title
        if passage.text != heading_of(section) or any(piece.marked for piece in pieces):
            yield (
                passage.page,
                ShownPassage(passage.kind, passage.function, passage.continues, pieces),
            )


def _pieces(
    passage: Passage, offset: int, spans: Sequence[Span], arrival: int | None
) -> Iterator[Piece]:
    text, labels = passage.text, list(_labels(passage))
    inside = [
        (max(0, start - offset), min(len(text), end - offset))
        for start, end in spans
        if start < offset + len(text) and end > offset
    ]
    cuts = sorted({0, len(text), *(edge for span in (*labels, *inside) for edge in span)})
    for start, end in pairwise(cuts):
        marked = any(first <= start and end <= last for first, last in inside)
        first_mark = marked and arrival == offset + start
        label = any(first <= start and end <= last for first, last in labels)
        yield Piece(text[start:end], marked, label, first_mark)


def _labels(passage: Passage) -> Iterator[Span]:
    """ "Dirección: Dirección de Gobierno Digital" has a label; a long one is none.

    Two columns of a form may be printed in one row: "Puesto: Jefe de Área Fecha: 31/03/2023".
    """
    at = passage.text.find(": ")
    if passage.kind is not PassageKind.FIELD or not 0 < at < _SHORT:
        return
    yield 0, at + 1
    for other in _NEXT_COLUMN.finditer(passage.text, at + 2):
        yield other.start(), other.end()
