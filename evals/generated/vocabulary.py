"""The words that manuals are made of, read from `data/*.toml` when first needed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_NOT_DEPENDENCIES = ("common", "questions")
_TOLD = ("name", "acronym", "functional", "topic", "objective", "mission", "vision")
"""What the data of each dependency says of it in a text."""


@dataclass(frozen=True)
class Ask:
    """An everyday question that a function answers."""

    text: str
    persona: str


@dataclass(frozen=True)
class Specific:
    """A function that belongs to one theme only."""

    text: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Theme:
    """What a unit is about: its name, its topic, and the functions that only it has."""

    unit: str
    """What follows "Coordinación de"; with a leading "~", what follows "Coordinación"."""
    topic: str
    """What follows "en materia de" in generic functions."""
    objective: str
    functions: tuple[Specific, ...]
    subs: tuple["Theme", ...]


@dataclass(frozen=True)
class Dependency:
    """A secretaría or institute: its purpose and its directions, each with themes below it."""

    key: str
    name: str
    acronym: str
    functional: str
    """Functional title of its head."""
    topic: str
    objective: str
    mission: str
    vision: str
    general: str | None
    """Name of the Dirección General over the first two directions, if there is one."""
    directions: tuple[Theme, ...]
    laws: dict[str, tuple[str, ...]]
    overlaps: frozenset[str]
    """Other dependencies that could answer its questions too."""
    is_stranger: bool
    """Whether manuals that it does not overlap with have no answer to its questions."""
    without_liaison: frozenset[str]
    """Units of the liaison direction that it has no need of."""

    @property
    def with_article(self) -> str:
        """ "la Secretaría de …", "el Instituto …"."""
        return f"{'el' if self.name.startswith('Instituto') else 'la'} {self.name}"

    @property
    def genitive(self) -> str:
        """ "de la Secretaría de …", "del Instituto …"."""
        return ("de " + self.with_article).replace("de el ", "del ")


@dataclass(frozen=True)
class Common:
    """What all manuals share: cities, people, generic functions, prose, the liaison direction."""

    data: dict[str, Any]
    office: Theme
    liaison: Theme

    def texts(self, *path: str) -> list[str]:
        """The list of texts at a path of the data."""
        node: Any = self.data
        for step in path:
            node = node[step]
        return [str(text) for text in node]


@cache
def dependencies() -> tuple[Dependency, ...]:
    """All dependencies, by key."""
    names = sorted(
        f.name.removesuffix(".toml")
        for f in files(f"{__package__}.data").iterdir()
        if f.name.endswith(".toml")
    )
    return tuple(_dependency(name, _load(name)) for name in names if name not in _NOT_DEPENDENCIES)


def dependency(key: str) -> Dependency:
    """The dependency with this key."""
    return next(d for d in dependencies() if d.key == key)


@cache
def common() -> Common:
    """The words that all manuals share."""
    data = _load("common")
    return Common(data=data, office=_theme(data["office"]), liaison=_theme(data["liaison"]))


@cache
def question_templates() -> dict[str, tuple[str, ...]]:
    """The wordings of questions, by intent."""
    return {intent: tuple(ways) for intent, ways in _load("questions").items()}


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(f"{__package__}.data") / f"{name}.toml").read_text("utf-8"))


def _dependency(key: str, data: dict[str, Any]) -> Dependency:
    return Dependency(
        key=key,
        **{name: data[name] for name in _TOLD},
        general=data.get("general"),
        directions=tuple(_theme(d) for d in data["directions"]),
        laws={level: tuple(laws) for level, laws in data["laws"].items()},
        overlaps=frozenset(data.get("overlaps", ())),
        is_stranger=data.get("is_stranger", True),
        without_liaison=frozenset(data.get("without_liaison", ())),
    )


def _theme(data: dict[str, Any]) -> Theme:
    topic = data.get("topic", data["unit"].lstrip("~").lower())
    return Theme(
        unit=data["unit"],
        topic=topic,
        objective=data.get("objective", ""),
        functions=tuple(_specific(*entry) for entry in data.get("functions", ())),
        subs=tuple(_theme(sub) for sub in data.get("subs", ())),
    )


def _specific(text: str, *questions: str) -> Specific:
    return Specific(text, tuple(_ask(question) for question in questions))


def _ask(question: str) -> Ask:
    if question.startswith("e:"):
        return Ask(question.removeprefix("e:").strip(), "staff")
    return Ask(question, "citizen")
