"""What people think of answers is kept, and nothing of who they are."""

from assistant.running.storage import Database, Feedback, FeedbackBook, Thumbs


def test_feedback_is_kept_the_latest_first(database: Database) -> None:
    book = FeedbackBook(database)
    book.record(Feedback("una", Thumbs.UP))
    book.record(Feedback("otra", Thumbs.DOWN, "No era eso."))
    assert book.all() == [Feedback("otra", Thumbs.DOWN, "No era eso."), Feedback("una", Thumbs.UP)]


def test_who_changes_their_mind_writes_over_what_they_said(database: Database) -> None:
    book = FeedbackBook(database)
    book.record(Feedback("una", Thumbs.DOWN, "Mal."))
    book.record(Feedback("una", Thumbs.UP))
    assert book.all() == [Feedback("una", Thumbs.UP)]


def test_personal_data_in_a_comment_is_masked(database: Database) -> None:
    book = FeedbackBook(database)
    book.record(Feedback("una", Thumbs.UP, "Llámeme: 951 123 4567"))
    assert book.all()[0].comment == "Llámeme: 000 000 0000"


def test_any_text_is_a_comment(database: Database) -> None:
    book = FeedbackBook(database)
    book.record(Feedback("una", Thumbs.UP, "a\0b 😀 '); DROP TABLE feedback;--"))
    assert book.all()[0].comment == "ab 😀 '); DROP TABLE feedback;--"
