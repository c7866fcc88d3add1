"""How two wordings of a unit's name differ: not at all, by a slip, in rank, in substance.

Gender, "(a)", "Titular de …", "Coordinador" for "Coordinación" and all capitals are no difference.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from assistant.structure.naming import (
    Rank,
    further_rank_word,
    leading_rank,
    rank_spelt,
    rank_word,
    same_word,
)
from corpus.spanish import STOPWORDS, fold, stem, words

_GENDER_MARK = re.compile(r"\s*\((?:a|o|as|os|es)\)", re.I)
_TOKEN = re.compile(r"[^\W_]+")
_OFFICE_OF = re.compile(r"^oficina de (?:la persona )?(?=titular\b)", re.I)
_HEADS = re.compile(r"jef[ea]s?$")
_UNIT_NOUN = re.compile(r"(?:departamento|unidad|(?:sub)?direccion|coordinacion)$")
_OF_THE = frozenset(["de", "del", "la", "el"])
_UNIT_NAME = re.compile(
    r"(?:sub)?(?:direccion|coordinacion|gerencia|delegacion|secretaria|jefatura|supervision"
    r"|tesoreria|contraloria|oficialia)\b|departamento\b|unidad\b"
)
_LONG = 5
_UNIT_FORM = re.compile(r"(?:cion|sion|ria|cia|tura|dad|mento)$")


class Difference(Enum):
    """What two wordings of a name differ in."""

    NONE = "none"
    SLIP = "slip"
    """Case, accents, a doubled or misspelt word, a small word more or less."""
    RANK = "rank"
    """ "Jefatura" here and "Coordinación" there, of the same topic."""
    SUBSTANCE = "substance"
    """Other words, or the same in another order."""


@dataclass(frozen=True)
class Wording:
    """A printed name, cut into its rank and the words after it."""

    rank: Rank | None
    rank_words: tuple[str, ...]
    topic: tuple[str, ...]
    """As printed."""

    @classmethod
    def parse(cls, printed: str) -> "Wording":
        """Cut a printed name; a slip in its rank ("Coodinación") is seen through."""
        return _parse(printed)

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(fold(t) for t in self.topic)

    @property
    def content(self) -> tuple[str, ...]:
        return tuple(w for w in self.folded if w not in STOPWORDS)


@lru_cache(maxsize=16384)
def _parse(printed: str) -> Wording:
    text = _OFFICE_OF.sub("", _GENDER_MARK.sub("", printed).strip())
    tokens = _TOKEN.findall(text)
    folded = [fold(t) for t in tokens]
    rank, taken = _rank(rank_spelt(folded))
    topic = tokens[taken:]
    if taken and topic and fold(topic[0]) in ("de", "del"):
        topic = topic[1:]  # "Coordinación de Datos", and "Coordinación Administrativa"
        if topic and fold(topic[0]) in ("la", "el", "las", "los"):
            topic = topic[1:]
    return Wording(rank, tuple(tokens[:taken]), tuple(topic))


def _rank(folded: list[str]) -> tuple[Rank | None, int]:
    """The rank that a name begins with; "Jefe de Departamento de X" heads a department."""
    rank, taken = leading_rank(folded)
    if rank is Rank.HEADSHIP and _HEADS.match(folded[0]):
        unit = next((i for i in range(taken, len(folded)) if folded[i] not in _OF_THE), None)
        if unit is not None and _UNIT_NOUN.match(folded[unit]):
            inner, more = leading_rank(folded[unit:])
            return inner, unit + more
    return rank, taken


def is_unit_name(printed: str) -> bool:
    """Whether a name is printed as a unit's: "Jefatura de …", "Gerencia …". Analysts, assistants,
    "Jefe de turno" and "Secretaria" are posts, which need no sheet."""
    tokens = _TOKEN.findall(printed)
    if tokens and fold(tokens[0]) == "secretaria" and "í" not in tokens[0].lower():
        return False
    return _UNIT_NAME.match(" ".join(rank_spelt(words(printed)))) is not None


def compare(printed: str, right: str) -> Difference:
    """How a printed name differs from the right wording of it."""
    ours, theirs = Wording.parse(printed), Wording.parse(right)
    if ours.rank is theirs.rank is None and _is_person_of_unit(ours, theirs):
        return Difference.NONE
    topic = _compare_topics(ours, theirs)
    if ours.rank is not theirs.rank and _one_gender(ours.content) == _one_gender(theirs.content):
        return Difference.NONE if Rank.HEAD in (ours.rank, theirs.rank) else Difference.RANK
    if topic is Difference.NONE:
        return _compare_rest(printed, right, ours, theirs)
    return topic


def _compare_topics(ours: Wording, theirs: Wording) -> Difference:
    if ours.topic == theirs.topic:
        return Difference.NONE
    mine, other = ours.folded, theirs.folded
    if mine == other:
        return Difference.NONE if _is_capitals(ours) or _is_capitals(theirs) else Difference.SLIP
    if _one_gender(mine) == _one_gender(other) and _is_person(ours) != _is_person(theirs):
        return Difference.NONE
    if _undoubled(mine) == _undoubled(other) or ours.content == theirs.content:
        return Difference.SLIP
    if len(ours.content) == len(theirs.content) and all(
        same_word(a, b) and _is_typo(a, b)
        for a, b in zip(ours.content, theirs.content, strict=True)
    ):
        return Difference.SLIP
    return Difference.SUBSTANCE


def _compare_rest(printed: str, right: str, ours: Wording, theirs: Wording) -> Difference:
    """Names of one topic: the rank's spelling, and the small word after it."""
    if not ours.rank_words or not theirs.rank_words or _is_person(ours) or _is_person(theirs):
        return Difference.NONE
    if Rank.HEAD in (ours.rank, theirs.rank) or _is_capitals(ours) or _is_capitals(theirs):
        return Difference.NONE
    mine, other = " ".join(ours.rank_words), " ".join(theirs.rank_words)
    if mine != other and _is_unit(ours) and _is_unit(theirs):
        return Difference.SLIP
    small = (len(words(printed)) - len(words(right))) if _is_unit(ours) and _is_unit(theirs) else 0
    return Difference.SLIP if small else Difference.NONE


def _is_person_of_unit(ours: Wording, theirs: Wording) -> bool:
    """Whether two names without a known rank differ in the first word as a unit and its person
    do: "Supervisión de …", "Supervisor de …"."""
    mine, other = ours.folded, theirs.folded
    if (
        not mine
        or not other
        or mine[0] == other[0]
        or _one_gender(mine[1:]) != _one_gender(other[1:])
    ):
        return False
    return mine[0][:_LONG] == other[0][:_LONG] and abs(len(mine[0]) - len(other[0])) <= _LONG


def _is_typo(a: str, b: str) -> bool:
    """Whether two alike words are one: "Tecnico" and "Tecnológico" are two."""
    return stem(a) == stem(b) or DamerauLevenshtein.distance(a, b) <= 1


def _one_gender(folded: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(re.sub(r"[oa](s?)$", r"@\1", w) if len(w) >= _LONG else w for w in folded)


def _undoubled(folded: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for i, w in enumerate(folded) if i == 0 or w != folded[i - 1])


def _is_capitals(wording: Wording) -> bool:
    return all(t.isupper() for t in wording.topic if len(t) > 1)


def _is_unit(wording: Wording) -> bool:
    """Whether the rank is printed as the unit's: "Coordinación", also misspelt, not "Coord."."""
    first = fold(wording.rank_words[0]) if wording.rank_words else ""
    return len(first) > _LONG and not _is_person(wording)


def _is_person(wording: Wording) -> bool:
    """Whether the rank is printed as a person's: "Coordinador", "Jefe", "Titular"."""
    first = fold(wording.rank_words[0]) if wording.rank_words else ""
    is_rank = rank_word(first) is not None or further_rank_word(first) is not None
    return is_rank and not _UNIT_FORM.search(first)
