"""Example questions for each kind of person, made from the manual, and tried before they are shown.

    examples_of(opened, assistant)

A candidate that the assistant does not answer is left out, so that every example leads somewhere.
"""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import of_the, the, to_the
from assistant.asking.core import Assistant
from assistant.asking.library import OpenManual
from corpus.model import Manual, Position
from corpus.spanish import fold, stems

EACH = 3
"""Examples for each kind of person."""
_MOST_TRIED = 12
_TOPIC = re.compile(
    r"(?:direcci[oó]n|coordinaci[oó]n|jefatura|departamento|unidad)(?: general)? "
    r"de(?:l| la| los| las)? (?P<topic>.+)",
    re.I,
)
_OF_THE_PUBLIC = frozenset(
    stems(
        "ciudadanos ciudadanía vecinos vecinales contribuyentes población trámites público quejas"
    )
)
_SHORT = 60
"""Characters of a title that reads well inside a question."""


@dataclass(frozen=True)
class Example:
    """A question, and the few words that stand for it on a button."""

    question: str
    label: str


@dataclass(frozen=True)
class Examples:
    """What a kind of person may ask."""

    who: str
    examples: tuple[Example, ...]
    manual: str
    """The code of the manual that answers them."""

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions alone."""
        return tuple(each.question for each in self.examples)


_kept: "WeakKeyDictionary[Knowledge, list[Examples]]" = WeakKeyDictionary()
_lock = threading.Lock()


def examples_of(opened: OpenManual, assistant: Assistant) -> list[Examples]:
    """The examples for each kind of person; none of a kind that the manual has no answers for.

    Raises as `Assistant.ask` does. They are tried once for each build of the index.
    """
    with _lock:
        known = _kept.get(opened.knowledge)
        if known is None:
            known = _tried(opened, assistant)
            _kept[opened.knowledge] = known
        return known


def _tried(opened: OpenManual, assistant: Assistant) -> list[Examples]:
    manual = opened.knowledge.manual

    def is_answered(example: Example) -> bool:
        return assistant.answers(example.question, manual.code)

    kinds: tuple[tuple[str, Callable[[Manual], Iterator[Example]]], ...] = (
        ("Si acaba de entrar a trabajar", _of_a_newcomer),
        ("Si busca quién le atiende", _of_a_citizen),
        ("Si trabaja aquí y necesita un dato", _of_staff),
    )
    made = []
    for who, candidates in kinds:
        tried = islice(dict.fromkeys(candidates(manual)), _MOST_TRIED)
        examples = tuple(islice(filter(is_answered, tried), EACH))
        if examples:
            made.append(Examples(who, examples, manual.code))
    return made


def _of_a_newcomer(manual: Manual) -> Iterator[Example]:
    # where the tree is deepest, most newcomers begin
    junior = sorted(_plain(manual), key=lambda p: (-p.level, p.number))
    asked: tuple[_Asked, ...] = (
        lambda p: Example(
            f"Acabo de entrar a {the(p.title)}, ¿cuáles son mis funciones?",
            f"Funciones {of_the(p.title)}",
        ),
        lambda p: Example(
            f"Trabajo en {the(p.title)}, ¿a quién le reporto?", f"Quién dirige {the(p.title)}"
        ),
        lambda p: Example(
            f"¿Cuál es el objetivo {of_the(p.title)}?", f"Objetivo {of_the(p.title)}"
        ),
    )
    yield from _in_turn(asked[:2], junior[:2])
    yield Example("¿Cuál es la misión?", "La misión")
    yield from _in_turn(asked, junior)


def _of_a_citizen(manual: Manual) -> Iterator[Example]:
    for position in sorted(_plain(manual), key=_share_for_the_public, reverse=True):
        named = _TOPIC.fullmatch(position.title)
        if named is not None:
            topic = named["topic"]
            yield Example(f"¿Quién ve lo de {topic.lower()}?", topic[:1].upper() + topic[1:])


def _of_staff(manual: Manual) -> Iterator[Example]:
    senior = sorted((p for p in _plain(manual) if p.direct_reports), key=lambda p: len(p.title))
    others = [p for p in _plain(manual) if p.level > 1] or senior
    yield from map(_superior_of, others[-2:-1])
    yield from (
        Example(f"¿Quién le reporta {to_the(p.title)}?", f"Equipo {of_the(p.title)}")
        for p in senior[:1]
    )
    yield Example(
        "¿Qué reglamentos municipales hay en el marco jurídico?", "Reglamentos municipales"
    )
    yield from map(_superior_of, others)


def _superior_of(position: Position) -> Example:
    named = the(position.title)
    return Example(f"¿A quién le reporta {named}?", f"A quién reporta {named}")


_Asked = Callable[[Position], Example]


def _in_turn(asked: tuple[_Asked, ...], positions: list[Position]) -> Iterator[Example]:
    """Each position is asked about in another way than the one before."""
    for at, position in enumerate(positions):
        yield asked[at % len(asked)](position)


def _plain(manual: Manual) -> list[Position]:
    """Positions whose name is theirs alone, and short."""
    titles = [fold(p.title) for p in manual.positions]
    return [
        p
        for p in manual.positions
        if titles.count(fold(p.title)) == 1 and len(p.title) <= _SHORT and p.functions
    ]


def _share_for_the_public(position: Position) -> float:
    """How many of a position's functions speak of the people outside."""
    said = [bool(_OF_THE_PUBLIC & set(stems(f.text))) for f in position.functions]
    return sum(said) / len(said)
