"""HTML: headings, lists and tables, no pages."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from evals.families.blocks import Block, PageBreak, Row, Table, Text, TextKind
from evals.families.manuals import Edition, FamilyManual

_LISTS = {
    "1.": "<ol>",
    "a)": '<ol type="a">',
    "I.": '<ol type="I">',
    **dict.fromkeys("•-*–·", "<ul>"),
}
"""By the first marker: what a browser prints it with. Others are typed as they are."""


def as_html(manual: FamilyManual, edition: Edition) -> str:
    """The manual as a web page."""
    title = escape(f"{manual.style.country.document}. {manual.office.name}")
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    body = "\n".join(_blocks(edition.blocks))
    return f'<!DOCTYPE html>\n<html lang="es">{head}\n<body>\n{body}\n</body>\n</html>\n'


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for _, group in groupby(blocks, key=_list_key):
        run = list(group)
        texts = [block for block in run if isinstance(block, Text)]
        if texts and texts[0].kind is TextKind.ITEM:
            yield from _items(texts)
            continue
        for block in run:
            if isinstance(block, Table):
                yield "<table>"
                widest = max(len(row.cells) for row in block.rows)
                yield from (_row(row, widest) for row in block.rows)
                yield "</table>"
            elif not isinstance(block, PageBreak):
                yield _text(block)


def _list_key(block: Block) -> object:
    is_item = isinstance(block, Text) and block.kind is TextKind.ITEM
    return "items" if is_item else id(block)


def _text(text: Text) -> str:
    said = escape(text.printed)
    if text.kind is TextKind.COVER and text.level == 0:
        return f"<h1>{said}</h1>"
    if text.kind is TextKind.HEADING:
        return f"<h{text.level + 1}>{said}</h{text.level + 1}>"
    return f"<p><strong>{said}</strong></p>" if text.kind is TextKind.LABEL else f"<p>{said}</p>"


def _items(items: Sequence[Text]) -> Iterator[str]:
    """A list where the browser can print the markers; else paragraphs."""
    opening = _LISTS.get(items[0].marker)
    if opening is None:
        yield from (f"<p>{escape(item.printed)}</p>" for item in items)
        return
    yield opening
    yield from (f"<li>{escape(item.text)}</li>" for item in items)
    yield f"</{opening[1:3]}>"


def _row(row: Row, widest: int) -> str:
    cells = []
    for at, texts in enumerate(row.cells):
        span = widest - len(row.cells) + 1 if at == len(row.cells) - 1 else 1
        attribute = f' colspan="{span}"' if span > 1 else ""
        is_label = texts[0].kind is TextKind.LABEL
        tag = "th" if is_label else "td"
        cells.append(f"<{tag}{attribute}>{_cell(texts)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _cell(texts: Sequence[Text]) -> str:
    if texts[0].kind is TextKind.ITEM:
        return "".join(_items(texts))
    return "<br>".join(escape(text.printed) for text in texts)
