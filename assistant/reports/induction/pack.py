"""What an induction pack consists of."""

from collections.abc import Sequence
from enum import StrEnum

from assistant.answering.answer import Citation
from assistant.answering.blocks import Inline, Text, text
from assistant.render.plain import plain_text
from corpus.model import Record


class PartKind(StrEnum):
    """The parts of a pack, in the order in which they are read."""

    MUST_KNOW = "must_know"
    DEPENDENCY_OBJECTIVE = "dependency_objective"
    MISSION_AND_VISION = "mission_and_vision"
    OBJECTIVE = "objective"
    FUNCTIONS = "functions"
    REPORTS_TO = "reports_to"
    REPORTS = "reports"
    PLACE = "place"
    COLLEAGUES = "colleagues"
    LEGAL_FRAMEWORK = "legal_framework"
    DISCREPANCIES = "discrepancies"


class Statement(Record):
    """One thing to know, and where the manual says so."""

    text: str
    """Its parts as text, without places: they stand after it."""
    citations: tuple[Citation, ...]
    number: str | None = None
    """What it is counted by: the number of a function, the numeral of a guideline."""
    parts: Text


def stated(
    *pieces: Inline | Text, citations: Sequence[Citation], number: str | None = None
) -> Statement:
    """A statement of pieces."""
    parts = text(*pieces)
    return Statement(
        text=plain_text(parts, None), citations=tuple(citations), number=number, parts=parts
    )


class Part(Record):
    """A part of the pack."""

    kind: PartKind
    title: str
    lead: str = ""
    statements: tuple[Statement, ...]


class QuizQuestion(Record):
    """A question of the self-check. Made from the sheet; the right answer is cited."""

    question: str
    options: tuple[str, ...]
    right: int
    """Index of the right option."""
    explanation: str
    """Its parts as text, with the marks of its places."""
    citations: tuple[Citation, ...]
    parts: Text
    """What explains the right answer."""


class InductionPack(Record):
    """All that a person new in a position gets."""

    manual: str
    version: str
    emission: str
    """As printed."""
    dependency: str
    position: str
    """Number of the sheet."""
    title: str
    welcome: str
    parts: tuple[Part, ...]
    quiz: tuple[QuizQuestion, ...]

    def part(self, kind: PartKind) -> Part | None:
        """The part of a kind; None where the manual has nothing for it."""
        return next((p for p in self.parts if p.kind is kind), None)
