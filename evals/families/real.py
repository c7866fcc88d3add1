"""`python -m evals.families.real TRUTH.json FOLDER`: real documents against hand-made truth.

Truth and documents are kept outside of the repository, since their wording is others'. The truth
names for each unit its titles (any is right), page, boss, reports, number of functions and the
first one's beginning; see `RealUnit`. With `--questions Q.jsonl` the documents are indexed in a
folder of their own, asked, and the answers judged.
"""

import argparse
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from corpus.model import Manual, Position, Printed
from evals.families.scoring import folded
from evals.metrics.count import Count
from ingest import IngestError, parse_manual, read_source


class State(StrEnum):
    """What a document prints of a field."""

    PRINTED = "printed"
    AS_NONE = "printed_as_none"
    NOT_PRINTED = "not_printed"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RealUnit(_Record):
    """A unit of a real document, as a person read it."""

    titles: list[str]
    page: int
    boss: list[str]
    """Wordings of which any is right; empty unless `boss_state` is printed."""
    boss_state: State
    reports: list[str] | None
    """None where they are told in a way that names nobody ("the staff of the unit")."""
    reports_state: State
    functions: list[int]
    """Numbers of functions of which any is right, where the print leaves room."""
    first_function: str
    """The words that the first function begins with."""


class RealDocument(_Record):
    """A real document's truth."""

    file: str
    has_pages: bool
    complete: bool
    """Whether all its units are listed, so that others that are found are invented."""
    note: str
    units: list[RealUnit]


class RealTruth(_Record):
    """The truth of all real documents."""

    documents: list[RealDocument]


class RealScore:
    """What was read of one document."""

    def __init__(self, document: RealDocument) -> None:
        self.document = document
        self.units = Count(due=len(document.units))
        self.bosses = Count()
        self.reports = Count()
        self.functions = Count()
        self.pages = Count()
        self.misses: list[str] = []
        self.denials: list[str] = []

    def read(self, manual: Manual) -> None:
        """Count what the parser made of the document."""
        self.units.found = len(manual.positions) if self.document.complete else 0
        left = list(manual.positions)
        for unit in self.document.units:
            wanted = {folded(title) for title in unit.titles}
            found = [p for p in left if folded(p.title) in wanted]
            if not found:
                self._missed(unit)
                continue
            # of two headings of one unit, that which bears the functions is the unit's
            position = max(found, key=lambda p: len(p.functions))
            left.remove(position)
            self.units.right += 1
            self._unit(unit, position)
        self.misses += [f"invented: {p.title} (p. {p.page})" for p in left]

    def refused(self, reason: str) -> None:
        """Count a document that could not be read."""
        for unit in self.document.units:
            self._missed(unit)
        self.misses = [f"refused: {reason}"]

    def _missed(self, unit: RealUnit) -> None:
        for count in (self.bosses, self.reports, self.functions):
            count.due += 1
        self.misses.append(f"missed: {unit.titles[0]} (p. {unit.page})")

    def _check(self, count: Count, right: bool, miss: str) -> None:
        count.add(Count(int(right), 1, 1))
        if not right:
            self.misses.append(miss)

    def _unit(self, unit: RealUnit, position: Position) -> None:
        name = unit.titles[0]
        boss = position.reports_to
        self._check(
            self.bosses,
            _boss_is_right(unit, boss),
            f"{name}: boss read as {boss.text if boss else None!r}, is {unit.boss}",
        )
        reports = [report.printed for report in position.direct_reports]
        self._check(
            self.reports,
            _reports_are_right(unit, position),
            f"{name}: reports read as {reports}, are {unit.reports}",
        )
        number = len(position.functions)
        first = position.functions[0].text if number else ""
        self._check(
            self.functions,
            number in unit.functions and folded(first).startswith(folded(unit.first_function)),
            f"{name}: {number} functions read, are {unit.functions}; the first is {first[:60]!r}",
        )
        if self.document.has_pages:
            self._check(
                self.pages,
                position.page == unit.page,
                f"{name}: page read as {position.page}, is {unit.page}",
            )
        if boss and not boss.applies and unit.boss_state is not State.AS_NONE:
            self.denials.append(f"{name}: boss denied")
        printed = position.direct_reports_printed
        if printed and not printed.applies and unit.reports_state is not State.AS_NONE:
            self.denials.append(f"{name}: reports denied")
        if position.functions_heading and not number:
            self.denials.append(f"{name}: functions denied")


def _boss_is_right(unit: RealUnit, boss: Printed | None) -> bool:
    if unit.boss_state is State.NOT_PRINTED:
        return boss is None
    if unit.boss_state is State.AS_NONE:
        return boss is not None and not boss.applies
    return boss is not None and folded(boss.text) in {folded(b) for b in unit.boss}


def _reports_are_right(unit: RealUnit, position: Position) -> bool:
    printed = position.direct_reports_printed
    if unit.reports_state is State.NOT_PRINTED:
        return printed is None
    if unit.reports_state is State.AS_NONE:
        return printed is not None and not printed.applies
    if unit.reports is None:
        return printed is not None and printed.applies
    return {folded(r.printed) for r in position.direct_reports} == {
        folded(name) for name in unit.reports
    }


def score(document: RealDocument, folder: Path) -> RealScore:
    """Read a document and compare it with its truth."""
    result = RealScore(document)
    try:
        result.read(parse_manual(read_source(folder / document.file)))
    except IngestError as error:
        result.refused(str(error))
    return result


def report(scores: Sequence[RealScore], console: Console) -> None:
    """Print the table, with what was missed below it."""
    table = Table(
        "document", "units", "invented", "bosses", "reports", "functions", "pages", "denials"
    )
    for result in scores:
        invented = result.units.found - result.units.right if result.document.complete else 0
        counts = (result.bosses, result.reports, result.functions, result.pages)
        table.add_row(
            result.document.file,
            f"{result.units.right} of {result.units.due}",
            str(max(0, invented)),
            *(f"{c.right} of {c.due}" if c.due else "–" for c in counts),
            str(len(result.denials)),
        )
    console.print(table)
    for result in scores:
        for miss in (*result.denials, *result.misses):
            console.print(f"{result.document.file}: {miss}", markup=False, highlight=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: measure the real documents."""
    parser = argparse.ArgumentParser(prog="python -m evals.families.real", description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("folder", type=Path, help="where the documents are")
    parser.add_argument("--questions", type=Path, help="JSON Lines; asks them of the assistant")
    options = parser.parse_args(arguments)
    console = Console(width=140)
    truth = RealTruth.model_validate_json(options.truth.read_text("utf-8"))
    report([score(document, options.folder) for document in truth.documents], console)
    if options.questions:
        from evals.families.real_questions import ask_all

        ask_all(options.questions, options.folder, console)


if __name__ == "__main__":
    main()
