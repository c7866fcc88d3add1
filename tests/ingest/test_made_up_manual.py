"""MO-SFA-04, which is made up, against the truth that was written down with it.

Its text, PDF and DOCX hold the same; only the pages of the DOCX depend on who renders it.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Manual, PassageKind, Position, Printed
from ingest import parse_manual, read_source
from tests.ingest.conftest import section_of

FOLDER = Path(__file__).parents[1] / "data" / "manuals"
FIELDS = {
    "functional_title": "functional_title",
    "nominal_title": "nominal_title",
    "secretaria": "secretaria",
    "direccion": "direccion",
    "area": "area",
    "reports_to": "reports_to",
    "direct_reports_printed": "direct_reports_raw",
    "objective": "objective",
    "value": "value",
    "type": "type",
    "date": "fecha",
}
Truth = dict[str, Any]


@pytest.fixture(scope="module", params=["txt", "pdf"])
def manual(request: pytest.FixtureRequest) -> Manual:
    """The manual, read from a format with printed pages."""
    return parse_manual(read_source(FOLDER / f"MO-SFA-04.{request.param}"))


@pytest.fixture(scope="module")
def word_manual() -> Manual:
    return parse_manual(read_source(FOLDER / "MO-SFA-04.docx"))


def collapsed(text: str) -> str:
    return " ".join(text.split())


def fields_of(position: Position) -> dict[str, str | None]:
    values: dict[str, Printed | None] = {name: getattr(position, name) for name in FIELDS}
    return {FIELDS[name]: value.text if value else None for name, value in values.items()}


def test_the_header_agrees(manual: Manual, truth: Truth) -> None:
    assert manual.warnings == ()
    assert manual.code == truth["code"]
    assert manual.version == truth["version"]
    assert str(manual.emission_date) == truth["date"]
    assert manual.emission_printed == truth["date_printed"]
    assert manual.dependency == truth["dependency"]
    assert manual.municipality == truth["municipality"]
    assert manual.page_count == truth["total_pages"]


def test_every_field_of_every_sheet_agrees(manual: Manual, truth: Truth) -> None:
    for position, expected in zip(manual.positions, truth["positions"], strict=True):
        section = section_of(manual, position.number)
        assert position.number == expected["number"]
        assert position.title == expected["title"]
        assert section.passages[0].text == expected["heading"]
        assert (section.page, section.last_page) == (expected["page_first"], expected["page_last"])
        assert fields_of(position) == {name: expected[name] for name in FIELDS.values()}
        printed = [entry.printed for entry in position.direct_reports]
        assert printed == [entry["name"] for entry in expected["direct_reports"]]


def test_every_function_agrees_with_its_page(manual: Manual, truth: Truth) -> None:
    for position, expected in zip(manual.positions, truth["positions"], strict=True):
        assert [(f.number, f.text, f.page) for f in position.functions] == [
            (f["number"], collapsed(f["text"]), f["page"]) for f in expected["functions"]
        ]


def test_lists_and_tables_agree(manual: Manual, truth: Truth) -> None:
    assert [(u.number, u.title, u.page) for u in manual.structure] == [
        (u["number"], u["title"], u["page"]) for u in truth["structure_list"]
    ]
    assert [(e.title, e.printed_page) for e in manual.index] == [
        (e["title"], e["printed_page"]) for e in truth["index"]
    ]
    assert [(c.version, c.date, c.reason) for c in manual.changes] == [
        (c["version"], c["date"], c["reason"]) for c in truth["change_log"]
    ]
    assert [u.page for u in manual.chart_headings] == truth["pages_of"]["organigrama"]
    assert len([o for o in manual.officers if o.role]) == 4


def test_chapters_start_where_the_truth_says_not_where_the_index_says(
    manual: Manual, truth: Truth
) -> None:
    for entry in truth["index"]:
        numeral = re.match(r"([IVX]+)\. ", entry["title"])
        section = section_of(manual, numeral[1] if numeral else entry["title"])
        assert section.page == entry["actual_page"]


def test_the_chapters_of_one_paragraph_agree(manual: Manual, truth: Truth) -> None:
    for number, key in (("IV", "objective_dependency"), ("V", "mission"), ("VI", "vision")):
        section = section_of(manual, number)
        assert [p.text for p in section.passages[1:]] == [truth[key]]


def test_the_legal_framework_agrees_with_its_pages(manual: Manual, truth: Truth) -> None:
    levels = dict(zip("ABCD", truth["legal_framework"].values(), strict=True))
    for letter, laws in levels.items():
        section = section_of(manual, f"VII.{letter}")
        items = [p for p in section.passages if p.kind is PassageKind.ITEM]
        assert [p.text.rstrip(".") for p in items] == laws
        assert sorted({p.page for p in items}) == truth["legal_pages"][letter]


def test_word_says_the_same_but_for_pages(word_manual: Manual, truth: Truth) -> None:
    for position, expected in zip(word_manual.positions, truth["positions"], strict=True):
        assert (position.number, position.title) == (expected["number"], expected["title"])
        assert fields_of(position) == {name: expected[name] for name in FIELDS.values()}
        assert [(f.number, f.text) for f in position.functions] == [
            (f["number"], collapsed(f["text"])) for f in expected["functions"]
        ]
    assert word_manual.municipality == truth["municipality"]
    assert len(word_manual.structure) == len(truth["structure_list"])


def test_word_pages_are_those_of_its_page_breaks_and_that_is_said(word_manual: Manual) -> None:
    (warning,) = word_manual.warnings
    assert "pueden no coincidir con las impresas" in warning.message
    chapter = section_of(word_manual, "VII")
    assert chapter.page == 6
