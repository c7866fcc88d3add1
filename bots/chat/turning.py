"""What a button leads to, as data: another screen, a question, a picture, a vote.

    turned(screen, tap)  →  Step

Pure: nothing is sent or kept here.
"""

from dataclasses import dataclass
from enum import Enum

from assistant.running.storage import Thumbs
from bots.chat.screens import (
    AnswerScreen,
    AnyScreen,
    ChoiceScreen,
    ComplaintScreen,
    EraseScreen,
    InductionScreen,
    PassageScreen,
    Purpose,
    QuizScreen,
    SectionScreen,
    WelcomeScreen,
)
from bots.chat.view import Verb
from bots.chat.views.answers import places
from bots.chat.views.texts import REASONS


@dataclass(frozen=True)
class Tap:
    """A button that was pressed."""

    verb: Verb
    at: int


@dataclass(frozen=True)
class Replace:
    """The message shows another screen."""

    screen: AnyScreen


@dataclass(frozen=True)
class Follow:
    """Another message comes."""

    screen: AnyScreen
    closes: bool = True
    """Whether the message with the button loses its buttons."""


@dataclass(frozen=True)
class Ask:
    """A question is put to the assistant."""

    question: str


@dataclass(frozen=True)
class Rate:
    """An answer is found good or bad."""

    answer_id: str
    thumbs: Thumbs
    comment: str | None = None


@dataclass(frozen=True)
class AskForComment:
    """What was wrong is to be written."""

    answer_id: str


@dataclass(frozen=True)
class ShowChart:
    """The branch of a position is sent as a picture."""

    manual: str
    position: str


@dataclass(frozen=True)
class SendPack:
    """The induction of a position is sent as a document."""

    manual: str
    position: str


class Plain(Enum):
    """A step that nothing more is to be said of."""

    ERASE = "erase"
    """Everything of this chat is erased."""
    KEEP = "keep"
    """Nothing is erased after all."""
    NOT_YOURS = "not_yours"
    """The button is for somebody else in the group."""
    NOTHING = "nothing"
    """The button only tells something."""


Step = Replace | Follow | Ask | Rate | AskForComment | ShowChart | SendPack | Plain


def turned(screen: AnyScreen, tap: Tap, person: str = "") -> Step:
    """What a button of a screen leads to; nothing, for one that the screen doesn't have.

    `person` is the keyed hash of who pressed it.
    """
    match screen:
        case EraseScreen(asked_by=asked_by) if tap.verb in (Verb.ERASE, Verb.KEEP):
            if asked_by != person:
                return Plain.NOT_YOURS
            return Plain.ERASE if tap.verb is Verb.ERASE else Plain.KEEP
        case AnswerScreen():
            return _of_answer(screen, tap)
        case PassageScreen():
            return _of_passage(screen, tap)
        case SectionScreen():
            return _of_section(screen, tap)
        case InductionScreen():
            return _of_induction(screen, tap)
        case QuizScreen():
            return _of_quiz(screen, tap)
        case WelcomeScreen(examples=questions) if tap.verb is Verb.ASK:
            return Ask(questions[tap.at]) if tap.at < len(questions) else Plain.NOTHING
        case ChoiceScreen() if tap.verb is Verb.CHOOSE and tap.at < len(screen.options):
            option = screen.options[tap.at]
            return for_purpose(screen.purpose, option.manual, option.section)
        case ComplaintScreen(answer_id=answer_id):
            return _of_complaint(answer_id, tap)
        case _:
            return Plain.NOTHING


def for_purpose(purpose: Purpose, manual: str, section: str) -> Step:
    """What is done with the section that was named."""
    match purpose:
        case Purpose.SHEET:
            return Replace(SectionScreen(manual=manual, section=section))
        case Purpose.CHART:
            return ShowChart(manual, section)
        case Purpose.INDUCTION:
            return Replace(InductionScreen(manual=manual, position=section))


def _of_answer(screen: AnswerScreen, tap: Tap) -> Step:
    answer = screen.answer
    match tap.verb:
        case Verb.PAGE:
            return Replace(screen.model_copy(update={"page": tap.at}))
        case Verb.ASK if tap.at < len(answer.suggestions):
            return Ask(answer.suggestions[tap.at])
        case Verb.PASSAGE if tap.at < len(places(answer)):
            _, cited = places(answer)[tap.at]
            first = cited[0]
            quotes = tuple(each.quote for each in cited)
            opened = PassageScreen(
                manual=first.manual,
                section=first.section,
                quotes=quotes,
                page=first.page,
                back=screen,
            )
            return Replace(opened)
        case Verb.GOOD:
            return Rate(answer.answer_id, Thumbs.UP)
        case Verb.BAD:
            return Rate(answer.answer_id, Thumbs.DOWN)
        case _:
            return Plain.NOTHING


def _of_passage(screen: PassageScreen, tap: Tap) -> Step:
    match tap.verb:
        case Verb.MOVE:
            return Replace(screen.model_copy(update={"at": tap.at}))
        case Verb.SECTION:
            whole = SectionScreen(manual=screen.manual, section=screen.section, back=screen.back)
            return Replace(whole)
        case Verb.BACK if screen.back is not None:
            return Replace(screen.back)
        case _:
            return Plain.NOTHING


def _of_section(screen: SectionScreen, tap: Tap) -> Step:
    match tap.verb:
        case Verb.PAGE:
            return Replace(screen.model_copy(update={"page": tap.at}))
        case Verb.CHART:
            return ShowChart(screen.manual, screen.section)
        case Verb.INDUCTION:
            first = InductionScreen(manual=screen.manual, position=screen.section)
            return Follow(first, closes=False)
        case Verb.BACK if screen.back is not None:
            return Replace(screen.back)
        case _:
            return Plain.NOTHING


def _of_induction(screen: InductionScreen, tap: Tap) -> Step:
    match tap.verb:
        case Verb.STEP:
            return Follow(screen.model_copy(update={"step": tap.at}))
        case Verb.CHART:
            return ShowChart(screen.manual, screen.position)
        case Verb.QUIZ:
            first = QuizScreen(manual=screen.manual, position=screen.position)
            return Follow(first, closes=False)
        case Verb.PDF:
            return SendPack(screen.manual, screen.position)
        case _:
            return Plain.NOTHING


def _of_quiz(screen: QuizScreen, tap: Tap) -> Step:
    is_open = len(screen.chosen) == screen.question
    match tap.verb:
        case Verb.OPTION if is_open:
            return Replace(screen.model_copy(update={"chosen": (*screen.chosen, tap.at)}))
        case Verb.QUIZ if not is_open:
            following = screen.model_copy(update={"question": screen.question + 1})
            return Follow(following)
        case Verb.STEP:
            return Follow(QuizScreen(manual=screen.manual, position=screen.position))
        case Verb.PDF:
            return SendPack(screen.manual, screen.position)
        case _:
            return Plain.NOTHING


def _of_complaint(answer_id: str, tap: Tap) -> Step:
    match tap.verb:
        case Verb.REASON if tap.at < len(REASONS):
            return Rate(answer_id, Thumbs.DOWN, REASONS[tap.at])
        case Verb.WRITE:
            return AskForComment(answer_id)
        case _:
            return Plain.NOTHING
