"""Plain text: form feeds between pages, a table's row on a line with tabs between its cells."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from evals.families.blocks import Text, TextKind
from evals.families.headers import foot_line, head_lines
from evals.families.layout import Page, Piece, Slot
from evals.families.manuals import FamilyManual


def as_text(manual: FamilyManual) -> str:
    """The manual as a .txt file would have it."""
    laid = manual.one_column.laid
    total = len(laid.pages)
    return "\f".join("\n".join(_page(manual, page, total)) + "\n" for page in laid.pages)


def _page(manual: FamilyManual, page: Page, total: int) -> Iterator[str]:
    head = head_lines(manual.style, manual.office, page.number, total)
    for cells in head:
        yield "\t".join(cells)
    if head:
        yield ""
    for row, group in groupby(page.slots(), key=lambda slot: id(slot.row) if slot.row else None):
        slots = list(group)
        yield from _row_lines(slots) if row else _lines(slots, manual.style.wrapped)
    foot = foot_line(manual.style, page.number, total)
    if foot:
        yield from ("", foot)


def _lines(slots: Sequence[Slot], wrapped: bool) -> Iterator[str]:
    """Text outside of tables: a line of text a line, or a paragraph a line."""
    pieces = [slot.pieces[0] if slot.pieces else None for slot in slots]
    for source, group in groupby(pieces, key=lambda piece: id(piece.source) if piece else None):
        run = [piece for piece in group if piece]
        if source is None:
            yield ""
        elif wrapped:
            yield from (_line(piece) for piece in run)
        else:
            yield joined(run)


def _line(piece: Piece) -> str:
    text = f"{piece.text}-" if piece.hyphen else piece.text
    if piece.lead:
        return f"{piece.lead} {text}"
    return f"   {text}" if piece.source.kind is TextKind.ITEM else text


def joined(pieces: Sequence[Piece]) -> str:
    """What a page prints of a text, on one line, with its marker where it begins there."""
    text = "".join(p.text if p.hyphen else f"{p.text} " for p in pieces).rstrip()
    lead = pieces[0].lead
    return f"{lead} {text}" if lead else text


def _row_lines(slots: Sequence[Slot]) -> Iterator[str]:
    """A row: its cells' first paragraphs on one line, further paragraphs on lines below."""
    row = slots[0].row
    assert row is not None
    pieces: dict[int, list[Piece]] = {}
    for slot in slots:
        for piece in slot.pieces:
            pieces.setdefault(id(piece.source), []).append(piece)
    cells = [_paragraphs(cell, pieces) for cell in row.cells]
    yield "\t".join(cell[0] if cell else "" for cell in cells)
    for cell in cells:
        yield from cell[1:]


def _paragraphs(cell: Sequence[Text], pieces: dict[int, list[Piece]]) -> list[str]:
    return [joined(pieces[id(text)]) for text in cell if id(text) in pieces]
