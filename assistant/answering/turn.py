"""A question on its way through the chain."""

from dataclasses import dataclass, field

from assistant.answering.draft import Draft
from assistant.retrieval.hybrid import Hit
from assistant.understanding.focus import NOTHING, Focus
from assistant.understanding.types import Understanding


@dataclass(frozen=True)
class Turn:
    """A question on its way; each step fills in one field more."""

    question: str
    """Cleaned."""
    focus: Focus = NOTHING
    shown: bool = True
    """Whether the answer is shown; that to an earlier question of a conversation is not."""
    understanding: Understanding | None = None
    hits: tuple[Hit, ...] = field(default=())
    draft: Draft | None = None
