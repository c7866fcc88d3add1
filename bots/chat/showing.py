"""A screen as it looks: looks up in the manuals what the screen is about."""

from assistant.answering.knowledge import Knowledge
from assistant.asking.library import Library
from assistant.reports.induction import InductionPack, induction_pack
from bots.chat.screens import (
    AnswerScreen,
    AnyScreen,
    ChoiceScreen,
    ComplaintScreen,
    EraseScreen,
    InductionScreen,
    PassageScreen,
    QuizScreen,
    SectionScreen,
    WelcomeScreen,
)
from bots.chat.view import View
from bots.chat.views.answers import answer_view
from bots.chat.views.inductions import induction_view, quiz_view
from bots.chat.views.sections import passage_view, section_view
from bots.chat.views.texts import choice_view, complaint_view, erase_view, welcome_view
from corpus.errors import AsistenteError
from corpus.model import Position, Section


class ChangedManualError(AsistenteError):
    """The manual has changed since, and has no such section any more."""

    def __init__(self) -> None:
        super().__init__("El manual cambió y ya no tiene esa sección; vuelva a preguntar.")


def view_of(screen: AnyScreen, library: Library) -> View:
    """What the screen looks like.

    Raises ChangedManualError, NoIndexError for a manual that is gone, and what `Library` raises.
    """
    match screen:
        case AnswerScreen():
            return answer_view(screen)
        case PassageScreen(manual=code, section=number):
            knowledge = knowledge_of(library, code)
            return passage_view(screen, knowledge.manual, section_of(knowledge, number))
        case SectionScreen(manual=code, section=number):
            knowledge = knowledge_of(library, code)
            return section_view(screen, knowledge.manual, section_of(knowledge, number))
        case InductionScreen(manual=code, position=number):
            return induction_view(screen, pack_of(knowledge_of(library, code), number))
        case QuizScreen(manual=code, position=number):
            pack = pack_of(knowledge_of(library, code), number)
            if not pack.quiz:
                raise ChangedManualError
            return quiz_view(screen, pack)
        case ChoiceScreen():
            return choice_view(screen)
        case WelcomeScreen():
            return welcome_view(screen)
        case ComplaintScreen():
            return complaint_view()
        case EraseScreen():
            return erase_view()


def knowledge_of(library: Library, code: str) -> Knowledge:
    """What there is to know of a manual. Raises NoIndexError."""
    return library.manual(code).knowledge


def section_of(knowledge: Knowledge, number: str) -> Section:
    """A section by its number. Raises ChangedManualError."""
    section = knowledge.manual.section(number)
    if section is None:
        raise ChangedManualError
    return section


def position_of(knowledge: Knowledge, number: str) -> Position:
    """A position by the number of its sheet. Raises ChangedManualError."""
    position = knowledge.manual.position(number)
    if position is None:
        raise ChangedManualError
    return position


def pack_of(knowledge: Knowledge, number: str) -> InductionPack:
    """The induction of a position. Raises ChangedManualError."""
    return induction_pack(position_of(knowledge, number), knowledge)
