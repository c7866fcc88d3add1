"""Where a question that was refused may go on: the sections that print words of it.

related_to(manual, "¿dónde pido vacaciones?")  # Related("vacaciones", in 3.5), at most three

They answer nothing, and the page says only that the words are there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.faces.api.views.contents import Found, search
from assistant.retrieval.terms import topic_terms
from assistant.structure.tokens import tokenize
from corpus.model import Manual
from corpus.spanish import fold

_MOST = 3
_FEW_SECTIONS = 4
"""A word that is printed in more sections tells of the manual, not of the question."""
_FULL_WEIGHT = 1.0
_ALIKE = 4
"""Letters that two forms of a word begin with: "queja" and "quejar" do, "poda" and "podrá" not."""


@dataclass(frozen=True)
class Related:
    """A place, and the word for which it is shown, as the manual prints it."""

    found: Found
    word: str


def related_to(manual: Manual, question: str) -> tuple[Related, ...]:
    """One place in each section that prints the question's own words, the rarest word first."""
    terms = [term for term in topic_terms(tokenize(question)) if term.weight == _FULL_WEIGHT]
    places = [list(_places(manual, term.word)) for term in terms]
    few = [each for each in places if 0 < len({_number(one) for one in each}) <= _FEW_SECTIONS]
    related: dict[str, Related] = {}
    for of_word in sorted(few, key=lambda each: len({_number(one) for one in each})):
        for place in of_word:
            related.setdefault(_number(place), place)
    return tuple(related.values())[:_MOST]


def _places(manual: Manual, word: str) -> Iterator[Related]:
    for found in search(manual, word):
        printed = next((piece.text for piece in found.pieces if piece.marked), "")
        if found.quote and fold(printed)[:_ALIKE] == word[:_ALIKE]:
            yield Related(found, printed.lower())


def _number(place: Related) -> str:
    return place.found.section.number
