"""All places at which a manual prints the name of a position, and the wording that is right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from assistant.reports.audit.comparison import Difference, Wording, compare
from assistant.reports.audit.finding import Evidence
from assistant.reports.audit.running_text import titles_in_text
from assistant.reports.audit.subject import Subject
from corpus.model import Position, Printed


class Source(Enum):
    """What prints a name."""

    HEADING = "heading"
    STRUCTURE = "structure"
    CHART = "chart"
    FUNCTIONAL = "functional title"
    NOMINAL = "nominal title"
    FIELD = "field"
    """Superior, area or directorate of another sheet."""
    REPORT = "direct report"
    TEXT = "running text"


@dataclass(frozen=True)
class Place:
    """A name as one place prints it."""

    source: Source
    printed: str
    evidence: Evidence


Places = dict[str, list[Place]]
"""The places of each position's name, by its number."""


def find_places(subject: Subject) -> Places:
    """Where each position is named: by its own sheet, VIII and IX, and by other sheets."""
    places: Places = defaultdict(list)
    for position in subject.manual.positions:
        places[position.number] += _own(subject, position)
    for entry, position in subject.pairing.listed:
        places[position.number].append(Place(Source.STRUCTURE, entry.title, subject.unit(entry)))
    for entry, title, position in subject.pairing.charted:
        places[position.number].append(Place(Source.CHART, title, subject.unit(entry)))
    for position in subject.manual.positions:
        for other, place in _mentions(subject, position):
            places[other.number].append(place)
    for named, printed, evidence in titles_in_text(subject):
        places[named.number].append(Place(Source.TEXT, printed, evidence))
    return places


def right_wording(position: Position, places: Iterable[Place]) -> str:
    """The wording of a name that most of its own places agree on; the heading's, if none do."""
    own = (Source.HEADING, Source.STRUCTURE, Source.NOMINAL, Source.CHART)
    count = Counter(p.printed.rstrip(" .") for p in places if p.source in own)
    most = max(count.values(), default=0)
    heading = position.title.rstrip(" .")
    return heading if count[heading] == most else count.most_common(1)[0][0]


def _own(subject: Subject, position: Position) -> Iterator[Place]:
    yield Place(Source.HEADING, position.title, subject.heading(position))
    if position.functional_title is not None:
        yield _field(subject, position, Source.FUNCTIONAL, position.functional_title)
    if position.nominal_title is not None:
        yield _field(subject, position, Source.NOMINAL, position.nominal_title)


def _field(subject: Subject, position: Position, source: Source, printed: Printed) -> Place:
    return Place(source, printed.text, subject.row(position, printed))


def _mentions(subject: Subject, position: Position) -> Iterator[tuple[Position, Place]]:
    """The positions that a sheet names in its fields, each with the place."""
    for printed in (position.reports_to, position.area, position.direccion):
        if printed is None or not printed.applies:
            continue
        if printed is position.reports_to:
            named = resolve_boss(subject, printed.text, position)
        else:
            named = resolve(subject, printed.text, position)
        if named is not None:
            yield named, _field(subject, position, Source.FIELD, printed)
    listed = position.direct_reports_printed
    for entry in position.direct_reports if listed else ():
        named = resolve(subject, entry.name, position)
        if named is not None and listed is not None and entry.count is None:
            yield named, Place(Source.REPORT, entry.name, subject.row(position, listed))


def resolve(subject: Subject, printed: str, near: Position) -> Position | None:
    """The sheet that a name in another sheet means, also if it says the wrong rank of the very
    boss or report that it should name."""
    return subject.names.resolve(printed, near=near) or _of_other_rank(subject, printed, near)


def resolve_boss(subject: Subject, printed: str, report: Position) -> Position | None:
    """The same, of the superior that a sheet names."""
    boss = subject.names.resolve_boss(printed, report)
    return boss or _of_other_rank(subject, printed, report)


def _of_other_rank(subject: Subject, printed: str, near: Position) -> Position | None:
    wording = Wording.parse(printed)
    if wording.rank is None or not wording.content:
        return None
    above = subject.manual.position(near.number.rpartition(".")[0])
    below = [line.report.position for line in subject.chart.lines_down(near)]
    family = [p for p in (above, *below) if p is not None]
    meant = [p for p in family if compare(printed, p.title) is Difference.RANK]
    return meant[0] if len(meant) == 1 else None
