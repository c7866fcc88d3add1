"""What the assistant gives back: an answer with its citations (a contract, see docs)."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class AnswerKind(StrEnum):
    """What sort of reply it is."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    """The question is asked back; the suggestions are the readings to choose from."""
    ABSTAIN = "abstain"
    """The manual does not say."""


class Citation(BaseModel):
    """A passage of the manual that a statement rests on."""

    model_config = ConfigDict(frozen=True)

    manual: str
    section: str
    title: str
    page: int
    function: int | None = None
    quote: str
    """Verbatim text of the section, white space collapsed."""


class Answer(BaseModel):
    """A whole reply."""

    model_config = ConfigDict(frozen=True)

    answer: str
    kind: AnswerKind
    citations: list[Citation] = Field(default_factory=list)
    suggestions: list[str] = Field(default_factory=list)
    conversation_id: str
    answer_id: str
