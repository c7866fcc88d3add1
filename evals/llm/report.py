"""What the evaluation of a language model found: the shape of `llm.json`."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from assistant.writing.grounding import Fault
from assistant.writing.record import Outcome as WritingOutcome
from evals.report_model import MethodReport, Outcome, Part, Report


class Way(StrEnum):
    """The ways of answering that are compared: the keys of the methods."""

    PLAIN = "plain"
    """Without a model."""
    UNCHECKED = "unchecked"
    """As the model wrote it."""
    CHECKED = "checked"
    """What is shown."""


class SentenceFound(Part):
    """A sentence that the model wrote, and what the verification made of it."""

    text: str
    cited: list[str]
    """As the model cites it, such as "3.2, p. 47"."""
    fault: Fault | None = None
    shown_with: list[str] | None = None
    """What it is shown with; None where it is not shown."""
    each_supports: bool | None = None
    """Of a shown one, whether each quote that it is shown with supports it alone."""

    @property
    def mended(self) -> bool:
        """Whether it is shown with a passage that the model did not name."""
        return self.shown_with is not None and not set(self.shown_with) <= set(self.cited)


class Writing(Part):
    """What came of letting the model write on one question."""

    set: str
    """The key of the gold set."""
    question: str
    """The gold question's id."""
    outcome: WritingOutcome
    sentences: list[SentenceFound]
    tokens_read: int
    tokens_written: int


class LlmReport(Report):
    """A whole evaluation of a language model; its methods are the ways, in that order."""

    model: str
    writings: list[Writing]
    """Of the questions that the model was let write on."""

    def method(self, way: Way) -> MethodReport:
        """What one way of answering gave."""
        return next(each for each in self.methods if each.key == way)

    def written_on(self, group: str) -> "WrittenOn":
        """What there is of the questions of a set, or of a split, that the model wrote on."""
        sets = {each.key for each in self.sets if group in (each.key, each.split)}
        own = [each for each in self.writings if each.set in sets]
        at = {(each.set, each.question) for each in own}
        outcomes = {
            way: [o for o in self.method(way).outcomes if (o.set, o.question) in at] for way in Way
        }
        return WrittenOn(own, outcomes)


class WrittenOn:
    """The questions that the model was let write on, and what each way made of them."""

    def __init__(self, writings: Sequence[Writing], outcomes: dict[Way, list[Outcome]]) -> None:
        self.writings = writings
        self.outcomes = outcomes
        """By way, each in the order of the questions."""
        self.sentences = [sentence for each in writings for sentence in each.sentences]
        self.shown = [s for s in self.sentences if s.shown_with is not None]

    def correctness(self, way: Way) -> float | None:
        """Share of right answers."""
        return _share([outcome.verdict.correct for outcome in self.outcomes[way]])

    def support(self, way: Way) -> float | None:
        """Share of sentences that hold: of those shown, that each of their quotes supports alone;
        of those that the model wrote, that have no fault."""
        match way:
            case Way.CHECKED:
                return _share([bool(s.each_supports) for s in self.shown])
            case Way.UNCHECKED:
                return _share([s.fault is None for s in self.sentences if s.text])
            case Way.PLAIN:
                return None

    def seconds(self, percent: float) -> float | None:
        """A percentile of the model's latency."""
        took = [outcome.marks.milliseconds / 1000 for outcome in self.outcomes[Way.CHECKED]]
        return float(np.percentile(took, percent)) if took else None

    def turned(self, *, right: bool) -> int:
        """How many answers of the model checking made right (or, made wrong)."""
        pairs = zip(self.outcomes[Way.UNCHECKED], self.outcomes[Way.CHECKED], strict=True)
        return sum(
            before.verdict.correct is not right and after.verdict.correct is right
            for before, after in pairs
        )

    @property
    def tokens(self) -> tuple[float, float] | None:
        """Read and written for each answer, on average over those of which they are known."""
        counted = [(w.tokens_read, w.tokens_written) for w in self.writings if w.tokens_read]
        if not counted:
            return None
        read, written = np.mean(counted, axis=0)
        return float(read), float(written)


def _share(holds: Sequence[bool]) -> float | None:
    return float(np.mean(holds)) if holds else None
