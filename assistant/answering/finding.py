"""Finds the position that a person names: by number, by name, in short, through slips of spelling.

For whatever takes a position rather than a question: the org chart, the induction pack.
"""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from assistant.answering.clarify import place
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import numbered
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import Rank, rank_word, same_word
from assistant.structure.tokens import tokenize
from assistant.understanding.question import QuestionError, clean_question
from corpus.errors import AsistenteError
from corpus.model import Manual, Position
from corpus.spanish import fold, joined, words

_LONGEST_NAME = 300
_MOST_READINGS = 8
_NEAREST = 3
_LEAST_ALIKE = 55.0
"""How like a name must be to be offered, 0 to 100: what is not near helps nobody."""
_NUMBER = re.compile(r"[§#\s]*(\d{1,3}(?:\.\d{1,3})*)\.?")
_LEAST_SAID_OF_NAME = 0.6
"""Least share, by weight, of the words of a name without a rank that the position must have."""


class PositionError(AsistenteError):
    """A text names no position, or not just one."""

    def __init__(self, message: str, positions: Sequence[Position] = ()) -> None:
        super().__init__(message)
        self.positions = tuple(positions)
        """What to offer instead, best first."""


class UnknownPositionError(PositionError):
    """The manual has no such position; `positions` are the nearest, at most three."""

    def __init__(self, text: str, nearest: Sequence[Position]) -> None:
        names = joined([f"«{numbered(p)}»" for p in nearest])
        hint = f"; los más parecidos son {names}" if nearest else ""
        super().__init__(f"El manual no tiene cédula del puesto «{text}»{hint}.", nearest)


class AmbiguousPositionError(PositionError):
    """Several positions may be meant; `positions` are these readings, in printed order."""

    def __init__(self, text: str, readings: Sequence[Position]) -> None:
        told = [f"«{numbered(p)}», {place(p)}" for p in readings[:_MOST_READINGS]]
        left = len(readings) - len(told)
        listed = "; ".join([*told, f"y {left} más"] if left else told)
        super().__init__(
            f"«{text}» puede ser cualquiera de {len(readings)} puestos; dígalo con su número: "
            f"{listed}.",
            readings,
        )


def find_position(knowledge: Knowledge, text: str) -> Position:
    """The position that a text names: "2.1.5", "coord. de geomática", "juntas vecinales".

    Raises UnknownPositionError and AmbiguousPositionError, which offer what may be meant, and
    PositionError for a text that can't be a name.
    """
    try:
        named = clean_question(text, _LONGEST_NAME)
    except QuestionError as error:
        raise PositionError("Diga el nombre de un puesto, o su número de sección.") from error
    number = _NUMBER.fullmatch(named)
    if number is not None:
        return _numbered(knowledge, named, number[1])
    found = _named(knowledge, named)
    if len(found) > 1:
        raise AmbiguousPositionError(named, found)
    if not found:
        raise UnknownPositionError(named, _nearest_names(knowledge, named))
    return found[0]


def _numbered(knowledge: Knowledge, named: str, number: str) -> Position:
    manual = knowledge.manual
    listed = next((e.title for e in manual.structure if e.number == number), None)
    position = manual.position(number) or (knowledge.names.resolve(listed) if listed else None)
    if position is None:
        raise UnknownPositionError(named, _nearest_numbers(manual, number))
    return position


def _named(knowledge: Knowledge, named: str) -> list[Position]:
    """All positions that a name may mean equally well."""
    said = words(named)
    literal = [p for p in knowledge.manual.positions if words(p.title) == said]
    if literal:
        return literal
    mentions = knowledge.mentions(_with_rank_spelt(named))
    if mentions:
        return _distinct(p for m in mentions if m.exact for p in m.candidates)
    return _by_topic(knowledge, named)


def _by_topic(knowledge: Knowledge, named: str) -> list[Position]:
    """Positions whose name has most of these words, where no rank is said: "geomática"."""
    tokens, names = tokenize(named), knowledge.names
    mention = find_rankless(tokens, names, frozenset())
    said = [t.word for t in tokens if t.is_content]
    return [
        position
        for position in (mention.candidates if mention else ())
        if any(
            names.coverage(said, name.topic) >= _LEAST_SAID_OF_NAME
            for name in names.names[position.number]
        )
    ]


def _with_rank_spelt(named: str) -> str:
    """A name with a slip in its rank set right, as manuals print them too: "Coodinación"."""
    first, _, rest = named.partition(" ")
    if rank_word(fold(first)) is None:
        spelt = next((r.value for r in Rank if same_word(fold(first), fold(r.value))), None)
        return f"{spelt} {rest}" if spelt else named
    return named


def _nearest_names(knowledge: Knowledge, named: str) -> list[Position]:
    """The positions with most words in common, then those that look alike, if any."""
    positions = knowledge.manual.positions
    titles = [p.title for p in positions]
    alike = process.extract(
        named,
        titles,
        scorer=fuzz.token_sort_ratio,
        processor=fold,
        limit=_NEAREST,
        score_cutoff=_LEAST_ALIKE,
    )
    near = knowledge.names.nearest(named, _NEAREST)
    return _distinct([*near, *(positions[at] for _, _, at in alike)])[:_NEAREST]


def _nearest_numbers(manual: Manual, number: str) -> list[Position]:
    """The positions whose numbers share most with this one from the beginning."""
    asked = [int(part) for part in number.split(".")]

    def distance(position: Position) -> tuple[int, int, int]:
        own = [int(part) for part in position.number.split(".") if part.isdigit()]
        shared = 0
        while shared < min(len(own), len(asked)) and own[shared] == asked[shared]:
            shared += 1
        next_own, next_asked = ([*part, 0][shared] for part in (own, asked))
        return -shared, abs(len(own) - len(asked)), abs(next_own - next_asked)

    return sorted(manual.positions, key=distance)[:_NEAREST]


def _distinct(positions: Iterable[Position]) -> list[Position]:
    return list({p.number: p for p in positions}.values())
