"""The report as a page, as Markdown and in the terminal."""

import re
from html.parser import HTMLParser
from io import StringIO

from rich.console import Console

from assistant.answering.answer import AnswerKind
from evals.gold import Persona, Verdict
from evals.metrics.figures import Metric
from evals.report_model import Report
from evals.reporting.markdown import report_markdown
from evals.reporting.page import report_page
from evals.reporting.terminal import show_report
from evals.reporting.words import KIND_NAMES, METRIC_NAMES, WRONG_NAMES, persona_name
from evals.reporting.worst import Harm, harm_of, worst
from tests.evals.conftest import AnswerOf, GoldOf, ReportOf

EVIL = '<script>alert(1)</script> & "comillas" [enlace](http://x)'


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def evil_report(gold: GoldOf, answer: AnswerOf, report_of: ReportOf) -> Report:
    question = gold(question=EVIL, facts=[[EVIL]], note=EVIL, history=[EVIL], forbidden=["juntas"])
    return report_of((question, answer(f"Las juntas. {EVIL}")), (gold(id="dev-2"), answer()))


def test_the_page_needs_nothing_from_elsewhere_and_escapes_everything(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    page = report_page(evil_report(gold, answer, report_of))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    for tag, attributes in Elements(page).found:
        assert tag not in {"script", "link", "img", "iframe"}
        assert not {"src", "href", "onclick", "style"} & set(attributes), (tag, attributes)


def test_the_page_can_be_read_by_all(gold: GoldOf, answer: AnswerOf, report_of: ReportOf) -> None:
    page = report_page(evil_report(gold, answer, report_of))
    elements = Elements(page).found
    assert ("html", {"lang": "es-MX"}) in elements
    assert "prefers-color-scheme: dark" in page
    pictures = [attributes for tag, attributes in elements if tag == "svg"]
    assert len(pictures) == 4
    assert all(attributes["role"] == "img" for attributes in pictures)
    assert page.count("<title>") == 1 + len(pictures)
    scrolled = [a for tag, a in elements if "scroll" in (a.get("class") or "")]
    assert all(a["tabindex"] == "0" and a["aria-label"] for a in scrolled)
    ids = [a["id"] for _, a in elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_markdown_takes_no_text_as_its_own(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    text = report_markdown(evil_report(gold, answer, report_of))
    assert "\\<script\\>" in text
    assert "[enlace](" not in text.replace("\\[", "").replace("\\]", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


def test_the_terminal_shows_every_figure(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    shown = StringIO()
    report = evil_report(gold, answer, report_of)
    show_report(report, Console(file=shown, width=200))
    for metric in report.ours.figures["dev"]:
        assert METRIC_NAMES[metric] in shown.getvalue()
    assert "Se omitió: XQuAD-es" in shown.getvalue()


def test_everything_has_a_spanish_name() -> None:
    assert set(METRIC_NAMES) == set(Metric)
    assert set(KIND_NAMES) == set(AnswerKind)
    assert set(WRONG_NAMES) == set(Verdict.model_fields)
    assert all(persona_name(persona.value) != persona.value for persona in Persona)


def test_the_most_harmful_errors_come_first(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    refusal = answer("No lo dice.", AnswerKind.ABSTAIN, ())
    report = report_of(
        (gold(id="refused"), refusal),
        (gold(id="right"), answer()),
        (gold(id="no-fact", facts=[["nunca dicho"]]), answer()),
        (gold(id="not-there", expect="abstain"), answer()),
        (gold(id="wrong-section", sections_all=["2"]), answer()),
        (gold(id="forbidden", forbidden=["Jefatura"]), answer()),
    )
    bad = worst(report)
    assert [each.question for each in bad] == [
        "forbidden",
        "not-there",
        "wrong-section",
        "no-fact",
        "refused",
    ]
    assert [harm_of(each) for each in bad][:2] == [
        Harm.SAYS_FORBIDDEN,
        Harm.ANSWERS_WHAT_IS_NOT_THERE,
    ]
    assert len(worst(report, most=2)) == 2
