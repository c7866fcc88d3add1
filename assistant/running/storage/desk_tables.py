"""The tables of the office's desk. Nothing in them names a citizen."""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.running.storage.tables import Table


class PersonRow(Table):
    """Somebody of the office who may enter the desk."""

    __tablename__ = "desk_people"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True, unique=True)
    """Folded."""
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str | None] = mapped_column(Text)
    """Argon2's encoded hash; none before the link was used."""
    totp: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None] = mapped_column(Integer)
    """The last step of which a code was taken: none is taken twice."""
    link: Mapped[str | None] = mapped_column(String(64), index=True)
    """SHA-256 of the one-time link."""
    link_until: Mapped[datetime | None] = mapped_column(DateTime)
    created_at: Mapped[datetime] = mapped_column(DateTime)


class SessionRow(Table):
    """A person who has entered."""

    __tablename__ = "desk_sessions"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what the cookie carries."""
    person: Mapped[str] = mapped_column(String(32), index=True)
    opened_at: Mapped[datetime] = mapped_column(DateTime)
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class AttemptRow(Table):
    """Logins that failed, by account and by address, for as long as they count."""

    __tablename__ = "desk_attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class DeedRow(Table):
    """Who changed what, and when."""

    __tablename__ = "desk_log"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(DateTime, index=True)
    who: Mapped[str] = mapped_column(String(254))
    what: Mapped[str] = mapped_column(String(48))
    about: Mapped[str] = mapped_column(Text)


class QuestionRow(Table):
    """A question with its answer, where the office keeps them: masked, for a short time."""

    __tablename__ = "kept_questions"

    answer_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    """When it was asked."""
    channel: Mapped[str] = mapped_column(String(16))
    manual: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    focus: Mapped[str] = mapped_column(Text)
    """JSON: what was spoken of before, masked, see `focus_record`; "" where nothing was."""
    outcome: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str | None] = mapped_column(String(24))
    answer: Mapped[str | None] = mapped_column(Text)
    """JSON, masked; none of a question that failed."""
    why: Mapped[str] = mapped_column(Text)
    """JSON: how it was understood and what decided, a Spanish line each."""
    ms: Mapped[int] = mapped_column(Integer)
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    """16-bit floats."""


class TallyRow(Table):
    """How many questions of a kind there were on a day: numbers only."""

    __tablename__ = "answer_tally"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    manual: Mapped[str] = mapped_column(String(64), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), primary_key=True)
    within_ms: Mapped[int] = mapped_column(Integer, primary_key=True)
    """The least bound that they were answered within."""
    count: Mapped[int] = mapped_column(Integer)


class ScoreRow(Table):
    """What the office thinks of an answer that was drawn."""

    __tablename__ = "desk_scores"

    answer_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked_on: Mapped[date] = mapped_column(Date, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    manual: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16))
    cited_right: Mapped[int] = mapped_column(Integer)
    cited_wrong: Mapped[int] = mapped_column(Integer)
    gold: Mapped[str | None] = mapped_column(Text)
    """A gold question as JSON, where the office took it into its exam."""
    scored_by: Mapped[str] = mapped_column(String(254))
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class DraftRow(Table):
    """A manual that was uploaded and is not in force."""

    __tablename__ = "desk_drafts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(64))
    """The code that was given for a manual that prints none."""
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The file; none once it is published."""
    state: Mapped[str] = mapped_column(String(16), index=True)
    read: Mapped[str | None] = mapped_column(Text)
    """JSON: what was read of it."""
    message: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[str] = mapped_column(String(254))
    updated_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class FindingRow(Table):
    """What the office does about a contradiction of a manual."""

    __tablename__ = "desk_findings"

    manual: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    set_by: Mapped[str] = mapped_column(String(254))
    updated_at: Mapped[datetime] = mapped_column(DateTime)


class ChoiceRow(Table):
    """What the office chose beside the environment's settings."""

    __tablename__ = "desk_choices"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    """JSON."""
    updated_at: Mapped[datetime] = mapped_column(DateTime)
