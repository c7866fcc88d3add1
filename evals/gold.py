"""Gold questions: what is asked, and by what a right answer is known."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.answer import Answer, AnswerKind, Reason
from corpus.spanish import fold

GOLD_FOLDER = Path(__file__).parent / "gold"


_ONE_NAME = {
    "boss": "reports_to",
    "comparison": "compare",
    "courtesy": "smalltalk",
    "directory": "officers",
    "false_presupposition": "false_premise",
    "follow_up": "followup",
    "function_number": "function_n",
    "legal_framework": "legal",
    "mission": "chapter",
    "refusal": "out_of_scope",
    "topical": "responsible",
}
"""Intents for which the authors of the sets have two names."""


class Persona(StrEnum):
    """Who asks."""

    EMPLOYEE = "employee"
    CITIZEN = "citizen"
    STAFF = "staff"


class GoldQuestion(BaseModel):
    """One line of a gold set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    question: str
    history: list[str] = Field(default_factory=list)
    """Earlier questions of the same conversation."""
    persona: Persona
    style: str
    intent: str
    expect: AnswerKind
    sections_any: list[str]
    """At least one of these sections must be cited."""
    sections_all: list[str]
    """Every one of these sections must be cited."""
    pages: list[int]
    """At least one citation must be of one of these pages."""
    facts: list[list[str]]
    """Of each list, one wording must occur in the answer's text."""
    forbidden: list[str]
    """What must not occur in the answer's text."""
    reason: Reason | None = None
    """Why there is no answer, where that is part of what is right."""
    starts: str = ""
    """What the answer begins with: "Sí" or "No"."""
    note: str = ""

    @property
    def asks(self) -> str:
        """What sort of question it is: the intent, by one name in all sets."""
        return _ONE_NAME.get(self.intent, self.intent)


class Verdict(BaseModel):
    """What is right in an answer."""

    model_config = ConfigDict(frozen=True)

    kind: bool
    """The kind (answer, clarify, abstain) is the expected one."""
    sections: bool
    pages: bool
    facts: bool
    clean: bool
    """Nothing forbidden is said."""
    reason: bool = True
    """Why there is no answer is what was expected."""
    start: bool = True
    """It begins as it should."""

    @property
    def correct(self) -> bool:
        """The whole answer is right."""
        return not self.wrong

    @property
    def wrong(self) -> list[str]:
        """The names of what is not right."""
        return [name for name, right in self if not right]


def read_gold(path: Path) -> Iterator[GoldQuestion]:
    """The questions of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield GoldQuestion.model_validate_json(line)


def judge(gold: GoldQuestion, answer: Answer) -> Verdict:
    """Compare an answer with what is known of the right one.

    Texts are compared without case, accents and extra white space. What only an answer can hold
    is not asked of a right refusal or question back.
    """
    text = plain(answer.answer)
    clean = not any(plain(said) in text for said in gold.forbidden)
    if gold.expect is not AnswerKind.ANSWER:
        return Verdict(
            kind=answer.kind is gold.expect,
            sections=True,
            pages=True,
            facts=True,
            clean=clean,
            reason=gold.reason in (None, answer.reason),
        )
    cited = {c.section for c in answer.citations}
    some = not gold.sections_any or bool(cited & set(gold.sections_any))
    pages = {c.page for c in answer.citations}
    return Verdict(
        kind=answer.kind is AnswerKind.ANSWER,
        sections=some and cited >= set(gold.sections_all),
        pages=not gold.pages or bool(pages & set(gold.pages)),
        facts=all(any(plain(w) in text for w in wordings) for wordings in gold.facts),
        clean=clean,
        start=re.match(rf"{plain(gold.starts)}\b", text) is not None if gold.starts else True,
    )


def plain(text: str) -> str:
    """A text as it is compared: without case, accents and extra white space."""
    return " ".join(fold(text).split())
