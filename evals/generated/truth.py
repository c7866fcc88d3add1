"""What a made-up manual says, typed: the truth that parsers, audits and answers are held to.

Field names follow `corpus.model`, so that a test can compare attribute by attribute; this module
does not import it, so that the generator needs nothing but the standard library.
Texts are as printed once white space is collapsed and the marks (`<p>`, `**`) are taken away.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The contradictions that can be put into a manual."""

    NUMBERING_MISMATCH = "numbering_mismatch"
    """VIII gives a unit one number and its sheet another."""
    NAME_MISMATCH = "name_mismatch_list_sheet"
    """VIII words a unit's title differently from its sheet."""
    CATEGORY_MISMATCH = "category_mismatch"
    """VIII says "Jefatura" and the sheet "Coordinación", or the other way round."""
    WORD_ORDER = "word_order"
    """A sheet names its boss with the parts of the name in another order."""
    TYPO_UNIT_NAME = "typo_unit_name"
    """A sheet names another unit with a slip of the pen."""
    REPORTS_TO_WITHOUT_SHEET = "reports_to_without_sheet"
    """A sheet reports to a unit that has no sheet."""
    REPORT_WITHOUT_SHEET = "direct_report_without_sheet"
    """A sheet lists, among those who report to it, a unit that has no sheet."""
    OMITTED_CHILD = "omitted_child"
    """A boss does not list a unit that says it reports to it."""
    CLAIMED_CHILD = "claimed_child"
    """A sheet lists a unit that says it reports to another one."""
    LISTED_WITHOUT_SHEET = "listed_without_sheet"
    """VIII lists a unit that has no sheet."""
    SHEET_NOT_LISTED = "sheet_not_listed"
    """A unit has a sheet and is not in VIII."""
    DUPLICATE_FUNCTION = "duplicate_function"
    """A sheet prints the same function twice."""
    BOILERPLATE_REPLACED = "boilerplate_replaced"
    """The form's definition of "objetivo general" was overwritten by another text."""
    INDEX_PAGE_ERROR = "index_page_error"
    """The table of contents sends to the wrong page."""
    DATE_MISMATCH = "date_mismatch"
    """A sheet bears another date than the manual's emission."""
    FUNCTIONAL_TITLE_MISMATCH = "functional_title_mismatch"
    """The functional title is of another rank than the sheet's heading."""
    CHART_HEADING_MISMATCH = "chart_heading_mismatch"
    """A chart page of IX names its unit differently from VIII."""


@dataclass(frozen=True)
class Printed:
    """A printed text and its page."""

    text: str
    page: int


@dataclass(frozen=True)
class Function:
    """A numbered function of a sheet."""

    number: int
    text: str
    page: int


@dataclass(frozen=True)
class DirectReport:
    """One entry of "Puestos que le reportan"."""

    name: str
    printed: str
    count: int | None
    number: str | None
    """The sheet that is meant; None for staff and for units without sheet."""


@dataclass(frozen=True)
class Position:
    """A position sheet."""

    number: str
    title: str
    page: int
    last_page: int
    list_number: str | None
    """The number that VIII gives it; None where VIII leaves it out."""
    list_title: str | None
    boss: str | None
    """The sheet of its boss in the organisation behind the print."""
    functional_title: Printed
    nominal_title: Printed
    secretaria: Printed
    direccion: Printed
    area: Printed
    reports_to: Printed
    direct_reports_printed: Printed
    direct_reports: tuple[DirectReport, ...]
    objective: Printed
    value: Printed
    type: Printed
    date: Printed
    functions: tuple[Function, ...]


@dataclass(frozen=True)
class NumberedTitle:
    """A line of VIII, or the heading of a chart page of IX."""

    number: str
    title: str
    page: int


@dataclass(frozen=True)
class IndexEntry:
    """A line of the table of contents, with where it sends and where the chapter is."""

    title: str
    printed_page: int
    actual_page: int


@dataclass(frozen=True)
class LegalItem:
    """A law or rule of chapter VII."""

    section: str
    """"VII.A" … "VII.D"."""
    text: str
    page: int


@dataclass(frozen=True)
class Section:
    """A chapter or part that is not a sheet, with its paragraphs and list items."""

    number: str
    title: str
    page: int
    last_page: int
    paragraphs: tuple[Printed, ...]
    """Clean, without bullets and numerals; one that a page break cuts is whole, on its first
    page."""


@dataclass(frozen=True)
class Officer:
    """A person of the formalisation sheet (with a role) or of the directory (without)."""

    name: str
    office: str
    role: str | None
    page: int


@dataclass(frozen=True)
class Change:
    """A row of the change control."""

    version: str
    date: str
    reason: str
    page: int


@dataclass(frozen=True)
class Contradiction:
    """Something that was put in on purpose."""

    kind: Kind
    sections: tuple[str, ...]
    """The sections at odds, sheets by their sheet number."""
    message: str
    printed: tuple[str, ...]
    """Wordings of it that stand in the text, white space collapsed."""


@dataclass(frozen=True)
class Topical:
    """An everyday question, and the functions that truly answer it."""

    question: str
    persona: str
    answers: tuple[tuple[str, int], ...]
    """Sheet and function numbers; the first is the owner, others repeat it."""


@dataclass(frozen=True)
class PageInfo:
    """A page and the header it prints: "none", "code", "full" or "logo"."""

    page: int
    header: str


@dataclass(frozen=True)
class Truth:
    """All that a made-up manual says."""

    seed: int
    dependency_key: str
    code: str
    version: str
    emission_date: date
    emission_printed: str
    dependency: str
    municipality: str
    state: str
    total_pages: int
    pages: tuple[PageInfo, ...]
    objective: Printed
    mission: Printed
    vision: Printed
    sections: tuple[Section, ...]
    legal: tuple[LegalItem, ...]
    structure: tuple[NumberedTitle, ...]
    chart_headings: tuple[NumberedTitle, ...]
    index: tuple[IndexEntry, ...]
    positions: tuple[Position, ...]
    officers: tuple[Officer, ...]
    changes: tuple[Change, ...]
    contradictions: tuple[Contradiction, ...]
    topical: tuple[Topical, ...]

    def position(self, number: str) -> Position:
        """The sheet with this number."""
        return next(p for p in self.positions if p.number == number)

    def section(self, number: str) -> Section:
        """The chapter or part with this number."""
        return next(s for s in self.sections if s.number == number)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, dates in ISO form."""
        return asdict(self) | {"emission_date": self.emission_date.isoformat()}

    def as_json(self) -> str:
        """The truth as a JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class GeneratedManual:
    """A made-up manual: its text, and what is true of it."""

    text: str
    truth: Truth
