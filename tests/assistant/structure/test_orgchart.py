"""The reporting lines of MO-SIG-01, every one of them, against a table made by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.structure.orgchart import End, Line, OrgChart
from corpus.model import Position, Printed
from corpus.spanish import words

Table = list[dict[str, Any]]


@pytest.fixture
def position(real: Knowledge) -> Callable[[str], Position]:
    """A sheet of MO-SIG-01 by its number."""

    def find(number: str) -> Position:
        found = real.manual.position(number)
        assert found is not None, number
        return found

    return find


@pytest.fixture
def chart(real: Knowledge) -> OrgChart:
    return real.chart


def section_of(line: Line | None) -> str | None:
    return line.superior.position.number if line and line.superior.position else None


def test_the_table_is_what_the_manual_prints(
    reporting_table: Table, printed_pages: dict[int, str]
) -> None:
    for sheet in reporting_table:
        page = printed_pages[sheet["page"]]
        assert f"Puesto al que le reporta: {sheet['boss']['printed']} Puestos que" in page
        for report in sheet["reports"]:
            assert report["printed"] in page.split("Puestos que le reportan:")[1]


def test_the_table_has_every_sheet(reporting_table: Table, real: Knowledge) -> None:
    assert [s["section"] for s in reporting_table] == [p.number for p in real.manual.positions]
    assert len(reporting_table) == 40


def test_every_sheet_reports_to_the_boss_that_it_names(
    reporting_table: Table, chart: OrgChart, position: Callable[[str], Position]
) -> None:
    found, stated = {}, {}
    for sheet in reporting_table:
        line = chart.boss_line(position(sheet["section"]))
        assert line is not None, sheet["section"]
        evidence = line.stated_by(End.CHILD)
        assert evidence is not None
        assert (evidence.section, evidence.page) == (sheet["section"], sheet["page"])
        assert evidence.quote == f"Puesto al que le reporta: {sheet['boss']['printed']}"
        found[sheet["section"]] = section_of(line)
        stated[sheet["section"]] = sheet["boss"]["section"]
    assert found == stated


def test_every_listed_report_is_a_sheet_or_a_leaf_with_its_head_count(
    reporting_table: Table, chart: OrgChart, position: Callable[[str], Position]
) -> None:
    for sheet in reporting_table:
        lines = chart.lines_down(position(sheet["section"]))
        listed = [(line, s) for line in lines if (s := line.stated_by(End.PARENT))]
        found = [
            (s.quote.rstrip("."), line.report.position and line.report.position.number, s.page)
            for line, s in listed
        ]
        expected = [(r["printed"], r["section"], sheet["page"]) for r in sheet["reports"]]
        assert sorted(found, key=str) == sorted(expected, key=str), sheet["section"]
        counts = [line.report.count for line, _ in listed if line.report.external]
        assert counts == [r["count"] for r in sheet["reports"] if r["section"] is None]


def test_reports_come_in_the_order_in_which_the_sheet_prints_them(
    reporting_table: Table, chart: OrgChart, position: Callable[[str], Position]
) -> None:
    for sheet in reporting_table:
        lines = chart.lines_down(position(sheet["section"]))
        printed = [s.quote.rstrip(".") for line in lines if (s := line.stated_by(End.PARENT))]
        assert printed == [report["printed"] for report in sheet["reports"]]


def test_no_other_line_is_drawn(reporting_table: Table, chart: OrgChart) -> None:
    drawn = sum(
        len(chart.lines_down(node.position)) for node in chart.nodes() if node.position is not None
    )
    by_report = {
        (s["boss"]["section"], s["section"]) for s in reporting_table if s["boss"]["section"]
    }
    by_boss = {(s["section"], r["section"]) for s in reporting_table for r in s["reports"]}
    leaves = sum(r["section"] is None for s in reporting_table for r in s["reports"])
    assert drawn == len(by_report | {pair for pair in by_boss if pair[1]}) + leaves


def test_external_superiors_are_drawn_once(chart: OrgChart) -> None:
    titles = [node.title for node in chart.nodes() if node.external]
    assert titles.count("Coordinación General") == 1
    assert titles.count("Titular de la Administración Pública Municipal") == 1


def test_the_chain_of_command_goes_up_to_the_mayor(
    chart: OrgChart, position: Callable[[str], Position]
) -> None:
    lines = chart.chain(position("2.1.3.1"))
    superiors = [line.superior.id for line in lines[:-1]]
    assert superiors == ["2.1.3", "2.1", "2", "1"]
    assert lines[-1].superior.title == "Titular de la Administración Pública Municipal"
    assert lines[-1].superior.external


def test_a_line_that_only_the_boss_states_is_a_claim(
    chart: OrgChart, position: Callable[[str], Position]
) -> None:
    assert [line.superior.id for line in chart.other_claims(position("2.1.5.1"))] == ["2.1.5"]
    assert [line.superior.id for line in chart.other_claims(position("2.1.6.1"))] == ["2.1.6"]
    assert [line.superior.id for line in chart.other_claims(position("2.1"))] == ["1"]
    assert chart.other_claims(position("2.1.8")) == []


def test_below_goes_by_the_sheets_own_word(
    chart: OrgChart, position: Callable[[str], Position]
) -> None:
    assert [node.id for node in chart.below(position("2.1.5"))] == []
    assert {node.id for node in chart.below(position("2.2"))} == {
        "2.2.1",
        "2.2.1.1",
        "2.2.1.2",
        "2.2.2",
        "2.2.2.1",
        "2.2.2.2",
    }
    # 3.4 and 3.5 report to the Coordinación General, which has no sheet but is listed by that of 3
    assert {node.id for node in chart.below(position("3"))} == {
        *("3.1", "3.2", "3.2.1", "3.3", "3.4", "3.5", "3.6"),
    }
    assert len(chart.below(position("1"))) == 39


def test_the_tops_report_to_nobody_with_a_sheet(chart: OrgChart) -> None:
    assert [p.number for p in chart.tops()] == ["1", "3.4", "3.5"]


def test_the_lines_of_the_made_up_manual_are_the_true_ones(made_up: Knowledge) -> None:
    path = Path(__file__).parents[2] / "data" / "manuals" / "MO-SFA-04.truth.json"
    truth = json.loads(path.read_text("utf-8"))["positions"]
    numbers = {p["id"]: p["number"] for p in truth}
    for sheet in truth:
        own = made_up.manual.position(sheet["number"])
        assert own is not None
        assert section_of(made_up.chart.boss_line(own)) == numbers.get(sheet["reports_to_id"])
        listed = {
            (words(s.quote)[0], line.report.position.number)
            for line in made_up.chart.lines_down(own)
            if (s := line.stated_by(End.PARENT)) and line.report.position
        }
        expected = {
            (words(r["name"])[0], numbers[r["id"]]) for r in sheet["direct_reports"] if r["id"]
        }
        assert listed == expected, sheet["number"]


def test_a_circle_of_superiors_ends(real: Knowledge) -> None:
    first, *others = (p for p in real.manual.positions if p.number in {"4", "4.1"})
    below = others[0]
    turned = first.model_copy(
        update={
            "reports_to": first.reports_to
            and first.reports_to.model_copy(update={"text": below.title})
        }
    )
    positions = tuple(turned if p.number == "4" else p for p in real.manual.positions)
    circular = Knowledge(real.manual.model_copy(update={"positions": positions}))
    assert [line.superior.id for line in circular.chart.chain(turned)] == ["4.1", "4"]
    assert {node.id for node in circular.chart.below(turned)} >= {"4.2", "4.1"}


def test_a_boss_with_namesakes_is_the_one_of_the_sheet_s_own_branch(real: Knowledge) -> None:
    """3.4, of the Dirección de Participación Ciudadana, with "Jefatura de Oficina" for its boss."""
    positions = [
        p.model_copy(update={"reports_to": Printed(text="Jefatura de Oficina", page=p.page)})
        if p.number == "3.4"
        else p
        for p in real.manual.positions
    ]
    altered = Knowledge(real.manual.model_copy(update={"positions": tuple(positions)}))
    own = altered.manual.position("3.4")
    assert own is not None
    assert section_of(altered.chart.boss_line(own)) == "3.5"


def test_a_unit_without_a_sheet_is_one_box_however_it_is_spelt(real: Knowledge) -> None:
    """3 lists the "Coodinación General" that 3.4 and 3.5 call "Coordinación General"."""
    units = [n for n in real.chart.nodes() if n.external and n.title.endswith("dinación General")]
    assert len(units) == 1
    reports = {line.report.id for line in real.chart.lines() if line.superior == units[0]}
    assert reports == {"3.4", "3.5"}
    assert "3" in {line.superior.id for line in real.chart.lines() if line.report == units[0]}
