"""What people thought of answers."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from assistant.running.privacy import mask_personal_data
from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.tables import FeedbackRow


class Thumbs(StrEnum):
    """Whether an answer was of use."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Feedback:
    """One person's word on one answer."""

    answer_id: str
    thumbs: Thumbs
    comment: str | None = None


class FeedbackBook(Book):
    """Keeps feedback in the database. Its methods raise DatabaseError."""

    def record(self, feedback: Feedback) -> None:
        """Keep it, the comment masked; who changes their mind writes over what they said."""
        # PostgreSQL takes no NUL in a text
        comment = mask_personal_data((feedback.comment or "").replace("\0", "")).strip() or None
        self._put(
            FeedbackRow,
            answer_id=feedback.answer_id,
            thumbs=feedback.thumbs.value,
            comment=comment,
            updated_at=now(),
        )

    def all(self) -> list[Feedback]:
        """All that is kept, the latest first."""
        newest_first = select(FeedbackRow).order_by(FeedbackRow.updated_at.desc())
        rows = self._all(newest_first)
        return [Feedback(row.answer_id, Thumbs(row.thumbs), row.comment) for row in rows]
