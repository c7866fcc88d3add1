"""What servers keep between turns and restarts: conversations, feedback, a bot's screens.

    database = open_database(settings.data_dir, url)
    conversations = SqlConversations(database, library.find)

SQLite in the data folder, or PostgreSQL by one URL; migrations are run when it is opened.
"""

from assistant.storage.conversations import SqlConversations
from assistant.storage.database import Database, DatabaseError, open_database
from assistant.storage.feedback import Feedback, FeedbackBook, Thumbs
from assistant.storage.inbox import Inbox, Waiting
from assistant.storage.retention import delete_older_than
from assistant.storage.screens import ScreenBook

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
    "delete_older_than",
    "open_database",
]
