"""The manual over HTTP: every section and position, as it is printed."""

from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx
import pytest

from assistant.answering.knowledge import Knowledge
from assistant.reports.audit import audit
from assistant.reports.induction import induction_pack
from tests.assistant.faces.api.conftest import IsProblem

SIG = "/api/manuals/MO-SIG-01"


def test_the_manuals(server: httpx.Client) -> None:
    manuals = server.get("/api/manuals").json()
    assert [m["code"] for m in manuals] == ["MO-SIG-01"]
    assert (manuals[0]["pages"], manuals[0]["positions"], manuals[0]["functions"]) == (68, 40, 326)
    assert manuals[0]["dependency"] == "Secretaría de Innovación y Gobierno Abierto"


def test_the_contents(server: httpx.Client, real: Knowledge) -> None:
    sections = server.get(f"{SIG}/sections").json()
    assert [(s["number"], s["title"], s["page"], s["parent"]) for s in sections] == [
        (s.number, s.title, s.page, s.parent) for s in real.manual.sections
    ]


def test_every_section_with_its_text_and_its_neighbours(
    server: httpx.Client, real: Knowledge
) -> None:
    sections = real.manual.sections
    before = None
    for section in sections:
        got = server.get(f"{SIG}/sections/{quote(section.number, safe='')}").json()
        assert (got["number"], got["title"], got["manual"]) == (
            section.number, section.title, "MO-SIG-01",
        )  # fmt: skip
        for page in got["pages"]:
            text = " ".join(p["text"] for p in page["passages"])
            assert text == section.text_on(page["page"])
        assert (got["previous"] or {}).get("number") == before
        before = section.number
    assert got["next"] is None


@pytest.mark.parametrize("number", ["directorio", "iii.2", " 3.2 ", "DIRECTORIO"])
def test_a_section_in_any_case(server: httpx.Client, number: str) -> None:
    assert server.get(f"{SIG}/sections/{quote(number)}").status_code == 200


def test_the_positions(server: httpx.Client, real: Knowledge) -> None:
    positions = server.get(f"{SIG}/positions").json()
    assert [p["number"] for p in positions] == [p.number for p in real.manual.positions]
    by_number = {p["number"]: p for p in positions}
    assert by_number["2.1.5.1"]["level"] == 4
    assert by_number["2.1.5.1"]["reports_to"] == "Dirección de Gobierno Gobierno Digital"


def test_every_position_with_all_of_its_sheet(server: httpx.Client, real: Knowledge) -> None:
    for position in real.manual.positions:
        got = server.get(f"{SIG}/positions/{position.number}").json()
        assert got.pop("manual") == "MO-SIG-01"
        assert got.pop("level") == position.level
        assert got == position.model_dump(mode="json")


@pytest.mark.parametrize(
    "path",
    [
        "/api/manuals/NADA/sections",
        "/api/manuals/NADA/positions",
        "/api/manuals/NADA/orgchart",
        "/api/manuals/NADA/audit",
        f"{SIG}/sections/XIX",
        f"{SIG}/sections/{quote('NO/HAY/TAL')}",
        f"{SIG}/sections/%00",
        f"{SIG}/positions/9.9.9",
        f"{SIG}/positions/9.9.9/induction",
        f"{SIG}/positions/9.9.9/induction.pdf",
        f"{SIG}/orgchart?puesto=9.9.9",
        f"{SIG}/orgchart.svg?puesto=astronauta",
        f"{SIG}/orgchart.png?puesto=astronauta",
    ],
)
def test_what_the_index_does_not_have(
    server: httpx.Client, is_problem: IsProblem, path: str
) -> None:
    is_problem(server.get(path), 404)


def test_the_chart_as_data(server: httpx.Client) -> None:
    chart = server.get(f"{SIG}/orgchart").json()
    assert set(chart) == {"manual", "nodes", "edges"}
    assert set(chart["edges"][0]) == {"from", "to", "stated_by", "evidence"}
    ids = {node["id"] for node in chart["nodes"]}
    assert {end for edge in chart["edges"] for end in (edge["from"], edge["to"])} <= ids
    branch = server.get(f"{SIG}/orgchart", params={"puesto": "2.1.5"}).json()
    assert len(branch["nodes"]) < len(chart["nodes"])


def test_the_chart_as_pictures(server: httpx.Client) -> None:
    svg = server.get(f"{SIG}/orgchart.svg", params={"puesto": "jefatura de geomática"})
    assert svg.headers["content-type"] == "image/svg+xml"
    assert ET.fromstring(svg.content).tag.endswith("svg")
    png = server.get(f"{SIG}/orgchart.png", params={"puesto": "2.1.5", "ancho": 400})
    assert png.headers["content-type"] == "image/png"
    assert int.from_bytes(png.content[16:20], "big") == 400


def test_a_name_that_several_positions_have_is_asked_back(
    server: httpx.Client, is_problem: IsProblem
) -> None:
    response = server.get(f"{SIG}/orgchart", params={"puesto": "coordinación"})
    assert len(is_problem(response, 422)["positions"]) > 1


def test_the_audit(server: httpx.Client, real: Knowledge) -> None:
    findings = server.get(f"{SIG}/audit").json()
    assert findings == [finding.model_dump(mode="json") for finding in audit(real)]
    assert set(findings[0]) >= {"kind", "severity", "sections", "message", "evidence"}


def test_the_induction_pack(server: httpx.Client, real: Knowledge) -> None:
    position = real.manual.position("2.1.5.1")
    assert position is not None
    got = server.get(f"{SIG}/positions/2.1.5.1/induction").json()
    assert got == induction_pack(position, real).model_dump(mode="json")
    pdf = server.get(f"{SIG}/positions/2.1.5.1/induction.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
