"""Which text of one version is which of another: by what they say, not by where they stand."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz

from assistant.structure.comparing.change import Piece
from corpus.spanish import STOPWORDS, fold

_MARKS = re.compile(r"[^\w]+")
Item = TypeVar("Item")

REWORDED = 62.0
"""Least likeness, in 0…100, of two texts of which one is the other reworded."""


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text without what is no change: capitals, accents, punctuation, white space."""
    return _MARKS.sub(" ", fold(text)).strip()


@lru_cache(maxsize=65536)
def telling(text: str) -> str:
    """Its words that say something."""
    return " ".join(word for word in plain(text).split() if word not in STOPWORDS)


def likeness(one: str, other: str) -> float:
    """How much two texts say the same, in 0…100: the words they share in order, without those that
    say nothing."""
    return float(fuzz.ratio(telling(one), telling(other)))


def pairs(
    before: Sequence[Item],
    after: Sequence[Item],
    key: Callable[[Item], Hashable],
    score: Callable[[Item, Item], float],
    least: float,
) -> list[tuple[int, int]]:
    """Indices of the items that belong together: those of the same key first, the likeliest of them
    by score, then those with the best scores of at least `least`. Each item is in one pair."""
    same: dict[Hashable, list[int]] = defaultdict(list)
    for j, item in enumerate(after):
        same[key(item)].append(j)
    exact = [
        (score(item, after[j]), i, j) for i, item in enumerate(before) for j in same[key(item)]
    ]
    found = _best(exact, set(), set())
    taken_before, taken_after = {i for i, _ in found}, {j for _, j in found}
    left = [
        (value, i, j)
        for i, item in enumerate(before)
        if i not in taken_before
        for j, other in enumerate(after)
        if j not in taken_after and (value := score(item, other)) >= least
    ]
    return sorted([*found, *_best(left, taken_before, taken_after)])


def _best(
    scored: Sequence[tuple[float, int, int]], taken_before: set[int], taken_after: set[int]
) -> list[tuple[int, int]]:
    """The best pairs first; among equals those that stand at the same place."""
    found = []
    for _, i, j in sorted(scored, key=lambda s: (-s[0], abs(s[1] - s[2]), s[1])):
        if i not in taken_before and j not in taken_after:
            taken_before.add(i)
            taken_after.add(j)
            found.append((i, j))
    return found


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word: what stayed, went and came."""
    old, new = before.split(), after.split()
    found = []
    for state, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if state == "equal":
            found.append(Piece(state="same", text=" ".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece(state="removed", text=" ".join(old[a:b])))
        if c < d:
            found.append(Piece(state="added", text=" ".join(new[c:d])))
    return tuple(found)
