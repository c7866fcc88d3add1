"""What an evaluation found: the shape of `report.json`."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.answer import AnswerKind
from corpus.errors import AsistenteError
from evals.gold import GoldQuestion, Verdict
from evals.gold_sets import Split
from evals.metrics.figures import Figures
from evals.metrics.marks import Marks


class ReportError(AsistenteError):
    """A report can't be read."""


class Part(BaseModel):
    """Base of all parts of a report."""

    model_config = ConfigDict(frozen=True)


class Origin(Part):
    """When, where and of what the figures are."""

    made_at: datetime
    commit: str
    """Short, with a "+" where files were changed since; "" outside a checkout."""
    machine: str
    seed: int


class Outcome(Part):
    """A question and what one method made of it."""

    set: str
    """The key of the gold set."""
    question: str
    """The gold question's id."""
    kind: AnswerKind
    said: str
    cited: list[str]
    """Such as "3.2, p. 47"."""
    retrieved: list[str]
    """The first sections that it brought up."""
    verdict: Verdict
    marks: Marks


class QuestionSet(Part):
    """The questions of a gold set."""

    key: str
    code: str
    split: Split
    questions: list[GoldQuestion]


class MethodReport(Part):
    """What a method made of all sets. Figures are by group: a set's key, or a split's."""

    key: str
    name: str
    about: str
    figures: dict[str, Figures]
    by_persona: dict[str, dict[str, Figures]]
    by_kind: dict[str, dict[str, Figures]]
    outcomes: list[Outcome]


class XquadMethod(Part):
    """A way of ranking the paragraphs of XQuAD-es."""

    key: str
    name: str
    recall: Figures


class Xquad(Part):
    """Retrieval on the public set."""

    paragraphs: int
    questions: int
    methods: list[XquadMethod]


class GeneratedFailure(Part):
    """A structural question that was not answered right."""

    manual: str
    seed: int
    question: GoldQuestion
    wrong: list[str]
    said: str


class Generated(Part):
    """Questions on made-up manuals, of which the truth is known."""

    manuals: list[str]
    """Such as "MO-OBP-01 (semilla 1, 36 puestos)"."""
    structural: int
    """Questions on the structure, all of which must be right."""
    failures: list[GeneratedFailure]
    structural_figures: Figures
    other_figures: Figures
    """Of the others: topics in people's own words, and what the manual doesn't say."""


class Report(Part):
    """A whole evaluation."""

    origin: Origin
    sets: list[QuestionSet]
    methods: list[MethodReport]
    xquad: Xquad | None = None
    generated: Generated | None = None
    skipped: list[str]
    """What was not evaluated, and why, in Spanish."""

    @property
    def ours(self) -> MethodReport:
        """The assistant as it is: always the first method."""
        return self.methods[0]

    @property
    def groups(self) -> list[str]:
        """The keys of the splits and of the sets, splits first."""
        return list(self.ours.figures)

    def gold(self, outcome: Outcome) -> GoldQuestion:
        """The gold question of an outcome."""
        own = next(each for each in self.sets if each.key == outcome.set)
        return next(each for each in own.questions if each.id == outcome.question)


def report_json(report: Report) -> str:
    """A report as it is written; what is not measured is left out."""
    return report.model_dump_json(exclude_none=True) + "\n"


def read_report(path: Path) -> Report:
    """A report as it was written. Raises ReportError."""
    try:
        return Report.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise ReportError(
            f"No se pudo leer «{path}»: revise que sea un report.json de «asistente evaluar»."
        ) from error
