"""What a method is: gold questions in, replies out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.answering.answer import Answer
from evals.gold import GoldQuestion
from evals.workbench import Source, Workbench


@dataclass(frozen=True)
class Reply:
    """What a method said to a question, and on what."""

    answer: Answer
    ranking: tuple[str, ...]
    """The sections that it brought up, best first, each once."""
    confidence: float
    """How sure it is of what it said; to be compared within the method only."""
    milliseconds: float
    """Of the question alone, without the earlier ones of its conversation."""
    withheld: bool = False
    """Whether it refused, though there was something that it might have said."""


class Method(Protocol):
    """Answers questions on one manual."""

    def reply(self, question: GoldQuestion) -> Reply:
        """The reply to a question, after the earlier ones of its conversation."""


@dataclass(frozen=True)
class MethodName:
    """How a method is called."""

    key: str
    name: str
    """As people read it, in Spanish."""
    about: str
    """What is special in it, in Spanish."""


@dataclass(frozen=True)
class MethodKind(MethodName):
    """A method before it is opened on a manual."""

    open: Callable[[Workbench, Source], Method]
