"""Made-up manuals tell what was put into them: all of it is found, and nothing else."""

import json
from pathlib import Path

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.reports.audit import Finding, Kind, audit
from evals.generated_manuals import Kind as Injected
from evals.generated_manuals import generate
from ingest import parse_manual, read_source

from .conftest import Audit, kinds

ROOT = Path(__file__).parents[4]
TRUTH = ROOT / "tests" / "data" / "manuals" / "MO-SFA-04.truth.json"

FOUND_AS: dict[Injected, set[Kind]] = {
    Injected.NUMBERING_MISMATCH: {Kind.NUMBER_MISMATCH},
    Injected.NAME_MISMATCH: {Kind.NAME_MISMATCH, Kind.NAME_SPELLING},
    Injected.CATEGORY_MISMATCH: {Kind.RANK_MISMATCH},
    Injected.WORD_ORDER: {Kind.NAME_MISMATCH},
    Injected.TYPO_UNIT_NAME: {Kind.NAME_SPELLING},
    Injected.REPORTS_TO_WITHOUT_SHEET: {Kind.BOSS_WITHOUT_SHEET},
    Injected.REPORT_WITHOUT_SHEET: {Kind.DIRECT_REPORT_WITHOUT_SHEET},
    Injected.OMITTED_CHILD: {Kind.NOT_LISTED_BY_BOSS},
    Injected.CLAIMED_CHILD: {Kind.CLAIMED_BY_ANOTHER_BOSS},
    Injected.LISTED_WITHOUT_SHEET: {Kind.LISTED_WITHOUT_SHEET},
    Injected.SHEET_NOT_LISTED: {Kind.SHEET_NOT_LISTED},
    Injected.DUPLICATE_FUNCTION: {Kind.REPEATED_FUNCTION},
    Injected.BOILERPLATE_REPLACED: {Kind.FORM_TEXT_REPLACED},
    Injected.INDEX_PAGE_ERROR: {Kind.INDEX_PAGE_MISMATCH},
    Injected.DATE_MISMATCH: {Kind.DATE_MISMATCH},
    Injected.FUNCTIONAL_TITLE_MISMATCH: {Kind.RANK_MISMATCH},
    Injected.CHART_HEADING_MISMATCH: {Kind.NAME_MISMATCH},
}
FOLLOWS_FROM = {
    # whose boss has no sheet is listed by no sheet
    Injected.REPORTS_TO_WITHOUT_SHEET: {Kind.SHEET_NOBODY_LISTS},
}


def test_every_kind_that_can_be_put_in_is_looked_for() -> None:
    assert set(FOUND_AS) == set(Injected)


@pytest.mark.parametrize("kind", list(Injected), ids=lambda kind: kind.value)
def test_one_contradiction_alone_is_the_only_thing_found(kind: Injected, audited: Audit) -> None:
    manual = generate(seed=4, positions=40, contradictions=[kind])
    found = audited(manual.text)
    (injected,) = manual.truth.contradictions
    allowed = FOUND_AS[kind] | FOLLOWS_FROM.get(kind, set())
    assert found, injected
    assert all(f.kind in allowed for f in found), found
    assert any(set(injected.sections) <= set(f.sections) for f in found), found


@pytest.mark.parametrize(("seed", "size"), [(0, 8), (1, 12), (2, 20), (3, 30), (5, 60), (7, 120)])
def test_all_contradictions_are_found_and_nothing_else(
    seed: int, size: int, audited: Audit
) -> None:
    manual = generate(seed, size)
    found = audited(manual.text)
    explained: list[Finding] = []
    for injected in manual.truth.contradictions:
        hits = [f for f in found if set(injected.sections) <= set(f.sections)]
        assert any(f.kind in FOUND_AS[injected.kind] for f in hits), injected
        explained += hits
    assert [f for f in found if f not in explained] == []


@pytest.mark.parametrize(("seed", "size"), [(0, 8), (1, 12), (2, 20), (3, 30), (4, 45), (5, 60)])
def test_a_consistent_manual_has_no_findings(seed: int, size: int, audited: Audit) -> None:
    assert audited(generate(seed, size, contradictions=()).text) == []


def test_what_was_put_into_the_second_manual_is_found(made_up: Knowledge) -> None:
    found = audit(made_up)
    as_kind = {injected.value: expected for injected, expected in FOUND_AS.items()} | {
        "non_reciprocal": {Kind.NOT_LISTED_BY_BOSS},
        "typo_unit_name": {Kind.NAME_SPELLING, Kind.NAME_MISMATCH},
    }
    for injected in json.loads(TRUTH.read_text("utf-8"))["inconsistencies"]:
        where = injected["number"] or injected["title"].partition(".")[0]
        hits = [f for f in found if f.kind in as_kind[injected["type"]] and where in f.sections]
        assert hits, injected


def test_what_else_is_found_in_the_second_manual_is_so(made_up: Knowledge) -> None:
    """3 lists a desk that says it reports elsewhere; four pairs of sheets share a function."""
    also = [
        f for f in audit(made_up) if f.kind in (Kind.SHARED_FUNCTIONS, Kind.CLAIMED_BY_ANOTHER_BOSS)
    ]
    assert len(audit(made_up)) == 8 + len(also)
    assert [f.sections for f in also] == [
        ("3", "3.3"),
        ("2.1.2", "2.1.2.1"),
        ("2.2.2", "2.2.2.1"),
        ("2.2.3", "2.2.3.1"),
        ("3.1", "3.1.2"),
    ]
    assert kinds(also)[1:] == [Kind.SHARED_FUNCTIONS] * 4


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_the_source_format_makes_no_difference(made_up: Knowledge, suffix: str) -> None:
    """But for the index: a DOCX has no printed pages to check it against."""
    source = TRUTH.parent / f"MO-SFA-04{suffix}"
    found = audit(Knowledge(parse_manual(read_source(source))))
    expected = [
        f for f in audit(made_up) if suffix == ".pdf" or f.kind is not Kind.INDEX_PAGE_MISMATCH
    ]
    assert [(f.kind, f.sections) for f in found] == [(f.kind, f.sections) for f in expected]
