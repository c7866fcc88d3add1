"""What the encoder is trained on is whole, distinct, and split the same everywhere."""

from collections import Counter, defaultdict

import pytest

from corpus.finetuning.training_data import (
    DATA_FOLDER,
    HELD_OUT_OFFICES,
    SAFETY_LABELS,
    TOPIC,
    TWO_IN_ONE,
    General,
    Wording,
    read_data,
    read_lines,
    read_pairs,
    read_safety,
    read_wordings,
)
from corpus.spanish import words


def folded(text: str) -> str:
    return " ".join(words(text))


def test_no_wording_stands_twice() -> None:
    counted = Counter(folded(wording.text) for wording in read_wordings())
    assert [text for text, count in counted.items() if count > 1] == []


def test_every_aspect_is_worded_in_many_families() -> None:
    families = defaultdict(set)
    for wording in read_wordings():
        families[wording.label].add(wording.family)
    assert len(families) > 60
    assert {label for label, own in families.items() if len(own) < 3} == set()


def test_some_families_of_nearly_every_aspect_are_held_out() -> None:
    wordings = [w for w in read_wordings() if w.label != TWO_IN_ONE]
    held_out = {w.label for w in wordings if w.held_out}
    assert len(held_out) >= 0.9 * len({w.label for w in wordings})
    assert 0.15 < sum(w.held_out for w in wordings) / len(wordings) < 0.25


def test_a_family_is_on_one_side_whatever_the_machine() -> None:
    def family(name: str) -> Wording:
        return Wording(label="functions", family=name, register="formal", text="…")

    assert not any(family(name).held_out for name in ("cuales-son", "dame", "se-le-asigna"))


def test_no_question_answers_two_functions() -> None:
    counted = Counter(folded(question) for pairs in read_pairs() for question in pairs.questions)
    assert [text for text, count in counted.items() if count > 1] == []


def test_every_function_has_questions_and_near_misses_and_an_office() -> None:
    for pairs in read_pairs():
        assert pairs.questions
        assert pairs.near_misses
        assert pairs.office


def test_a_questions_words_are_rarely_its_functions() -> None:
    """The point of the pairs is that people don't know the official words."""
    shared = [
        len(set(words(question)) & set(words(pairs.function))) / len(set(words(question)))
        for pairs in read_pairs()
        for question in pairs.questions
    ]
    assert sum(shared) / len(shared) < 0.35


def test_families_of_safety_are_on_one_side() -> None:
    sides = defaultdict(set)
    for question in read_safety():
        sides[question.family].add(question.split)
    assert {family for family, own in sides.items() if len(own) > 1} == set()


@pytest.mark.parametrize("label", SAFETY_LABELS)
def test_safety_has_questions_of_each_kind_on_both_sides(label: str) -> None:
    assert {each.split for each in read_safety() if each.label == label} == {"dev", "test"}


def test_general_texts_have_questions() -> None:
    texts = list(read_lines(General, DATA_FOLDER / "general.jsonl"))
    assert len(texts) >= 40
    assert all(len(text.questions) >= 2 for text in texts)


def test_what_is_held_out_never_trains() -> None:
    trained, held_out = read_data()
    assert {p.office for p in held_out.pairs} == HELD_OUT_OFFICES
    assert not {p.office for p in trained.pairs} & HELD_OUT_OFFICES
    assert not {w.whole_family for w in trained.wordings} & {
        w.whole_family for w in held_out.wordings
    }
    assert not {s.family for s in trained.safety} & {s.family for s in held_out.safety}
    assert TOPIC in {w.label for w in trained.wordings}


def test_a_learning_curve_takes_families_away_whole() -> None:
    whole, half = read_data()[0].wordings, read_data(families=0.5)[0].wordings
    kept = {w.whole_family for w in half}
    assert [w for w in whole if w.whole_family in kept] == list(half)
    assert 0.4 < len(half) / len(whole) < 0.6
