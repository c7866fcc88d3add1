"""What the office thinks of answers that are drawn at random: the figures that may be claimed.

A score keeps no question, unless the office takes it into its exam.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from assistant.desk.figures import Share, share
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.questions import KeptQuestion
from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.desk_tables import QuestionRow, ScoreRow


class Verdict(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    NOT_TO_ANSWER = "not_to_answer"
    """It should have been refused."""


VERDICT_NAMES = {
    Verdict.RIGHT: "Correcta",
    Verdict.INCOMPLETE: "Incompleta",
    Verdict.WRONG: "Equivocada",
    Verdict.NOT_TO_ANSWER: "No debió responder",
}


@dataclass(frozen=True)
class Scored:
    """A score, without the question."""

    answer_id: str
    asked_on: date
    channel: Channel
    manual: str
    outcome: Outcome
    verdict: Verdict
    cited_right: int
    cited_wrong: int
    scored_by: str


@dataclass(frozen=True)
class ScoreLine:
    """The scores of one week, or of one channel, or all."""

    name: str
    verdicts: dict[Verdict, Share]
    citations: Share

    @property
    def total(self) -> int:
        """How many were scored."""
        return self.verdicts[Verdict.RIGHT].of


@dataclass(frozen=True)
class ScoreFigures:
    """The figures of all that was scored."""

    all: ScoreLine
    weeks: tuple[tuple[date, ScoreLine], ...]
    """By the Monday of the week that was asked in, the newest first."""
    channels: tuple[tuple[Channel, ScoreLine], ...]


class ScoreBook(Book):
    """Keeps scores. Its methods raise DatabaseError."""

    def draw(self, source: random.Random | None = None) -> str | None:
        """The id of a kept answer that nobody has scored, at random; None if there is none."""
        scored = select(ScoreRow.answer_id)
        failed = QuestionRow.outcome == Outcome.FAILED.value
        open_ones = select(QuestionRow.answer_id).where(
            QuestionRow.answer_id.not_in(scored), ~failed
        )
        ids = [row.answer_id for row in self._all(open_ones.order_by(QuestionRow.answer_id))]
        return (source or random.SystemRandom()).choice(ids) if ids else None

    def write(
        self,
        question: KeptQuestion,
        verdict: Verdict,
        wrong_citations: Sequence[int],
        by: str,
        gold: str | None = None,
    ) -> None:
        """Keep a score. `wrong_citations` are places in the answer's citations; `gold` is the
        question for the exam as JSON, see `exam.py`."""
        count = len(question.answer.citations) if question.answer else 0
        wrong = len({at for at in wrong_citations if 0 <= at < count})
        self._put(
            ScoreRow,
            answer_id=question.id,
            asked_on=question.at.date(),
            channel=question.channel.value,
            manual=question.manual,
            outcome=question.outcome.value,
            verdict=verdict.value,
            cited_right=count - wrong,
            cited_wrong=wrong,
            gold=gold,
            scored_by=by,
            updated_at=now(),
        )

    def all(self) -> list[Scored]:
        """All scores, the newest first."""
        newest_first = select(ScoreRow.__table__).order_by(ScoreRow.updated_at.desc())
        return [_scored(row) for row in self._all(newest_first)]

    def gold(self, manual: str) -> list[str]:
        """The questions of a manual that were taken into the exam, as JSON lines."""
        taken = select(ScoreRow.gold).where(ScoreRow.gold.is_not(None), ScoreRow.manual == manual)
        return [row.gold for row in self._all(taken.order_by(ScoreRow.updated_at))]

    def manuals_with_gold(self) -> list[str]:
        """The codes of the manuals that have an exam of the office's own."""
        codes = select(ScoreRow.manual).where(ScoreRow.gold.is_not(None)).distinct()
        return sorted(row.manual for row in self._all(codes))


def score_figures(scores: Sequence[Scored]) -> ScoreFigures:
    """The figures of some scores."""
    weeks = sorted({_monday(each.asked_on) for each in scores}, reverse=True)
    channels = [each for each in Channel if any(s.channel is each for s in scores)]
    return ScoreFigures(
        _line("Todas", scores),
        tuple(
            (week, _line(week.isoformat(), [s for s in scores if _monday(s.asked_on) == week]))
            for week in weeks
        ),
        tuple((c, _line(c.value, [s for s in scores if s.channel is c])) for c in channels),
    )


def _line(name: str, scores: Sequence[Scored]) -> ScoreLine:
    counts = {v: sum(each.verdict is v for each in scores) for v in Verdict}
    right, wrong = sum(s.cited_right for s in scores), sum(s.cited_wrong for s in scores)
    shares = {v: share(count, len(scores)) for v, count in counts.items()}
    return ScoreLine(name, shares, share(right, right + wrong))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _scored(row: Any) -> Scored:
    return Scored(
        row.answer_id, row.asked_on, Channel(row.channel), row.manual, Outcome(row.outcome),
        Verdict(row.verdict), row.cited_right, row.cited_wrong, row.scored_by,
    )  # fmt: skip
