"""Labels that no list knows: what they mean is told by their values, or not told at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Manual
from tests.ingest.conftest import read

TOPICS = (
    "Aguas", "Becas", "Caminos", "Deporte", "Empleo", "Ferias", "Guarderías", "Huertos", "Imprenta",
    "Jardines", "Límites", "Museos",
)  # fmt: skip
RANKS = ("Dirección", "Subdirección", "Coordinación", "Jefatura")
UP, DOWN = "Cadena hacia arriba", "Gente de abajo"
"""Labels that stand in no list."""


@dataclass
class Unit:
    """A unit of a made-up office."""

    title: str
    boss: str
    reports: list[str] = field(default_factory=list)


@st.composite
def offices(draw: st.DrawFn) -> list[Unit]:
    """Up to a dozen units in a tree of any shape (a chain, a fan), printed in any order."""
    count = draw(st.integers(4, len(TOPICS)))
    units = [Unit(f"Dirección de {TOPICS[0]}", "Cabildo")]
    depths = [0]
    for topic in TOPICS[1:count]:
        above = draw(st.integers(0, len(units) - 1))
        depth = min(depths[above] + 1, len(RANKS) - 1)
        unit = Unit(f"{RANKS[depth]} de {topic}", units[above].title)
        units[above].reports.append(unit.title)
        units.append(unit)
        depths.append(depth)
    order = draw(st.sampled_from(("down", "up", "any")))
    if order == "up":
        return units[::-1]
    return draw(st.permutations(units)) if order == "any" else units


def printed(units: Sequence[Unit], *, reports_first: bool = False) -> Manual:
    """The office's manual, read."""
    lines = ["MANUAL DE ORGANIZACIÓN", ""]
    for at, unit in enumerate(units):
        below = "; ".join(unit.reports) or "Ninguno"
        rows = [f"{UP}:\t{unit.boss}", f"{DOWN}:\t{below}"]
        lines += [f"Puesto:\t{unit.title}", *(rows[::-1] if reports_first else rows)]
        lines += [f"Objetivo:\tAtender el tema número {at}.", "Funciones:"]
        lines += ["1. Recibir las solicitudes.", "2. Rendir un informe.", ""]
    return read("\n".join(lines))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(offices(), st.booleans())
def test_boss_and_reports_are_never_swapped(units: list[Unit], reports_first: bool) -> None:
    manual = printed(units, reports_first=reports_first)
    by_title = {unit.title: unit for unit in units}
    assert len(manual.positions) == len(units)
    for position in manual.positions:
        unit = by_title[position.title]
        if position.reports_to is not None:
            assert position.reports_to.text == unit.boss
        assert {r.printed for r in position.direct_reports} <= set(unit.reports)


def test_nor_where_two_chains_name_as_many_units_above_as_below() -> None:
    units = [
        Unit("Dirección de Aguas", "Cabildo", ["Jefatura de Becas"]),
        Unit("Jefatura de Becas", "Dirección de Aguas", ["Coordinación de Caminos"]),
        Unit("Coordinación de Caminos", "Jefatura de Becas"),
        Unit("Dirección de Deporte", "Cabildo", ["Jefatura de Empleo"]),
        Unit("Jefatura de Empleo", "Dirección de Deporte"),
    ]
    for position, unit in zip(printed(units, reports_first=True).positions, units, strict=True):
        assert position.reports_to is None or position.reports_to.text == unit.boss
        assert {r.printed for r in position.direct_reports} <= set(unit.reports)


def test_a_tree_in_its_usual_order_is_read() -> None:
    units = [
        Unit("Dirección de Aguas", "Cabildo", ["Jefatura de Becas", "Jefatura de Caminos"]),
        Unit("Jefatura de Becas", "Dirección de Aguas"),
        Unit("Jefatura de Caminos", "Dirección de Aguas", ["Coordinación de Deporte"]),
        Unit("Coordinación de Deporte", "Jefatura de Caminos"),
    ]
    head, _, roads, _ = printed(units).positions
    assert [r.printed for r in head.direct_reports] == units[0].reports
    assert roads.reports_to is not None
    assert roads.reports_to.text == "Dirección de Aguas"


def test_of_a_chain_that_could_be_either_nothing_is_guessed() -> None:
    units = [
        Unit(title, boss, below)
        for title, boss, below in (
            ("Jefatura de Becas", "Coordinación de Caminos", []),
            ("Coordinación de Caminos", "Dirección de Aguas", ["Jefatura de Becas"]),
            ("Dirección de Aguas", "Cabildo", ["Coordinación de Caminos"]),
        )
    ]
    for position in printed(units).positions:
        assert position.reports_to is None
        assert not position.direct_reports
