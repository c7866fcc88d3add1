"""The passages of a manual that print a name or some words, side by side."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from corpus.model import Manual, Passage, PassageKind, Section
from corpus.spanish import STOPWORDS, fold, noun_stem, stem, words

_SPELT_ALIKE = 88.0
"""Least likeness, in percent of the characters, of two words of which one is a slip of the other:
one letter in eight."""
_SHORTEST_MISSPELT = 5
_NUMBER = re.compile(r"[\d.]+")

Place = tuple[Section, Passage]


def places_of(name: str, manual: Manual) -> list[Place]:
    """The passages that print a name, whatever its accents, gender, number, or a letter amiss.

    Its telling words must stand close together, in any order.
    """
    if _NUMBER.fullmatch(name):
        printed = re.compile(rf"(?<![\d.]){re.escape(name.strip('.'))}(?![\d]|\.\d)")
        return [place for place in _text_of(manual) if printed.search(place[1].text)]
    wanted = list(dict.fromkeys(w for w in words(name) if w not in STOPWORDS))
    if not wanted:
        return []
    return [place for place in _text_of(manual) if _stands_in(wanted, words(place[1].text))]


def _text_of(manual: Manual) -> list[Place]:
    return [
        (section, passage)
        for section in manual.sections
        for passage in section.passages
        if passage.kind is not PassageKind.BOILERPLATE
    ]


def _stands_in(wanted: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether all wanted words stand within a stretch of the text twice as long as the name."""
    places = [[i for i, other in enumerate(printed) if _same(word, other)] for word in wanted]
    reach = 2 * len(wanted) + 2
    return any(
        all(any(abs(i - first) <= reach for i in at) for at in places[1:]) for first in places[0]
    )


def _same(asked: str, printed: str) -> bool:
    if asked == printed or stem(asked) == stem(printed) or noun_stem(asked) == noun_stem(printed):
        return True
    long = min(len(asked), len(printed)) >= _SHORTEST_MISSPELT
    return long and fuzz.ratio(fold(asked), printed) >= _SPELT_ALIKE
