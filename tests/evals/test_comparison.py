"""Two evaluations side by side."""

import pytest

from assistant.answering.answer import AnswerKind
from evals.comparison import compare, mcnemar
from tests.evals.conftest import AnswerOf, GoldOf, ReportOf


def test_what_got_better_and_worse_is_named(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    first, second, third = (gold(id=f"dev-{i}", question=f"¿Pregunta {i}?") for i in (1, 2, 3))
    right, wrong = answer(), answer("No lo dice.", AnswerKind.ABSTAIN, ())
    before = report_of((first, right), (second, wrong), (third, right))
    after = report_of((first, wrong), (second, right), (third, right))
    found = compare(before, after)
    assert [change.question for change in found.better] == ["¿Pregunta 2?"]
    assert [change.question for change in found.worse] == ["¿Pregunta 1?"]
    assert (found.common, found.right_before, found.right_after) == (3, 2, 2)
    assert found.p_value == 1.0
    assert not found.significant


def test_a_question_of_which_the_gold_changed_is_not_compared(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    before = report_of((gold(), answer()))
    after = report_of((gold(facts=[["otra cosa"]]), answer()))
    found = compare(before, after)
    assert (found.common, found.worse) == (0, ())


def test_the_test_is_that_of_a_fair_coin() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(6, 0) == pytest.approx(2 / 2**6)
    assert mcnemar(1, 7) == mcnemar(7, 1) == pytest.approx(2 * (1 + 8) / 2**8)
