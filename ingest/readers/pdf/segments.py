"""Words into segments: the runs of words on a line that belong together."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median

from ingest.readers.hyphens import JOINT
from ingest.readers.items import starts_item
from ingest.readers.pdf.frame import Area, Word, around

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = f"-\u2010{_SOFT_HYPHEN}"
_SAME_LINE = 0.5
"""Share of the lower one's height by which two words overlap that stand on one line."""
_GAP = 0.9
"""Free space, in heights of the text, that parts two cells or columns."""
_SPACED_GAP = 6.0
"""The same where a space is printed between the words: justified text stretches it."""
_NO_GAP = 0.1
"""Heights between two words that are less than a space: a bold label touches its value."""
_OVERLAP = 0.3
"""Heights by which words overlap that are no neighbours: a label runs into its value."""
_EVEN = 1.15
"""Ratio of the widest gap of a line to its narrowest one up to which they are the same."""
_NARROW_GAP = 0.45
"""Free space, in heights of the text, that parts two cells where other lines begin theirs too."""
_WIDE = 1.8
"""Times the other gaps of its line that such a space is at least."""
_BOLD_GAP = 0.5
"""Share of such a space that does between a bold label and its value."""
_SAME_START = 1.0
"""Points by which cells of one column may begin apart."""
_NEAR_LINES = 4
"""Lines above and below in which the columns of a line are looked for."""
_CORE = 0.25
"""Share of a line's height, above and below, in which it may overlap its neighbours."""


class Segment:
    """Words that follow each other on one line without a gap that parts cells or columns."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words

    @cached_property
    def area(self) -> Area:
        return around(word.area for word in self.words)

    @cached_property
    def core(self) -> Area:
        """The area without the slack above and below the letters."""
        area = self.area
        slack = area.height * _CORE
        return Area(area.x0, area.top + slack, area.x1, area.bottom - slack)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def is_bold(self) -> bool:
        """All its words are."""
        return all(word.bold for word in self.words)

    @property
    def is_broken(self) -> bool:
        """It ends in a hyphen after which a word may go on in the next line."""
        last = self.words[-1]
        text = last.text
        return last.broken or (len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalnum())


def joined(segments: Iterable[Segment]) -> str:
    """The text of lines that go on in each other, with a `JOINT` wherever a word is broken."""
    text = ""
    glue = ""
    for segment in segments:
        text += glue + segment.text
        glue = " "
        if segment.is_broken:
            soft = text.endswith(_SOFT_HYPHEN)
            text = text.rstrip(_HYPHENS)
            glue = "" if soft else JOINT
    return text + glue.strip(" ")


def find_segments(words: Sequence[Word]) -> list[Segment]:
    """The segments of a region, from top to bottom and left to right."""
    lines = [_cut(line) for line in _lines(words)]
    return [piece for at, line in enumerate(lines) for piece in _cut_at_columns(lines, at, line)]


def _cut_at_columns(
    lines: Sequence[Sequence[Segment]], at: int, line: Sequence[Segment]
) -> list[Segment]:
    """The segments of a line, cut where a cell nearly touches the next one: other lines near by
    have cells that begin at the same two places, with a wider gap between."""
    near = [
        each for place in range(max(0, at - _NEAR_LINES), min(len(lines), at + _NEAR_LINES + 1))
        if place != at and len(each := lines[place]) > 1
    ]  # fmt: skip
    return [piece for segment in line for piece in _cut_like(near, segment)] if near else [*line]


def _cut_like(near: Sequence[Sequence[Segment]], segment: Segment) -> list[Segment]:
    """A segment cut where it begins cells that lines near by begin too."""
    words = segment.words
    narrow = _NARROW_GAP * segment.area.height
    gaps = [b.area.x0 - a.area.x1 for a, b in pairwise(words)]
    usual = [gap for gap in gaps if gap < narrow]
    least = max(narrow, _WIDE * median(usual)) if usual else narrow
    pieces: list[list[Word]] = [[words[0]]]
    for before, word, gap in zip(words, words[1:], gaps, strict=False):
        enough = least * _BOLD_GAP if before.bold and not word.bold else least
        start = pieces[-1][0].area.x0
        number = starts_item(f"{' '.join(each.text for each in pieces[-1])} x")
        if gap >= enough and not number and _begin_cells(near, start, word.area.x0):
            pieces.append([])
        pieces[-1].append(word)
    return [Segment(piece) for piece in pieces]


def _begin_cells(near: Sequence[Sequence[Segment]], first: float, second: float) -> bool:
    """Whether lines have two cells side by side that begin at these places."""
    return any(
        abs(a.area.x0 - first) <= _SAME_START and abs(b.area.x0 - second) <= _SAME_START
        for line in near
        for a, b in pairwise(line)
    )


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words by the line that they stand on, each line from left to right."""
    lines: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: (w.area.top + w.area.bottom, w.area.x0)):
        area = word.area
        for at in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
            top, bottom = spans[at]
            shared = min(bottom, area.bottom) - max(top, area.top)
            if shared >= _SAME_LINE * min(bottom - top, area.height):
                lines[at].append(word)
                break
        else:
            lines.append([word])
            spans.append((area.top, area.bottom))
    for line in lines:
        line.sort(key=lambda w: w.area.x0)
    return lines


def _cut(line: Sequence[Word]) -> list[Segment]:
    """A line cut at the gaps that part cells or columns."""
    size = median(word.area.height for word in line)
    gaps = [b.area.x0 - a.area.x1 for a, b in pairwise(line)]
    spaced = [_is_spaced(before, word) for before, word in pairwise(line)]
    justified = not any(spaced) and _is_justified(line, gaps)
    pieces: list[list[Word]] = [[line[0]]]
    for before, word, gap, is_spaced in zip(line, line[1:], gaps, spaced, strict=False):
        widest = _SPACED_GAP if is_spaced or justified else _GAP
        runs_into = before.bold and not word.bold and gap < size * _NO_GAP and not is_spaced
        if gap > size * widest or gap < -size * _OVERLAP or runs_into:
            pieces.append([])
        pieces[-1].append(word)
    return [Segment(piece) for piece in pieces]


def _is_spaced(before: Word, word: Word) -> bool:
    """Whether the file has a space between two words, so that they are of one line of text."""
    return word.spaced and word.place == before.place + 1


def _is_justified(line: Sequence[Word], gaps: Sequence[float]) -> bool:
    """Whether the gaps of a line are all the same: the words were spread over its width.

    Some programs place each word by itself, without a space between.
    """
    between = gaps[1:] if len(line[0].text) == 1 else gaps
    return len(between) > 1 and max(between) <= _EVEN * min(between)
