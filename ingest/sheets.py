"""Chapter X cut into its position sheets: a numbered heading, then a form, then functions."""

import re
from collections.abc import Sequence

from corpus.model import SectionKind
from ingest.layouts.words import Kind
from ingest.lines import Line, WarningLog
from ingest.outline import Block
from ingest.rows import split_fields

_HEADING = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\s?\.?\s+([^\W\d_].*)")
_LOOK_BACK = 3
"""How many lines before its form a sheet's heading is looked for."""
_FIRST_FIELDS = (Kind.FUNCTIONAL_TITLE, Kind.NOMINAL_TITLE, Kind.SECRETARIA)


def has_sheets(chapter: Block) -> bool:
    """True for the chapter whose content is position sheets."""
    labels = {_label(line) for line in chapter.lines}
    return Kind.FUNCTIONAL_TITLE in labels or Kind.REPORTS_TO in labels


def cut_sheets(chapter: Block, log: WarningLog) -> list[Block]:
    """The chapter with its own lines, then a block for each sheet, in printed order.

    Warns of a form without a numbered heading: its rows stay with the chapter.
    """
    lines = chapter.lines
    own = Block(chapter.number, chapter.title, chapter.kind, chapter.heading)
    blocks = [own]
    target, at = own, 0
    for form in _form_starts(lines):
        heading = _heading_before(lines, form, at)
        target.lines += lines[at : heading[0] if heading else form]
        if heading is None:
            log.add("Esta cédula no tiene encabezado con número: no se pudo leer.", lines[form])
            target, at = own, form
            continue
        first, at = heading
        match = _HEADING.fullmatch(" ".join(line.text for line in lines[first:at]))
        number, title = match.groups() if match else ("", "")
        target = Block(number, title.rstrip(" :"), SectionKind.SHEET, tuple(lines[first:at]),
                       parent=chapter.number)  # fmt: skip
        blocks.append(target)
    target.lines += lines[at:]
    return blocks


def _label(line: Line) -> Kind | None:
    return split_fields(line.cells)[0].label


def _form_starts(lines: Sequence[Line]) -> list[int]:
    """Where forms begin: at "Identificación:", or at the first field where that is missing."""
    labels = [_label(line) for line in lines]
    starts: list[int] = []
    for at, (label, following) in enumerate(zip(labels, [*labels[1:], None], strict=True)):
        opened = at > 0 and labels[at - 1] is Kind.IDENTIFICATION
        heads_fields = label is Kind.IDENTIFICATION and following in _FIRST_FIELDS
        if heads_fields or (label is Kind.FUNCTIONAL_TITLE and not opened):
            starts.append(at)
    return starts


def _heading_before(lines: Sequence[Line], form: int, after: int) -> tuple[int, int] | None:
    """Index range of the numbered title before a form; it may take more than one line."""
    for first in range(form - 1, max(after - 1, form - 1 - _LOOK_BACK), -1):
        line = lines[first]
        if len(line.cells) > 1 and line.cells[0].isdigit():
            return None  # a row of the table of functions of the sheet before
        if (line.stands_off or first == form - 1) and _HEADING.fullmatch(line.text):
            end = first + 1
            while end < form and not lines[end].stands_off:
                end += 1
            return first, end
    return None
