"""Where the manual contradicts itself about a position, in one sentence with both places."""

from assistant.answering.blocks import (
    Note,
    Paragraph,
    Text,
    contradiction,
    enumerated,
    note,
    paragraph,
    quoted,
)
from assistant.answering.draft import Evidence
from assistant.answering.wording import of_the, the, to_the
from assistant.structure.naming import NameIndex
from assistant.structure.orgchart import End, Line, OrgChart
from corpus.model import Manual, NumberedTitle, Passage, Position, Section, SectionKind
from corpus.spanish import words


class Discrepancies:
    """Finds and words the contradictions that touch one position."""

    def __init__(self, manual: Manual, names: NameIndex, chart: OrgChart) -> None:
        self._manual = manual
        self._names = names
        self._chart = chart

    def of_boss(self, position: Position, evidence: Evidence) -> list[Note]:
        """The superior: other sheets that claim the position, the superior that does not list
        it, and a number under another branch."""
        claims = self._chart.other_claims(position)
        found = [told for each in claims for told in self._claimed(position, each, evidence)]
        own = self._chart.boss_line(position)
        if own is not None and not claims:
            found += self._not_listed(own, evidence)
        return found + self._numbered_elsewhere(position, own, evidence)

    def of_reports(self, position: Position, evidence: Evidence) -> list[Note]:
        """The reports: positions that it lists but that name another superior, and positions
        that name it but that it does not list."""
        lines = self._chart.lines_down(position)
        found: list[Note] = []
        for line in lines:
            report = line.report.position
            if report is None or line.stated_by(End.CHILD):
                continue
            own = self._chart.boss_line(report)
            if own is not None:
                found += self._names_another(position, line, own, evidence)
        unlisted = [line for line in lines if not line.stated_by(End.PARENT)]
        if unlisted:
            found.append(self._unlisted(position, unlisted, evidence))
        return found

    def of_name(self, position: Position, evidence: Evidence) -> list[Paragraph]:
        """The number and title in VIII against those of the sheet."""
        entry = self.listed(position)
        printed = self._list_passage(entry) if entry else None
        if entry is None or printed is None:
            return []
        same_title = words(entry.title) == words(position.title)
        if entry.number == position.number and same_title:
            return []
        chapter, passage = printed
        there = evidence.passage(chapter, passage)
        here = evidence.heading(evidence.sheet(position))
        lead = f"El manual no coincide consigo mismo: el capítulo {chapter.number} lo enlista como "
        return [
            paragraph(
                lead,
                evidence.named(f"{entry.number} {entry.title}", there),
                " ",
                there,
                " y su cédula dice ",
                evidence.named(f"{position.number} {position.title}", here),
                " ",
                here,
                ".",
            )
        ]

    def listed(self, position: Position) -> NumberedTitle | None:
        """The entry of VIII for a position: the same title, or the same number."""
        own = words(position.title)
        by_title = [e for e in self._manual.structure if words(e.title) == own]
        by_number = [e for e in self._manual.structure if e.number == position.number]
        exact = [e for e in by_title if e in by_number]
        for entries in (exact, by_number, by_title):
            if len(entries) == 1 and self._no_other_sheet(entries[0], position):
                return entries[0]
        return None

    def _no_other_sheet(self, entry: NumberedTitle, position: Position) -> bool:
        """Whether the entry is not better explained by another sheet with that very title."""
        others = [p for p in self._manual.positions if words(p.title) == words(entry.title)]
        return not others or position in others

    def _list_passage(self, entry: NumberedTitle) -> tuple[Section, Passage] | None:
        """Where VIII prints an entry."""
        for section in self._manual.sections:
            if section.kind is not SectionKind.CHAPTER:
                continue
            for passage in section.passages:
                numbered = entry.number in passage.text.replace(f"{entry.number}.", entry.number)
                if passage.page == entry.page and numbered and entry.title in passage.text:
                    return section, passage
        return None

    def _claimed(self, position: Position, line: Line, evidence: Evidence) -> list[Note]:
        claim = line.stated_by(End.PARENT)
        superior = line.superior.position
        if claim is None or superior is None:
            return []
        there = evidence.cite(evidence.sheet(superior), claim.quote, claim.page)
        told = (
            f"la cédula {of_the(superior.title)} ({superior.number}) también enlista a "
            f"{the(position.title)} entre los puestos que le reportan "
        )
        return [contradiction(told, there, ".")]

    def _not_listed(self, own: Line, evidence: Evidence) -> list[Note]:
        superior = own.superior.position
        if superior is None or own.stated_by(End.PARENT):
            return []
        listed = superior.direct_reports_printed
        if listed is None:
            return []
        there = evidence.row(superior, listed)
        told = (
            f"la cédula {of_the(superior.title)} ({superior.number}) no lo menciona entre los "
            "puestos que le reportan "
        )
        return [note(told, there, ".")]

    def _numbered_elsewhere(
        self, position: Position, own: Line | None, evidence: Evidence
    ) -> list[Note]:
        above = self._manual.position(position.number.rpartition(".")[0])
        if above is None or own is None or own.superior.id == above.number:
            return []
        claims = self._chart.other_claims(position)
        if any(line.superior.id == above.number for line in claims):
            return []
        here: Text = (evidence.heading(evidence.sheet(position)),)
        entry = self.listed(position)
        printed = self._list_passage(entry) if entry else None
        if printed is not None:
            here = (*here, " ", evidence.passage(*printed))
        lead = f"por su número, {position.number}, cuelga {of_the(above.title)} ({above.number}) "
        return [note(lead, here, ", pero su propia cédula nombra otro superior.")]

    def _names_another(
        self, superior: Position, line: Line, own: Line, evidence: Evidence
    ) -> list[Note]:
        report = line.report.position
        claim, statement = line.stated_by(End.PARENT), own.stated_by(End.CHILD)
        if report is None or claim is None or statement is None or report.reports_to is None:
            return []
        here = evidence.cite(evidence.sheet(superior), claim.quote, claim.page)
        there = evidence.row(report, report.reports_to)
        return [
            contradiction(
                f"esta cédula enlista {to_the(report.title)} ({report.number}) ",
                here,
                ", pero la de ese puesto dice que le reporta a ",
                quoted(report.reports_to.text, there),
                ".",
            )
        ]

    def _unlisted(self, superior: Position, lines: list[Line], evidence: Evidence) -> Note:
        told: list[Text] = []
        for line in lines:
            report = line.report.position
            if report is not None and report.reports_to is not None:
                there = evidence.row(report, report.reports_to)
                told.append((f"{the(report.title)} ({report.number}) ", there))
        lead = f"aunque la cédula {of_the(superior.title)}"
        lead += (
            " no lo enlista, según su propia cédula también le reporta "
            if len(told) == 1
            else " no los enlista, según sus propias cédulas también le reportan "
        )
        return note(lead, enumerated(told), ".")
