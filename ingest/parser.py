"""The text of a manual in, the typed Manual out. The steps are listed in `parse_manual`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.model import (
    Change,
    Manual,
    NumberedTitle,
    Officer,
    Passage,
    PassageKind,
    Position,
    Section,
    SectionKind,
)
from ingest.checks import check_positions
from ingest.contents import Contents, is_contents_title, read_contents
from ingest.cover import Cover, find_municipality, parse_date, read_cover, reading_case
from ingest.direct_reports import read_direct_reports
from ingest.errors import NotAManualError
from ingest.forms import read_form
from ingest.furniture import Furniture
from ingest.lines import WarningLog
from ingest.outline import Block, cut_outline
from ingest.pages import Pages, split_pages
from ingest.parts import cut_parts
from ingest.people import read_changes, read_directory, read_formalisation
from ingest.prose import read_passages, read_rows
from ingest.readers import SourceText
from ingest.sheets import cut_sheets, has_sheets
from ingest.text import fold
from ingest.unit_lists import find_lists, read_units


def parse_manual(source: SourceText) -> Manual:
    """The manual that a source's text holds.

    What can't be placed is in the manual's warnings, and the rest is read all the same. Raises
    `NotAManualError` where the text is no *Manual de Organización*.
    """
    log = WarningLog()
    pages = split_pages(source.text, log)
    contents = read_contents(pages.lines)
    front, outline = cut_outline(pages.lines, contents, log)
    _require_manual(source, pages, outline)
    cover = read_cover(front, pages.furniture.dependency, log)
    blocks = _cut_chapters(outline, log)
    body = _read_blocks(blocks, log)
    positions = _with_direct_reports(body)
    check_positions(positions, log)
    return _assemble(pages, contents, cover, body, positions, log)


@dataclass
class _Body:
    """What the blocks of a manual hold."""

    sections: list[Section] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    structure: tuple[NumberedTitle, ...] = ()
    chart_headings: tuple[NumberedTitle, ...] = ()
    officers: list[Officer] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def _require_manual(source: SourceText, pages: Pages, outline: Sequence[Block]) -> None:
    chapters = [block for block in outline if block.kind is SectionKind.CHAPTER]
    if not pages.furniture.most_printed("codigo") or not chapters:
        raise NotAManualError(
            f"«{source.name}» no parece un Manual de Organización (no se encontró su código o sus "
            "capítulos): indique el archivo con el texto completo del manual."
        )


def _cut_chapters(outline: Sequence[Block], log: WarningLog) -> list[Block]:
    """The outline with the chapters cut into their parts and sheets."""
    lists = find_lists(_chapters_of_lists(outline))
    blocks: list[Block] = []
    for block in outline:
        if block.kind is not SectionKind.CHAPTER or block in lists:
            blocks.append(block)
        elif has_sheets(block):
            blocks += cut_sheets(block, log)
        else:
            blocks += cut_parts(block)
    return blocks


def _chapters_of_lists(outline: Sequence[Block]) -> list[Block]:
    return [b for b in outline if b.kind is SectionKind.CHAPTER and not has_sheets(b)]


def _read_blocks(blocks: Sequence[Block], log: WarningLog) -> _Body:
    """Reads each block into a section, and into what else it holds."""
    body = _Body()
    structure, charts = find_lists(_chapters_of_lists(blocks))
    for block in blocks:
        if block is structure:
            body.structure, passages = read_units(block, PassageKind.ITEM)
        elif block is charts:
            body.chart_headings, passages = read_units(block, PassageKind.HEADING)
        elif block.kind is SectionKind.SHEET:
            position, passages = read_form(block, log)
            body.positions.append(position)
        else:
            passages = tuple(_read_text(block, body, log))
        body.sections.append(_section(block, passages))
    return body


def _with_page_header(sections: Sequence[Section], furniture: Furniture) -> tuple[Section, ...]:
    """The sections, the first on the page of the example header with that header's code block.

    So the document's code, version, date and length can be cited; elsewhere headers are dropped.
    """
    headers = [
        Passage(text=text, page=page, line=line, kind=PassageKind.BOILERPLATE)
        for page, line, text in furniture.example
    ]
    bearer = next((s for s in sections if headers and s.page == headers[0].page), None)
    return tuple(
        s.model_copy(update={"passages": (*s.passages, *headers)}) if s is bearer else s
        for s in sections
    )


def _read_text(block: Block, body: _Body, log: WarningLog) -> list[Passage]:
    """The passages of a block without sheets or lists of units."""
    if block.kind is SectionKind.UNNUMBERED:
        title = fold(block.title)
        if is_contents_title(title):
            return read_rows(block.lines)
        if "formalizacion" in title:
            officers, passages = read_formalisation(block.lines, log)
            body.officers += officers
            return passages
        if "directorio" in title:
            officers, passages = read_directory(block.lines, log)
            body.officers += officers
            return passages
        if "cambios" in title:
            changes, passages = read_changes(block.lines, log)
            body.changes += changes
            return passages
    return read_passages(block.lines)


def _section(block: Block, passages: Iterable[Passage]) -> Section:
    heading = Passage(
        text=" ".join(line.text for line in block.heading),
        page=block.heading[0].page,
        line=block.heading[0].number,
        kind=PassageKind.HEADING,
    )
    return Section(
        number=block.number,
        title=block.title,
        kind=block.kind,
        parent=block.parent,
        page=heading.page,
        passages=(heading, *passages),
    )


def _with_direct_reports(body: _Body) -> tuple[Position, ...]:
    """The positions with their direct reports, which other positions' titles help to tell."""
    titles = {unit.title for unit in body.structure} | {p.title for p in body.positions}
    return tuple(
        position.model_copy(
            update={"direct_reports": read_direct_reports(position.direct_reports_printed, titles)}
        )
        for position in body.positions
    )


def _assemble(
    pages: Pages,
    contents: Contents,
    cover: Cover,
    body: _Body,
    positions: tuple[Position, ...],
    log: WarningLog,
) -> Manual:
    furniture = pages.furniture
    texts = [cover.dependency or "", *(line.text for line in pages.lines)]
    emission = furniture.most_printed("emision")
    emission_date = parse_date(emission)
    if emission_date is None:
        log.add(f"No se entiende la fecha de emisión «{emission}».")
    dependency = furniture.dependency or cover.dependency or ""
    return Manual(
        code=furniture.most_printed("codigo"),
        version=furniture.most_printed("version"),
        emission_date=emission_date,
        emission_printed=emission,
        dependency=reading_case(dependency, texts),
        municipality=cover.municipality or find_municipality(texts),
        page_count=pages.count,
        sections=_with_page_header(body.sections, furniture),
        positions=positions,
        structure=body.structure,
        chart_headings=body.chart_headings,
        index=contents.entries,
        officers=tuple(body.officers),
        changes=tuple(body.changes),
        warnings=tuple(log.entries),
    )
