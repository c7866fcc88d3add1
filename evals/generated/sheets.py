"""A manual as data, before it is printed: its sheets, its list of units, its chart pages.

`evals.generated.writing` writes a consistent `Draft`, `evals.generated.contradictions` changes it
in places, and `evals.generated.rendering` prints it.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evals.generated.structure import Unit
from evals.generated.vocabulary import Dependency, Specific


class Boilerplate(StrEnum):
    """How the form's definition of "objetivo general" stands before the objective."""

    PLAIN = "plain"
    TAGGED = "tagged"
    """Both in `<p>`."""
    HALF_TAGGED = "half_tagged"
    """Only the objective in `<p>`."""
    GLUED = "glued"
    """Definition and objective on one line."""


class FunctionsLabel(StrEnum):
    """How the lines above the functions are cut."""

    THREE_LINES = "three_lines"
    TWO_LINES = "two_lines"
    GLUED_TWO = "glued_two"
    GLUED_ONE = "glued_one"
    GLUED_SHORT = "glued_short"
    TAGGED = "tagged"
    SHORT = "short"


@dataclass
class Report:
    """An entry of "Puestos que le reportan"."""

    name: str
    unit: Unit | None = None
    count: int | None = None
    printed: str = ""

    def __post_init__(self) -> None:
        self.printed = self.printed or self.name


@dataclass
class Duty:
    """A function of a sheet, with the vocabulary's function that it says or repeats."""

    text: str
    says: Specific | None = None
    echo: bool = False


@dataclass(eq=False)
class Sheet:
    """What a sheet will print."""

    unit: Unit
    number: str
    title: str
    functional: str
    nominal: str
    secretaria: str
    direccion: str
    area: str
    reports_to: str
    reports: list[Report]
    nothing: str
    """How it says that nobody reports to it."""
    joiner: str
    """What stands before the last of those who report to it."""
    tail: str
    """What stands after the last one."""
    objective: str
    value: str
    type: str
    date: str
    duties: list[Duty]
    boilerplate: Boilerplate
    label: FunctionsLabel
    date_cell: int
    """Which of the three ways of printing "Fecha"."""
    dot: bool
    """A dot after the number."""
    replaced: str | None = None
    """The text that overwrote the form's definition."""

    @property
    def reports_text(self) -> str:
        """ "Puestos que le reportan", as a text."""
        entries = [r.printed for r in self.reports]
        if not entries:
            return self.nothing
        if len(entries) == 1:
            return entries[0]
        return ", ".join(entries[:-1]) + self.joiner + entries[-1] + self.tail


@dataclass
class Listed:
    """A line of VIII."""

    number: str
    title: str
    sheet: Sheet | None
    dot: bool = False


@dataclass
class Chart:
    """The heading of a chart page of IX."""

    number: str
    title: str
    sheet: Sheet
    dot: bool = False


@dataclass
class Draft:
    """A manual before it is printed."""

    dependency: Dependency
    city: str
    state: str
    code: str
    version: str
    emission: date
    administration: str
    sheets: list[Sheet]
    listed: list[Listed]
    charts: list[Chart]
    index_shift: dict[str, int] = field(default_factory=dict)
    """By how much the table of contents is wrong for a chapter."""

    def sheet_of(self, unit: Unit | None) -> Sheet | None:
        """The sheet of a unit."""
        return next((s for s in self.sheets if s.unit is unit), None)

    def fill(self, text: str, **more: str) -> str:
        """A template of the vocabulary with this manual's names in it."""
        the = self.dependency.with_article
        return text.format(
            city=self.city,
            state=self.state,
            administration=self.administration,
            the=the,
            The=the[0].upper() + the[1:],
            of=self.dependency.genitive,
            to=f"a {the}".replace("a el ", "al "),
            topic=self.dependency.topic,
            **more,
        )
