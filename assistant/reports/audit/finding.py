"""A contradiction of the manual with itself: its kind, its gravity, and what each place says."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """How much harm a contradiction does."""

    HIGH = "high"
    """Somebody may be answered, or instructed, wrongly."""
    MEDIUM = "medium"
    """The document is incomplete or not uniform; who uses it has to ask."""
    LOW = "low"
    """A slip that nobody stumbles over."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Kind(StrEnum):
    """What may contradict what."""

    CLAIMED_BY_ANOTHER_BOSS = "claimed_by_another_boss"
    REPORTING_CYCLE = "reporting_cycle"
    NOT_LISTED_BY_BOSS = "not_listed_by_boss"
    SHEET_NOBODY_LISTS = "sheet_nobody_lists"
    NUMBER_UNDER_ANOTHER_BOSS = "number_under_another_boss"
    BOSS_WITHOUT_SHEET = "boss_without_sheet"
    DIRECT_REPORT_WITHOUT_SHEET = "direct_report_without_sheet"
    UNIT_WITHOUT_SHEET = "unit_without_sheet"
    FIELD_CONTRADICTS_LINE = "field_contradicts_line"
    NUMBER_MISMATCH = "number_mismatch"
    RANK_MISMATCH = "rank_mismatch"
    NAME_MISMATCH = "name_mismatch"
    NAME_SPELLING = "name_spelling"
    UNIT_SPELLING_IN_TEXT = "unit_spelling_in_text"
    LISTED_WITHOUT_SHEET = "listed_without_sheet"
    SHEET_NOT_LISTED = "sheet_not_listed"
    CHART_WITHOUT_SHEET = "chart_without_sheet"
    REPEATED_NUMBER = "repeated_number"
    MISSING_NUMBER = "missing_number"
    REPEATED_FUNCTION = "repeated_function"
    SHARED_FUNCTIONS = "shared_functions"
    FUNCTION_NUMBERING = "function_numbering"
    INDEX_PAGE_MISMATCH = "index_page_mismatch"
    DATE_MISMATCH = "date_mismatch"
    VERSION_MISMATCH = "version_mismatch"
    FORM_TEXT_REPLACED = "form_text_replaced"
    OFFICER_MISMATCH = "officer_mismatch"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Record):
    """What one place says, verbatim."""

    section: str
    page: int
    quote: str


class Finding(_Record):
    """One contradiction. As JSON it is the contract of `auditar --json` and of the API."""

    kind: Kind
    severity: Severity
    sections: tuple[str, ...]
    """The sections at odds, the one to look at first before the others."""
    message: str
    """One or two plain Spanish sentences: what each place says, with section and page."""
    evidence: tuple[Evidence, ...]
