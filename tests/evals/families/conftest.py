"""A parsed manual for tests of scoring, without parsing."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from corpus.model import Manual, Position, Section, SectionKind
from evals.families.truth import FamilyTruth

ManualOf = Callable[[FamilyTruth, Sequence[Position]], Manual]


@pytest.fixture(scope="session")
def manual_of() -> ManualOf:
    """Makes a manual with these positions, and the chapters of a truth."""
    return _manual_of


def _manual_of(truth: FamilyTruth, positions: Sequence[Position]) -> Manual:
    sections = [
        Section(
            number=str(at), title=c.title, kind=SectionKind.CHAPTER, parent=None, page=c.page,
            passages=(),
        )
        for at, c in enumerate(truth.chapters)
    ]  # fmt: skip
    empty: dict[str, Any] = dict.fromkeys(
        ("structure", "chart_headings", "index", "officers", "changes", "warnings"), ()
    )
    return Manual(
        code="X-1",
        version="",
        emission_date=None,
        emission_printed="",
        dependency="",
        municipality=None,
        page_count=truth.pages,
        sections=tuple(sections),
        positions=tuple(positions),
        **empty,
    )
