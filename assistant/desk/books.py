"""All that the desk keeps, opened together."""

from dataclasses import dataclass

from assistant.desk.choices import ChoiceBook
from assistant.desk.deeds import DeedBook
from assistant.desk.drafts import DraftBook
from assistant.desk.entering import Entrance
from assistant.desk.findings import FindingBook
from assistant.desk.people import PersonBook
from assistant.desk.questions import QuestionBook
from assistant.desk.scores import ScoreBook
from assistant.running.settings import Settings
from assistant.running.storage.database import Database


@dataclass(frozen=True)
class Books:
    """What the desk keeps, each concern in a book of its own."""

    people: PersonBook
    entrance: Entrance
    deeds: DeedBook
    questions: QuestionBook
    scores: ScoreBook
    drafts: DraftBook
    findings: FindingBook
    choices: ChoiceBook


def books_in(database: Database, settings: Settings) -> Books:
    """The books in a database."""
    people = PersonBook(database)
    return Books(
        people,
        Entrance(database, people),
        DeedBook(database),
        QuestionBook(database),
        ScoreBook(database),
        DraftBook(database, settings),
        FindingBook(database),
        ChoiceBook(database),
    )
