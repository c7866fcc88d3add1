"""The text of a manual in, the typed Manual out.

How the data flows (`read_manual`):

1. **adjust**: what the office set right (`MANUAL.ajustes.toml`, `--codigo`) comes with the source.
2. **pages**: the text is cut into printed pages; running heads and feet are taken away, once kept.
3. **contents**: the table of contents is found; its titles tell chapters later.
4. **the form**: chapters and sheets are read by the form of MO-SIG-01 (`outline`, `forms`).
5. **any layout**: where that leaves sheets without boss or functions, or finds none, all is read
   again by evidence (`layout_parser`): labels that come again, signs that count up, articles, the
   source's own headings. What reads more units wins; where neither finds one, the manual is
   passages under headings (family "passages").
6. **facts**: code, version, date and dependency, from page headers, the cover, the file's name.
7. **assemble**: reports are told apart with all titles at hand, numbers and fields are checked.
"""

from collections.abc import Iterable, Sequence

from corpus.model import Manual, Passage, PassageKind, Section, SectionKind
from ingest.adjustments import Adjustments
from ingest.assembling import Read, Reading, assemble
from ingest.contents import Contents, is_contents_title, read_contents
from ingest.cover import read_cover
from ingest.forms import read_form
from ingest.layout_parser import read_layout
from ingest.layout_sections import Body
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

_MUCH_MORE = 1.25
"""How many times what the form's reader finds another must find to be believed: the form's knows
what it reads, and misses a field here and there only where that is misprinted."""


def parse_manual(source: SourceText, adjustments: Adjustments | None = None) -> Manual:
    """The manual that a source's text holds; see `read_manual`."""
    return read_manual(source, adjustments).manual


def read_manual(source: SourceText, adjustments: Adjustments | None = None) -> Reading:
    """The manual that a source's text holds, with the evidence.

    What can't be placed is in the manual's warnings, and the rest is read all the same. Raises
    `NotAManualError` where there is nothing to read, and `BadCodeError`.
    """
    adjustments = adjustments or Adjustments()
    log = WarningLog()
    pages = split_pages(
        source.text, log, source.headings, adjustments.words, adjustments.page_offset
    )
    contents = read_contents(pages.lines)
    form_log, layout_log = WarningLog(), WarningLog()
    form = _read_form_layout(pages, contents, form_log)
    if form is not None and _is_complete(form.body):
        return assemble(source, pages, contents, form, adjustments, log.with_more(form_log))
    layout = read_layout(pages, contents, adjustments, layout_log)
    if form is not None and _score(form.body) * _MUCH_MORE >= _score(layout.body):
        return assemble(source, pages, contents, form, adjustments, log.with_more(form_log))
    return assemble(source, pages, contents, layout, adjustments, log.with_more(layout_log))


def _read_form_layout(pages: Pages, contents: Contents, log: WarningLog) -> Read | None:
    """The manual by the form of MO-SIG-01; None without its chapters or page headers."""
    front, outline = cut_outline(pages.lines, contents, log)
    chapters = [block for block in outline if block.kind is SectionKind.CHAPTER]
    if not pages.furniture.most_printed("codigo") or not chapters:
        return None
    cover = read_cover(front, pages.furniture.dependency, log)
    body = _read_blocks(_cut_chapters(outline, log), log)
    family = "sheets" if body.positions else "passages"
    return Read(body, {"formato": len(body.positions)}, family, cover)


def _is_complete(body: Body) -> bool:
    """Whether the form has read all that a form says."""
    return bool(body.positions) and all(p.functions and p.reports_to for p in body.positions)


def _score(body: Body) -> int:
    """How much of units was read: who has functions, a boss, an objective."""
    return sum(
        bool(p.functions) * 2 + bool(p.reports_to) + bool(p.objective) for p in body.positions
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


def _read_blocks(blocks: Sequence[Block], log: WarningLog) -> Body:
    """Reads each block into a section, and into what else it holds."""
    body = Body()
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


def _read_text(block: Block, body: Body, log: WarningLog) -> list[Passage]:
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
