"""Search in a manual that forgives: first all words, then words set right, then some of them.

searched(manual, "vacasiones")  # a Search: what it was read as, and sections with their passages
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.faces.api.views.contents import Found, search
from corpus.model import Manual, Section
from corpus.spanish import STOPWORDS, fold, stem, stems
from corpus.spanish import words as words_of

_WORD = re.compile(r"\w+")
_SHORTEST_SET_RIGHT = 4
"""Letters: nearly every shorter word is near some other."""
_LETTERS_PER_SLIP = 4
"""One slip in words of 4 to 7 letters, two from 8 on, never more: as search engines do."""
_MOST_SLIPS = 2


@dataclass(frozen=True)
class InSection:
    """A section with what was found in it."""

    section: Section
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Search:
    """What was found, by section. `read_as` is empty where the words were taken as typed."""

    sections: tuple[InSection, ...]
    read_as: str = ""
    only_some: bool = False
    """Whether no passage has all of the words, and these have some."""

    @property
    def count(self) -> int:
        """How many places there are in all."""
        return sum(len(each.found) for each in self.sections)


def searched(manual: Manual, words: str) -> Search:
    """The places with these words, or with those that were meant."""
    if found := search(manual, words):
        return Search(_by_section(found))
    right = _set_right(manual, words)
    read_as = right if right != words else ""
    if read_as and (found := search(manual, right)):
        return Search(_by_section(found), read_as)
    return Search(_by_section(_with_some(manual, right)), read_as, only_some=True)


def _by_section(found: Sequence[Found]) -> tuple[InSection, ...]:
    order = {
        number: at for at, number in reversed(list(enumerate(f.section.number for f in found)))
    }
    there = sorted(found, key=lambda each: order[each.section.number])
    return tuple(
        InSection(of_it[0].section, tuple(of_it))
        for of_it in (list(run) for _, run in groupby(there, key=lambda f: f.section.number))
    )


def _set_right(manual: Manual, words: str) -> str:
    """Words that the manual does not print, as the most like of those that it prints."""
    printed = _vocabulary(manual)
    known = {stem(word) for word in printed}
    nearest = {word: _nearest(word, printed, known) for word in words.split()}
    return " ".join(
        word if near is None else _as_printed(manual, near) for word, near in nearest.items()
    )


def _as_printed(manual: Manual, folded: str) -> str:
    """A word with its accents, as the manual prints it most often."""
    forms = Counter(
        word.lower()
        for section in manual.sections
        for word in _WORD.findall(f"{section.title} {section.text}")
        if fold(word) == folded
    )
    return forms.most_common(1)[0][0] if forms else folded


def _nearest(typed: str, printed: Counter[str], known: set[str]) -> str | None:
    """The printed word that is most like one that is not; None where it is as well as it stands."""
    word = fold(typed)
    if len(word) < _SHORTEST_SET_RIGHT or word in STOPWORDS or stem(word) in known:
        return None
    slips = min(_MOST_SLIPS, len(word) // _LETTERS_PER_SLIP)
    near = process.extract(
        word, printed.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None
    )
    if not near:
        return None
    best: str = min(near, key=lambda each: (each[1], -printed[each[0]]))[0]
    return best


def _with_some(manual: Manual, words: str) -> list[Found]:
    """Places with some of the words: those that are rare in the manual first."""
    each = [(word, search(manual, word)) for word in dict.fromkeys(words.split()) if stems(word)]
    found = sorted((f for f in each if f[1]), key=lambda pair: len(pair[1]))
    return list(dict.fromkeys(place for _, places in found for place in places))


@lru_cache(maxsize=8)
def _vocabulary_of(code: str, version: str, text: str) -> Counter[str]:
    del code, version
    return Counter(words_of(text))


def _vocabulary(manual: Manual) -> Counter[str]:
    """The words that a manual prints, folded, each with how often."""
    text = "\n".join(part for s in manual.sections for part in (s.title, s.text))
    return _vocabulary_of(manual.code, manual.version or "", text)
