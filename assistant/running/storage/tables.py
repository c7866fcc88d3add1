"""The tables: conversations, feedback, and what a bot must remember over a restart."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """Base of the tables. Times are in UTC, without a zone: SQLite keeps none."""

    metadata = MetaData(
        naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"}
    )


class ConversationRow(Table):
    """The focus of a conversation: nothing that was said, but the last question, masked."""

    __tablename__ = "conversations"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the conversation's id: who reads the table can't go on with a conversation."""
    focus: Mapped[str] = mapped_column(Text)
    """JSON, see `focus_record`."""
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class FeedbackRow(Table):
    """What a person thought of an answer. It names no person and no conversation."""

    __tablename__ = "feedback"
    __table_args__ = (CheckConstraint("thumbs IN ('up', 'down')", name="ck_feedback_thumbs"),)

    answer_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    thumbs: Mapped[str] = mapped_column(String(4))
    comment: Mapped[str | None] = mapped_column(Text)
    """Masked."""
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class InboxRow(Table):
    """A message of a chat service, so that it is handled once: twice delivered, it is known."""

    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed hash of the message's number."""
    payload: Mapped[str | None] = mapped_column(Text)
    """The message, encrypted, until it is handled; then nothing of it."""
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    """When it came, was taken over, or was handled."""


class ScreenRow(Table):
    """What a message of a bot shows, so that its buttons work after a restart."""

    __tablename__ = "screens"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what the message's buttons carry."""
    chat: Mapped[str] = mapped_column(String(64), index=True)
    """Keyed hash of the chat, by which all of its screens can be erased."""
    shown: Mapped[str] = mapped_column(Text)
    """JSON, masked."""
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)
