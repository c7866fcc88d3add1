"""Deletes what has been kept long enough."""

from datetime import timedelta

from sqlalchemy import delete

from assistant.running.storage.database import Database, now
from assistant.running.storage.tables import ConversationRow, FeedbackRow, InboxRow, ScreenRow


def delete_older_than(database: Database, days: int) -> int:
    """Delete what nobody touched for so many days; how many rows there were.

    Raises DatabaseError.
    """
    oldest = now() - timedelta(days=days)
    with database.transaction() as connection:
        return sum(
            connection.execute(delete(table).where(table.updated_at < oldest)).rowcount
            for table in (ConversationRow, FeedbackRow, InboxRow, ScreenRow)
        )
