"""The audit of MO-SIG-01 against a list made by reading the manual."""

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.answering.answer import Citation
from assistant.answering.knowledge import Knowledge
from assistant.asking.verification import holds
from assistant.reports.audit import Finding, Severity, audit

HAND_MADE = Path(__file__).parents[3] / "data" / "mo-sig-01.audit.json"


@pytest.fixture(scope="module")
def findings(real: Knowledge) -> list[Finding]:
    return audit(real)


def test_it_finds_what_a_reader_finds_and_nothing_else(findings: list[Finding]) -> None:
    listed = json.loads(HAND_MADE.read_text("utf-8"))["findings"]
    by_hand = Counter((f["kind"], frozenset(f["sections"])) for f in listed)
    found = Counter((f.kind.value, frozenset(f.sections)) for f in findings)
    assert found == by_hand


def test_every_quote_stands_in_its_section_on_its_page(
    real: Knowledge, findings: list[Finding]
) -> None:
    for finding in findings:
        assert finding.evidence, finding
        for e in finding.evidence:
            section = real.manual.section(e.section)
            assert section is not None, e
            citation = Citation(
                manual=real.manual.code,
                section=e.section,
                title=section.title,
                page=e.page,
                function=None,
                quote=e.quote,
            )
            assert holds(citation, real.manual), e


def test_every_section_at_odds_is_shown_with_a_quote(findings: list[Finding]) -> None:
    for finding in findings:
        assert set(finding.sections) <= {e.section for e in finding.evidence}, finding


def test_the_quote_of_a_reporting_line_is_its_own_row(findings: list[Finding]) -> None:
    """The area of a sheet often has the same value: it says nothing of who the boss is."""
    for finding in findings:
        if finding.kind in ("claimed_by_another_boss", "not_listed_by_boss"):
            assert all(e.quote.startswith("Puesto") for e in finding.evidence), finding


def test_messages_say_section_and_page_in_a_sentence(findings: list[Finding]) -> None:
    for finding in findings:
        assert finding.message.endswith("."), finding
        pages = [f"p. {e.page}" for e in finding.evidence]
        assert any(p in finding.message for p in pages) or "pp. " in finding.message, finding


def test_the_gravest_come_first(findings: list[Finding]) -> None:
    ranks = [f.severity.rank for f in findings]
    assert ranks == sorted(ranks)
    assert {f.severity for f in findings} == set(Severity)


def test_slips_of_one_name_are_one_finding(findings: list[Finding]) -> None:
    """Seven sheets write "Dirección de Gobierno Gobierno Digital", twice each."""
    (slip,) = [f for f in findings if "Gobierno Gobierno" in f.message and f.severity == "low"]
    assert len(slip.evidence) == 1 + 14 + 1  # the right one, the doubled ones, one small letter


def test_posts_without_sheets_are_no_contradiction(findings: list[Finding]) -> None:
    told = " ".join(f.message for f in findings if f.kind == "direct_report_without_sheet")
    for post in ("Analista", "Auxiliar", "Asistente", "Encargado", "Supervisores", "Chofer"):
        assert f"cédula de «{post}" not in told
