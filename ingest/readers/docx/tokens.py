"""The pieces of a Word paragraph: its text as printed, and the page breaks in it."""

from collections.abc import Iterable, Iterator
from typing import Any

from ingest.readers.docx.styles import value, w
from ingest.readers.headings import without_marks

BREAK = "\f"
"""A page break that was put in."""
SAVED_BREAK = "\v"
"""A page break that the word processor noted down; it notes those that were put in as well."""
SECTION_END = "\x1d"
"""The end of a section: the next one may begin a page, and has its own page header."""
BREAKS = (BREAK, SAVED_BREAK, SECTION_END)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A second copy of a drawing for old word processors."""
_OFF = ("0", "false", "off")
_NOT_PRINTED = (FALLBACK, w("txbxContent"), w("moveFrom"), w("del"))
"""What is read elsewhere or not at all: text boxes, and text that was moved or taken away."""
_FIELD_OF_PAGE = ("PAGE", "NUMPAGES", "SECTIONPAGES")


def tokens(paragraph: Any, *, page_fields: bool = True) -> Iterator[str]:
    """The pieces of text of a paragraph, and the page breaks among them.

    Without `page_fields`, the page numbers that Word fills in are left away: in a page header the
    file holds those of one page only.
    """
    properties = paragraph.find(w("pPr"))
    if properties is not None and _is_on(properties.find(w("pageBreakBefore"))):
        yield BREAK
    depth = 0
    instruction = ""
    result = False
    for node in _printed(paragraph, page_fields=page_fields):
        if node.tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            instruction = instruction if depth > 0 else ""
            result = kind == "separate" or (result and depth > 0)
        elif node.tag == w("instrText"):
            instruction += node.text or ""
        elif not page_fields and result and _is_of_page(instruction):
            continue
        else:
            yield _token(node)
    if properties is not None and properties.find(w("sectPr")) is not None:
        yield SECTION_END


def _printed(element: Any, *, page_fields: bool) -> Iterator[Any]:
    """What is inside an element, in order, without what is not printed there."""
    pending = list(element.iterchildren())[::-1]
    while pending:
        node = pending.pop()
        if node.tag in _NOT_PRINTED or _is_hidden(node):
            continue
        if node.tag == w("fldSimple") and not page_fields and _is_of_page(node.get(w("instr"))):
            continue
        yield node
        pending += list(node.iterchildren())[::-1]


def _is_hidden(node: Any) -> bool:
    properties = node.find(w("rPr")) if node.tag == w("r") else None
    return properties is not None and _is_on(properties.find(w("vanish")))


def _is_on(switch: Any) -> bool:
    return switch is not None and value(switch) not in _OFF


def _is_of_page(instruction: str | None) -> bool:
    words = (instruction or "").split()
    return bool(words) and words[0].upper() in _FIELD_OF_PAGE


def _token(node: Any) -> str:
    name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
    if node.tag == w("t"):
        return without_marks(node.text or "")
    if name in ("tab", "ptab"):
        return "\t" if node.getparent().tag == w("r") else ""
    if name == "br" and node.tag == w("br"):
        return BREAK if node.get(w("type")) == "page" else "\n"
    if node.tag == w("cr"):
        return "\n"
    if node.tag == w("sym"):
        return _symbol(node.get(w("char")))
    if node.tag == w("noBreakHyphen"):
        return "-"
    return SAVED_BREAK if node.tag == w("lastRenderedPageBreak") else ""


def _symbol(code: str | None) -> str:
    """A character of a symbol font; its place in the private use area makes it a bullet."""
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""


def around_text(pieces: Iterable[str]) -> tuple[list[str], str, list[str]]:
    """The page breaks before the text, the text, and the page breaks in it or after it."""
    before: list[str] = []
    after: list[str] = []
    text: list[str] = []
    filled = False
    for piece in pieces:
        if piece in BREAKS:
            (after if filled else before).append(piece)
        else:
            text.append(piece)
            filled = filled or bool(piece.strip())
    return before, "".join(text).strip(), after
