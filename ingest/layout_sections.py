"""What was found in a manual's lines written as sections and positions, each with its address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import (
    Change,
    NumberedTitle,
    Officer,
    Passage,
    PassageKind,
    Position,
    Printed,
    Section,
    SectionKind,
    SheetField,
)
from ingest.contents import Contents
from ingest.labels import Tagged
from ingest.layouts.marks import Sign
from ingest.lines import Line
from ingest.outline import Block, Heading
from ingest.prose import passages_by_page, read_passages, read_rows
from ingest.subparts import cut_subparts
from ingest.text import fold
from ingest.unit_lists import read_units
from ingest.unit_reader import UnitRead

FRONT = "PORTADA"
"""The address of what stands before the first heading."""


@dataclass
class Body:
    """What the lines of a manual hold, by whatever layout."""

    sections: list[Section] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    reports: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The lines of each position's field of reports, by its number; one there is no word of here
    has its reports in one piece."""
    structure: tuple[NumberedTitle, ...] = ()
    chart_headings: tuple[NumberedTitle, ...] = ()
    officers: list[Officer] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


class Writer:
    """Makes the sections and positions, each with an address of its own."""

    def __init__(self, body: Body, tags: Sequence[Tagged], contents: Contents) -> None:
        self._body = body
        self._tags = tags
        self._contents = contents
        self._used: set[str] = set()
        self._chapter: str | None = None
        self._titled = any(
            tag.mark and tag.mark.sign is Sign.TITLE and tag.may_head for tag in tags
        )
        self._made = 0

    def write(self, pieces: Sequence[Heading], units: Mapping[int, UnitRead]) -> None:
        """What headings open as sections, in order; `units` are those that begin at them."""
        ends = [*(piece.at for piece in pieces[1:]), len(self._tags)]
        reserved = {p.number for p in pieces if p.kind is SectionKind.CHAPTER}
        for piece, end in zip(pieces, ends, strict=False):
            if piece.at in units:
                self._sheet(piece, units[piece.at], reserved)
            else:
                self._text(piece, end)

    def _sheet(self, piece: Heading, read: UnitRead, reserved: set[str]) -> None:
        taken = piece.number in reserved and not self._is_own_chapter(piece)
        number = "" if taken and self._chapter is None else piece.number
        number = f"{self._chapter}.{piece.number}" if number and taken else number
        number, printed = self._address(number, self._chapter, None)
        lines = (tag.line for tag in self._tags[piece.at : piece.at + piece.size])
        section = Section(
            number=number,
            title=read.position.title,
            kind=SectionKind.SHEET,
            parent=self._chapter,
            page=self._tags[piece.at].line.page,
            passages=(*_heading_passages(lines), *read.passages),
            printed_number=printed,
        )
        self._body.sections.append(section)
        position = _verbatim(read.position, section).model_copy(
            update={"number": number, "printed_number": printed}
        )
        self._body.positions.append(position)
        self._body.reports[number] = read.reports

    def _is_own_chapter(self, piece: Heading) -> bool:
        """A unit whose heading is a chapter's: "CAPÍTULO II DE LA DIRECCIÓN"."""
        mark = self._tags[piece.at].mark
        return mark is not None and mark.sign is Sign.CHAPTER

    def _text(self, piece: Heading, end: int) -> None:
        is_part = piece.sign in (Sign.CHAPTER, Sign.SECTION, Sign.OTHER_WORD) and self._titled
        kind = SectionKind.PART if is_part or piece.kind is SectionKind.PART else piece.kind
        parent = self._chapter if kind is SectionKind.PART else None
        number, printed = self._address(piece.number, parent, piece.title)
        if kind in (SectionKind.CHAPTER, SectionKind.UNNUMBERED):
            self._chapter = number if kind is SectionKind.CHAPTER or piece.number == "" else None
        at_contents = piece.at == self._contents.start and self._contents.end > 0
        if kind is SectionKind.UNNUMBERED and at_contents:
            self._chapter = None
        heading = tuple(tag.line for tag in self._tags[piece.at : piece.at + piece.size])
        lines = self._tags[piece.at + piece.size : end]
        block = Block(number, piece.title, kind, heading, [tag.line for tag in lines], parent)
        for part in cut_subparts(block, lines):
            if part is block:
                self._body.sections.append(self._section(block, piece, printed))
            else:
                part.number, has_number = self._address(part.number, number, part.title)
                self._body.sections.append(self._section(part, None, has_number))

    def _section(self, block: Block, piece: Heading | None, printed: bool) -> Section:
        first = next(iter([*block.heading, *block.lines]), None)
        return Section(
            number=block.number,
            title=block.title,
            kind=block.kind,
            parent=block.parent,
            page=first.page if first else 1,
            passages=(*_heading_passages(block.heading), *self._passages(block, piece)),
            printed_number=printed,
        )

    def _passages(self, block: Block, piece: Heading | None) -> Sequence[Passage]:
        if piece and piece.at == self._contents.start < self._contents.end:
            return read_rows(block.lines)
        if "estructura" in fold(block.title) and not self._body.structure:
            units, passages = read_units(block, PassageKind.ITEM)
            if len(units) > 2:
                self._body.structure = units
                return passages
        return read_passages(block.lines)

    def _address(self, number: str, parent: str | None, title: str | None) -> tuple[str, bool]:
        """An address that no other section has, and whether it is printed.

        A number that comes again goes under its chapter's; without one, a text is addressed by its
        title and a unit by a number that is made.
        """
        below = f"{parent}.{number}" if parent and number else ""
        for address in (number, below, title or ""):
            if address and address not in self._used:
                self._used.add(address)
                return address, True
        if title:
            again = next(n for n in range(2, 10_000) if f"{title} ({n})" not in self._used)
            self._used.add(f"{title} ({again})")
            return f"{title} ({again})", False
        while True:
            self._made += 1
            if f"u{self._made}" not in self._used:
                self._used.add(f"u{self._made}")
                return f"u{self._made}", False


def _verbatim(position: Position, section: Section) -> Position:
    """The position with only such rows as the section prints in one piece, to be cited."""
    updates = {
        name: printed.model_copy(update={"row": ""})
        for name in Position.model_fields
        if isinstance(printed := getattr(position, name), Printed)
        and printed.row
        and printed.row not in section.text
    }
    further = tuple(kept for field in position.further if (kept := _kept(field, section)))
    return position.model_copy(update={**updates, "further": further})


def _kept(field: SheetField, section: Section) -> SheetField | None:
    """A further field with the lines that the section prints; None without any."""
    lines = tuple(
        line if line.row in section.text else line.model_copy(update={"row": ""})
        for line in field.lines
        if line.text in section.text
    )
    return field.model_copy(update={"lines": lines}) if lines else None


def _heading_passages(lines: Iterable[Line]) -> tuple[Passage, ...]:
    """A heading as passages: one, or one a page."""
    made = passages_by_page(lines, PassageKind.HEADING)
    return tuple(passage.model_copy(update={"continues": False}) for passage in made)
