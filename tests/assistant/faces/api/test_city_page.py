"""The page of a city's org chart."""

import pytest

from assistant.faces.api.views.chart import linked_city, outline_of_city
from assistant.reports.charting.city import CityChart
from evals.city.manuals import CityManual, manuals, source_of
from ingest import parse_manual


@pytest.fixture(scope="module")
def city() -> tuple[list[CityManual], CityChart]:
    made = list(manuals(2, first_seed=7001))
    return made, CityChart.of(made[0].municipality, [parse_manual(source_of(m)) for m in made])


def test_each_dependency_leads_to_its_chart_and_each_position_to_its_sheet(
    city: tuple[list[CityManual], CityChart],
) -> None:
    made, chart = city
    addresses = {entry.address for entry in outline_of_city(chart)}
    svg = linked_city(chart)
    for manual in made:
        for address in (f"/organigrama?manual={manual.code}", f"/manual/{manual.code}/1"):
            assert address in addresses
            assert f'href="{address}"' in svg


def test_the_city_itself_leads_nowhere(city: tuple[list[CityManual], CityChart]) -> None:
    first, *_ = outline_of_city(city[1])
    assert (first.title, first.address) == (city[0][0].municipality, None)
