"""The shapes that the API takes and gives, beside `Answer` and the records of chart and audit."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.running.storage import Thumbs
from corpus.model import DirectReport, Function, PassageKind, Printed, SectionKind, SheetField

_ID = r"^[\w.:~-]{1,128}$"
"""Letters, digits and a few marks: what a random id is written with."""


class _Request(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Record(BaseModel):
    """Made from a record of a manual, by its attributes."""

    model_config = ConfigDict(from_attributes=True)


ConversationId = Annotated[str, Field(pattern=_ID, examples=["mAqf3d0wQ4y0rZ5cR1tq2g"])]


class Question(_Request):
    """A question, alone or as the next turn of a conversation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "¿Quién ve lo de las juntas vecinales?"},
                {"question": "¿A quién le reporta?", "conversation_id": "mAqf3d0wQ4y0rZ5cR1tq2g"},
            ]
        }
    )

    question: str
    conversation_id: ConversationId | None = None
    """As an earlier answer gave it."""
    manual: str | None = Field(default=None, max_length=64, examples=["MO-SIG-01"])
    """The code of the manual; without one, the question tells which it is about."""


class StatusEvent(BaseModel):
    """Of a stream: what is being done."""

    step: str
    text: str
    """The same in words."""


class TokenEvent(BaseModel):
    """Of a stream: a piece of the answer's text."""

    text: str


class FeedbackIn(_Request):
    """What a person thought of an answer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"answer_id": "x8Kd0fQ2aLw1", "thumbs": "up", "comment": "Muy claro."}]
        }
    )

    answer_id: str = Field(pattern=_ID, max_length=64)
    thumbs: Thumbs
    comment: str | None = Field(default=None, max_length=2000)


class ManualRecord(BaseModel):
    """An indexed manual."""

    code: str = Field(examples=["MO-SIG-01"])
    version: str
    dependency: str
    municipality: str | None
    emission_date: date | None
    pages: int
    chapters: int
    positions: int
    functions: int


class VersionRecord(BaseModel):
    """A version of a manual that is kept."""

    version: str = Field(examples=["01"])
    emission_date: date | None
    in_force: bool
    """Whether answers come from it."""
    pages: int
    positions: int
    functions: int
    ingested_at: datetime


class SectionHeading(_Record):
    """A section in the table of contents."""

    number: str = Field(examples=["3.2", "VII.D", "DIRECTORIO"])
    title: str
    page: int
    parent: str | None
    """The chapter's number, for its parts and sheets."""
    kind: SectionKind


class PassageRecord(_Record):
    """A run of printed text."""

    text: str
    kind: PassageKind
    function: int | None
    """The printed number, where it is a function."""
    continues: bool
    """Whether it goes on a paragraph that the page before began."""


class PageRecord(BaseModel):
    """What is printed of a section on one page."""

    page: int
    passages: list[PassageRecord]


class SectionRecord(SectionHeading):
    """A whole section, page by page."""

    manual: str
    breadcrumb: str
    last_page: int
    pages: list[PageRecord]
    previous: SectionHeading | None
    """The section printed before."""
    next: SectionHeading | None


class PositionHeading(BaseModel):
    """A position in the list."""

    number: str = Field(examples=["2.1.5.1"])
    title: str
    page: int
    level: int
    reports_to: str | None
    """As printed."""


class PositionRecord(BaseModel):
    """A position with all fields of its sheet and all its functions, as printed.

    A field that the reader did not find in the sheet is null.
    """

    manual: str
    number: str
    title: str
    page: int
    level: int
    functional_title: Printed | None
    nominal_title: Printed | None
    secretaria: Printed | None
    direccion: Printed | None
    area: Printed | None
    reports_to: Printed | None
    direct_reports_printed: Printed | None
    direct_reports: list[DirectReport]
    objective: Printed | None
    value: Printed | None
    type: Printed | None
    date: Printed | None
    further: list[SheetField]
    """The other fields that the sheet prints, by their labels."""
    functions: list[Function]
    printed_number: bool
    """False where the manual prints no number, and a short address was made."""
    functions_heading: Printed | None
    """The heading of the list of functions; null where no such list was found."""
