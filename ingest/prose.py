"""Running text: lines in, passages out (paragraphs, list items, inner headings).

A passage never crosses a page: what a page break cuts goes on in a passage that `continues`.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from corpus.model import Function, Passage, PassageKind
from ingest.lines import Line
from ingest.text import ends_sentence, is_cut_short, is_upper_case, roman_value, starts_lower

_BULLET = re.compile(r"^[-–—•·▪◦●○∙*\uf0b7\uf0a7]\s+")
_NUMBERED = re.compile(
    r"(?:\d{1,3}|[a-zñ]|[ivxlc]{1,6})\s?[.)]\s*[-–]?\s+\S|\d{1,3}(?:\.\d{1,3})+\.?\s+\S"
)
_LETTERED_HEADING = re.compile(r"([A-Z]|[IVXLC]+)\s?[.)]\s+(\S.*)")
_ENUMERATES = re.compile(r": [^:]+[;,]$")
"""An enumeration in running text that the end of a line cuts: "a su cargo: Tesorería; Caja;"."""
_ROW_CELLS = 2
_LONGEST_HEADING = 90
_FULL_LINE = 60
"""From this length on, a line without a full stop may well go on in the next one."""

_Text = TypeVar("_Text", Passage, Function)


def read_passages(lines: Sequence[Line]) -> list[Passage]:
    """The passages of a section's lines, in order. Every line is in exactly one of them."""
    passages: list[Passage] = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        kind = _kind(line, following, first=not passages)
        previous = passages[-1] if passages else None
        if previous is None or not _goes_on(previous, line, kind):
            passages.append(_passage(line, kind))
        elif line.page == previous.page:
            extend_last(passages, line.text)
        else:
            passages.append(_passage(line, previous.kind, continues=True))
    return passages


def passages_by_page(lines: Iterable[Line], kind: PassageKind) -> list[Passage]:
    """Lines that belong together as one passage, or as one for each page that they stand on."""
    passages: list[Passage] = []
    for line in lines:
        if passages and passages[-1].page == line.page:
            extend_last(passages, line.text)
        else:
            passages.append(line.passage(kind, continues=bool(passages)))
    return passages


def extend_last(records: list[_Text], more: str) -> None:
    """Goes on with the text of the last passage or function."""
    text = f"{records[-1].text} {more}".strip()
    records[-1] = records[-1].model_copy(update={"text": text})


def read_rows(lines: Sequence[Line]) -> list[Passage]:
    """The lines of a list in which every line is an entry of its own, as passages."""
    return [_passage(line, PassageKind.ITEM) for line in lines]


def is_item(text: str) -> bool:
    """True for a line that begins with a bullet, or a number or small letter and a dot."""
    return _BULLET.match(text) is not None or _NUMBERED.match(text) is not None


def without_bullet(text: str) -> str:
    """The text without the bullet that it may begin with."""
    return _BULLET.sub("", text, count=1)


def _kind(line: Line, following: Line | None, *, first: bool) -> PassageKind:
    if is_item(line.text):
        return PassageKind.ITEM
    if _is_inner_heading(line, following, first=first):
        return PassageKind.HEADING
    return PassageKind.PARAGRAPH


def _is_inner_heading(line: Line, following: Line | None, *, first: bool) -> bool:
    """A short line that stands alone and has something under it.

    The first line of a section must look the part ("E. NIVEL ESTATAL"): it may as well be the
    whole of a short text.
    """
    if not line.stands_off or following is None or not following.stands_off:
        return False
    if len(line.text) > _LONGEST_HEADING or line.text[-1] in ".;,":
        return False
    marked = _LETTERED_HEADING.fullmatch(line.text)
    if marked and is_upper_case(marked[2]):
        return len(marked[1]) == 1 or roman_value(marked[1]) is not None
    introduces = is_item(following.text) and not starts_lower(line.text)
    return introduces and not first and not line.text.endswith(":")


def _goes_on(previous: Passage, line: Line, kind: PassageKind) -> bool:
    """Whether a line is the rest of the passage before it."""
    if kind is PassageKind.ITEM or PassageKind.HEADING in (kind, previous.kind) or line.is_note:
        return False
    if _is_row(line):
        return False
    if line.stands_off and not line.opens_page:
        return False
    if starts_lower(line.text) or is_cut_short(previous.text):
        return not (line.opens_page and ends_sentence(previous.text))
    is_long = previous.kind is PassageKind.PARAGRAPH and len(previous.text) >= _FULL_LINE
    enumerates = _ENUMERATES.search(previous.text) is not None
    return is_long and (enumerates or not ends_sentence(previous.text))


def _is_row(line: Line) -> bool:
    """Whether it is a row of a table, from its first column on."""
    return bool(line.cells[0]) and len(line.filled) >= _ROW_CELLS


def _passage(line: Line, kind: PassageKind, *, continues: bool = False) -> Passage:
    text = without_bullet(line.text) if kind is PassageKind.ITEM and not continues else line.text
    return line.passage(kind, text, continues=continues)
