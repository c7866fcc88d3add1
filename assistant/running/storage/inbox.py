"""Messages of a chat service, each handled once, whatever is delivered twice or cut short."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.tables import InboxRow
from assistant.running.storage.upsert import insert_new


@dataclass(frozen=True)
class Waiting:
    """A message that was accepted and not yet handled."""

    key: str
    payload: str


class Inbox(Book):
    """The messages that came. Its methods raise DatabaseError."""

    def accept(self, key: str, payload: str) -> bool:
        """Keep a message until it is handled. False if it came before: it is not handled again."""
        row = {"key": key, "payload": payload, "updated_at": now()}
        with self._database.transaction() as connection:
            return insert_new(connection, InboxRow, row)

    def handled(self, key: str) -> None:
        """Erase what a message said, and remember that it came."""
        done = update(InboxRow).where(InboxRow.key == key)
        self._change(done.values(payload=None, updated_at=now()))

    def take_over(self, untouched: timedelta = timedelta()) -> list[Waiting]:
        """Messages that nobody has touched for so long: who had them has gone. Oldest first.

        Each is given to one caller only, even when several ask at once.
        """
        before = now() - untouched
        waiting = select(InboxRow).where(InboxRow.payload.is_not(None))
        oldest_first = waiting.where(InboxRow.updated_at <= before).order_by(InboxRow.updated_at)
        rows = self._all(oldest_first)
        return [Waiting(row.key, row.payload) for row in rows if self._take(row)]

    def _take(self, row: Any) -> bool:
        """Whether the message is still as it was read, and so the caller's from now on."""
        unchanged = (InboxRow.key == row.key) & (InboxRow.updated_at == row.updated_at)
        mine = update(InboxRow).where(unchanged, InboxRow.payload.is_not(None))
        return self._change(mine.values(updated_at=now())) == 1
