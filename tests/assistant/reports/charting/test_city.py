"""The chart of a city: its dependencies as branches."""

import pytest

from assistant.reports.charting.city import CityChart
from corpus.model import Manual
from evals.city.manuals import CityManual, manuals, source_of
from ingest import parse_manual


@pytest.fixture(scope="module")
def city() -> tuple[list[CityManual], CityChart]:
    made = list(manuals(4, first_seed=7001))
    parsed: list[Manual] = [parse_manual(source_of(manual)) for manual in made]
    return made, CityChart.of(made[0].municipality, parsed)


def test_each_dependency_is_a_branch_with_its_head_and_who_reports_to_it(
    city: tuple[list[CityManual], CityChart],
) -> None:
    made, chart = city
    below: dict[str, list[str]] = {}
    for line in chart.branch.lines:
        below.setdefault(line.superior.id, []).append(line.report.id)
    for manual in made:
        head, *others = manual.truth.positions
        assert below[manual.code] == [f"{manual.code} {head.number}"]
        reports = {f"{manual.code} {p.number}" for p in others if p.boss == head.number}
        assert set(below[f"{manual.code} {head.number}"]) == reports


def test_whom_all_heads_report_to_stands_once_above_the_dependencies(
    city: tuple[list[CityManual], CityChart],
) -> None:
    made, chart = city
    root, top = chart.branch.nodes[:2]
    assert root.title == made[0].municipality
    assert top.title == made[0].truth.positions[0].reports_to.text
    assert sum(node.title == top.title for node in chart.branch.nodes) == 1
    assert [line.superior for line in chart.branch.lines if line.report == top] == [root]


def test_it_is_text_data_and_pictures(city: tuple[list[CityManual], CityChart]) -> None:
    made, chart = city
    text = chart.text()
    assert "4 dependencias" in text
    assert "Discrepancias" not in text  # the manuals are made without any
    assert all(f"({manual.code})" in text for manual in made)
    assert chart.svg().startswith("<svg ")
    record = chart.record()
    assert {node.manual for node in record.nodes} == {None, *(m.code for m in made)}
    assert len({node.id for node in record.nodes}) == len(record.nodes)
