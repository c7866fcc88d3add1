"""Conversations in the database, so that workers and machines share them."""

import hashlib

from sqlalchemy import delete, select

from assistant.running.storage.book import Book
from assistant.running.storage.database import Database, now
from assistant.running.storage.focus_record import FindManual, read_focus, write_focus
from assistant.running.storage.tables import ConversationRow
from assistant.understanding.focus import NOTHING, Focus


class SqlConversations(Book):
    """A `ConversationStore` in the database. Its methods raise DatabaseError."""

    def __init__(self, database: Database, find_manual: FindManual) -> None:
        super().__init__(database)
        self._find_manual = find_manual

    def load(self, conversation_id: str) -> Focus:
        """The focus of a conversation; `NOTHING` for an unknown one."""
        wanted = ConversationRow.key == _key(conversation_id)
        written = self._value(select(ConversationRow.focus).where(wanted))
        return read_focus(written, self._find_manual) if written is not None else NOTHING

    def save(self, conversation_id: str, focus: Focus) -> None:
        """Keep the focus of a conversation; nothing is written where there is nothing to keep."""
        if focus == NOTHING:
            return self.forget(conversation_id)
        key, written = _key(conversation_id), write_focus(focus)
        return self._put(ConversationRow, key=key, focus=written, updated_at=now())

    def forget(self, conversation_id: str) -> None:
        """Erase a conversation."""
        wanted = ConversationRow.key == _key(conversation_id)
        self._change(delete(ConversationRow).where(wanted))


def _key(conversation_id: str) -> str:
    return hashlib.sha256(conversation_id.encode()).hexdigest()
