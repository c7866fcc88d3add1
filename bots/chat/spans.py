"""Texts for a chat: spans in lines, lines on pages. What they look like in a channel is its own.

A page is cut before there are any tags.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

PAGE = 2800
"""Characters of a page: some four screens of a phone. A heading and a footer still fit in what
channels take at once (Telegram: 4,096)."""


class Style(StrEnum):
    """How a span looks."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True)
class Span:
    """A stretch of text that looks one way."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Span, ...]
"""A paragraph or an item of a list; the empty one is a blank line."""

BLANK: Line = ()


def plain(text: str) -> Line:
    """A line of plain text."""
    return (Span(text),)


def bold(text: str) -> Line:
    """A line in bold."""
    return (Span(text, Style.BOLD),)


def italic(text: str) -> Line:
    """A line in italics."""
    return (Span(text, Style.ITALIC),)


def length(text: str) -> int:
    """How long a text is in UTF-16 code units, as chats count it: an emoji counts two."""
    return len(text.encode("utf-16-le")) // 2


def text(lines: Iterable[Line]) -> str:
    """The lines as people see them."""
    return "\n".join("".join(span.text for span in line) for line in lines).strip()


def pages(lines: Sequence[Line], longest: int = PAGE) -> list[list[Line]]:
    """The lines on pages of at most so many characters; at least one page.

    A page ends after a line. Only a line that is longer than a page is cut itself, at a word. No
    page begins or ends with a blank line.
    """
    made: list[list[Line]] = [[]]
    filled = 0
    for line in _cut(lines, longest):
        size = _size(line)
        if made[-1] and filled + size > longest:
            made.append([])
            filled = 0
        if line or made[-1]:
            made[-1].append(line)
            filled += size
    for page in made:
        while page and not page[-1]:
            page.pop()
    return [page for page in made if page] or [[]]


def shortened(text: str, longest: int) -> str:
    """The beginning of a text, at a word where there is one, with "…" for what is left out."""
    if len(text) <= longest:
        return text
    return f"{_head(text, longest - 1).rstrip(' ,;.')}…"


def _size(line: Line) -> int:
    return sum(length(span.text) for span in line) + 1


def _cut(lines: Iterable[Line], longest: int) -> Iterator[Line]:
    for line in lines:
        while _size(line) > longest:
            first, line = _parted(line, longest - 1)
            yield first
        yield line


def _parted(line: Line, longest: int) -> tuple[Line, Line]:
    """The beginning of a line, of at most so many characters, and the rest of it."""
    taken: list[Span] = []
    for at, span in enumerate(line):
        if length(span.text) > longest:
            if taken and length(span.text[0]) > longest:
                return tuple(taken), line[at:]
            head = _head(span.text, longest)
            rest = Span(span.text[len(head) :].lstrip(), span.style)
            return (*taken, Span(head.rstrip(), span.style)), (rest, *line[at + 1 :])
        taken.append(span)
        longest -= length(span.text)
    return tuple(taken), ()


def _head(text: str, longest: int) -> str:
    """As much of a text as fits, up to the end of a word unless it is all one word."""
    end = used = 0
    for end, character in enumerate(text):  # noqa: B007 - where it stopped
        used += length(character)
        if used > longest:
            break
    else:
        return text
    space = text.rfind(" ", 1, end)
    return text[: space if space > end // 2 else max(end, 1)]
