"""No gold question is trained on."""

from evals.leaks import gold_questions, leaks, training_texts


def test_the_training_data_holds_no_gold_question() -> None:
    assert leaks(training_texts(), list(gold_questions())) == []


def test_a_gold_question_in_other_dress_is_found() -> None:
    gold = [("set", "1", "¿Quién atiende a los vecinos que piden una poda?")]
    found = leaks(
        ["quien atiende a los vecinos q piden una poda", "quiero vender tamales ya"], gold
    )
    assert [(leak.gold_id, leak.text[:12]) for leak in found] == [("1", "quien atiend")]


def test_short_questions_are_anybodys() -> None:
    assert leaks(["¿y su jefe?"], [("set", "1", "¿Y su jefe?")]) == []
