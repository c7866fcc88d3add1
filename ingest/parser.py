"""The text of a manual in, the typed Manual out.

How the data flows (`read_manual`):

1. **adjust**: what the office set right (`MANUAL.ajustes.toml`, `--codigo`) comes with the source.
2. **pages**: the text is cut into printed pages; running heads and feet are taken away, once kept.
3. **contents**: the table of contents is found; its titles tell chapters later.
4. **the form**: chapters and sheets are read by the form of MO-SIG-01 (`outline`, `sheets`, `forms`).
5. **any layout**: where that leaves sheets without boss or functions, or finds none, all is read
   again by evidence (`layout_parser`): labels that come again, signs that count up, articles, the
   source's own headings. What reads more units wins; where neither finds one, the manual is
   passages under headings (family "passages").
6. **facts**: code, version, date and dependency, from page headers, the cover, the file's name.
7. **assemble**: reports are told apart with all titles at hand, numbers and fields are checked.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from corpus.codes import BadCodeError, checked_code
from corpus.model import (
    Change,
    DirectReport,
    Manual,
    NumberedTitle,
    Officer,
    Passage,
    PassageKind,
    Position,
    Section,
    SectionKind,
)
from ingest.adjustments import Adjustments, adjustments_name
from ingest.checks import check_positions
from ingest.contents import Contents, is_contents_title, read_contents
from ingest.cover import Cover, find_municipality, read_cover, reading_case
from ingest.direct_reports import read_direct_reports
from ingest.document_facts import code_of_name, find_facts, read_date
from ingest.errors import NotAManualError
from ingest.forms import read_form
from ingest.layout_parser import FRONT, read_layout
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

_FEWEST_HEADINGS = 2
_MUCH_MORE = 1.25
"""How many times what the form's reader finds another must find to be believed: the form's knows
what it reads, and misses a field here and there only where that is misprinted."""


@dataclass(frozen=True)
class Reading:
    """A manual as it was read, and by what evidence."""

    manual: Manual
    evidence: Mapping[str, int]
    """How many units were told by what, in Spanish: "cédulas", "encabezados" …"""
    code_from: str
    """Where the code comes from, in Spanish: "el encabezado de página", "el nombre del archivo"."""


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
        return _assemble(source, pages, contents, form, adjustments, log.with_more(form_log))
    layout = _read_any_layout(pages, contents, adjustments, layout_log)
    if form is not None and _score(form.body) * _MUCH_MORE >= _score(layout.body):
        return _assemble(source, pages, contents, form, adjustments, log.with_more(form_log))
    return _assemble(source, pages, contents, layout, adjustments, log.with_more(layout_log))


@dataclass(frozen=True)
class _Read:
    """What one way of reading made of the lines."""

    body: "_Body"
    cover: Cover
    evidence: Mapping[str, int]
    family: str
    reports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _read_form_layout(pages: Pages, contents: Contents, log: WarningLog) -> _Read | None:
    """The manual by the form of MO-SIG-01; None without its chapters or page headers."""
    front, outline = cut_outline(pages.lines, contents, log)
    chapters = [block for block in outline if block.kind is SectionKind.CHAPTER]
    if not pages.furniture.most_printed("codigo") or not chapters:
        return None
    cover = read_cover(front, pages.furniture.dependency, log)
    body = _read_blocks(_cut_chapters(outline, log), log)
    family = "sheets" if body.positions else "passages"
    return _Read(body, cover, {"formato": len(body.positions)}, family)


def _read_any_layout(
    pages: Pages, contents: Contents, adjustments: Adjustments, log: WarningLog
) -> _Read:
    found = read_layout(pages, contents, adjustments, log)
    body = _Body(sections=found.sections, positions=found.positions, structure=found.structure)
    return _Read(body, Cover(None, None), found.evidence, found.family, found.reports)


def _is_complete(body: "_Body") -> bool:
    """Whether the form has read all that a form says."""
    return bool(body.positions) and all(p.functions and p.reports_to for p in body.positions)


def _score(body: "_Body") -> int:
    """How much of units was read: who has functions, a boss, an objective."""
    return sum(
        bool(p.functions) * 2 + bool(p.reports_to) + bool(p.objective) for p in body.positions
    )


@dataclass
class _Body:
    """What the blocks of a manual hold."""

    sections: list[Section] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    structure: tuple[NumberedTitle, ...] = ()
    chart_headings: tuple[NumberedTitle, ...] = ()
    officers: list[Officer] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


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


def _with_page_header(sections: Sequence[Section], pages: Pages) -> tuple[Section, ...]:
    """The sections, the first on the page of the example header with that header's code block.

    So the document's code, version, date and length can be cited; elsewhere headers are dropped.
    Running heads and feet are kept the same way, each where it stands first.
    """
    kept = [(page, line, text) for page, line, text in pages.furniture.example]
    kept += [(line.page, line.number, line.text) for line in pages.running]
    bearers: dict[int, list[Passage]] = {}
    for page, line, text in kept:
        at = _bearer(sections, page)
        passage = Passage(text=text, page=page, line=line, kind=PassageKind.BOILERPLATE)
        if at is not None:
            bearers.setdefault(at, []).append(passage)
    return tuple(
        s.model_copy(update={"passages": (*s.passages, *bearers[at])}) if at in bearers else s
        for at, s in enumerate(sections)
    )


def _bearer(sections: Sequence[Section], page: int) -> int | None:
    """The section that begins on a page, else the one that goes on there."""
    begins = (at for at, section in enumerate(sections) if section.page == page)
    covers = (at for at, s in enumerate(sections) if s.page <= page <= s.last_page)
    return next(begins, None) if any(s.page == page for s in sections) else next(covers, None)


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


def _with_direct_reports(read: _Read) -> tuple[Position, ...]:
    """The positions with their direct reports, which other positions' titles help to tell."""
    body = read.body
    titles = {unit.title for unit in body.structure} | {p.title for p in body.positions}
    return tuple(
        position.model_copy(update={"direct_reports": _reports(position, read, titles)})
        for position in body.positions
    )


def _reports(position: Position, read: _Read, titles: set[str]) -> tuple[DirectReport, ...]:
    printed = position.direct_reports_printed
    lines = read.reports.get(position.number, ())
    if printed is None or not printed.applies:
        return ()
    each = [printed.model_copy(update={"text": line}) for line in lines] or [printed]
    return tuple(report for part in each for report in read_direct_reports(part, titles))


def _assemble(
    source: SourceText,
    pages: Pages,
    contents: Contents,
    read: _Read,
    adjustments: Adjustments,
    log: WarningLog,
) -> Reading:
    _require_structure(source, read, adjustments)
    furniture, body, cover = pages.furniture, read.body, read.cover
    positions = _with_direct_reports(read)
    check_positions(positions, log, read.family)
    facts = find_facts(pages.lines, pages.running, adjustments.words)
    texts = [cover.dependency or "", *(line.text for line in pages.lines)]
    emission = furniture.most_printed("emision") or facts.emission
    emission_date = read_date(emission)
    if emission_date is None:
        log.add(
            f"No se entiende la fecha de emisión «{emission}»." if emission
            else "No se encontró la fecha de emisión."
        )  # fmt: skip
    dependency = furniture.dependency or cover.dependency or facts.dependency
    code, code_from = _code(source, furniture.most_printed("codigo"), facts.code, adjustments)
    manual = Manual(
        code=code,
        version=adjustments.version or furniture.most_printed("version") or facts.version,
        emission_date=emission_date,
        emission_printed=emission,
        dependency=adjustments.dependency or reading_case(dependency, texts),
        municipality=cover.municipality or find_municipality(texts),
        page_count=pages.count,
        sections=_with_page_header(body.sections, pages),
        positions=positions,
        structure=body.structure,
        chart_headings=body.chart_headings,
        index=contents.entries,
        officers=tuple(body.officers),
        changes=tuple(body.changes),
        warnings=tuple(log.entries),
        family=read.family,
        pages_without_text=_printed_pages(pages, source.pages_without_text),
        pages_by_ocr=_printed_pages(pages, source.pages_by_ocr),
    )
    return Reading(manual, read.evidence, code_from)


def _require_structure(source: SourceText, read: _Read, adjustments: Adjustments) -> None:
    """Refuses what is no manual: neither units nor two headings, and nobody insists with a code."""
    sections = [s for s in read.body.sections if s.kind in (SectionKind.CHAPTER, SectionKind.PART)
                or (s.kind is SectionKind.UNNUMBERED and s.number != FRONT)]  # fmt: skip
    if read.body.positions or len(sections) >= _FEWEST_HEADINGS or adjustments.code:
        return
    raise NotAManualError(
        f"«{source.name}» no parece un Manual de Organización: no se reconoció en él ninguna unidad ni puesto (un "
        "título con sus funciones, o una tabla con «Puesto», «Jefe inmediato», «Funciones»), ni dos "
        "capítulos. Vea qué se lee con «--revisar»; si sí es un manual, ponga en "
        f"«{adjustments_name(source.name)}» su «codigo», sus «unidades» o sus [etiquetas]."
    )


def _printed_pages(pages: Pages, physical: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted({pages.physical.get(page, page) for page in physical}))


def _code(
    source: SourceText, header: str, elsewhere: str, adjustments: Adjustments
) -> tuple[str, str]:
    """The manual's code, and where it comes from. Raises `BadCodeError`."""
    if adjustments.code:
        return checked_code(adjustments.code), "los ajustes"
    if header:
        return checked_code(header), "el encabezado de página"
    if elsewhere:
        with suppress(BadCodeError):
            return checked_code(elsewhere), "la portada"
    named = code_of_name(source.name)
    if not named:
        raise NotAManualError(
            f"«{source.name}» no trae código impreso y su nombre no sirve para uno: dé uno con "
            '«--codigo», o «codigo = "…"» en el archivo de ajustes.'
        )
    return named, "el nombre del archivo"
