"""A chapter of running text cut into its inner parts: III.1, VII.D, XI.V.

Each manual and chapter has its own way to mark them. The first heading that is marked with the
first sign of a series (1, A or I) sets the style of its chapter; what is marked otherwise inside
it, or out of sequence, is content.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.model import SectionKind
from ingest.lines import Line
from ingest.outline import Block
from ingest.prose import is_item
from ingest.text import is_upper_case, roman_value

_MARKED = re.compile(r"(\d{1,2}|[A-Z]|[IVXLC]+)\s?(?:[.)][-–]?|[-–])\s*(\S.*)")
_LONGEST_TITLE = 90


class _Style(Enum):
    """How the parts of a chapter are numbered."""

    ARABIC = "arabic"
    LETTER = "letter"
    ROMAN = "roman"


@dataclass(frozen=True)
class _Mark:
    style: _Style
    value: int
    printed: str
    title: str


def cut_parts(chapter: Block) -> list[Block]:
    """The chapter with its own lines, then its parts, if it has any, in printed order."""
    own = Block(chapter.number, chapter.title, chapter.kind, chapter.heading)
    blocks = [own]
    style: _Style | None = None
    last = 0
    for at, line in enumerate(chapter.lines):
        mark = _part_mark(chapter.lines, at, style, last)
        if mark is None:
            blocks[-1].lines.append(line)
            continue
        style, last = mark.style, mark.value
        number = f"{chapter.number}.{mark.printed}"
        blocks.append(Block(number, mark.title, SectionKind.PART, (line,), parent=chapter.number))
    return blocks


def _part_mark(lines: Sequence[Line], at: int, style: _Style | None, last: int) -> _Mark | None:
    """The mark of a part's heading, if the line at `at` is one."""
    alone = _stands_alone(lines, at)
    for mark in _marks(lines[at].text):
        if not (alone or is_upper_case(mark.title) or lines[at].text.endswith(":")):
            continue
        in_turn = mark.value == 1 if style is None else last < mark.value <= last + 2
        if style in (None, mark.style) and in_turn and _is_title(mark, lines, at):
            return mark
    return None


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    return lines[at].stands_off and (at + 1 == len(lines) or lines[at + 1].stands_off)


def _marks(text: str) -> list[_Mark]:
    """The readings of a line as a marked heading: "I. OBJETIVO" is roman, or the letter I."""
    match = _MARKED.fullmatch(text)
    if not match:
        return []
    sign, title = match[1], match[2].rstrip(" :")
    if sign.isdigit():
        return [_Mark(_Style.ARABIC, int(sign), sign, title)]
    readings: list[_Mark] = []
    roman = roman_value(sign)
    if roman:
        readings.append(_Mark(_Style.ROMAN, roman, sign, title))
    if len(sign) == 1:
        readings.append(_Mark(_Style.LETTER, ord(sign) - ord("A") + 1, sign, title))
    return readings


def _is_title(mark: _Mark, lines: Sequence[Line], at: int) -> bool:
    """Whether what follows the mark reads like a title rather than an item of a list."""
    text = lines[at].text
    if len(mark.title) > _LONGEST_TITLE or text[-1] in ".;," or not mark.title[:1].isupper():
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    heads_list = following is not None and is_item(following.text) and not following.stands_off
    if mark.style is not _Style.ARABIC or is_upper_case(mark.title):
        return True
    if text.endswith(":"):
        return not heads_list
    return following is not None and not is_item(following.text)
