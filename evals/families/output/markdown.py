"""Markdown: headings, lists and tables with pipes, no pages."""

import re
from collections.abc import Iterator, Sequence

from evals.families.blocks import PageBreak, Row, Table, Text, TextKind
from evals.families.manuals import Edition

_KNOWN = re.compile(r"[-•*]|\d+[.)]")


def as_markdown(edition: Edition) -> str:
    """The manual in Markdown."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    in_list = False
    for block in edition.blocks:
        if isinstance(block, PageBreak):
            continue
        is_item = isinstance(block, Text) and _is_list_item(block)
        if not (in_list and is_item):
            yield ""
        in_list = is_item
        if isinstance(block, Table):
            yield from _table(block)
        else:
            yield _text(block)


def _is_list_item(text: Text) -> bool:
    """Whether Markdown knows the marker; lines with others would run together as a paragraph."""
    return text.kind is TextKind.ITEM and bool(_KNOWN.fullmatch(text.marker))


def _text(text: Text) -> str:
    said = text.printed.replace("•", "-", 1) if text.kind is TextKind.ITEM else text.printed
    if text.kind is TextKind.COVER and text.level == 0:
        return f"# {said}"
    if text.kind is TextKind.HEADING:
        return f"{'#' * (text.level + 1)} {said}"
    return f"**{said}**" if text.kind is TextKind.LABEL else said


def _table(table: Table) -> Iterator[str]:
    widest = max(len(row.cells) for row in table.rows)
    for at, row in enumerate(table.rows):
        yield _row(row, widest)
        if at == 0:
            yield f"|{'---|' * widest}"


def _row(row: Row, widest: int) -> str:
    cells = [_cell(texts) for texts in row.cells]
    return f"| {' | '.join([*cells, *[''] * (widest - len(cells))])} |"


def _cell(texts: Sequence[Text]) -> str:
    bold = "**" if texts[0].is_bold else ""
    return bold + "<br>".join(text.printed for text in texts) + bold
