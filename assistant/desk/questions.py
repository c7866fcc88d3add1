"""Questions as they were asked and answered: counted always, kept only where the office wants it.

What is counted is numbers by day. What is kept is masked before it is written, and deleted after a
time of its own (`ASISTENTE_KEEP_QUESTIONS_DAYS`).
"""

import json
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from assistant.answering.answer import Answer, AnswerKind
from assistant.desk.outcomes import Channel, Outcome, outcome_of, within
from assistant.running.privacy import mask_personal_data
from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.desk_tables import QuestionRow, TallyRow
from assistant.running.storage.feedback import Thumbs
from assistant.running.storage.focus_record import write_focus
from assistant.running.storage.tables import FeedbackRow
from assistant.understanding.focus import NOTHING, Focus
from corpus.spanish import fold

TALLY_DAYS = 400
"""Numbers by day are kept for a year and a little, to compare with."""
_LIKE = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


@dataclass(frozen=True)
class Asked:
    """A question that was put to the assistant, and what came of it."""

    question: str
    channel: Channel
    manual: str
    """The manual's code; "" where none was settled."""
    answer: Answer | None
    """None where it failed."""
    ms: float
    focus: Focus = NOTHING
    """What was spoken of before."""
    why: tuple[str, ...] = ()
    vector: NDArray[np.float32] | None = None

    @property
    def outcome(self) -> Outcome:
        """How it ended."""
        return outcome_of(self.answer)


@dataclass(frozen=True)
class KeptQuestion:
    """A question as it is kept."""

    id: str
    at: datetime
    """UTC."""
    channel: Channel
    manual: str
    question: str
    focus: str
    """JSON of what was spoken of before, see `focus_record`; "" where nothing was."""
    outcome: Outcome
    reason: str | None
    answer: Answer | None
    why: tuple[str, ...]
    ms: int
    thumbs: Thumbs | None
    comment: str | None
    vector: NDArray[np.float32] | None

    @property
    def before(self) -> str:
        """The question before, masked, where this one followed it; else ""."""
        asked = (json.loads(self.focus) if self.focus else {}).get("understanding") or {}
        return str(asked.get("question", ""))


@dataclass(frozen=True)
class Wanted:
    """Which of the kept questions are wanted; None and "" leave all."""

    outcome: Outcome | None = None
    voted_down: bool = False
    in_vain: bool = False
    """Refused, nearest, failed or voted down: what there is to do."""
    channel: Channel | None = None
    manual: str = ""
    words: str = ""
    days: int = 30


@dataclass(frozen=True)
class Tally:
    """A number of questions of one kind on one day."""

    day: date
    channel: Channel
    manual: str
    outcome: Outcome
    within_ms: int
    count: int


class QuestionBook(Book):
    """Kept questions, and the numbers by day. Its methods raise DatabaseError."""

    def count(self, asked: Asked) -> None:
        """Count a question: numbers only."""
        kind = {
            "day": now().date(),
            "channel": asked.channel.value,
            "manual": asked.manual,
            "outcome": asked.outcome.value,
            "within_ms": within(asked.ms),
        }
        dialect = postgresql if self._database.is_postgresql else sqlite
        statement = dialect.insert(TallyRow).values(**kind, count=1)
        more = {"count": TallyRow.__table__.c["count"] + 1}
        self._change(statement.on_conflict_do_update(index_elements=list(kind), set_=more))

    def keep(self, asked: Asked) -> None:
        """Keep a question with its answer, personal data masked."""
        question = _masked(asked.question)
        answer = _kept_answer(asked.answer)
        row = {
            "answer_id": answer.answer_id if answer else secrets.token_urlsafe(12),
            "updated_at": now(),
            "channel": asked.channel.value,
            "manual": asked.manual,
            "question": question,
            "folded": fold(question),
            "focus": write_focus(asked.focus) if asked.focus != NOTHING else "",
            "outcome": asked.outcome.value,
            "reason": answer.reason.value if answer and answer.reason else None,
            "answer": answer.model_dump_json() if answer else None,
            "why": json.dumps([_masked(line) for line in asked.why], ensure_ascii=False),
            "ms": round(asked.ms),
            "vector": asked.vector.astype(np.float16).tobytes()
            if asked.vector is not None
            else None,
        }
        self._put(QuestionRow, **row)

    def find(self, question_id: str) -> KeptQuestion | None:
        """A kept question; None for one that is not kept any more."""
        row = self._first(_SELECTED.where(QuestionRow.answer_id == question_id))
        return _question(row) if row is not None else None

    def wanted(self, wanted: Wanted, most: int = 2_000, skip: int = 0) -> list[KeptQuestion]:
        """The kept questions that are wanted, the newest first."""
        statement = _narrowed(_SELECTED, wanted).order_by(QuestionRow.updated_at.desc())
        return [_question(row) for row in self._all(statement.limit(most).offset(skip))]

    def how_many(self, wanted: Wanted) -> int:
        """How many there are."""
        counted = select(func.count()).select_from(_JOINED)
        return int(self._value(_narrowed(counted, wanted)) or 0)

    def tallies(self, since: date) -> list[Tally]:
        """The numbers of the days from `since` on."""
        statement = select(TallyRow.__table__).where(TallyRow.day >= since)
        return [
            Tally(
                row.day,
                Channel(row.channel),
                row.manual,
                Outcome(row.outcome),
                row.within_ms,
                row._mapping["count"],
            )
            for row in self._all(statement.order_by(TallyRow.day))
        ]

    def votes(self, since: date) -> dict[Thumbs, int]:
        """How many answers were voted up and down from a day on."""
        counted = (
            select(FeedbackRow.thumbs, func.count().label("number"))
            .where(FeedbackRow.updated_at >= datetime(since.year, since.month, since.day))
            .group_by(FeedbackRow.thumbs)
        )
        found = {Thumbs(row.thumbs): row.number for row in self._all(counted)}
        return {each: found.get(each, 0) for each in Thumbs}

    def forget_old(self, days: int) -> int:
        """Delete kept questions older than so many days, and numbers older than `TALLY_DAYS`; how
        many questions there were."""
        oldest = now() - timedelta(days=days)
        first_day = (now() - timedelta(days=TALLY_DAYS)).date()
        with self._database.transaction() as connection:
            connection.execute(delete(TallyRow).where(TallyRow.day < first_day))
            old = delete(QuestionRow).where(QuestionRow.updated_at < oldest)
            return connection.execute(old).rowcount


_JOINED = QuestionRow.__table__.outerjoin(
    FeedbackRow.__table__, QuestionRow.answer_id == FeedbackRow.answer_id
)
_SELECTED = select(*QuestionRow.__table__.c, FeedbackRow.thumbs, FeedbackRow.comment).select_from(
    _JOINED
)


def _narrowed(statement: Any, wanted: Wanted) -> Any:
    statement = statement.where(QuestionRow.updated_at >= now() - timedelta(days=wanted.days))
    if wanted.outcome is not None:
        statement = statement.where(QuestionRow.outcome == wanted.outcome.value)
    down = FeedbackRow.thumbs == Thumbs.DOWN.value
    if wanted.voted_down:
        statement = statement.where(down)
    if wanted.in_vain:
        vain = (Outcome.REFUSED.value, Outcome.NEAREST.value, Outcome.FAILED.value)
        statement = statement.where(QuestionRow.outcome.in_(vain) | down)
    if wanted.channel is not None:
        statement = statement.where(QuestionRow.channel == wanted.channel.value)
    if wanted.manual:
        statement = statement.where(QuestionRow.manual == wanted.manual)
    for word in fold(wanted.words).split():
        pattern = f"%{word.translate(_LIKE)}%"
        statement = statement.where(QuestionRow.folded.like(pattern, escape="\\"))
    return statement


def _question(row: Any) -> KeptQuestion:
    vector = np.frombuffer(row.vector, np.float16).astype(np.float32) if row.vector else None
    return KeptQuestion(
        id=row.answer_id,
        at=row.updated_at,
        channel=Channel(row.channel),
        manual=row.manual,
        question=row.question,
        focus=row.focus,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        answer=Answer.model_validate_json(row.answer) if row.answer else None,
        why=tuple(json.loads(row.why)),
        ms=row.ms,
        thumbs=Thumbs(row.thumbs) if row.thumbs else None,
        comment=row.comment,
        vector=vector,
    )


def _kept_answer(answer: Answer | None) -> Answer | None:
    """The answer without the conversation's id, and what people typed in it masked."""
    if answer is None:
        return None
    kept = answer.model_copy(update={"conversation_id": ""})
    # what an answer says is the manual's
    return kept if answer.kind is AnswerKind.ANSWER else kept.masked(_masked)


def _masked(text: str) -> str:
    return mask_personal_data(text.replace("\0", ""))


def in_days(days: Sequence[Tally]) -> dict[date, dict[Outcome, int]]:
    """How many questions ended how, day by day, days without any included."""
    if not days:
        return {}
    first = min(each.day for each in days)
    span = (now().date() - first).days + 1
    found = {first + timedelta(days=at): dict.fromkeys(Outcome, 0) for at in range(max(span, 1))}
    for each in days:
        of_day = found.setdefault(each.day, dict.fromkeys(Outcome, 0))
        of_day[each.outcome] += each.count
    return found


def asked_by_day(questions: Sequence[KeptQuestion]) -> list[tuple[date, int]]:
    """How many there are of each day from the first to the last, days without any included."""
    counts = Counter(each.at.date() for each in questions)
    if not counts:
        return []
    first, span = min(counts), (max(counts) - min(counts)).days + 1
    days = [first + timedelta(days=at) for at in range(span)]
    return [(day, counts[day]) for day in days]
