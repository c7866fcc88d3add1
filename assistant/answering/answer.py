"""What the assistant gives back: an answer with its citations (a contract, see docs)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.blocks import Block, changed, paragraphs


class AnswerKind(StrEnum):
    """What sort of reply it is."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    """The question is asked back; the suggestions are the readings to choose from."""
    ABSTAIN = "abstain"
    """The manual does not say."""


class Reason(StrEnum):
    """Why a reply is not a plain answer. A denial ("the manual does not say") is a claim like any
    other, so it is told apart from what was not understood or could not be read."""

    AMBIGUOUS = "ambiguous"
    """Several readings: it is asked back."""
    NEAREST = "nearest"
    """Not sure: what comes nearest is shown, to choose from."""
    NOT_IN_MANUAL = "not_in_manual"
    """Understood, searched whole, and not there."""
    NOT_UNDERSTOOD = "not_understood"
    NOT_READ = "not_read"
    """The part of the source that would tell could not be read."""
    OUT_OF_SCOPE = "out_of_scope"
    """No manual of this kind tells such things."""
    PERSONAL = "personal"
    """About a private person, or the asker's own case."""
    LANGUAGE = "language"
    HARMFUL = "harmful"
    """It presupposes wrongdoing: nobody is named."""
    EMERGENCY = "emergency"
    """Danger to life or health: whom to call comes first."""


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
    """The blocks as text, with a mark for each place: "[3.2, p. 47]"."""
    kind: AnswerKind
    reason: Reason | None = None
    """Null for a plain answer."""
    citations: list[Citation] = Field(default_factory=list)
    suggestions: list[str] = Field(default_factory=list)
    conversation_id: str
    answer_id: str
    remembered: bool = Field(default=True, exclude_if=bool)
    """Whether the conversation was kept; told only where it was not."""
    blocks: tuple[Block, ...] = Field(default=(), exclude_if=lambda blocks: not blocks)
    """The same as `answer`, as data; none where it was not the assistant that answered."""

    @property
    def told(self) -> tuple[Block, ...]:
        """The blocks; of an answer that was kept without any, its text."""
        return self.blocks or paragraphs(self.answer)

    def masked(self, mask: Callable[[str], str]) -> Self:
        """The answer with what is not the manual's masked."""
        return self.model_copy(
            update={
                "answer": mask(self.answer),
                "suggestions": [mask(each) for each in self.suggestions],
                "blocks": tuple(changed(block, mask) for block in self.blocks),
            }
        )
