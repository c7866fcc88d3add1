"""What the messages of a bot show, each under a random name that its buttons carry."""

import hashlib

from sqlalchemy import delete, select

from assistant.running.storage.database import Database, now
from assistant.running.storage.tables import ScreenRow
from assistant.running.storage.upsert import upsert


class ScreenBook:
    """Keeps screens as JSON. Its methods raise DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, name: str, chat: str, shown: str) -> None:
        """Keep what a message of a chat shows from now on; what people typed must be masked."""
        row = {
            "key": _key(name),
            "chat": chat,
            "shown": shown.replace("\0", ""),  # PostgreSQL takes none in a text
            "updated_at": now(),
        }
        with self._database.transaction() as connection:
            upsert(connection, ScreenRow, row)

    def read(self, name: str, chat: str) -> str | None:
        """What a message shows; None for one that was erased, or is of another chat."""
        wanted = (ScreenRow.key == _key(name)) & (ScreenRow.chat == chat)
        with self._database.transaction() as connection:
            shown: str | None = connection.scalar(select(ScreenRow.shown).where(wanted))
        return shown

    def erase(self, chat: str) -> int:
        """Erase all screens of a chat; how many there were."""
        with self._database.transaction() as connection:
            return connection.execute(delete(ScreenRow).where(ScreenRow.chat == chat)).rowcount


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
