"""The made-up state: codes and names of its manuals, and changes that are known."""

from evals.city import contradictions, mutations
from evals.city.manuals import manuals, questions, source_of
from evals.city.scores import scored
from ingest import parse_manual


def test_manuals_have_codes_and_municipalities_of_their_own() -> None:
    made = list(manuals(16))
    assert len({manual.code for manual in made}) == 16
    assert len({manual.municipality for manual in made}) == 2
    for manual in made[::5]:
        parsed = parse_manual(source_of(manual))
        assert (parsed.code, parsed.municipality) == (manual.code, manual.municipality)
        assert len(parsed.positions) == len(manual.truth.positions)


def test_the_same_questions_come_again() -> None:
    made = list(manuals(16))
    assert questions(made, 20) == questions(made, 20)
    assert {asked.structural for asked in questions(made, 20)} == {True, False}


def test_known_changes_are_found_and_no_others() -> None:
    scores, wrong = scored(mutations.cases(12, seed=100))
    assert scores["all"].right >= 50
    assert scores["all"].precision >= 0.97, wrong
    assert scores["all"].recall >= 0.97, wrong


def test_known_contradictions_between_manuals_are_found_and_few_others() -> None:
    scores, wrong = scored(contradictions.cases(2, seed=900))
    assert scores["all"].right >= 15
    assert scores["all"].precision >= 0.9, wrong
    assert scores["all"].recall >= 0.9, wrong
