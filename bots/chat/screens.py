"""What a message shows, as data. It is kept, so that its buttons work after a restart."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from assistant.answering.answer import Answer


class Screen(BaseModel):
    """Base of all screens."""

    model_config = ConfigDict(frozen=True)


class AnswerScreen(Screen):
    """An answer, one page of it."""

    kind: Literal["answer"] = "answer"
    answer: Answer
    asked: str | None = None
    """The question, where a button asked it rather than a message that can be seen."""
    page: int = 0
    rated: bool = False


class PassageScreen(Screen):
    """A passage of a manual, with what was quoted of it; and the answer that it was opened from."""

    kind: Literal["passage"] = "passage"
    manual: str
    section: str
    quotes: tuple[str, ...] = ()
    page: int
    """Where the quotes are printed."""
    at: int | None = None
    """Which passage of the section, once a button has moved on; None is where the quotes are."""
    back: AnswerScreen | None = None


class SectionScreen(Screen):
    """A whole section or position sheet, one page of it."""

    kind: Literal["section"] = "section"
    manual: str
    section: str
    page: int = 0
    back: AnswerScreen | None = None


class Purpose(StrEnum):
    """What a position or section was named for."""

    SHEET = "sheet"
    CHART = "chart"
    INDUCTION = "induction"


class Option(Screen):
    """Something to choose: a section of a manual."""

    manual: str
    section: str
    label: str


class ChoiceScreen(Screen):
    """Which of these is meant?"""

    kind: Literal["choice"] = "choice"
    purpose: Purpose
    lead: str
    options: tuple[Option, ...]


class WelcomeScreen(Screen):
    """Who the bot is, with examples to try."""

    kind: Literal["welcome"] = "welcome"
    examples: tuple[str, ...]


class InductionScreen(Screen):
    """A step of the induction of a position."""

    kind: Literal["induction"] = "induction"
    manual: str
    position: str
    step: int = 0


class QuizScreen(Screen):
    """A question of the self-check, with what was chosen so far; the last may be this one's."""

    kind: Literal["quiz"] = "quiz"
    manual: str
    position: str
    question: int = 0
    chosen: tuple[int, ...] = ()


class ComplaintScreen(Screen):
    """What was wrong with an answer?"""

    kind: Literal["complaint"] = "complaint"
    answer_id: str


class EraseScreen(Screen):
    """Shall everything of this chat be erased?"""

    kind: Literal["erase"] = "erase"
    asked_by: str = ""
    """Keyed hash of the person who asked for it, and alone may confirm it."""


AnyScreen = (
    AnswerScreen
    | PassageScreen
    | SectionScreen
    | ChoiceScreen
    | WelcomeScreen
    | InductionScreen
    | QuizScreen
    | ComplaintScreen
    | EraseScreen
)
_ANY: TypeAdapter[AnyScreen] = TypeAdapter(Annotated[AnyScreen, Field(discriminator="kind")])


def write_screen(screen: AnyScreen) -> str:
    """The screen as JSON."""
    return screen.model_dump_json()


def read_screen(written: str) -> AnyScreen:
    """The screen of a JSON. Raises ValidationError for that of another version of this program."""
    return _ANY.validate_json(written)
