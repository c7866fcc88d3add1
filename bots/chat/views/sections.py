"""Passages and sections of a manual, as printed, with quotes in bold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.render.reading import Piece, ShownPassage, shown
from bots.chat.screens import PassageScreen, SectionScreen
from bots.chat.spans import BLANK, Line, Span, Style, bold, italic, pages, plain
from bots.chat.view import Button, Row, Verb, View, pager
from corpus.model import Manual, PassageKind, Section, heading_of


@dataclass(frozen=True)
class Unit:
    """What is read as one: a paragraph, a row of a sheet, a function, with what continues it."""

    page: int
    kind: PassageKind
    function: int | None
    pieces: tuple[Piece, ...]

    @property
    def is_quoted(self) -> bool:
        """Whether some of it is quoted."""
        return any(piece.marked for piece in self.pieces)

    @property
    def line(self) -> Line:
        """Its text, what is quoted and what labels a row in bold."""
        before = [Span(f"{self.function}. ")] if self.function else []
        if self.kind is PassageKind.OBJECTIVE:
            before = [Span("Objetivo: ", Style.BOLD)]
        marks = (Style.BOLD if p.marked or p.label else Style.PLAIN for p in self.pieces)
        spans = (Span(p.text, style) for p, style in zip(self.pieces, marks, strict=True))
        return (*before, *spans)


def passage_view(screen: PassageScreen, manual: Manual, section: Section) -> View:
    """The quoted passage, or one beside it."""
    units = units_of(manual, section, screen.quotes, screen.page)
    quoted = [at for at, unit in enumerate(units) if unit.is_quoted]
    at = screen.at if screen.at is not None else (quoted[0] if quoted else 0)
    at = min(at, len(units) - 1)
    # quotes that follow one another are read together
    last = at
    while screen.at is None and last + 1 in quoted:
        last += 1
    lines = [bold(_heading(section)), italic(_where(manual, units, at)), BLANK]
    for unit in units[at : last + 1]:
        lines += [unit.line, BLANK]
    return View(tuple(pages(lines)[0]), _around(at, last, len(units), screen))


def section_view(screen: SectionScreen, manual: Manual, section: Section) -> View:
    """A page of a section; of a position sheet also the ways to its chart and its induction."""
    all_pages = pages(list(_section_lines(manual, section)))
    page = min(screen.page, len(all_pages) - 1)
    rows = list(pager(page, len(all_pages)))
    if manual.position(section.number) is not None:
        rows.append((Button("Organigrama", Verb.CHART), Button("Inducción", Verb.INDUCTION)))
    if screen.back is not None:
        rows.append((Button("↩ Volver a la respuesta", Verb.BACK),))
    return View(tuple(all_pages[page]), tuple(rows))


def units_of(
    manual: Manual, section: Section, quotes: Sequence[str] = (), page: int | None = None
) -> list[Unit]:
    """The units of a section in printed order; at least one, if only its heading."""
    made: list[Unit] = []
    for shown_page in shown(manual, section, quotes, page).pages:
        for passage in shown_page.passages:
            if passage.continues and made:
                before = made[-1]
                joined = (*before.pieces, Piece(" ", marked=False, label=False), *passage.pieces)
                made[-1] = replace(before, pieces=joined)
            elif not _is_known(passage):
                page_of = shown_page.page
                made.append(Unit(page_of, passage.kind, passage.function, passage.pieces))
    heading = Piece(heading_of(section), marked=False, label=False)
    return made or [Unit(section.page, PassageKind.HEADING, None, (heading,))]


def _is_known(passage: ShownPassage) -> bool:
    """Whether it is the heading, or what the form prints on every sheet, and nobody quoted it."""
    known = passage.kind in {PassageKind.BOILERPLATE, PassageKind.HEADING}
    return known and not any(piece.marked for piece in passage.pieces)


def _section_lines(manual: Manual, section: Section) -> Iterator[Line]:
    yield bold(_heading(section))
    page, in_functions = 0, False
    for unit in units_of(manual, section):
        if unit.page != page:
            page = unit.page
            yield BLANK
            yield italic(f"{manual.code}, página {page}")
            yield BLANK
        if unit.function and not in_functions:
            in_functions = True
            yield BLANK
            yield bold("Funciones")
        yield unit.line
    if manual.position(section.number) is None:
        parts = list(manual.parts_of(section.number))
        if parts:
            yield BLANK
            yield bold("Contiene")
            yield from (plain(heading_of(part)) for part in parts)


def _heading(section: Section) -> str:
    sign = "" if section.number == section.title else "§ "
    return f"{sign}{heading_of(section)}"


def _where(manual: Manual, units: Sequence[Unit], at: int) -> str:
    place = f"{manual.code}, página {units[at].page}"
    if units[at].function is None:
        return place
    count = sum(unit.function is not None for unit in units)
    return f"{place}, función {units[at].function} de {count}"


def _around(at: int, last: int, count: int, screen: PassageScreen) -> tuple[Row, ...]:
    turn = []
    if at > 0:
        turn.append(Button("‹ Anterior", Verb.MOVE, at - 1))
    if last + 1 < count:
        turn.append(Button("Siguiente ›", Verb.MOVE, last + 1))
    rows = [tuple(turn), (Button("Toda la sección", Verb.SECTION),)]
    if screen.back is not None:
        rows.append((Button("↩ Volver a la respuesta", Verb.BACK),))
    return tuple(row for row in rows if row)
