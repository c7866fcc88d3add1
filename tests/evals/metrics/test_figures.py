"""Figures of many answers."""

import pytest

from assistant.answering.answer import AnswerKind
from evals.metrics.figures import Metric, figures
from evals.metrics.marks import Marks

ANSWER, CLARIFY, ABSTAIN = AnswerKind.ANSWER, AnswerKind.CLARIFY, AnswerKind.ABSTAIN


def mark(due: AnswerKind, given: AnswerKind, **told: object) -> Marks:
    plain = {
        "due": due,
        "given": given,
        "correct": due is given,
        "confidence": 0.5,
        "right_if_said": due is given,
        "milliseconds": 10.0,
    }
    return Marks.model_validate(plain | told)


def test_refusals_are_judged_as_a_decision() -> None:
    found = figures(
        [
            *[mark(ABSTAIN, ABSTAIN)] * 3,
            mark(ABSTAIN, ANSWER),
            mark(ANSWER, ABSTAIN),
            *[mark(ANSWER, ANSWER)] * 3,
        ]
    )
    assert found[Metric.ABSTENTION_PRECISION].value == pytest.approx(3 / 4)
    assert found[Metric.ABSTENTION_RECALL].value == pytest.approx(3 / 4)
    assert found[Metric.ABSTENTION_F1].value == pytest.approx(3 / 4)
    assert found[Metric.FALSE_REFUSALS].value == pytest.approx(1 / 4)
    assert found[Metric.CORRECTNESS].value == pytest.approx(6 / 8)


def test_asking_back_is_judged_where_it_is_due_and_where_it_is_not() -> None:
    found = figures([mark(CLARIFY, CLARIFY), mark(CLARIFY, ANSWER), mark(ANSWER, CLARIFY)])
    assert found[Metric.CLARIFICATION].value == 0.5
    assert found[Metric.NEEDLESS_CLARIFICATION].value == 1.0


def test_quotes_are_counted_each() -> None:
    found = figures([mark(ANSWER, ANSWER, quotes=3, verbatim=3, on_page=2), mark(ANSWER, ANSWER)])
    assert found[Metric.VERBATIM].value == 1.0
    assert found[Metric.PAGES].value == pytest.approx(2 / 3)


def test_what_applies_to_no_question_has_no_figure() -> None:
    found = figures([mark(ANSWER, ANSWER)])
    assert Metric.ABSTENTION_RECALL not in found
    assert Metric.RECALL_1 not in found
    assert figures([]) == {}


def test_latency_is_told_by_percentiles() -> None:
    found = figures([mark(ANSWER, ANSWER, milliseconds=float(ms)) for ms in range(1, 102)])
    assert found[Metric.P50].value == 51.0
    assert found[Metric.P95].value == 96.0


def test_the_area_needs_to_know_what_refusals_would_have_said() -> None:
    assert Metric.AURC in figures([mark(ANSWER, ANSWER)])
    unknown = mark(ABSTAIN, ABSTAIN, right_if_said=None)
    assert Metric.AURC not in figures([mark(ANSWER, ANSWER), unknown])
