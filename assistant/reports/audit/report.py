"""The findings as a self-contained web page, for the office that keeps the manual."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.render.places import where
from assistant.reports.audit.finding import Evidence, Finding, Kind, Severity
from assistant.reports.audit.vocabulary import KIND_NAMES, SEVERITY_MEANINGS, SEVERITY_NAMES
from assistant.reports.pages import template
from corpus.model import Manual, SectionKind


@dataclass(frozen=True)
class _Quote:
    place: str
    title: str
    text: str


@dataclass(frozen=True)
class _Item:
    number: int
    sections: tuple[str, ...]
    message: str
    quotes: tuple[_Quote, ...]


@dataclass(frozen=True)
class _Group:
    kind: Kind
    name: str
    items: tuple[_Item, ...]


@dataclass(frozen=True)
class _Level:
    severity: Severity
    name: str
    meaning: str
    groups: tuple[_Group, ...]

    @property
    def count(self) -> int:
        return sum(len(group.items) for group in self.groups)


def report_html(manual: Manual, findings: Sequence[Finding], today: date) -> str:
    """The report as one HTML document that needs nothing else; all texts are escaped."""
    return template("audit", "report.html").render(
        manual=manual,
        today=f"{today:%d/%m/%Y}",
        levels=_levels(manual, findings),
        kinds=_by_kind(findings),
        total=len(findings),
    )


def _levels(manual: Manual, findings: Sequence[Finding]) -> list[_Level]:
    numbered = list(enumerate(findings, 1))
    levels = []
    for severity in Severity:
        own = [(n, f) for n, f in numbered if f.severity is severity]
        groups = tuple(
            _Group(kind, KIND_NAMES[kind], tuple(_item(manual, n, f) for n, f in each))
            for kind, each in groupby(own, key=lambda pair: pair[1].kind)
        )
        name, meaning = SEVERITY_NAMES[severity], SEVERITY_MEANINGS[severity]
        levels.append(_Level(severity, name, meaning, groups))
    return levels


def _by_kind(findings: Sequence[Finding]) -> list[tuple[str, str, dict[Severity, int], int]]:
    """For each kind that occurs: its key and name, how many of each severity, and in all."""
    counts = Counter((f.kind, f.severity) for f in findings)
    rows = []
    for kind in dict.fromkeys(f.kind for f in findings):
        each = {severity: counts[kind, severity] for severity in Severity}
        first = next(f.severity for f in findings if f.kind is kind)
        rows.append((f"{first}-{kind}", KIND_NAMES[kind], each, sum(each.values())))
    return rows


def _item(manual: Manual, number: int, finding: Finding) -> _Item:
    quotes = tuple(_quote(manual, e) for e in finding.evidence)
    return _Item(number, finding.sections, finding.message, quotes)


def _quote(manual: Manual, evidence: Evidence) -> _Quote:
    section = manual.section(evidence.section)
    if section is None or section.number == section.title:
        return _Quote(where(evidence), "", evidence.quote)
    kind = {SectionKind.SHEET: "Cédula", SectionKind.CHAPTER: "Capítulo"}.get(
        section.kind, "Apartado"
    )
    return _Quote(f"{kind} {where(evidence)}", section.title, evidence.quote)
