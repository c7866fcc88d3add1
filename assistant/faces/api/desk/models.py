"""The shapes that the desk's API takes and gives, beside the records of `assistant/desk`."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.answer import Answer
from assistant.desk.drafts import Draft, DraftState
from assistant.desk.figures import Figures
from assistant.desk.findings import FindingState
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.people import LONGEST_PASSWORD, Role
from assistant.desk.scores import Verdict
from assistant.reports.audit import Finding
from assistant.running.storage import Thumbs
from assistant.structure.comparing import Comparison


class _In(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Out(BaseModel):
    """Made from a record of the desk, by its attributes."""

    model_config = ConfigDict(from_attributes=True)


class EnterIn(_In):
    """What one enters with."""

    email: str = Field(max_length=254, examples=["ana@oficina.gob.mx"])
    password: str = Field(max_length=LONGEST_PASSWORD)
    code: str = Field(default="", max_length=12)
    """Of the second factor, where the account has one."""


class SessionOut(BaseModel):
    """Who has entered, and what a request that changes something must carry."""

    email: str
    role: Role
    form_token: str


class InviteIn(_In):
    """Somebody who gets a one-time link."""

    email: str = Field(max_length=254)
    role: Role = Role.READER


class InviteOut(BaseModel):
    """The link: it is shown once."""

    path: str = Field(examples=["/oficina/alta/…"])


class RoleIn(_In):
    """Another role."""

    role: Role


class PersonOut(_Out):
    """Somebody of the office."""

    id: str
    email: str
    role: Role
    has_password: bool
    has_second_factor: bool
    link_until: datetime | None


class DeedOut(_Out):
    """A line of the log."""

    at: datetime
    who: str
    what: str
    about: str


class QuestionOut(_Out):
    """A kept question."""

    id: str
    at: datetime
    channel: Channel
    manual: str
    question: str
    before: str
    """The question before, where this one followed it."""
    outcome: Outcome
    reason: str | None
    answer: Answer | None
    why: list[str]
    ms: int
    thumbs: Thumbs | None
    comment: str | None


class GroupOut(BaseModel):
    """Questions that mean the same."""

    representative: str
    count: int
    ids: list[str]


class NowOut(BaseModel):
    """How a kept question would be answered now."""

    answer: Answer
    why: list[str]


class ShareOut(_Out):
    """A share with Wilson's interval of 95 %."""

    count: int
    of: int
    value: float
    low: float
    high: float


class DayOut(BaseModel):
    """How the questions of a day ended."""

    day: date
    outcomes: dict[Outcome, int]


class FiguresOut(BaseModel):
    """The numbers of the dashboard."""

    total: int
    outcomes: dict[Outcome, ShareOut]
    channels: dict[Channel, int]
    manuals: dict[str, int]
    votes: dict[Thumbs, int]
    median_ms: int | None
    slow_ms: int | None
    days: list[DayOut]


def figures_out(figures: Figures, votes: dict[Thumbs, int]) -> FiguresOut:
    """The numbers as the API gives them."""
    return FiguresOut(
        total=figures.total,
        outcomes={each: ShareOut.model_validate(figures.share_of(each)) for each in Outcome},
        channels=figures.channels,
        manuals=figures.manuals,
        votes=votes,
        median_ms=figures.median_ms,
        slow_ms=figures.slow_ms,
        days=[DayOut(day=each.day, outcomes=each.counts) for each in figures.days],
    )


class DraftOut(BaseModel):
    """A manual that was uploaded."""

    id: str
    name: str
    state: DraftState
    message: str
    uploaded_by: str
    updated_at: datetime
    review: dict[str, Any] | None
    """What was read, as `asistente ingerir --revisar` shows it."""
    comparison: Comparison | None
    """What it would change of the version in force; none where there is none."""
    loss: str
    """What stands against publishing it."""


def draft_out(draft: Draft) -> DraftOut:
    """A draft as the API gives it."""
    from pydantic import TypeAdapter

    read = draft.read
    review = TypeAdapter(type(read.review)).dump_python(read.review, mode="json") if read else None
    return DraftOut(
        id=draft.id,
        name=draft.name,
        state=draft.state,
        message=draft.message,
        uploaded_by=draft.uploaded_by,
        updated_at=draft.updated_at,
        review=review,
        comparison=read.comparison if read else None,
        loss=read.loss if read else "",
    )


class PublishIn(_In):
    """How a draft is put in force."""

    anyway: bool = False
    """Also where the index would lose much."""


class InForceIn(_In):
    """A version that is kept."""

    version: str = Field(max_length=80, examples=["01"])
    """Its number, its date, or both."""


class FindingOut(_Out):
    """A contradiction with what the office does about it."""

    key: str
    state: FindingState
    finding: Finding


class FindingIn(_In):
    """How far a finding has come."""

    state: FindingState


class ScoreIn(_In):
    """What an answer is worth."""

    answer_id: str = Field(max_length=64)
    verdict: Verdict
    wrong_citations: list[int] = Field(default_factory=list, max_length=200)
    """Places of the citations that are not right, from 0."""
    into_exam: bool = False
    """Whether the question, which must identify nobody, is kept for the office's exam."""


class ScoreLineOut(_Out):
    """The scores of a week, of a channel, or all."""

    name: str
    verdicts: dict[Verdict, ShareOut]
    citations: ShareOut


class ScoresOut(BaseModel):
    """The figures of what was scored."""

    all: ScoreLineOut
    weeks: list[ScoreLineOut]
    channels: list[ScoreLineOut]


class TeachIn(_In):
    """A wording and where it leads."""

    text: str = Field(min_length=2, max_length=300)
    section: str | None = Field(default=None, max_length=64)
    """None: nothing of the manual answers it."""
    function: int | None = Field(default=None, ge=1, le=1_000)
    off_topic: bool = False
    """Where nothing does: that no such manual would."""


class TaughtOut(_Out):
    """A wording that was taught."""

    key: str
    text: str
    section: str | None
    function: int | None
    off_topic: bool
    told: str
    """The function's own words, or the section's title."""
    by_office: bool
    """False for one that a file of the manual brings."""


class DifferentOut(BaseModel):
    """A kept question that would be answered differently."""

    id: str
    question: str
    before: str
    after: str
