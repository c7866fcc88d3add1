"""Two evaluations side by side: which questions got better or worse, and whether by chance."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.report_model import Outcome, Report

_LEVEL = 0.05


@dataclass(frozen=True)
class Change:
    """A question that is right in one evaluation and wrong in the other."""

    set: str
    id: str
    question: str


@dataclass(frozen=True)
class Comparison:
    """What changed between two evaluations, over the questions that both asked."""

    common: int
    right_before: int
    right_after: int
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    p_value: float
    """Of the exact McNemar test, two-sided: how likely so uneven a change is by chance."""

    @property
    def significant(self) -> bool:
        """Whether chance is unlikely, at the usual 5 %."""
        return self.p_value < _LEVEL


def compare(before: Report, after: Report) -> Comparison:
    """Compare our answers in two evaluations. A question of which the gold changed isn't common."""
    old, new = _by_question(before), _by_question(after)
    common = [key for key in new if key in old]
    better = [key for key in common if _right(new[key]) and not _right(old[key])]
    worse = [key for key in common if _right(old[key]) and not _right(new[key])]
    return Comparison(
        common=len(common),
        right_before=sum(_right(old[key]) for key in common),
        right_after=sum(_right(new[key]) for key in common),
        better=tuple(Change(set_, id_, text) for set_, id_, text, _ in better),
        worse=tuple(Change(set_, id_, text) for set_, id_, text, _ in worse),
        p_value=mcnemar(len(better), len(worse)),
    )


def mcnemar(better: int, worse: int) -> float:
    """The two-sided p of McNemar's exact test: were both directions equally likely, the changes
    would be tosses of a fair coin."""
    from scipy.stats import binomtest

    changed = better + worse
    return float(binomtest(better, changed, 0.5).pvalue) if changed else 1.0


_Key = tuple[str, str, str, str]
"""A set, a question's id and text, and all that is known of the right answer."""


def _by_question(report: Report) -> Mapping[_Key, Outcome]:
    gold = {(s.key, q.id): q for s in report.sets for q in s.questions}
    keyed = {}
    for outcome in report.ours.outcomes:
        question = gold[outcome.set, outcome.question]
        told = question.model_dump_json(exclude={"note"})
        keyed[outcome.set, outcome.question, question.question, told] = outcome
    return keyed


def _right(outcome: Outcome) -> bool:
    return outcome.verdict.correct
