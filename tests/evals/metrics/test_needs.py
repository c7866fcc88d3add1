"""Rankings of sections are judged by what a question needs."""

import pytest

from evals.metrics.needs import judge_rankings, met, needs_of
from tests.evals.conftest import GoldOf

ANY = (frozenset({"2", "2.1"}),)
ALL = (frozenset({"3"}), frozenset({"3.1"}))


def test_one_of_any_is_one_need_and_each_of_all_is_another(gold: GoldOf) -> None:
    needs = needs_of(gold(sections_any=["2", "2.1"], sections_all=["3", "3.1"]))
    assert needs == (*ANY, *ALL)
    assert needs_of(gold()) == ()


def test_any_of_the_alternatives_meets_a_need() -> None:
    assert met(ANY, ["2.1"]) == 1.0
    assert met((*ANY, *ALL), ["2", "3"]) == pytest.approx(2 / 3)


def test_the_first_section_that_fits_counts_and_its_like_after_it_do_not_matter() -> None:
    ranked = judge_rankings({"q": ANY}, {"q": ["2.1", "2", "9"]})["q"]
    assert ranked.recall_1 == ranked.reciprocal_rank == ranked.ndcg_10 == 1.0


def test_later_sections_count_less() -> None:
    ranked = judge_rankings({"q": ANY}, {"q": ["9", "8", "2"]})["q"]
    assert (ranked.recall_1, ranked.recall_3) == (0.0, 1.0)
    assert ranked.reciprocal_rank == pytest.approx(1 / 3)
    assert ranked.ndcg_10 == pytest.approx(0.5)


def test_where_two_are_needed_one_is_half() -> None:
    ranked = judge_rankings({"q": ALL}, {"q": ["3", "9", "3.1"]})["q"]
    assert (ranked.recall_1, ranked.recall_3) == (0.5, 1.0)


def test_nothing_found_is_nought_and_no_need_is_not_judged() -> None:
    judged = judge_rankings({"q": ANY, "hello": ()}, {"q": [], "hello": ["1"]})
    assert list(judged) == ["q"]
    assert judged["q"].recall_5 == judged["q"].reciprocal_rank == 0.0
