"""The report for the office that keeps the manual."""

from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.reports.audit import Evidence, Finding, Kind, Severity, audit
from assistant.reports.audit.report import report_html
from assistant.reports.audit.vocabulary import KIND_NAMES, SEVERITY_MEANINGS, SEVERITY_NAMES

TODAY = date(2026, 11, 23)


class Page(HTMLParser):
    """What a page consists of: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page(real: Knowledge) -> Page:
    return Page(report_html(real.manual, audit(real), TODAY))


def test_each_finding_is_an_article_with_all_its_quotes(real: Knowledge, page: Page) -> None:
    findings = audit(real)
    assert len(page.all("article")) == len(findings)
    assert len(page.all("blockquote")) == sum(len(f.evidence) for f in findings)
    assert all(f.message in page.text for f in findings)


def test_it_needs_nothing_from_elsewhere(page: Page) -> None:
    assert not page.all("script") + page.all("link") + page.all("img") + page.all("iframe")
    assert all((a["href"] or "").startswith("#") for a in page.all("a"))


def test_every_link_leads_to_a_place_of_its_own(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {(a["href"] or "")[1:] for a in page.all("a")} <= set(ids)


def test_what_the_manual_prints_cannot_become_markup(real: Knowledge) -> None:
    nasty = '<script>alert("1")</script>'
    finding = Finding(
        kind=Kind.NAME_MISMATCH,
        severity=Severity.LOW,
        sections=("2.1", nasty),
        message=nasty,
        evidence=(Evidence(section="2.1", page=24, quote=nasty),),
    )
    html = report_html(real.manual, [finding], TODAY)
    assert not Page(html).all("script")
    assert html.count("&lt;script&gt;") == 3


def test_a_manual_without_contradictions_is_told_so(real: Knowledge) -> None:
    page = Page(report_html(real.manual, [], TODAY))
    assert "No se encontró ningún lugar" in page.text
    assert not page.all("table")


def test_every_kind_and_severity_has_a_name() -> None:
    assert set(KIND_NAMES) == set(Kind)
    assert len(set(KIND_NAMES.values())) == len(KIND_NAMES)
    assert set(SEVERITY_NAMES) == set(SEVERITY_MEANINGS) == set(Severity)
