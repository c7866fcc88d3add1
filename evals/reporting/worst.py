"""The answers to look at first: the most harmful errors of the dev sets."""

from collections.abc import Sequence
from enum import IntEnum

from assistant.answering.answer import AnswerKind
from evals.gold_sets import Split
from evals.report_model import Outcome, Report

MOST = 20


class Harm(IntEnum):
    """How much harm an error does; a wrong answer with a citation is worse than none."""

    SAYS_FORBIDDEN = 0
    ANSWERS_WHAT_IS_NOT_THERE = 1
    CITES_WRONGLY = 2
    MISSES_A_FACT = 3
    SHOULD_HAVE_ASKED = 4
    REFUSES_NEEDLESSLY = 5
    ASKS_NEEDLESSLY = 6


def worst(report: Report, most: int = MOST) -> list[Outcome]:
    """Our worst answers, the most harmful and surest first.

    Of the dev sets only: who reads the questions of a test set tunes to them.
    """
    dev = {each.key for each in report.sets if each.split is Split.DEV}
    wrong = [o for o in report.ours.outcomes if o.set in dev and not o.verdict.correct]
    return sorted(wrong, key=lambda o: (harm_of(o), -o.marks.confidence))[:most]


def harm_of(outcome: Outcome) -> Harm:
    """The harm of a wrong outcome."""
    due, given, verdict = outcome.marks.due, outcome.kind, outcome.verdict
    checks: Sequence[tuple[bool, Harm]] = (
        (not verdict.clean, Harm.SAYS_FORBIDDEN),
        (given is AnswerKind.CLARIFY, Harm.ASKS_NEEDLESSLY),
        (given is AnswerKind.ABSTAIN, Harm.REFUSES_NEEDLESSLY),
        (due is AnswerKind.ABSTAIN, Harm.ANSWERS_WHAT_IS_NOT_THERE),
        (due is AnswerKind.CLARIFY, Harm.SHOULD_HAVE_ASKED),
        (not (verdict.sections and verdict.pages), Harm.CITES_WRONGLY),
    )
    return next((harm for holds, harm in checks if holds), Harm.MISSES_A_FACT)
