"""Headings that a source itself tells: marked in the text while it is made, counted at its end."""

import re
from collections.abc import Iterable

from ingest.readers.base import SourceText
from ingest.readers.printed import clean_text

_FIRST_MARK = 0xE010
_LEVELS = 6
_MARKS = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + _LEVELS - 1)}]")


def heading_line(text: str, level: int) -> str:
    """A heading of a level from 1 as a marked line; those below the sixth are of the sixth."""
    mark = chr(_FIRST_MARK + min(max(level, 1), _LEVELS) - 1)
    return mark + " ".join(text.split())


def without_marks(text: str) -> str:
    """Text of a source, without characters that would be taken for marks."""
    return _MARKS.sub("", text)


def marked_source(name: str, lines: Iterable[str]) -> SourceText:
    """The source of lines, some of them marked; runs of blank lines become one."""
    printed: list[str] = []
    headings: dict[int, int] = {}
    for line in "\n".join(lines).split("\n"):
        mark = _MARKS.match(line)
        text = clean_text(line[1:] if mark else line)
        if not text.strip() and text != "\f" and printed[-1:] in ([""], []):
            continue
        for part in text.split("\n"):
            printed.append(part if part.strip() or part == "\f" else "")
            if mark and part.strip():
                headings[len(printed)] = ord(mark[0]) - _FIRST_MARK + 1
    return SourceText(name, "\n".join(printed), headings)
