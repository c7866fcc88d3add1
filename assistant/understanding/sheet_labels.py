"""Which of a sheet's further fields a question asks for: its labels are the manual's own words."""

from collections.abc import Iterable
from functools import cache

from assistant.lexicon import load
from corpus.model import Position, SheetField
from corpus.spanish import STOPWORDS, fold, stem, words

_SAYS_LITTLE = frozenset(
    map(stem, ("puesto", "cargo", "empleo", "trabajo", "unidad", "area", "general", "basico"))
)
"""Words of labels that name no field by themselves."""
_MOST_LEFT = 1
"""Words of a question that neither label nor field accounts for."""


@cache
def _groups() -> dict[str, frozenset[str]]:
    """By the stem of a word, the stems that are taken for it."""
    groups = [
        frozenset(stem(fold(word)) for word in group) for group in load("sheet_labels")["groups"]
    ]
    return {word: group for group in groups for word in group}


@cache
def _asking() -> frozenset[str]:
    """The stems of words that ask for a field and name none."""
    return frozenset(stem(fold(word)) for word in load("sheet_labels")["asking"].split())


def asked_field(said: Iterable[str], position: Position) -> SheetField | None:
    """The further field of a position that folded words ask for, its name left out; None where
    they ask for none, or for more than it tells."""
    asked = {stem(word) for word in said} - _SAYS_LITTLE
    best = max(position.further, key=lambda field: _fit(asked, field), default=None)
    return best if best is not None and _fit(asked, best) > (0, 0) else None


def _fit(asked: set[str], field: SheetField) -> tuple[float, float]:
    """How well a label fits: words that it says itself, then those it says otherwise; (0, 0) where
    too much is left."""
    own = {stem(w) for w in words(field.label) if w not in STOPWORDS} - _SAYS_LITTLE
    meant = own.union(*(_groups().get(word, frozenset()) for word in own))
    if not asked & meant:
        return (0, 0)
    told = {stem(w) for line in field.lines for w in words(line.text)}
    left = asked - meant - told - _asking()
    if len(left) > _MOST_LEFT:
        return (0, 0)
    return (len(asked & own) / len(own), len(asked & meant))
