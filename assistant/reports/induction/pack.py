"""What an induction pack consists of."""

from enum import StrEnum

from assistant.answering.answer import Citation
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
    citations: tuple[Citation, ...]
    number: str | None = None
    """What it is counted by: the number of a function, the numeral of a guideline."""


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
    citations: tuple[Citation, ...]


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
