"""Whatever the layout, and however it is cut: all that is printed stands in some section."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Manual
from ingest import SourceText, chunk_manual, parse_manual
from ingest.adjustments import Adjustments
from ingest.layouts.marks import marks_of_row
from tests.ingest.conftest import section_of
from tests.ingest.test_other_layouts import ATTRIBUTIONS, FORMS, REGULATION, UNITS

LINES = sorted(
    {line for text in (FORMS, UNITS, ATTRIBUTIONS, REGULATION) for line in text.split("\n")}
)
EXTRA = (
    "",
    "",
    "\f",
    "Texto que no dice nada.",
    "7",
    "IV.",
    "Jefe inmediato:",
    "FUNCIONES",
    "• ",
    ":",
)

any_text = st.lists(st.sampled_from([*LINES, *EXTRA]), min_size=3, max_size=60)
quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(lines: list[str]) -> Manual:
    """The manual of some lines; with a code, so that none is refused for having no structure."""
    return parse_manual(SourceText("roto.txt", "\n".join(lines)), Adjustments(code="ROTO"))


def plain(text: str) -> str:
    return " ".join(text.split())


def bare(line: str) -> str:
    """A line without the sign that an item's text leaves away, digits all alike."""
    cells = tuple(plain(cell) for cell in line.split("\t"))
    marks = marks_of_row(tuple(cell for cell in cells if cell) or ("",))
    text = marks[0].text if marks and marks[0].text else plain(line)
    return re.sub(r"\d+", "#", text)


@quick
@given(any_text)
def test_every_line_is_in_some_section(lines: list[str]) -> None:
    if not any(plain(line.replace("\f", "")) for line in lines):
        return
    manual = read(lines)
    text = re.sub(r"\d+", "#", " ".join(s.text for s in manual.sections))
    for line in lines:
        if len(bare(line)) > 2:
            assert bare(line) in text


@quick
@given(any_text)
def test_sections_have_addresses_of_their_own_and_sheets_a_section(lines: list[str]) -> None:
    if not any(plain(line.replace("\f", "")) for line in lines):
        return
    manual = read(lines)
    numbers = [section.number for section in manual.sections]
    assert len(set(numbers)) == len(numbers)
    assert all(numbers)
    assert {p.number for p in manual.positions} <= set(numbers)


@quick
@given(any_text)
def test_what_is_read_of_a_unit_is_printed_in_its_section(lines: list[str]) -> None:
    if not any(plain(line.replace("\f", "")) for line in lines):
        return
    manual = read(lines)
    for position in manual.positions:
        section = section_of(manual, position.number)
        assert all(f.text in section.text for f in position.functions)
        for printed in (position.reports_to, position.objective, position.direct_reports_printed):
            if printed is not None:
                assert printed.quote in section.text
    chunks = chunk_manual(manual)
    assert len({chunk.id for chunk in chunks}) == len(chunks)
