"""The organisation behind a manual: a tree of units with as many sheets as are asked for.

Every unit gets a rank in which it joins a growing manual; taking the first units by rank gives a
sensible organisation of any size, since a unit's rank is always higher than its boss's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random

from evals.generated.vocabulary import Common, Dependency, Specific, Theme


class Level(StrEnum):
    """The rank of a unit; the value is the word that its title begins with."""

    HEAD = "Titular"
    GENERAL = "Dirección General"
    DIRECTION = "Dirección"
    COORDINATION = "Coordinación"
    OFFICE = "Jefatura"
    SUPERVISION = "Supervisión"


_GENDERED = {
    Level.GENERAL: ("Director", "General "),
    Level.DIRECTION: ("Director", ""),
    Level.COORDINATION: ("Coordinador", ""),
    Level.OFFICE: ("Jefe", ""),
    Level.SUPERVISION: ("Supervisor", ""),
}
_MASCULINE = {"Administrativa": "Administrativo (a)", "Jurídica": "Jurídico (a)"}


@dataclass(eq=False)
class Unit:
    """A unit with a sheet."""

    level: Level
    theme: Theme
    parent: "Unit | None"
    rank: float
    zone: str | None = None
    echo: bool = False
    """Repeats its boss's name and, with "Apoyar para", some of its functions."""
    is_desk: bool = False
    """A "Jefatura de Oficina": there are several, all with the same title."""
    number: str = ""
    children: list["Unit"] = field(default_factory=list)
    head_title: str = ""
    """Title and functional title of the head, which follow the dependency's name."""
    head_functional: str = ""

    @property
    def unit_name(self) -> str:
        """The name without the level: "Bacheo y Pavimentación Zona Norte"."""
        zone = f" Zona {self.zone}" if self.zone else ""
        return self.theme.unit.removeprefix("~") + zone

    @property
    def title(self) -> str:
        """The title as its sheet should print it."""
        return self.title_as(self.level)

    def title_as(self, level: Level) -> str:
        """The title that it would have at another level."""
        if self.level is Level.HEAD:
            return self.head_title
        return f"{level} {'' if self.theme.unit.startswith('~') else 'de '}{self.unit_name}"

    def functional(self, mark: str, level: Level | None = None) -> str:
        """The person's title, with a gender mark: "Jefe (a) de …"."""
        if self.level is Level.HEAD:
            return self.head_functional
        word, infix = _GENDERED[level or self.level]
        if self.theme.unit.startswith("~"):
            return f"{word}{mark} {infix}{_MASCULINE[self.unit_name]}"
        return f"{word}{mark} {infix}de {self.unit_name}"

    @property
    def topic(self) -> str:
        """What the unit's generic functions are about."""
        return self.theme.topic

    @property
    def functions(self) -> tuple[Specific, ...]:
        """The functions that only this unit has."""
        return () if self.echo or self.zone else self.theme.functions

    def ancestors(self) -> Iterator["Unit"]:
        """The boss, the boss's boss … up to the head."""
        unit = self.parent
        while unit is not None:
            yield unit
            unit = unit.parent

    @property
    def direction(self) -> "Unit | None":
        """The direction that it belongs to, itself included."""
        family = (self, *self.ancestors())
        return next((u for u in family if u.level in (Level.DIRECTION, Level.GENERAL)), None)


def organise(dependency: Dependency, common: Common, count: int, rng: Random) -> list[Unit]:
    """`count` units in printed order, numbered, the head first."""
    candidates = sorted(_Growth(dependency, common, rng).units, key=lambda u: u.rank)
    if not 4 <= count <= len(candidates):
        raise ValueError(f"{dependency.key}: from 4 to {len(candidates)} positions, not {count}")
    chosen = candidates[:count]
    for unit in chosen:
        if unit.parent:
            unit.parent.children.append(unit)
    for unit in chosen:
        unit.children.sort(key=lambda u: (u.is_desk, _printed_order(u)))
        if unit.level is Level.COORDINATION:
            unit.theme = _with_missing_offices(unit)
        if unit.level is Level.COORDINATION and not unit.children and rng.random() < 0.15:
            unit.level = Level.OFFICE
    _number(chosen[0])
    return list(_walk(chosen[0]))


def _with_missing_offices(unit: Unit) -> Theme:
    """The theme of a unit that does itself what its offices would, were there any."""
    there = [child.theme for child in unit.children]
    missing = [f for sub in unit.theme.subs if sub not in there for f in sub.functions]
    return replace(unit.theme, functions=(*unit.theme.functions, *missing))


def _printed_order(unit: Unit) -> tuple[int, float]:
    """Coordinations before offices, and the liaison direction last."""
    return (list(Level).index(unit.level), unit.rank)


def _number(head: Unit) -> None:
    head.number = "1"
    desks = [u for u in head.children if u.is_desk]
    for position, unit in enumerate(desks, 1):
        unit.number = f"1.{position}"
    for position, unit in enumerate((u for u in head.children if not u.is_desk), 2):
        unit.number = str(position)
        _number_below(unit)
    head.children.sort(key=lambda u: (not u.is_desk, u.number))


def _number_below(unit: Unit) -> None:
    for position, child in enumerate(unit.children, 1):
        child.number = f"{unit.number}.{position}"
        _number_below(child)


def _walk(unit: Unit) -> Iterator[Unit]:
    yield unit
    for child in unit.children:
        yield from _walk(child)


class _Growth:
    """All units that a dependency could have, each with its rank."""

    def __init__(self, dependency: Dependency, common: Common, rng: Random) -> None:
        self._dependency = dependency
        self._common = common
        self._rng = rng
        self.units: list[Unit] = []
        self._head = self._add(Level.HEAD, self._head_theme(), None, 0.0)
        self._head.head_title = f"Titular {dependency.genitive}"
        self._head.head_functional = dependency.functional
        self._desk(self._head, 1.0)
        self._directions()

    def _add(self, level: Level, theme: Theme, parent: Unit | None, rank: float) -> Unit:
        unit = Unit(level, theme, parent, rank)
        self.units.append(unit)
        return unit

    def _head_theme(self) -> Theme:
        d = self._dependency
        return Theme(d.name, d.topic, d.objective, (), ())

    def _desk(self, parent: Unit, rank: float) -> None:
        self._add(Level.OFFICE, self._common.office, parent, rank).is_desk = True

    def _directions(self) -> None:
        general = self._general() if self._dependency.general else None
        *own, liaison = (*self._dependency.directions, self._common.liaison)
        for index, theme in enumerate(own):
            boss = general if general and index < 2 else self._head
            self._direction(theme, boss, 2.0 + 2 * index)
        self._direction(liaison, self._head, 2.0 + 2 * len(own))

    def _general(self) -> Unit:
        parts = self._dependency.directions[:2]
        topic = " y ".join(p.topic for p in parts)
        objective = (
            f"Conducir y supervisar a las direcciones de {parts[0].unit} y de {parts[1].unit}, "
            "asegurando que sus programas respondan a las necesidades de la población."
        )
        name = self._dependency.general or ""
        return self._add(Level.GENERAL, Theme(name, topic, objective, (), ()), self._head, rank=1.9)

    def _direction(self, theme: Theme, boss: Unit, rank: float) -> None:
        unit = self._add(Level.DIRECTION, theme, boss, rank)
        self._desk(unit, 25.0 + self._rng.random() * 40)
        subs = [s for s in theme.subs if s.unit not in self._dependency.without_liaison]
        for index, sub in enumerate(subs):
            later = 20.0 + 10 * index + 8 * self._rng.random()
            self._coordination(sub, unit, rank + 0.5 if index == 0 else later)

    def _coordination(self, theme: Theme, boss: Unit, rank: float) -> None:
        unit = self._add(Level.COORDINATION, theme, boss, rank)
        leaves = [
            self._add(Level.OFFICE, sub, unit, max(24.0, rank) + 14 * i + 12 * self._rng.random())
            for i, sub in enumerate(theme.subs)
        ]
        if not theme.unit.startswith("~"):
            often = self._rng.random() < 0.4
            later = max(rank, 30.0 if often else 90.0) + 60 * self._rng.random()
            echo = self._add(Level.OFFICE, theme, unit, later)
            echo.echo = True
            leaves.append(echo)
        for leaf in leaves:
            self._zones(leaf)

    def _zones(self, boss: Unit) -> None:
        if boss.theme.unit.startswith("~"):
            return
        for index, zone in enumerate(self._common.texts("zones")):
            rank = 200.0 + 20 * index + 15 * self._rng.random()
            self._add(Level.SUPERVISION, boss.theme, boss, rank).zone = zone
