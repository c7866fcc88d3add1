"""The SVG as a browser and a screen reader find it, and the PNG as it is seen."""

import io
import re
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import pdfplumber
import pytest
from PIL import Image

from assistant.answering.knowledge import Knowledge
from assistant.reports.charting import chart_pdf, chart_png, chart_svg
from assistant.reports.charting.boxes import Look
from assistant.reports.charting.branch import Standing, branch_of, standing
from assistant.reports.charting.layout import A3
from assistant.reports.charting.palette import BRANCHES, NEUTRAL, TOP
from assistant.reports.charting.symbols import paint_of
from corpus.model import Position
from tests.assistant.reports.charting.conftest import Company

SVG = "{http://www.w3.org/2000/svg}"
AROUND = [None, "2.1", "3", "2.1.5", "4.1", "2.1.5.1"]

around_each = pytest.mark.parametrize("number", AROUND, ids=str)


def position_of(knowledge: Knowledge, number: str | None) -> Position | None:
    return knowledge.manual.position(number) if number else None


def drawn(knowledge: Knowledge, number: str | None = None) -> ET.Element:
    """The picture, parsed."""
    return ET.fromstring(chart_svg(knowledge, position_of(knowledge, number)))


def boxes_of(picture: ET.Element) -> dict[str, ET.Element]:
    return {g.attrib["data-node"]: g for g in picture.iter(f"{SVG}g") if "data-node" in g.attrib}


@around_each
def test_there_is_a_box_for_each_node_with_its_section(real: Knowledge, number: str | None) -> None:
    branch = branch_of(real.chart, position_of(real, number))
    boxes = boxes_of(drawn(real, number))
    assert set(boxes) == {node.id for node in branch.nodes}
    for node in branch.nodes:
        section = node.position.number if node.position else None
        assert boxes[node.id].get("data-section") == section
        texts = [t.text or "" for t in boxes[node.id].findall(f"{SVG}text")]
        assert " ".join(node.title.split()) in " ".join(texts)


@around_each
def test_ids_are_of_one_element_each(real: Knowledge, number: str | None) -> None:
    ids = [e.attrib["id"] for e in drawn(real, number).iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", each) for each in ids)


def test_ids_differ_between_pictures_that_may_share_a_page(real: Knowledge) -> None:
    whole, branch = (
        {e.attrib["id"] for e in drawn(real, number).iter() if "id" in e.attrib}
        for number in (None, "2.1")
    )
    assert not whole & branch


@around_each
def test_dashes_mean_no_sheet_or_a_contradiction_and_nothing_else(
    real: Knowledge, number: str | None
) -> None:
    branch, picture = branch_of(real.chart, position_of(real, number)), drawn(real, number)
    for node in branch.nodes:
        rect = boxes_of(picture)[node.id].find(f"{SVG}rect")
        assert rect is not None
        assert ("stroke-dasharray" in rect.attrib) == node.external
    lines = {
        (p.attrib["data-from"], p.attrib["data-to"]): p
        for p in picture.iter(f"{SVG}path")
        if "data-from" in p.attrib
    }
    told = {(line.superior.id, line.report.id): standing(line) for line in branch.lines}
    hanging = {(line.superior.id, line.report.id) for line in branch.hanging.values()}
    assert set(lines) == hanging
    for ends, path in lines.items():
        assert ("stroke-dasharray" in path.attrib) == (told[ends] is Standing.CLAIMED)


def test_both_boxes_of_a_contradiction_tell_of_it(real: Knowledge) -> None:
    boxes = boxes_of(drawn(real))

    def told(number: str) -> str:
        texts = boxes[number].findall(f"{SVG}text")
        return " ".join(t.text or "" for t in texts if t.get("font-weight") != "bold")

    assert "≠ enlista además 2.1 y 2.2" in told("1")
    for claimed, by in (("2.1", "1"), ("2.2", "1"), ("2.1.5.1", "2.1.5"), ("2.1.6.1", "2.1.6")):
        assert f"≠ también lo enlista {by}" in told(claimed)


def test_the_legend_tells_of_bold_of_fill_and_of_contradictions(real: Knowledge) -> None:
    said = {t.text for t in drawn(real).findall(f"{SVG}text")}
    assert {
        "En negrita: tiene puestos a su cargo",
        "Titular, cabezas de rama o puesto consultado; cada rama tiene su color",
        "En esto las cédulas no coinciden",
    } <= said


def test_the_pdf_has_a_page_for_each_branch_legible_on_letter(real: Knowledge) -> None:
    pages = _pages_of(chart_pdf(real))
    assert all(page.size == (792.0, 612.0) for page in pages)
    assert min(size for page in pages for size in page.text_sizes) >= 6
    texts = [page.text for page in pages]
    for branch in ("2", "3", "4", "5"):
        page = next(at for at, text in enumerate(texts, 1) if f"Rama de {branch} " in text)
        assert f"Su rama: página {page}" in texts[0]
    for position in real.manual.positions:
        assert any(position.number in text.split() for text in texts)


def test_a_small_branch_is_one_page(real: Knowledge) -> None:
    assert len(_pages_of(chart_pdf(real, position_of(real, "4.1")))) == 1


@dataclass(frozen=True)
class PdfPage:
    size: tuple[float, float]
    text: str
    text_sizes: list[float]


def _pages_of(pdf: bytes) -> list[PdfPage]:
    found = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            sizes = [char["size"] for char in page.chars]
            found.append(PdfPage((page.width, page.height), page.extract_text(), sizes))
    return found


def test_a_screen_reader_gets_title_and_description(real: Knowledge) -> None:
    picture = drawn(real)
    assert picture.get("role") == "img"
    by_id = {e.get("id"): e for e in picture.iter()}
    title, description = (by_id[i] for i in picture.attrib["aria-labelledby"].split())
    assert next(iter(picture)) is title
    assert title.tag == f"{SVG}title"
    assert description.tag == f"{SVG}desc"
    assert "Secretaría de Innovación y Gobierno Abierto" in (title.text or "")
    assert "MO-SIG-01 · versión 01 · 31 de marzo de 2023" in (title.text or "")
    assert "40 puestos con cédula, 55 puestos o unidades sin ella" in (description.text or "")


def test_it_passes_a_strict_content_security_policy(real: Knowledge) -> None:
    for element in drawn(real).iter():
        assert element.tag.removeprefix(SVG) in {
            *("svg", "title", "desc", "g", "rect", "path", "circle", "text"),
        }
        assert not {"style", "class", "href", "onload"} & set(element.attrib)


def test_texts_are_escaped(company: Company) -> None:
    knowledge = company(["<script>alert(1)</script> & Cía\x01", 1], {1: ['2 "Choferes" <b>']})
    svg = chart_svg(knowledge)
    assert "<script" not in svg
    assert "<b>" not in svg
    assert "\x01" not in svg
    texts = " ".join(t.text or "" for t in ET.fromstring(svg).iter(f"{SVG}text"))
    assert "<script>" in texts
    assert '2 × "Choferes" <b>' in texts


@around_each
def test_it_is_legible_on_a3(real: Knowledge, number: str | None) -> None:
    picture = drawn(real, number)
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    smallest = min(float(t.attrib["font-size"]) for t in picture.iter(f"{SVG}text"))
    assert smallest * min(A3[0] / width, A3[1] / height) >= 6


def test_all_is_inside_and_the_chart_is_clear_of_heading_and_legend(
    real: Knowledge, made_up: Knowledge
) -> None:
    for knowledge in (real, made_up):
        for number in (None, *(p.number for p in knowledge.manual.positions)):
            picture = drawn(knowledge, number)
            _, _, width, height = map(float, picture.attrib["viewBox"].split())
            for text in picture.findall(f"{SVG}text"):
                right = float(text.attrib["x"]) + float(text.attrib["textLength"])
                assert right <= width
                assert float(text.attrib["y"]) <= height
            assert not _heading_hit(picture)


def _heading_hit(picture: ET.Element) -> bool:
    chart = next(g for g in picture if "transform" in g.attrib)
    shift = re.findall(r"[\d.]+", chart.attrib["transform"])
    left, top = float(shift[0]), float(shift[1])
    texts = picture.findall(f"{SVG}text")[:4]
    right = max(float(t.attrib["x"]) + float(t.attrib["textLength"]) for t in texts)
    bottom = max(float(t.attrib["y"]) for t in texts)
    rects = [r.attrib for r in chart.iter(f"{SVG}rect")]
    return any(left + float(r["x"]) < right and top + float(r["y"]) < bottom for r in rects)


def test_a_branch_has_the_same_colour_in_every_picture(real: Knowledge) -> None:
    def stroke(number: str | None) -> str:
        rect = boxes_of(drawn(real, number))["3.1"].find(f"{SVG}rect")
        assert rect is not None
        return rect.attrib["stroke"]

    assert stroke(None) == stroke("3") == stroke("3.1")


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("filled", [True, False])
def test_texts_contrast_with_their_boxes(look: Look, filled: bool) -> None:
    for hue in (*BRANCHES, NEUTRAL, TOP):
        paint = paint_of(look, hue, filled=filled)
        assert contrast(paint.fill, paint.text) >= 4.5
        assert contrast(paint.fill, paint.number) >= 4.5
        assert contrast(paint.fill, paint.note) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_png_is_the_picture_in_the_size_asked_for(real: Knowledge) -> None:
    position = position_of(real, "4.1")
    image = Image.open(io.BytesIO(chart_png(real, position, width=700)))
    assert image.format == "PNG"
    assert image.width == 700
    colours = image.convert("RGB").getcolors(700 * 2000)
    assert colours is not None
    assert len(colours) > 20
    whites = next(count for count, colour in colours if colour == (255, 255, 255))
    assert 0.5 < whites / (image.width * image.height) < 0.98


def test_the_png_shows_its_texts(company: Company) -> None:
    """Two charts that differ in a word differ as pictures: the typeface is found."""
    one, other = (chart_png(company([boss]), width=600) for boss in ("Presidencia", "Regidores"))
    assert one != other


def test_a_png_too_large_to_open_is_drawn_smaller(real: Knowledge) -> None:
    image = Image.open(io.BytesIO(chart_png(real, position_of(real, "5.5"), width=100_000)))
    assert image.width * image.height <= 40_000_000


def test_pictures_are_drawn_once(real: Knowledge) -> None:
    chart_svg(real)
    started = time.perf_counter()
    assert chart_svg(real) is chart_svg(real)
    assert time.perf_counter() - started < 0.01
