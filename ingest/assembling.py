"""The Manual assembled from what was read: facts, code, reports, page headers kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from corpus.codes import BadCodeError, checked_code
from corpus.model import DirectReport, Manual, Passage, PassageKind, Position, Section, SectionKind
from ingest.adjustments import Adjustments, adjustments_name
from ingest.contents import Contents
from ingest.cover import Cover, find_municipality, reading_case
from ingest.direct_reports import read_direct_reports
from ingest.document_facts import code_of_name, find_facts, read_date
from ingest.errors import NotAManualError
from ingest.layout_sections import FRONT, Body
from ingest.layouts.words import Kind
from ingest.lines import WarningLog
from ingest.pages import Pages
from ingest.readers import SourceText

_FEWEST_HEADINGS = 2


@dataclass(frozen=True)
class Reading:
    """A manual as it was read, and by what evidence."""

    manual: Manual
    evidence: Mapping[str, int]
    """How many units were told by what, in Spanish: "cédulas", "encabezados" …"""
    code_from: str
    """Where the code comes from, in Spanish: "el encabezado de página", "el nombre del archivo"."""
    meanings: Mapping[str, Kind] = field(default_factory=dict)
    """What labels that no list knows were taken to mean, by their folded text."""


@dataclass(frozen=True)
class Read:
    """What one way of reading made of the lines."""

    body: Body
    evidence: Mapping[str, int]
    """How many units were found by what: "cédulas", "encabezados", "artículos", "listas"."""
    family: str
    """The layout by what most units were found, "mixed" for several, "passages" for none."""
    cover: Cover = field(default_factory=Cover)
    meanings: Mapping[str, Kind] = field(default_factory=dict)


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
    """The section that begins on a page, else one that goes on there, else the one before it."""
    begins = [at for at, section in enumerate(sections) if section.page == page]
    covers = [at for at, s in enumerate(sections) if s.page <= page <= s.last_page]
    before = [at for at, section in enumerate(sections) if section.page <= page]
    return next(iter([*begins, *covers, *before[::-1], *range(len(sections))]), None)


def _with_direct_reports(read: Read) -> tuple[Position, ...]:
    """The positions with their direct reports, which other positions' titles help to tell."""
    body = read.body
    titles = {unit.title for unit in body.structure} | {p.title for p in body.positions}
    return tuple(
        position.model_copy(update={"direct_reports": _reports(position, read, titles)})
        for position in body.positions
    )


def _reports(position: Position, read: Read, titles: set[str]) -> tuple[DirectReport, ...]:
    printed = position.direct_reports_printed
    lines = read.body.reports.get(position.number, ())
    if printed is None or not printed.applies:
        return ()
    each = [printed.model_copy(update={"text": line}) for line in lines] or [printed]
    return tuple(report for part in each for report in read_direct_reports(part, titles))


def assemble(
    source: SourceText,
    pages: Pages,
    contents: Contents,
    read: Read,
    adjustments: Adjustments,
    log: WarningLog,
) -> Reading:
    _require_structure(source, read, adjustments)
    furniture, body, cover = pages.furniture, read.body, read.cover
    positions = _with_direct_reports(read)
    _check(positions, log, read.family)
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
        physical_pages=tuple(pages.physical[at] for at in sorted(pages.physical)),
    )
    return Reading(manual, read.evidence, code_from, read.meanings)


def _require_structure(source: SourceText, read: Read, adjustments: Adjustments) -> None:
    """Refuses what is no manual: neither units nor two headings, and nobody insists with a code."""
    sections = [s for s in read.body.sections if s.kind in (SectionKind.CHAPTER, SectionKind.PART)
                or (s.kind is SectionKind.UNNUMBERED and s.number != FRONT)]  # fmt: skip
    if read.body.positions or len(sections) >= _FEWEST_HEADINGS or adjustments.code:
        return
    beside = adjustments_name(source.name)
    raise NotAManualError(
        f"«{source.name}» no parece un Manual de Organización: no se reconoció en él ninguna "
        "unidad ni puesto (un título con sus funciones, o una tabla con «Puesto», «Jefe "
        "inmediato», «Funciones»), ni dos capítulos. Si sí es un manual, escriba junto a él un "
        f'archivo «{beside}» con los encabezados de sus unidades, unidades = ["OFICINA DE '
        'ENLACE"], o con las palabras de sus tablas, [etiquetas] puesto = ["Plaza"], y vea qué '
        'se lee con «asistente ingerir --revisar». Con un codigo = "MO-01" se lee como puro texto.'
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


def _check(positions: Sequence[Position], log: WarningLog, family: str) -> None:
    """Warns of sheets that lack what every sheet has, and of numbers that two sheets share.

    Only the form (family "sheets") prints a boss in every sheet; other layouts may print none.
    """
    if not positions:
        log.add("No se encontró ninguna cédula de puesto.")
    for number, count in Counter(p.number for p in positions).items():
        if count > 1:
            page = next(p.page for p in reversed(positions) if p.number == number)
            log.add(f"Hay {count} cédulas con el número {number}.", page=page)
    for position in positions:
        name = f"{position.number} {position.title}"
        if not position.functions:
            log.add(f"La cédula {name} no tiene funciones.", page=position.page)
        told = family == "sheets" or any(p.reports_to for p in positions)
        if not told:
            continue
        if position.reports_to is None or not position.reports_to.text:
            log.add(f"La cédula {name} no dice a qué puesto le reporta.", page=position.page)
