"""What the messages of a bot show, each under a random name that its buttons carry."""

import hashlib

from sqlalchemy import delete, select

from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.tables import ScreenRow


class ScreenBook(Book):
    """Keeps screens as JSON. Its methods raise DatabaseError."""

    def write(self, name: str, chat: str, shown: str) -> None:
        """Keep what a message of a chat shows from now on; what people typed must be masked."""
        clean = shown.replace("\0", "")  # PostgreSQL takes none in a text
        self._put(ScreenRow, key=_key(name), chat=chat, shown=clean, updated_at=now())

    def read(self, name: str, chat: str) -> str | None:
        """What a message shows; None for one that was erased, or is of another chat."""
        wanted = (ScreenRow.key == _key(name)) & (ScreenRow.chat == chat)
        shown: str | None = self._value(select(ScreenRow.shown).where(wanted))
        return shown

    def erase(self, chat: str) -> int:
        """Erase all screens of a chat; how many there were."""
        return self._change(delete(ScreenRow).where(ScreenRow.chat == chat))


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
