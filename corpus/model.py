"""The typed manual: what `ingest` reads, the store keeps, and `assistant` answers from.

Everything here is immutable data. Texts are as printed once white space is collapsed and the
marks of the source (`<p>`, `**`) are taken away, so that any of them can be quoted verbatim.
Pages are the printed ones, counted from 1, also where a page prints no header.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict

_NOT_APPLICABLE = re.compile(
    r"(?:n\s*/?\s*a|no\s+aplica|ningun[oa]|sin\s+(?:personal|subordinad[oa]s)"
    r"(?:\s+(?:a|bajo)(?:\s+su)?\s+(?:cargo|mando))?"
    r"|no\s+(?:le\s+corresponde\s+|le\s+compete\s+)?"
    r"(?:tiene|ejerce|ejercer|supervisa|supervisar|cuenta\s+con)(?:\s+a\s+nadie)?"
    r"(?:\s+(?:personal|mando|autoridad|supervisi[oó]n|puestos?|subordinad[oa]s)(?:\s+\w+){0,5})?"
    r"|[-–—.•\s]*)\.?",
    re.I,
)


class Record(BaseModel):
    """Base of all records: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Printed(Record):
    """A piece of text as the manual prints it, and the page that it is printed on."""

    text: str
    page: int
    row: str = ""
    """The row or sentence that the text stands in, with the label as printed: "Jefe inmediato:
    Tesorería", "Depende directamente de la Tesorería". Empty where it is the text itself."""

    @property
    def quote(self) -> str:
        """What to quote as evidence: the row, with its label, or the text alone."""
        return self.row or self.text

    @property
    def applies(self) -> bool:
        """False for an empty field and for "N/A", "No aplica" and their like."""
        return not _NOT_APPLICABLE.fullmatch(self.text.strip())


class PassageKind(StrEnum):
    """What a passage is in the printed layout."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    FIELD = "field"
    OBJECTIVE = "objective"
    FUNCTION = "function"
    BOILERPLATE = "boilerplate"
    """Fixed wording of the form: labels, table heads, the definition of "objetivo general"."""


class Passage(Record):
    """A run of printed text on one page: a paragraph, a list item, a row of a sheet.

    A paragraph that a page break cuts is two passages, the second with `continues` set.
    """

    text: str
    page: int
    line: int
    """Line of the source file, from 1 (for PDF and DOCX: of the text read from it)."""
    kind: PassageKind
    function: int | None = None
    """The printed number, where the passage is a numbered function."""
    continues: bool = False
    field: str | None = None
    """Which of the position's fields the row states ("reports_to", …), if it is one."""


class SectionKind(StrEnum):
    """The levels at which a manual is cited."""

    CHAPTER = "chapter"
    PART = "part"
    SHEET = "sheet"
    UNNUMBERED = "unnumbered"


class Section(Record):
    """A citable unit: a chapter, a part of one, a position sheet, or an unnumbered part.

    `number` follows the contract: "III", "VII.D", "3.2", "DIRECTORIO". A chapter's passages are
    its own, without those of its parts and sheets.
    """

    number: str
    title: str
    kind: SectionKind
    parent: str | None
    """The chapter's number, for parts and sheets."""
    page: int
    """The page that the heading is printed on."""
    passages: tuple[Passage, ...]
    printed_number: bool = True
    """False for an address that was made ("u12"), as the heading prints no number."""

    @property
    def last_page(self) -> int:
        return max((p.page for p in self.passages), default=self.page)

    @cached_property
    def text(self) -> str:
        """All that is printed in the section, in order, white space collapsed."""
        return " ".join(p.text for p in self.passages)

    def text_on(self, page: int) -> str:
        """What is printed of the section on one page, white space collapsed."""
        return " ".join(p.text for p in self.passages if p.page == page)


class Function(Record):
    """A function of a position, numbered as printed, or in turn where it has but a bullet."""

    number: int
    text: str
    page: int
    mark: str | None = None
    """The sign as printed, where that is no plain number: "IV", "b", "•"."""


class DirectReport(Record):
    """One entry of "Puestos que le reportan"."""

    name: str
    """The position's name, without the head count: "Analistas de Soporte Técnico"."""
    printed: str
    """The entry as printed: "3 Analistas de Soporte Técnico"."""
    count: int | None = None
    """The printed head count, if there is one."""


class SheetField(Record):
    """A field of a sheet that has no name of its own here: "Requisitos mínimos", "Horario"."""

    label: str
    """As printed, without its number and colon."""
    lines: tuple[Printed, ...]
    """What stands beside and below the label; each line is verbatim in the section."""


class Position(Record):
    """A position sheet (or a unit's heading with what stands under it).

    Three states of a field are told apart: printed and read (`Printed`), printed as none
    (`Printed` whose `applies` is False), and not found by the reader (None). Only the second may
    be denied in an answer.
    """

    number: str
    title: str
    """The title in the sheet's heading."""
    page: int
    printed_number: bool = True
    """False where the number is an address that was made, as no number is printed."""
    functional_title: Printed | None = None
    nominal_title: Printed | None = None
    secretaria: Printed | None = None
    direccion: Printed | None = None
    area: Printed | None = None
    reports_to: Printed | None = None
    direct_reports_printed: Printed | None = None
    direct_reports: tuple[DirectReport, ...] = ()
    """Parsed from `direct_reports_printed`; empty where that does not apply."""
    objective: Printed | None = None
    value: Printed | None = None
    type: Printed | None = None
    date: Printed | None = None
    further: tuple[SheetField, ...] = ()
    """The other fields that the sheet prints, in order; not read of the form of MO-SIG-01."""
    functions: tuple[Function, ...] = ()
    functions_heading: Printed | None = None
    """The heading of the list of functions, as printed; None where the reader found no such list:
    only with it may be said that a sheet lists no functions."""

    @property
    def level(self) -> int:
        """Depth of the printed number: 1 for "3", 3 for "2.1.8"."""
        return self.number.count(".") + 1


class NumberedTitle(Record):
    """An entry of the list in VIII or a heading of a chart page in IX."""

    number: str
    title: str
    page: int


class IndexEntry(Record):
    """A line of the table of contents."""

    title: str
    """As printed, with the chapter's numeral: "IV. OBJETIVO GENERAL DE LA DEPENDENCIA"."""
    printed_page: int


class Officer(Record):
    """A person named in the formalisation sheet or in the directory."""

    name: str
    office: str
    role: str | None
    """"ELABORA", "EXPIDE" … in the formalisation sheet; None in the directory."""
    page: int


class Change(Record):
    """A row of the change control."""

    version: str
    date: str
    reason: str
    page: int


class ParseWarning(Record):
    """Something of the source that could not be placed, or that looks wrong."""

    line: int
    page: int
    text: str
    message: str
    """One Spanish sentence for the person who ingests."""


class Manual(Record):
    """A whole *Manual de Organización*."""

    code: str
    version: str
    emission_date: date | None
    emission_printed: str
    dependency: str
    """In reading case: "Secretaría de Innovación y Gobierno Abierto"; "" where none is printed."""
    municipality: str | None
    page_count: int
    sections: tuple[Section, ...]
    """In printed order."""
    positions: tuple[Position, ...]
    structure: tuple[NumberedTitle, ...]
    """The list of VIII."""
    chart_headings: tuple[NumberedTitle, ...]
    """The headings of the chart pages of IX."""
    index: tuple[IndexEntry, ...]
    officers: tuple[Officer, ...]
    changes: tuple[Change, ...]
    warnings: tuple[ParseWarning, ...]
    family: str = "sheets"
    """The layout that the parser recognised; "passages" where no structure was: then questions
    on structure can't be answered or denied."""
    pages_without_text: tuple[int, ...] = ()
    """Pages on which nothing could be read (a scan, a picture), amid others with text."""
    pages_by_ocr: tuple[int, ...] = ()
    """Pages whose text was recognised from a picture."""
    physical_pages: tuple[int, ...] = ()
    """The printed page of each physical one, in order; empty where the source doesn't tell its
    pages apart."""

    @property
    def name(self) -> str:
        """What to call it: its dependency, or its code where it names none."""
        return self.dependency or f"Manual {self.code}"

    @cached_property
    def _sections_by_number(self) -> dict[str, Section]:
        return {s.number: s for s in self.sections}

    @cached_property
    def _positions_by_number(self) -> dict[str, Position]:
        return {p.number: p for p in self.positions}

    def section(self, number: str) -> Section | None:
        """The section with this number, or None."""
        return self._sections_by_number.get(number)

    def position(self, number: str) -> Position | None:
        """The position whose sheet has this number, or None."""
        return self._positions_by_number.get(number)

    def parts_of(self, chapter: str) -> Iterator[Section]:
        """The parts (or sheets) of a chapter, in printed order."""
        return (s for s in self.sections if s.parent == chapter)

    def breadcrumb(self, section: Section) -> str:
        """Where a section stands: "X. PUESTOS Y FUNCIONES › 3.2 Coordinación de …"."""
        parent = self.section(section.parent) if section.parent else None
        trail = [s for s in (parent, section) if s is not None]
        return " › ".join(heading_of(s) for s in trail)


def heading_of(section: Section) -> str:
    """A section's number and title as one would say them: "VII.D NIVEL MUNICIPAL"."""
    return section.title if section.number == section.title else f"{section.number} {section.title}"


class ChunkKind(StrEnum):
    """What a chunk holds; it is also how an answer words its citation."""

    FUNCTION = "function"
    OBJECTIVE = "objective"
    REPORTING = "reporting"
    PROSE = "prose"
    ITEM = "item"


class Chunk(Record):
    """The unit of retrieval: a passage with all the context to be found and cited alone."""

    id: str
    """Unique within the manual and stable over re-ingests of the same text."""
    manual: str
    section: str
    title: str
    """The section's title."""
    breadcrumb: str
    page: int
    kind: ChunkKind
    quote: str
    """Verbatim text of the section."""
    function: int | None = None

    @property
    def indexed_text(self) -> str:
        """What is embedded and searched: the title for context, then the passage."""
        return f"{self.title}. {self.quote}"
