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
class Examples:
    """What a kind of person may ask."""

    who: str
    questions: tuple[str, ...]
    manual: str
    """The code of the manual that answers them."""


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

    def is_answered(question: str) -> bool:
        return assistant.answers(question, manual.code)

    kinds: tuple[tuple[str, Callable[[Manual], Iterator[str]]], ...] = (
        ("Si acaba de entrar a trabajar", _of_a_newcomer),
        ("Si busca quién le atiende", _of_a_citizen),
        ("Si trabaja aquí y necesita un dato", _of_staff),
    )
    made = []
    for who, candidates in kinds:
        tried = islice(dict.fromkeys(candidates(manual)), _MOST_TRIED)
        questions = tuple(islice(filter(is_answered, tried), EACH))
        if questions:
            made.append(Examples(who, questions, manual.code))
    return made


def _of_a_newcomer(manual: Manual) -> Iterator[str]:
    # where the tree is deepest, most newcomers begin
    junior = sorted(_plain(manual), key=lambda p: (-p.level, p.number))
    asked = (
        lambda p: f"Acabo de entrar a {the(p.title)}, ¿cuáles son mis funciones?",
        lambda p: f"Trabajo en {the(p.title)}, ¿a quién le reporto?",
        lambda p: f"¿Cuál es el objetivo {of_the(p.title)}?",
    )
    yield from _in_turn(asked[:2], junior[:2])
    yield "¿Cuál es la misión?"
    yield from _in_turn(asked, junior)


def _of_a_citizen(manual: Manual) -> Iterator[str]:
    for position in sorted(_plain(manual), key=_share_for_the_public, reverse=True):
        topic = _TOPIC.fullmatch(position.title)
        if topic is not None:
            yield f"¿Quién ve lo de {topic['topic'].lower()}?"


def _of_staff(manual: Manual) -> Iterator[str]:
    senior = [p for p in _plain(manual) if p.direct_reports]
    others = [p for p in _plain(manual) if p.level > 1] or senior
    yield from (f"¿A quién le reporta {the(p.title)}?" for p in others[-2:-1])
    yield from (f"¿Quién le reporta {to_the(p.title)}?" for p in senior[:1])
    yield "¿Qué reglamentos municipales hay en el marco jurídico?"
    yield from (f"¿A quién le reporta {the(p.title)}?" for p in others)


def _in_turn(
    asked: tuple[Callable[[Position], str], ...], positions: list[Position]
) -> Iterator[str]:
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
