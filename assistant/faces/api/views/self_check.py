"""The self-check of an induction, marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.reports.induction import QuizQuestion

SENT = "repaso"
"""The field that tells that the form was sent: choices that nobody made are not in it."""


@dataclass(frozen=True)
class CheckedQuestion:
    """A question, with what was chosen."""

    name: str
    """Of the form's field."""
    question: QuizQuestion
    chosen: int | None

    @property
    def is_right(self) -> bool:
        """Whether the right option was chosen."""
        return self.chosen == self.question.right


@dataclass(frozen=True)
class SelfCheck:
    """All questions of a pack; `is_done` once any was answered, `is_empty` if it was sent without
    an answer."""

    questions: tuple[CheckedQuestion, ...]
    is_done: bool
    is_empty: bool = False

    @property
    def score(self) -> int:
        """How many were answered right."""
        return sum(each.is_right for each in self.questions)


def self_check_of(quiz: Sequence[QuizQuestion], form: Mapping[str, str]) -> SelfCheck:
    """The self-check with the choices of a form: `r1=0` chooses the first option of the first."""
    questions = []
    for at, question in enumerate(quiz, start=1):
        name = f"r{at}"
        said = form.get(name, "")
        chosen = int(said) if said.isdecimal() and len(said) < 3 else None
        is_option = chosen is not None and chosen < len(question.options)
        questions.append(CheckedQuestion(name, question, chosen if is_option else None))
    is_done = any(q.chosen is not None for q in questions)
    return SelfCheck(tuple(questions), is_done, is_empty=SENT in form and not is_done)
