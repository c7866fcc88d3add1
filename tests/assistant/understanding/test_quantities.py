"""How much a question asks for, told by its folded words with the names masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.structure.naming import Rank
from assistant.understanding.quantities import Quantities, quantities_of
from assistant.understanding.types import Measure


@pytest.mark.parametrize(
    ("asking", "least", "most"),
    [
        ("que coordinaciones tienen mas de 8 funciones", 9, None),
        ("quien tiene menos de cinco subordinados", None, 4),
        ("puestos con al menos tres jefaturas", 3, None),
        ("cuales tienen 10 o mas funciones", 10, None),
        ("puestos con a lo mucho dos plazas", None, 2),
        ("los que no tienen mas de 3 funciones", None, 3),
        ("quien tiene exactamente seis funciones", 6, 6),
        ("que puestos tienen solo 3 funciones", 3, 3),
        ("que puesto tiene mas funciones", None, None),
    ],
)
def test_bounds_are_both_included(asking: str, least: int | None, most: int | None) -> None:
    said = quantities_of(asking)
    assert (said.least, said.most) == (least, most)
    assert not said.fewest or not said.bounded


@pytest.mark.parametrize(
    ("asking", "measure", "of_rank"),
    [
        ("que direccion tiene menos coordinaciones a su cargo", Measure.REPORTS, Rank.COORDINATION),
        ("que coordinaciones no tienen jefaturas abajo", Measure.REPORTS, Rank.HEADSHIP),
        ("de las jefaturas cual trae mas funciones", Measure.FUNCTIONS, None),
        ("quien tiene mas gente", Measure.REPORTS, None),
        ("cual es el puesto mas alto", None, None),
    ],
)
def test_what_is_counted_of_each(
    asking: str, measure: Measure | None, of_rank: Rank | None
) -> None:
    said = quantities_of(asking)
    assert (said.measure, said.of_rank) == (measure, of_rank)


def test_the_first_so_many_each_of_a_rank_and_the_ends_of_the_hierarchy() -> None:
    assert quantities_of("top 3 de puestos con mas funciones").first == 3
    assert quantities_of("los cinco puestos con menos personal").first == 5
    assert quantities_of("cuantas jefaturas tiene cada direccion").each is Rank.DIRECTORATE
    assert quantities_of("cual es el puesto mas alto").height == 0
    assert quantities_of("quien esta hasta abajo").height == -1
    assert quantities_of("quien tiene mas personal a su cargo").height is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789@ ", max_size=80))
def test_any_text_says_something_or_nothing(asking: str) -> None:
    said = quantities_of(asking)
    assert isinstance(said, Quantities)
    if said.least is not None and said.most is not None:
        assert said.least == said.most
