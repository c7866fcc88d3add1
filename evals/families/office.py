"""The office that a manual is about: its posts, in a country's ranks, with what they do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from evals.families.choices import Family
from evals.families.style import Country, Style
from evals.generated.sheets import Draft, Report, Sheet
from evals.generated.structure import Level, Unit
from evals.generated.vocabulary import dependencies
from evals.generated.writing import draft

_WITHOUT_FUNCTIONS = 0.04
_MASCULINE = {"Administrativa": "Administrativo", "Jurídica": "Jurídico"}


@dataclass(frozen=True)
class Entry:
    """Who reports to a post, as printed, and the bare name."""

    name: str
    printed: str


@dataclass(frozen=True)
class Post:
    """A unit, and the person at its head."""

    unit: str
    person: str
    article: str
    """The unit's: "la" or "el"."""
    number: str
    boss_unit: str
    boss_person: str
    boss_article: str
    unit_reports: tuple[Entry, ...]
    person_reports: tuple[Entry, ...]
    objective: str
    functions: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """A made-up office."""

    name: str
    acronym: str
    code: str
    city: str
    state: str
    emission: str
    administration: str
    posts: tuple[Post, ...]
    laws: tuple[str, ...]
    mission: str
    vision: str
    topic: str


def draw_office(style: Style) -> Office:
    """The office of a seed, in the words of the style's country."""
    rng = Random(f"{style.seed}:{style.family}:office")
    subject = rng.choice(dependencies())
    # drafts of one seed share their city and dates; families are to differ
    made = draft(subject, style.positions, style.seed * 31 + len(style.family))
    naming = _Naming(made, style.country)
    lists_only = style.family in (Family.ATTRIBUTIONS, Family.REGULATION)
    posts = tuple(
        naming.post(sheet, has_functions=rng.random() > _WITHOUT_FUNCTIONS or lists_only)
        for sheet in made.sheets
        if not sheet.unit.is_desk
    )
    city, state = made.city, made.state
    if style.country.cities:
        city = state = rng.choice(style.country.cities)
    laws = [law for level in subject.laws.values() for law in level]
    return Office(
        name=naming.unit(made.sheets[0].unit),
        acronym=subject.acronym,
        code=f"{rng.choice(['MO', 'MOF', 'MAN', 'DA-MO'])}-{subject.acronym}-{made.code[-2:]}",
        city=city,
        state=state,
        emission=f"{made.emission:%d/%m/%Y}",
        administration=made.administration,
        posts=posts,
        laws=tuple(law.format(city=city, state=state) for law in laws),
        mission=style.country.localised(subject.mission),
        vision=style.country.localised(subject.vision),
        topic=subject.topic,
    )


def _after_kind(name: str) -> str:
    """What follows "Secretaría" or "Instituto Municipal" in a dependency's name."""
    _, preposition, rest = re.split(r" (del?) ", f"{name} de Control", maxsplit=1)
    return f"{preposition} {rest}".removesuffix(" de Control")


class _Naming:
    """Names units and persons in a country's ranks."""

    def __init__(self, made: Draft, country: Country) -> None:
        self._made = made
        self._country = country

    def _rank(self, unit: Unit) -> tuple[str, str, str]:
        return self._country.ranks[list(Level).index(unit.level)]

    def _rest(self, unit: Unit, masculine: bool) -> str:
        if unit.level is Level.HEAD:
            return _after_kind(self._made.dependency.name)
        if unit.theme.unit.startswith("~"):
            name = unit.unit_name
            return _MASCULINE.get(name, name) if masculine else name
        return f"de {unit.unit_name}"

    def unit(self, unit: Unit) -> str:
        """The unit's name: "Departamento de Bacheo"."""
        word, gender, _ = self._rank(unit)
        return f"{word} {self._rest(unit, gender == 'm')}"

    def person(self, unit: Unit) -> str:
        """The title of its head: "Jefe del Departamento de Bacheo"."""
        word, gender, person = self._rank(unit)
        is_of_unit = word in person
        return f"{person} {self._rest(unit, gender == 'm' or not is_of_unit)}"

    def article(self, unit: Unit) -> str:
        """The article of the unit's name."""
        return "el" if self._rank(unit)[1] == "m" else "la"

    def post(self, sheet: Sheet, has_functions: bool) -> Post:
        """A post of the draft, with its names and texts in the country's words."""
        unit, local = sheet.unit, self._country.localised
        is_mexican = self._country.key.startswith("mexico")
        top_unit = "Presidencia Municipal" if is_mexican else "Alcaldía"
        top_person = "Presidente Municipal" if is_mexican else "Alcalde"
        functions = dict.fromkeys(local(duty.text) for duty in sheet.duties)
        reports = [r for r in sheet.reports if r.unit is None or not r.unit.is_desk]
        return Post(
            unit=self.unit(unit),
            person=self.person(unit),
            article=self.article(unit),
            number=unit.number,
            boss_unit=self.unit(unit.parent) if unit.parent else top_unit,
            boss_person=self.person(unit.parent) if unit.parent else top_person,
            boss_article=self.article(unit.parent) if unit.parent else "la",
            unit_reports=tuple(self._entry(r, self.unit) for r in reports),
            person_reports=tuple(self._entry(r, self.person) for r in reports),
            objective=local(sheet.objective),
            functions=tuple(functions) if has_functions else (),
        )

    def _entry(self, report: Report, naming: Callable[[Unit], str]) -> Entry:
        if report.unit is None:
            return Entry(report.name, report.printed)
        name = naming(report.unit)
        return Entry(name, name)
