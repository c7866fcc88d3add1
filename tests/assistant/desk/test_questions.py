"""Kept questions: masked, found again by what they are, and gone after their time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from assistant.answering.answer import Answer, AnswerKind, Reason
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.questions import Asked, QuestionBook, Wanted, asked_by_day
from assistant.running.storage import Database, Feedback, FeedbackBook, Thumbs
from assistant.running.storage.database import now

Ask = Callable[..., Asked]


@pytest.fixture
def book(database: Database) -> QuestionBook:
    return QuestionBook(database)


def asked(
    question: str,
    kind: AnswerKind | None = AnswerKind.ANSWER,
    reason: Reason | None = None,
    channel: Channel = Channel.WEB,
    ms: float = 40,
) -> Asked:
    """A question with an answer of a kind; None is one that failed."""
    answer = None
    if kind is not None:
        answer = Answer(
            answer=f"Sobre «{question}».",
            kind=kind,
            reason=reason,
            conversation_id="secreta",
            answer_id=f"id-{question[:40]}",
        )
    return Asked(question, channel, "MO-1", answer, ms)


def test_personal_data_is_masked_in_all_that_is_kept(
    book: QuestionBook, database: Database
) -> None:
    book.keep(asked("Soy ana@correo.mx, ¿quién me atiende?", AnswerKind.ABSTAIN))
    with database.transaction() as connection:
        kept = str(connection.execute(text("SELECT * FROM kept_questions")).all())
    assert "xxx@xxxxxx.xx" in kept
    assert "ana@" not in kept.replace("id-Soy ana@correo.mx", "")
    assert "secreta" not in kept


def test_questions_are_found_by_how_they_ended(book: QuestionBook, database: Database) -> None:
    book.keep(asked("una", AnswerKind.ANSWER))
    book.keep(asked("dos", AnswerKind.ABSTAIN, Reason.NOT_IN_MANUAL))
    book.keep(asked("tres", AnswerKind.CLARIFY, Reason.NEAREST, Channel.TELEGRAM))
    book.keep(asked("cuatro", AnswerKind.CLARIFY, Reason.AMBIGUOUS))
    book.keep(asked("cinco", None))
    FeedbackBook(database).record(Feedback("id-una", Thumbs.DOWN, "No era eso"))

    def found(**wanted: object) -> set[str]:
        return {each.question for each in book.wanted(Wanted(**wanted))}  # type: ignore[arg-type]

    assert found(outcome=Outcome.REFUSED) == {"dos"}
    assert found(outcome=Outcome.NEAREST) == {"tres"}
    assert found(outcome=Outcome.ASKED_BACK) == {"cuatro"}
    assert found(outcome=Outcome.FAILED) == {"cinco"}
    assert found(voted_down=True) == {"una"}
    assert found(in_vain=True) == {"una", "dos", "tres", "cinco"}
    assert found(channel=Channel.TELEGRAM) == {"tres"}
    assert found(manual="MO-2") == set()
    assert book.how_many(Wanted(in_vain=True)) == 4


def test_words_are_found_whatever_their_accents_and_signs_stand_for_themselves(
    book: QuestionBook,
) -> None:
    book.keep(asked("¿Quién organiza la participación?"))
    book.keep(asked("el 50% de descuento"))
    assert [q.question for q in book.wanted(Wanted(words="PARTICIPACION quien"))] == [
        "¿Quién organiza la participación?"
    ]
    assert [q.question for q in book.wanted(Wanted(words="50%"))] == ["el 50% de descuento"]
    assert book.wanted(Wanted(words="_u__n")) == []


def test_a_question_is_gone_after_its_time_and_the_numbers_stay(
    book: QuestionBook, database: Database
) -> None:
    for question in ("vieja", "nueva"):
        book.count(asked(question))
        book.keep(asked(question))
    with database.transaction() as connection:
        old = {"at": now() - timedelta(days=15)}
        connection.execute(
            text("UPDATE kept_questions SET updated_at = :at WHERE question = 'vieja'"), old
        )
    assert book.forget_old(14) == 1
    assert [each.question for each in book.wanted(Wanted(days=400))] == ["nueva"]
    assert sum(each.count for each in book.tallies(now().date())) == 2


def test_days_without_a_question_are_counted_too(book: QuestionBook, database: Database) -> None:
    for question in ("una", "dos", "tres"):
        book.keep(asked(question))
    with database.transaction() as connection:
        earlier = {"at": now() - timedelta(days=2)}
        connection.execute(
            text("UPDATE kept_questions SET updated_at = :at WHERE question = 'una'"), earlier
        )
    by_day = asked_by_day(book.wanted(Wanted()))
    assert [number for _, number in by_day] == [1, 0, 2]
    assert asked_by_day([]) == []


def test_numbers_add_up(book: QuestionBook) -> None:
    for ms in (10, 20, 90):
        book.count(asked("una", ms=ms))
    book.count(asked("dos", AnswerKind.ABSTAIN))
    told = {(t.outcome, t.within_ms): t.count for t in book.tallies(now().date())}
    assert told == {
        (Outcome.ANSWERED, 25): 2,
        (Outcome.ANSWERED, 100): 1,
        (Outcome.REFUSED, 50): 1,
    }
