"""A manual of any layout: its pages in, what its sections and positions are out.

The steps stand in `read_layout`. What `parser.py` reads by the form of one government, this reads by
evidence: labels that come again, signs that count up, the source's own headings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.model import (
    NumberedTitle,
    Passage,
    PassageKind,
    Position,
    Printed,
    Section,
    SectionKind,
)
from ingest.adjustments import Adjustments
from ingest.articles import Article, find_articles, find_regulated
from ingest.chapters import ChapterHeading, find_chapters
from ingest.contents import Contents
from ingest.labels import Hit, Tagged, tag_lines
from ingest.layouts.marks import Sign
from ingest.layouts.words import Kind, Words
from ingest.lines import Line, WarningLog
from ingest.listed_units import find_listed
from ingest.outline import Block
from ingest.pages import Pages
from ingest.prose import read_passages, read_rows
from ingest.regulation import read_regulated
from ingest.subparts import cut_subparts
from ingest.text import fold
from ingest.unit_lists import read_units
from ingest.unit_reader import UnitRead, read_unit
from ingest.units import UnitStart, find_units, with_said

_REGULATED = 0.6
"""Share of the lines from the first article on, and of those up to the last, in a reglamento."""
FRONT = "PORTADA"
"""The address of what stands before the first heading."""


@dataclass
class LayoutBody:
    """What a manual holds, by whatever layout."""

    sections: list[Section] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    reports: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The lines of each position's field of reports, by its number."""
    structure: tuple[NumberedTitle, ...] = ()
    evidence: dict[str, int] = field(default_factory=dict)
    """How many units were found by what: "cédulas", "encabezados", "artículos", "listas"."""

    @property
    def family(self) -> str:
        """The layout by what most units were found, "mixed" for two, "passages" for none."""
        found = [name for name, count in self.evidence.items() if count]
        if not found:
            return "passages"
        return found[0] if len(found) == 1 else "mixed"


@dataclass(frozen=True)
class _Piece:
    """A stretch of lines with what opens it."""

    at: int
    size: int
    kind: SectionKind
    number: str
    title: str
    unit: UnitRead | None = None
    sign: Sign | None = None


def read_layout(
    pages: Pages, contents: Contents, adjustments: Adjustments, log: WarningLog
) -> LayoutBody:
    """Sections and positions, in these steps: tag, find units, read them, find chapters, number."""
    words = adjustments.words
    tags = _tagged(pages.lines, contents, words)
    found = _units(tags, contents, adjustments)
    titles = frozenset(fold(unit.title) for units in found.values() for unit in units)
    reads: dict[int, UnitRead] = {}
    for name, units in found.items():
        for unit in units:
            reads[unit.at] = _read(name, unit, tags, words, titles, log)
    by_place = {unit.at: unit for units in found.values() for unit in units}
    pieces = _pieces(tags, contents, by_place, reads, words, titles)
    body = LayoutBody(evidence={name: len(units) for name, units in found.items()})
    _Writer(body, tags, contents, log).write(pieces)
    return body


def _tagged(lines: Sequence[Line], contents: Contents, words: Words) -> list[Tagged]:
    """The lines with their labels; those of the table of contents have none."""
    tags = tag_lines(lines, words)
    listed = range(contents.start, contents.end)
    return [replace(tag, hits=(), ends_list=False) if at in listed else tag
            for at, tag in enumerate(tags)]  # fmt: skip


def _units(
    tags: Sequence[Tagged], contents: Contents, adjustments: Adjustments
) -> dict[str, list[UnitStart]]:
    """The units by the kind of evidence that they were found by."""
    words = adjustments.words
    articles = find_articles(tags)
    bare = _without_articles(tags, articles)
    labelled = [u for u in find_units(bare, words)
                if fold(u.title) not in adjustments.no_units]  # fmt: skip
    if _is_regulation(tags, articles):
        labelled = [u for u in labelled if u.is_form]
    labelled = with_said(bare, labelled, adjustments.units)
    taken = [False] * len(tags)
    for unit in labelled:
        for at in range(unit.at, _content_end(unit, bare)):
            taken[at] = True
    open_lines = [not (busy or contents.start <= at < contents.end) for at, busy in enumerate(taken)]
    chapters = find_chapters(tags, open_lines, contents, words)
    regulated: list[UnitStart] = []
    if articles:
        free = [_up_to(a, labelled) for a in articles if not taken[a.at]]
        for each in find_regulated(free, chapters, words, len(tags)):
            size = each.chapter.size if each.chapter else 0
            number = each.chapter.number if each.chapter else f"Art. {each.articles[0].mark.address}"
            regulated.append(UnitStart(each.at, size, each.title, number, each.end, []))
            for at in range(each.at, each.end):
                taken[at] = True
    listed = find_listed(tags, [not t for t in taken], chapters, words)
    bare_said = [u for u in labelled if not u.hits and fold(u.title) in adjustments.units]
    forms = [u for u in labelled if u.is_form]
    headed = [u for u in labelled if not u.is_form and u not in bare_said]
    listed = sorted([*listed, *bare_said], key=lambda unit: unit.at)
    found = {"cédulas": forms, "encabezados": headed, "artículos": regulated, "listas": listed}
    return {
        name: [u for u in units if fold(u.title) not in adjustments.no_units]
        for name, units in found.items()
    }


def _up_to(article: Article, units: Sequence[UnitStart]) -> Article:
    """The article as far as the next unit that has labels."""
    end = next((unit.at for unit in units if unit.at > article.at), article.end)
    return replace(article, end=min(article.end, end))


def _is_regulation(tags: Sequence[Tagged], articles: Sequence[Article]) -> bool:
    """Whether nearly all text stands in articles: then they say what the units are."""
    return bool(articles) and (len(tags) - articles[0].at) >= _REGULATED * len(tags) and (
        articles[-1].at - articles[0].at >= _REGULATED * (len(tags) - articles[0].at)
    )


def _content_end(unit: UnitStart, tags: Sequence[Tagged]) -> int:
    """A place that is surely still the unit's: after its last label."""
    return min(unit.end, max((at for at, _ in unit.hits), default=unit.at) + 1)


def _without_articles(tags: Sequence[Tagged], articles: Sequence[Article]) -> list[Tagged]:
    """The lines with no labels in what begins an article."""
    begins = {article.at for article in articles}
    return [replace(tag, hits=()) if at in begins else tag for at, tag in enumerate(tags)]


def _read(
    name: str,
    unit: UnitStart,
    tags: Sequence[Tagged],
    words: Words,
    titles: frozenset[str],
    log: WarningLog,
) -> UnitRead:
    if name == "artículos":
        return read_regulated(unit, tags, words, titles)
    if name == "listas":
        label = Hit(Kind.FUNCTIONS, "", "")
        return read_unit(unit, tags, words, titles, log, opens_with=label)
    return read_unit(unit, tags, words, titles, log)


def _pieces(
    tags: Sequence[Tagged],
    contents: Contents,
    units: dict[int, UnitStart],
    reads: dict[int, UnitRead],
    words: Words,
    titles: frozenset[str],
) -> list[_Piece]:
    """All that opens a section, in order."""
    open_lines = [True] * len(tags)
    for at, read in reads.items():
        for place in range(at, read.end):
            open_lines[place] = False
    for place in range(contents.start, contents.end):
        open_lines[place] = False
    pieces = [
        _Piece(c.at, c.size, _chapter_kind(c), c.number, c.title, sign=c.sign)
        for c in find_chapters(tags, open_lines, contents, words, titles)
    ]
    if contents.end > contents.start:
        title = tags[contents.start].line.text.rstrip(" :")
        pieces.append(_Piece(contents.start, 1, SectionKind.UNNUMBERED, "", title))
    codes = [read.code for read in reads.values() if read.code]
    distinct = len(set(codes)) == len(codes)
    for at, unit in units.items():
        read = reads[at]
        number = unit.number or (read.code if distinct else "")
        pieces.append(_Piece(at, unit.heading, SectionKind.SHEET, number, unit.title, read))
        pieces += _tail(tags, read.end, pieces, units)
    starts = {piece.at for piece in pieces}
    if 0 not in starts and tags:
        pieces.append(_Piece(0, 0, SectionKind.PART, FRONT, FRONT))
    return sorted(pieces, key=lambda piece: piece.at)


def _tail(
    tags: Sequence[Tagged], end: int, pieces: Sequence[_Piece], units: dict[int, UnitStart]
) -> Iterator[_Piece]:
    """What follows a unit and is none of its, unless something else opens there."""
    if end < len(tags) and end not in units and all(piece.at != end for piece in pieces):
        title = tags[end].line.text.rstrip(" :.")
        yield _Piece(end, 1, SectionKind.PART, "", title)


def _chapter_kind(chapter: ChapterHeading) -> SectionKind:
    return SectionKind.CHAPTER if chapter.number else SectionKind.UNNUMBERED


class _Writer:
    """Makes the sections and positions, each with an address of its own."""

    def __init__(
        self, body: LayoutBody, tags: Sequence[Tagged], contents: Contents, log: WarningLog
    ) -> None:
        self._body = body
        self._tags = tags
        self._contents = contents
        self._log = log
        self._used: set[str] = set()
        self._chapter: str | None = None
        self._titled = any(
            tag.mark and tag.mark.sign is Sign.TITLE and tag.may_head for tag in tags
        )
        self._made = 0

    def write(self, pieces: Sequence[_Piece]) -> None:
        """The pieces as sections, in order."""
        ends = [*(piece.at for piece in pieces[1:]), len(self._tags)]
        reserved = {p.number for p in pieces if p.kind is SectionKind.CHAPTER}
        for piece, end in zip(pieces, ends, strict=True):
            if piece.unit:
                self._sheet(piece, piece.unit, reserved)
            else:
                self._text(piece, end)

    def _sheet(self, piece: _Piece, read: UnitRead, reserved: set[str]) -> None:
        taken = piece.number in reserved and not self._is_own_chapter(piece)
        number = "" if taken and self._chapter is None else piece.number
        number = f"{self._chapter}.{piece.number}" if number and taken else number
        number, printed = self._address(number, self._chapter, None)
        heading = self._heading(piece)
        section = Section(
            number=number,
            title=read.position.title,
            kind=SectionKind.SHEET,
            parent=self._chapter,
            page=self._tags[piece.at].line.page,
            passages=(*heading, *read.passages),
            printed_number=printed,
        )
        self._body.sections.append(section)
        position = _verbatim(read.position, section).model_copy(
            update={"number": number, "printed_number": printed}
        )
        self._body.positions.append(position)
        self._body.reports[number] = read.reports

    def _is_own_chapter(self, piece: _Piece) -> bool:
        """A unit whose heading is a chapter's: "CAPÍTULO II DE LA DIRECCIÓN"."""
        mark = self._tags[piece.at].mark
        return mark is not None and mark.sign is Sign.CHAPTER

    def _text(self, piece: _Piece, end: int) -> None:
        is_part = piece.sign in (Sign.CHAPTER, Sign.SECTION, Sign.OTHER_WORD) and self._titled
        kind = SectionKind.PART if is_part or piece.kind is SectionKind.PART else piece.kind
        parent = self._chapter if kind is SectionKind.PART else None
        number, printed = self._address(piece.number, parent, piece.title)
        if kind in (SectionKind.CHAPTER, SectionKind.UNNUMBERED):
            self._chapter = number if kind is SectionKind.CHAPTER or piece.number == "" else None
        if kind is SectionKind.UNNUMBERED and piece.at == self._contents.start and self._contents.end:
            self._chapter = None
        heading = tuple(tag.line for tag in self._tags[piece.at : piece.at + piece.size])
        lines = self._tags[piece.at + piece.size : end]
        block = Block(number, piece.title, kind, heading, [tag.line for tag in lines], parent)
        for part, made in cut_subparts(block, lines, piece.sign):
            if part is block:
                self._body.sections.append(self._section(block, piece, printed))
            else:
                address, has_number = self._address(part.number, number, part.title)
                part.number = address
                self._body.sections.append(self._section(part, None, has_number and not made))

    def _section(self, block: Block, piece: _Piece | None, printed: bool) -> Section:
        heading = _heading_passages(block.heading)
        page = block.heading[0].page if block.heading else self._first_page(block)
        return Section(
            number=block.number,
            title=block.title,
            kind=block.kind,
            parent=block.parent,
            page=page,
            passages=(*heading, *self._passages(block, piece)),
            printed_number=printed,
        )

    def _first_page(self, block: Block) -> int:
        return block.lines[0].page if block.lines else 1

    def _passages(self, block: Block, piece: _Piece | None) -> Sequence[Passage]:
        if piece and piece.at == self._contents.start and self._contents.end > piece.at:
            return read_rows(block.lines)
        if "estructura" in fold(block.title) and not self._body.structure:
            units, passages = read_units(block, PassageKind.ITEM)
            if len(units) > 2:
                self._body.structure = units
                return passages
        return read_passages(block.lines)

    def _heading(self, piece: _Piece) -> tuple[Passage, ...]:
        return _heading_passages(
            tuple(tag.line for tag in self._tags[piece.at : piece.at + piece.size])
        )

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
    """The position with only such rows as the section prints in one piece: others can't be cited."""
    updates = {
        name: printed.model_copy(update={"row": ""})
        for name in Position.model_fields
        if isinstance(printed := getattr(position, name), Printed)
        and printed.row
        and printed.row not in section.text
    }
    return position.model_copy(update=updates)


def _heading_passages(lines: Sequence[Line]) -> tuple[Passage, ...]:
    """A heading as passages: one, or one a page."""
    made: list[Passage] = []
    for line in lines:
        if made and made[-1].page == line.page:
            joined = f"{made[-1].text} {line.text}"
            made[-1] = made[-1].model_copy(update={"text": joined})
        else:
            made.append(
                Passage(text=line.text, page=line.page, line=line.number,
                        kind=PassageKind.HEADING)
            )  # fmt: skip
    return tuple(made)

