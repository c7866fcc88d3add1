"""What the parser read of a made-up manual, against its truth.

Texts are equal when they are so without white space and hyphens, which joins what a line's end
broke; titles also regardless of case, accents and a leading article. A unit is found when a
position bears its title; what is printed of a unit that was not found counts as missed, and what
is told of a unit that there is not counts against precision.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from corpus.model import Manual, Position, Printed, SectionKind
from evals.families.truth import FamilyTruth, Field, UnitTruth
from evals.generated.wording import unaccented
from evals.metrics.count import Count

_GLUE = re.compile(r"[\s\-‐‑\u00ad]+")
_LEAD = re.compile(r"^(?:de\s+la|de\s+los|de\s+las|del|la|el|los|las)\s+", re.I)
_CONTENTS = ("indice", "contenido", "tabladecontenido")


MEASURES = ("units", "bosses", "reports", "objectives", "functions", "pages", "chapters")


@dataclass
class Score:
    """All counts of one manual, or of many."""

    units: Count = field(default_factory=Count)
    bosses: Count = field(default_factory=Count)
    reports: Count = field(default_factory=Count)
    objectives: Count = field(default_factory=Count)
    functions: Count = field(default_factory=Count)
    """Right ones in the right order."""
    pages: Count = field(default_factory=Count)
    """Of units and functions that were found: those with the right page."""
    chapters: Count = field(default_factory=Count)
    files: int = 0
    refused: int = 0
    denials: list[str] = field(default_factory=list)
    """What was read as "none" though the page prints otherwise."""
    misses: list[str] = field(default_factory=list)
    """A line for each thing missed or invented, to look into."""

    def count(self, measure: str) -> Count:
        """The count of one of `MEASURES`."""
        found: Count = getattr(self, measure)
        return found

    def add(self, other: "Score") -> None:
        """Add another manual's counts."""
        for measure in MEASURES:
            self.count(measure).add(other.count(measure))
        self.files += other.files
        self.refused += other.refused
        self.denials += other.denials
        self.misses += other.misses


def squashed(text: str) -> str:
    """A text without white space and hyphens."""
    return _GLUE.sub("", text)


def folded(title: str) -> str:
    """A title without article, case, accents and white space."""
    bare = unaccented(_LEAD.sub("", title.strip())).casefold()
    return squashed(bare).strip(".:;,")


def refused(truth: FamilyTruth, reason: str) -> Score:
    """The score of a manual that could not be read at all."""
    score = Score(files=1, refused=1, misses=[f"refused: {reason}"])
    score.chapters.due = sum(not c.is_part for c in truth.chapters)
    for unit in truth.units:
        _due(score, unit)
    return score


def score_manual(manual: Manual, truth: FamilyTruth, with_pages: bool) -> Score:
    """The score of a manual that was read."""
    score = Score(files=1)
    _score_chapters(score, manual, truth)
    pool: dict[str, list[Position]] = {}
    for position in manual.positions:
        pool.setdefault(folded(position.title), []).append(position)
    for unit in truth.units:
        _due(score, unit)
        same = pool.get(folded(unit.title), [])
        if same:
            _Pair(unit, same.pop(0), score, with_pages).count()
        else:
            score.misses.append(f"unit missed: {unit.title} (p. {unit.page})")
    for position in (p for left in pool.values() for p in left):
        score.misses.append(f"unit invented: {position.title} (p. {position.page})")
        _found(score, position)
    return score


def _due(score: Score, unit: UnitTruth) -> None:
    score.units.due += 1
    score.bosses.due += _is_told(unit.boss)
    score.reports.due += len(unit.reports)
    score.objectives.due += unit.objective is not None
    score.functions.due += len(unit.functions)


def _found(score: Score, position: Position) -> None:
    score.units.found += 1
    score.bosses.found += _is_read(position.reports_to)
    score.reports.found += len(position.direct_reports)
    score.objectives.found += position.objective is not None
    score.functions.found += len(position.functions)


def _is_told(told: Field | None) -> bool:
    return told is not None and told.applies


def _is_read(read: Printed | None) -> bool:
    return read is not None and read.applies


def _score_chapters(score: Score, manual: Manual, truth: FamilyTruth) -> None:
    kinds = (SectionKind.CHAPTER, SectionKind.UNNUMBERED)
    read = [folded(s.title) for s in manual.sections if s.kind in kinds]
    parts = {folded(c.title) for c in truth.chapters if c.is_part}
    read = [title for title in read if title not in _CONTENTS and title not in parts]
    due = [folded(c.title) for c in truth.chapters if not c.is_part]
    score.chapters.due = len(due)
    score.chapters.found = len(read)
    for title in due:
        if title in read:
            read.remove(title)
            score.chapters.right += 1
        else:
            score.misses.append(f"chapter missed: {title}")
    score.misses += [f"chapter invented: {title}" for title in read]


@dataclass
class _Pair:
    """A unit, and the position that was read of it."""

    unit: UnitTruth
    position: Position
    score: Score
    with_pages: bool

    def count(self) -> None:
        """Count all that was read of the unit."""
        self.score.units.right += 1
        _found(self.score, self.position)
        self._page("unit", self.unit.page, self.position.page)
        self._boss()
        self._reports()
        self._objective()
        self._functions()
        for denial in self._denials():
            self.score.denials.append(f"{self.unit.title}: {denial}")

    def _miss(self, what: str) -> None:
        self.score.misses.append(f"{self.unit.title}: {what}")

    def _page(self, what: str, due: int, read: int) -> None:
        if not self.with_pages:
            return
        self.score.pages.add(Count(int(due == read), 1, 1))
        if due != read:
            self._miss(f"page of {what} read as {read}, is {due}")

    def _boss(self) -> None:
        due, read = self.unit.boss, self.position.reports_to
        if due and read and _is_told(due) and folded(due.text) == folded(read.text):
            self.score.bosses.right += 1
        elif _is_told(due) or _is_read(read):
            self._miss(f"boss read as {read.text if read else None!r}, is {due}")

    def _reports(self) -> None:
        read = [folded(r.name) for r in self.position.direct_reports]
        for name in self.unit.reports:
            if folded(name) in read:
                read.remove(folded(name))
                self.score.reports.right += 1
            else:
                self._miss(f"report missed: {name}")
        if read:
            self._miss(f"reports invented: {read}")

    def _objective(self) -> None:
        due, read = self.unit.objective, self.position.objective
        if due and read and squashed(due.text) == squashed(read.text):
            self.score.objectives.right += 1
        elif due or read:
            self._miss(f"objective read as {read.text if read else None!r}, is {due}")

    def _functions(self) -> None:
        due = [squashed(f.text) for f in self.unit.functions]
        read = [squashed(f.text) for f in self.position.functions]
        matched = list(LCSseq.opcodes(due, read))
        for code in matched:
            if code.tag != "equal":
                missed = due[code.src_start : code.src_end]
                extra = read[code.dest_start : code.dest_end]
                self._miss(f"functions missed {missed}, read {extra}")
                continue
            self.score.functions.right += code.src_end - code.src_start
            pairs = zip(
                self.unit.functions[code.src_start : code.src_end],
                self.position.functions[code.dest_start : code.dest_end],
                strict=True,
            )
            for truth, function in pairs:
                self._page(f"function {function.number}", truth.page, function.page)

    def _denials(self) -> Iterator[str]:
        """What an answer would deny on the ground of this position, and must not."""
        position, unit = self.position, self.unit
        boss_denied = position.reports_to is not None and not position.reports_to.applies
        if boss_denied and (unit.boss is None or unit.boss.applies):
            yield "boss denied"
        reports = position.direct_reports_printed
        reports_denied = reports is not None and not reports.applies
        if reports_denied and (unit.reports_printed is None or unit.reports_printed.applies):
            yield "reports denied"
        if position.functions_heading is not None and not position.functions and unit.functions:
            yield "functions denied"
