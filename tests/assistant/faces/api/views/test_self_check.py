"""The self-check of an induction, marked from the fields of a form."""

from collections.abc import Sequence

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.faces.api.views.self_check import self_check_of
from assistant.reports.induction import QuizQuestion, induction_pack


@pytest.fixture(scope="module")
def quiz(real: Knowledge) -> Sequence[QuizQuestion]:
    position = real.manual.position("2.1.5.1")
    assert position is not None
    return induction_pack(position, real).quiz


def test_before_anything_is_chosen_it_is_not_done(quiz: Sequence[QuizQuestion]) -> None:
    check = self_check_of(quiz, {})
    assert not check.is_done
    assert check.score == 0


def test_right_and_wrong_choices_are_told_apart(quiz: Sequence[QuizQuestion]) -> None:
    right = {f"r{at}": str(question.right) for at, question in enumerate(quiz, start=1)}
    assert self_check_of(quiz, right).score == len(quiz)
    wrong = right | {"r1": str((quiz[0].right + 1) % len(quiz[0].options))}
    check = self_check_of(quiz, wrong)
    assert check.score == len(quiz) - 1
    assert not check.questions[0].is_right


@pytest.mark.parametrize("said", ["", "-1", "99", "1e3", "²", "9" * 5000, "<b>"])
def test_what_is_no_option_counts_as_not_answered(quiz: Sequence[QuizQuestion], said: str) -> None:
    check = self_check_of(quiz, {"r1": said})
    assert check.questions[0].chosen is None
    assert not check.is_done


def test_a_form_that_is_sent_without_a_choice_is_told_apart_from_one_not_sent(
    quiz: Sequence[QuizQuestion],
) -> None:
    assert not self_check_of(quiz, {}).is_empty
    assert self_check_of(quiz, {"repaso": "1"}).is_empty
    assert not self_check_of(quiz, {"repaso": "1", "r1": "0"}).is_empty
