"""A question on reporting lines looks up or down, if its grammar says so."""

import pytest

from assistant.understanding.direction import Direction, direction_of, turned


@pytest.mark.parametrize(
    "folded",
    [
        "a quien le reporta @",
        "de quien depende la @",
        "quien es el jefe de @",
        "quien manda a @",
        "ante que puesto responde @",
        "a que area esta adscrita @",
        "y a ella quien la manda",
    ],
)
def test_it_looks_up(folded: str) -> None:
    assert direction_of(folded) is Direction.UP


@pytest.mark.parametrize(
    "folded",
    [
        "quien le reporta a @",
        "que puestos dependen de @",
        "a quien manda @",
        "de quien es jefe @",
        "cuales son sus subordinados",
        "quien me reporta",
        "quienes estan bajo el mando de @",
    ],
)
def test_it_looks_down(folded: str) -> None:
    assert direction_of(folded) is Direction.DOWN


@pytest.mark.parametrize("folded", ["funciones de @", "y la de @", "la linea de mando de @"])
def test_it_may_say_nothing(folded: str) -> None:
    assert direction_of(folded) is None


def test_only_labels_on_reporting_lines_are_turned() -> None:
    assert turned("reports_to", Direction.DOWN) == "direct_reports"
    assert turned("direct_reports", Direction.UP) == "reports_to"
    assert turned("reports_to", Direction.UP) == "reports_to"
    assert turned("functions", Direction.DOWN) == "functions"
    assert turned("chain", None) == "chain"
