"""The manual as the checks look at it: with its names, its lines, and ways to quote it."""

from dataclasses import dataclass
from functools import cached_property

from assistant.render.places import on_page, where
from assistant.reports.audit.finding import Evidence
from assistant.reports.audit.pairing import Pairing, pair_units
from assistant.structure.naming import NameIndex
from assistant.structure.orgchart import OrgChart
from corpus.model import (
    Function,
    Manual,
    NumberedTitle,
    Passage,
    PassageKind,
    Position,
    Printed,
    Section,
    SectionKind,
)
from corpus.spanish import words


@dataclass(frozen=True)
class Subject:
    """What is audited."""

    manual: Manual
    names: NameIndex
    chart: OrgChart

    @cached_property
    def root(self) -> Position | None:
        """The head of the organisation: of those without a superior with a sheet, the one with
        most positions below."""
        tops = self.chart.tops() or list(self.manual.positions[:1])
        return max(tops, key=lambda top: len(self.chart.below(top)), default=None)

    @cached_property
    def pairing(self) -> Pairing:
        """Which line of VIII, and which chart of IX, stands for which sheet."""
        return pair_units(self.manual, self.names)

    def is_head(self, position: Position) -> bool:
        """Whether a position answers only to somebody outside of the manual, as the root does."""
        root = self.root
        if root is None or position == root:
            return True
        above, outside = position.reports_to, root.reports_to
        return bool(above and outside and words(above.text) == words(outside.text))

    # -- quoting --------------------------------------------------------------------------------

    def sheet(self, position: Position) -> Section:
        """The section of a position; the one on its page, where two sheets share a number."""
        same = [s for s in self.manual.sections if s.number == position.number]
        return next((s for s in same if s.page == position.page), same[0])

    def heading(self, position: Position) -> Evidence:
        """The heading of a sheet."""
        return self.section_heading(self.sheet(position))

    def section_heading(self, section: Section) -> Evidence:
        """The heading of any section."""
        headings = (p for p in section.passages if p.kind is PassageKind.HEADING)
        heading = next(headings, None)
        text = heading.text if heading else section.title
        return Evidence(section=section.number, page=section.page, quote=text)

    def row(self, position: Position, printed: Printed) -> Evidence:
        """The row of a sheet that prints a field: label and value."""
        return Evidence(section=position.number, page=printed.page, quote=printed.quote)

    def function(self, position: Position, function: Function) -> Evidence:
        """A numbered function."""
        return Evidence(section=position.number, page=function.page, quote=function.text)

    def unit(self, entry: NumberedTitle) -> Evidence:
        """A line of the list in VIII, or the heading of a chart page in IX."""
        key = (entry.number, entry.title, entry.page)
        found = self._printed_units.get(key)
        if found is None:
            return Evidence(section="VIII", page=entry.page, quote=f"{entry.number} {entry.title}")
        section, passage = found
        return Evidence(section=section.number, page=passage.page, quote=passage.text)

    @cached_property
    def _printed_units(self) -> dict[tuple[str, str, int], tuple[Section, Passage]]:
        """Where the chapters print numbered names, by number, title and page."""
        printed: dict[tuple[str, str, int], tuple[Section, Passage]] = {}
        for section in self.manual.sections:
            if section.kind is SectionKind.CHAPTER:
                for passage in section.passages:
                    number, _, title = passage.text.partition(" ")
                    key = (number.rstrip("."), title, passage.page)
                    printed.setdefault(key, (section, passage))
        return printed


def place(evidence: Evidence) -> str:
    """Where evidence stands, as a sentence says it: "cédula 2.1, p. 24", "capítulo VIII, p. 10"."""
    number = evidence.section
    if number[:1].isdigit():
        return f"cédula {where(evidence)}"
    chapter = number.partition(".")[0]
    if chapter and all(c in "IVXLC" for c in chapter):
        return f"{'capítulo' if chapter == number else 'apartado'} {where(evidence)}"
    return f"{number.capitalize()}, {on_page(evidence.page)}"


def said(position: Position) -> str:
    """A position as a sentence names it: "2.1.8 «Jefatura de …»"."""
    return f"{position.number} «{position.title}»"
