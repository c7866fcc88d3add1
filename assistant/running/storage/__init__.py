"""What servers keep between turns and restarts: conversations, feedback, a bot's screens.

    database = open_database(settings.data_dir, url)
    conversations = SqlConversations(database, library.find)

SQLite in the data folder, or PostgreSQL by one URL; migrations are run when it is opened.
"""

from assistant.running.storage import desk_tables as desk_tables
from assistant.running.storage.conversations import SqlConversations
from assistant.running.storage.database import (
    Database,
    DatabaseError,
    database_to_open,
    open_database,
)
from assistant.running.storage.feedback import Feedback, FeedbackBook, Thumbs
from assistant.running.storage.inbox import Inbox, Waiting
from assistant.running.storage.retention import delete_older_than
from assistant.running.storage.screens import ScreenBook

__all__ = [
    "Database",
    "DatabaseError",
    "Feedback",
    "FeedbackBook",
    "Inbox",
    "ScreenBook",
    "SqlConversations",
    "Thumbs",
    "Waiting",
    "database_to_open",
    "delete_older_than",
    "open_database",
]
