"""What nobody touched for long enough is deleted, and nothing else."""

from datetime import timedelta

from sqlalchemy import text

from assistant.running.storage import (
    Database,
    Feedback,
    FeedbackBook,
    Inbox,
    ScreenBook,
    SqlConversations,
    Thumbs,
    delete_older_than,
)
from assistant.running.storage.database import now
from assistant.understanding.focus import Focus


def test_only_what_is_old_is_deleted(database: Database) -> None:
    conversations, book = SqlConversations(database, lambda _: None), FeedbackBook(database)
    inbox, screens = Inbox(database), ScreenBook(database)
    for name in ("vieja", "nueva"):
        conversations.save(name, Focus(positions=("2.1",)))
        book.record(Feedback(name, Thumbs.UP))
        inbox.accept(name, "hola")
        screens.write(name, "chat", "{}")
        if name == "vieja":
            age(database, days=31)
    assert delete_older_than(database, 30) == 4
    assert conversations.load("nueva") == Focus(positions=("2.1",))
    assert conversations.load("vieja") == Focus()
    assert screens.read("nueva", "chat") == "{}"
    assert screens.read("vieja", "chat") is None
    assert not inbox.accept("nueva", "hola")
    assert inbox.accept("vieja", "hola")
    assert [each.answer_id for each in book.all()] == ["nueva"]
    assert delete_older_than(database, 30) == 0


def test_a_conversation_that_goes_on_is_kept(database: Database) -> None:
    conversations = SqlConversations(database, lambda _: None)
    conversations.save("una", Focus(positions=("2.1",)))
    age(database, days=31)
    conversations.save("una", Focus(positions=("2.2",)))
    assert delete_older_than(database, 30) == 0


def age(database: Database, days: int) -> None:
    """Let everything be that much older."""
    then = {"then": now() - timedelta(days=days)}
    with database.transaction() as connection:
        for table in ("conversations", "feedback", "inbox", "screens"):
            connection.execute(text(f"UPDATE {table} SET updated_at = :then"), then)
