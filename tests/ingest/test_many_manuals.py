"""Bigger made-up manuals of every kind of dependency, against the truth they were made from."""

import re
from operator import attrgetter

import pytest

from corpus.model import Manual, Position, Printed, SectionKind
from evals.generated import truth
from evals.generated_manuals import GeneratedManual, dependency_keys, generate
from tests.ingest.conftest import read, section_of

FIELDS = (
    "functional_title", "nominal_title", "secretaria", "direccion", "area", "reports_to",
    "direct_reports_printed", "objective", "value", "type", "date",
)  # fmt: skip
LISTS = {
    "structure": ("number", "title", "page"),
    "chart_headings": ("number", "title", "page"),
    "index": ("title", "printed_page"),
    "officers": ("name", "office", "role", "page"),
    "changes": ("version", "date", "reason", "page"),
}
"""What a manual lists, and what is printed of each entry."""
MADE = [
    *((seed, None, key) for seed, key in enumerate(dependency_keys(), start=100)),
    (7, 8, None),
    (8, 350, None),
]


@pytest.fixture(scope="module", params=MADE, ids=str)
def made(request: pytest.FixtureRequest) -> GeneratedManual:
    seed, positions, key = request.param
    return generate(seed, positions, dependency_key=key)


@pytest.fixture(scope="module")
def manual(made: GeneratedManual) -> Manual:
    return read(made.text)


def collapsed(printed: Printed | truth.Printed | None) -> tuple[str, int] | None:
    return (" ".join(printed.text.split()), printed.page) if printed else None


def fields_of(position: Position | truth.Position) -> dict[str, tuple[str, int] | None]:
    return {name: collapsed(getattr(position, name)) for name in FIELDS}


def test_the_manual_itself(manual: Manual, made: GeneratedManual) -> None:
    expected = made.truth
    assert manual.warnings == ()
    assert (manual.code, manual.version) == (expected.code, expected.version)
    assert manual.emission_date == expected.emission_date
    assert (manual.dependency, manual.municipality) == (expected.dependency, expected.municipality)
    assert manual.page_count == expected.total_pages


def test_every_sheet_with_its_fields(manual: Manual, made: GeneratedManual) -> None:
    for position, expected in zip(manual.positions, made.truth.positions, strict=True):
        section = section_of(manual, position.number)
        assert (position.number, position.title) == (expected.number, expected.title)
        assert (section.page, section.last_page) == (expected.page, expected.last_page)
        assert fields_of(position) == fields_of(expected)
        assert [(r.name, r.printed, r.count) for r in position.direct_reports] == [
            (r.name, r.printed, r.count) for r in expected.direct_reports
        ]


def test_every_function_with_its_page(manual: Manual, made: GeneratedManual) -> None:
    for position, expected in zip(manual.positions, made.truth.positions, strict=True):
        assert [(f.number, f.text, f.page) for f in position.functions] == [
            (f.number, f.text, f.page) for f in expected.functions
        ]


def test_lists_people_and_changes(manual: Manual, made: GeneratedManual) -> None:
    for name, fields in LISTS.items():
        told, expected = getattr(manual, name), getattr(made.truth, name)
        assert list(map(attrgetter(*fields), told)) == list(map(attrgetter(*fields), expected))


def test_every_section_with_its_text(manual: Manual, made: GeneratedManual) -> None:
    expected = {s.number: s for s in made.truth.sections}
    read = {s.number: s for s in manual.sections if s.kind is not SectionKind.SHEET}
    assert {n: (s.title, s.page) for n, s in read.items()} == {
        n: (s.title, s.page) for n, s in expected.items()
    }
    for number, section in expected.items():
        if re.match(r"[IVX]+(\.|$)", number) and number not in ("VIII", "IX", "X"):
            text = read[number].text
            assert all(paragraph.text in text for paragraph in section.paragraphs)
