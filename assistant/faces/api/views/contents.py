"""The contents of a manual, and where some words stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.render.reading import Piece
from corpus.model import Manual, Passage, PassageKind, Section, SectionKind
from corpus.spanish import fold, stem, stems

MOST_FOUND = 40
_WORD = re.compile(r"\w+")
_AROUND = 140
"""Characters shown on either side of the first word that was found."""
_SEARCHED = frozenset(PassageKind) - {PassageKind.BOILERPLATE}


@dataclass(frozen=True)
class Entry:
    """A section in the contents."""

    section: Section
    level: int
    """How far it is set in: 0 for a chapter."""


@dataclass(frozen=True)
class Found:
    """A passage with the words that were looked for."""

    section: Section
    page: int
    quote: str
    pieces: tuple[Piece, ...]


def contents(manual: Manual) -> list[Entry]:
    """All sections, in printed order."""
    return [Entry(each, _level(each)) for each in manual.sections]


def around(manual: Manual, section: Section) -> list[Entry]:
    """The chapters, and of the section's own chapter all that is in it."""
    own = section.parent or section.number
    return [each for each in contents(manual) if each.level == 0 or each.section.parent == own]


def search(manual: Manual, words: str) -> list[Found]:
    """The passages with all these words, in any form, at most `MOST_FOUND`.

    Those of sections that have them in their title come first, else in printed order.
    """
    wanted = set(stems(words)) or {fold(word) for word in _WORD.findall(words)}
    if not wanted:
        return []
    number = words.strip().casefold()
    named = [s for s in manual.sections if s.number.casefold() == number]
    titled = [s for s in manual.sections if wanted <= set(stems(s.title)) and s not in named]
    found = [_heading_found(s, wanted) for s in (*named, *titled)]
    for section in manual.sections:
        for passage in section.passages:
            if len(found) >= MOST_FOUND:
                return found[:MOST_FOUND]
            if _has(passage, wanted):
                pieces = tuple(_excerpt(passage.text, wanted))
                found.append(Found(section, passage.page, passage.text, pieces))
    return found


def _level(section: Section) -> int:
    if section.kind is SectionKind.SHEET:
        return min(section.number.count(".") + 1, 5)
    return 1 if section.kind is SectionKind.PART else 0


def _has(passage: Passage, wanted: set[str]) -> bool:
    if passage.kind not in _SEARCHED or passage.kind is PassageKind.HEADING:
        return False
    return wanted <= _stems_in(passage.text)


@lru_cache(maxsize=8192)
def _stems_in(text: str) -> frozenset[str]:
    """The stems of a passage, kept: each word of a search asks for those of all passages."""
    return frozenset(stems(text))


def _heading_found(section: Section, wanted: set[str]) -> Found:
    return Found(section, section.page, "", tuple(_marked(section.title, wanted)))


def _excerpt(text: str, wanted: set[str]) -> Iterator[Piece]:
    """The words that were found and what is around the first, all marked."""
    first = next((m.start() for m in _WORD.finditer(text) if _is_wanted(m[0], wanted)), 0)
    start, end = max(0, first - _AROUND), min(len(text), first + _AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", end) if text.find(" ", end) >= 0 else len(text)
    if start:
        yield Piece("… ", marked=False, label=False)
    yield from _marked(text[start:end], wanted)
    if end < len(text):
        yield Piece(" …", marked=False, label=False)


def _marked(text: str, wanted: set[str]) -> Sequence[Piece]:
    pieces: list[Piece] = []
    end = 0
    for word in _WORD.finditer(text):
        if _is_wanted(word[0], wanted):
            pieces.append(Piece(text[end : word.start()], marked=False, label=False))
            pieces.append(Piece(word[0], marked=True, label=False))
            end = word.end()
    return [*pieces, Piece(text[end:], marked=False, label=False)]


def _is_wanted(word: str, wanted: set[str]) -> bool:
    folded = fold(word)
    return folded in wanted or stem(folded) in wanted
