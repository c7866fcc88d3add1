"""The numbered names of units: the list of VIII and the headings of the chart pages of IX."""

import re
from collections.abc import Sequence

from corpus.model import NumberedTitle, Passage, PassageKind
from ingest.lines import Line
from ingest.outline import Block
from ingest.prose import extend_last, read_passages, without_bullet
from ingest.text import fold

_ENTRY = re.compile(r"(?:[-–—•·]\s*)?(\d{1,3}(?:\.\d{1,3})*)\.?\s+([^\W\d_].*)")


def find_lists(chapters: Sequence[Block]) -> tuple[Block | None, Block | None]:
    """The chapter with the list of units and the one with the charts, by title or by content.

    Either is None where the manual has no such chapter.
    """
    structure = next((c for c in chapters if "estructura" in fold(c.title)), None)
    charts = next((c for c in chapters if "organigrama" in fold(c.title)), None)
    if structure is None:
        lists = (c for c in chapters if c is not charts and _is_mostly_entries(c))
        structure = next(lists, None)
    return structure, charts


def _is_mostly_entries(chapter: Block) -> bool:
    entries = sum(_ENTRY.fullmatch(line.text) is not None for line in chapter.lines)
    return entries >= 3 and entries * 4 >= len(chapter.lines) * 3


def read_units(
    block: Block, kind: PassageKind
) -> tuple[tuple[NumberedTitle, ...], tuple[Passage, ...]]:
    """The numbered names in a chapter, and the passages of all of its lines.

    The names become passages of the given kind, whatever else there is running text.
    """
    units: list[NumberedTitle] = []
    passages: list[Passage] = []
    prose: list[Line] = []
    for line in block.lines:
        match = _ENTRY.fullmatch(line.text)
        if match:
            passages += read_passages(prose)
            prose = []
            units.append(NumberedTitle(number=match[1], title=match[2], page=line.page))
            passages.append(line.passage(kind, without_bullet(line.text)))
        elif units and not prose and not line.stands_off:
            title = f"{units[-1].title} {line.text}"
            units[-1] = units[-1].model_copy(update={"title": title})
            extend_last(passages, line.text)
        else:
            prose.append(line)
    return tuple(units), (*passages, *read_passages(prose))
