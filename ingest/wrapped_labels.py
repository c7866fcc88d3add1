"""Labels that are wrapped in their cell, put together before anything else is read.

In a narrow column, a label takes several lines, and a value beside it some of them: "DEPENDENCIA"
and "Director General de", then "JERÁRQUICA" and "Obras". A table without rules is read line by
line, so that only the words tell that the lines are one row.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.labels import find_labels, is_sign
from ingest.layouts.words import Words
from ingest.lines import Line

_MOST_LINES = 4
_MOST_WORDS = 4
"""Words of a label that stand in one of its lines, where no value is beside them."""


def with_whole_labels(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines, those of one wrapped label as one row: the whole label, and its whole value."""
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        size = _label_lines(lines[at : at + _MOST_LINES], words)
        whole.append(_joined(lines[at : at + size]) if size > 1 else lines[at])
        at += size
    return whole


def _label_lines(lines: Sequence[Line], words: Words) -> int:
    """How many of the lines the label takes that the first begins with; 1 where it is whole."""
    first = lines[0]
    cells = first.filled
    if len(cells) != 2 or not first.cells[0] or first.level or is_sign(cells[0]):
        return 1
    is_known = bool(find_labels(first, words))
    parts, size = [cells[0]], 1
    for at, line in enumerate(lines[1:], start=2):
        below = line.filled
        if line.stands_off or line.level or not line.cells[0] or len(below) > 2:
            break
        if len(below[0].split()) > _MOST_WORDS or is_sign(below[0]):
            break
        if not any(c.isalpha() for c in below[0]):
            break
        if at == 2 and is_known and find_labels(line, words):
            break
        parts.append(below[0])
        if words.label(" ".join(parts)):
            size = at
    return size


def _joined(lines: Sequence[Line]) -> Line:
    label = " ".join(line.filled[0] for line in lines)
    value = " ".join(cell for line in lines for cell in line.filled[1:])
    printed = "\n".join(line.printed for line in lines)
    return replace(lines[0], cells=(label, value), printed=printed)
