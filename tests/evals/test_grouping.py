"""Groups of questions against what the questions ask for."""

import pytest

from evals.grouping import graded, held_out_sets, office_set

NEEDS = ["a", "a", "b", "c"]


def test_groups_that_are_the_needs_are_whole() -> None:
    found = graded([[0, 1], [2], [3]], NEEDS)
    assert (found.precision, found.recall, found.together) == (1.0, 1.0, 1.0)


def test_what_stands_apart_costs_recall_and_what_is_mixed_precision() -> None:
    apart = graded([[0], [1], [2], [3]], NEEDS)
    assert (apart.precision, apart.together) == (1.0, 0.0)
    assert apart.recall == pytest.approx(0.75)
    mixed = graded([[0, 1, 2, 3]], NEEDS)
    assert (mixed.recall, mixed.together) == (1.0, 1.0)
    assert mixed.precision == pytest.approx((4 + 1 + 1) / 16)


def test_needs_come_from_dependencies_that_never_train_and_from_the_office() -> None:
    assert len(held_out_sets()) == 4
    asked = held_out_sets()[0]
    assert len({each.need for each in asked}) < len(asked)
    assert len(office_set()) > 500
