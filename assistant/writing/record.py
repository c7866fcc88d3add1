"""What is noted of letting a model write: for metrics, logs and evaluations."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.answering.answer import Citation
from assistant.writing.grounding import Fault


class Outcome(StrEnum):
    """What came of it."""

    WRITTEN = "written"
    """The model's answer was shown, or what was left of it."""
    KEPT = "kept"
    """The same, from memory."""
    UNSUPPORTED = "unsupported"
    """Too little of it held."""
    DECLINED = "declined"
    """The model says that the passages do not answer."""
    BUSY = "busy"
    """Too many others wait for it."""
    RESTING = "resting"
    """It failed several times in a row, and is left alone for a while."""
    TIMED_OUT = "timed_out"
    FAILED = "failed"


@dataclass(frozen=True)
class WrittenPart:
    """A verified part of an answer: its text with marks, and the citations behind it."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class JudgedSentence:
    """A sentence as the model wrote it, and what was found of it."""

    text: str
    named: tuple[Citation, ...]
    """What it cites, of the passages that were given."""
    fault: Fault | None
    rests_on: tuple[Citation, ...] = ()
    """What it may be shown with; nothing where it is dropped, or the model wrote anew."""


@dataclass(frozen=True)
class WritingRecord:
    """One answer's writing."""

    outcome: Outcome
    sentences: tuple[JudgedSentence, ...] = ()
    tokens_read: int = 0
    tokens_written: int = 0
    seconds: float = 0.0
    whole: bool = True
    """Whether the model was heard to its end: what broke off is not kept for the next who asks."""

    @property
    def shown(self) -> bool:
        """Whether what the model wrote was shown."""
        return self.outcome in (Outcome.WRITTEN, Outcome.KEPT)

    @property
    def dropped(self) -> tuple[Fault, ...]:
        """Why sentences were dropped, one for each."""
        return tuple(s.fault for s in self.sentences if s.fault is not None)
