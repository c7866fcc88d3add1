"""The text of an answer as blocks, its marks as citations.

blocks(answer)  # paragraphs and lists, of texts and `Chip`s
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from assistant.answering.answer import Answer, Citation

_MARK = re.compile(r"\[([^\[\],]+), p\. (\d+)\]")
_BULLET = re.compile(r"\s*[-•] +(.*)")
_NUMBERED = re.compile(r"\s*(\d+)\. +(.*)")

BlockKind = Literal["paragraph", "bullets", "numbers"]


@dataclass(frozen=True)
class Chip:
    """A mark such as "[3.2, p. 47]": the citations of one section and page that it stands for."""

    citations: tuple[Citation, ...]

    @property
    def label(self) -> str:
        """ "§ 3.2 · p. 47"; a part without a number goes by its title alone."""
        first = self.citations[0]
        sign = "" if first.section == first.title else "§ "
        return f"{sign}{first.section} · p. {first.page}"

    @property
    def title(self) -> str:
        """Of the section."""
        return self.citations[0].title


@dataclass(frozen=True)
class Said:
    """Words of the manual, with their quotation marks."""

    words: str


Inline = str | Said | Chip


@dataclass(frozen=True)
class Line:
    """A paragraph, or an item of a list."""

    parts: tuple[Inline, ...]
    number: int | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)


def blocks(answer: Answer) -> list[Block]:
    """The blocks of an answer, in order."""
    made: list[Block] = []
    for line in answer.answer.split("\n"):
        kind, text, number = _kind_of(line)
        if not text.strip():
            continue
        if kind == "paragraph" or not made or made[-1].kind != kind:
            made.append(Block(kind))
        made[-1].lines.append(Line(inline(text, answer.citations), number))
    return made


def unmarked(answer: Answer) -> list[Chip]:
    """A chip for each place that is cited and has no mark in the text."""
    marked = {(m[1], int(m[2])) for m in _MARK.finditer(answer.answer)}
    places = groupby(
        sorted(answer.citations, key=lambda c: (c.section, c.page)),
        key=lambda c: (c.section, c.page),
    )
    return [Chip(tuple(cited)) for place, cited in places if place not in marked]


def inline(text: str, citations: Sequence[Citation]) -> tuple[Inline, ...]:
    """A line of text with its marks as chips."""
    return tuple(_parts(text, citations))


def _kind_of(line: str) -> tuple[BlockKind, str, int | None]:
    if bullet := _BULLET.fullmatch(line):
        return "bullets", bullet[1], None
    if numbered := _NUMBERED.fullmatch(line):
        return "numbers", numbered[2], int(numbered[1])
    return "paragraph", line, None


def _parts(text: str, citations: Sequence[Citation]) -> Iterator[Inline]:
    end = 0
    for mark in _MARK.finditer(text):
        before = text[end : mark.start()]
        cited = _cited(mark[1], int(mark[2]), before, citations)
        yield from _quoted(before if cited else text[end : mark.end()], citations)
        if cited:
            yield Chip(cited)
        end = mark.end()
    yield from _quoted(text[end:], citations)


def _quoted(text: str, citations: Sequence[Citation]) -> Iterator[str | Said]:
    """A text with the quotes in it apart."""
    quotes = sorted({f"«{c.quote}»" for c in citations if f"«{c.quote}»" in text}, key=len)
    if not quotes:
        if text:
            yield text
        return
    longest = quotes[-1]  # another may be part of it
    before, _, after = text.partition(longest)
    yield from _quoted(before, citations)
    yield Said(longest)
    yield from _quoted(after, citations)


def _cited(
    section: str, page: int, before: str, citations: Sequence[Citation]
) -> tuple[Citation, ...]:
    """The citations behind a mark: those quoted just before it, else all of that place."""
    there = tuple(c for c in citations if c.section == section and c.page == page)
    quoted = tuple(c for c in there if c.quote in before)
    return quoted or there
