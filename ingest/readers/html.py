"""HTML files: headings, lists, tables and paragraphs in the layout of the plain text files."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import ReaderNotInstalledError
from ingest.limits import Limits
from ingest.readers.base import SourceText
from ingest.readers.headings import heading_line, marked_source, without_marks
from ingest.readers.layout import table_lines
from ingest.readers.txt import decode
from ingest.text import collapse, to_letters, to_roman

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_PRINTED = frozenset(
    ["script", "style", "head", "noscript", "template", "iframe", "object", "svg", "select",
     "button", "textarea", "nav"]
)  # fmt: skip
_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img",
     "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
     "sub", "sup", "tt", "u", "var", "wbr"]
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PAGE_BREAK = re.compile(r"(?:page-)?break-(before|after)\s*:\s*(?:always|page)", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_LOOKED_AT = 4_096
_HIGHEST = 32_767


def read_html(path: Path, limits: Limits) -> SourceText:  # noqa: ARG001 (as all readers)
    """The text of an HTML file, with its headings.

    Raises `ReaderNotInstalledError` without the extra `html`.
    """
    return html_source(path.name, _decoded(path.read_bytes(), path.name))


def html_source(name: str, html: str) -> SourceText:
    """The source that an HTML text is. Raises as `read_html` does."""
    try:
        from lxml import html as lxml_html
        from lxml.etree import ParserError
    except ImportError as error:
        raise ReaderNotInstalledError.lacking("html", "HTML") from error
    # a declaration of the encoding is for bytes; page breaks would be white space to the parser
    html = re.sub(r"^\s*<\?xml[^>]*>", "", html).replace("\f", '<hr style="break-after:page">')
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(without_marks(html), parser=parser)
    except ParserError:  # there is nothing in it
        root = lxml_html.Element("body")
    return marked_source(name, _lines(root))


def _decoded(data: bytes, name: str) -> str:
    """The file's text, in the encoding that it names if it is a known one."""
    named = _CHARSET.search(data[:_LOOKED_AT])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode(codecs.lookup(named[1].decode("ascii")).name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, name)


def _lines(element: Any, tab: str = "\t") -> Iterator[str]:
    """The lines of an element whose children may be blocks.

    `tab` stands between the number of an item and its text: in a cell, a tab parts cells.
    """
    inline: list[str] = []

    def paragraph() -> Iterator[str]:
        text = "".join(inline)
        inline.clear()
        for line in text.split("\n"):
            if line.strip():
                yield from ("", collapse(line))

    inline.append(_flat(element.text))
    for child in element.iterchildren():
        if isinstance(child.tag, str) and not _is_hidden(child):
            if child.tag in _INLINE and not _has_blocks(child):
                inline.append(_inline_text(child))
            elif child.tag == "br":
                inline.append("\n")
            else:
                yield from paragraph()
                yield from _block(child, tab)
        inline.append(_flat(child.tail))
    yield from paragraph()


def _block(element: Any, tab: str) -> Iterator[str]:
    """The lines of a block, with the page breaks before and after it."""
    breaks = _PAGE_BREAK.findall(element.get("style") or "")
    if "before" in breaks:
        yield "\f"
    if element.tag in _HEADINGS:
        text = collapse(_inline_text(element))
        if text:
            yield from ("", heading_line(text, int(element.tag[1])))
    elif element.tag in ("ul", "ol", "menu"):
        yield from ("", *_items(element, tab), "")
    elif element.tag == "table":
        yield from _table(element)
    elif element.tag == "pre":
        yield from ("", *_inline_text(element, keep=True).split("\n"), "")
    elif element.tag not in ("hr", "br"):
        yield from _lines(element, tab)
    if "after" in breaks:
        yield "\f"


def _items(element: Any, tab: str) -> Iterator[str]:
    """The items of a list with the numbers or bullets that a browser prints."""
    number = _integer(element.get("start"), 1)
    step = -1 if element.get("reversed") is not None else 1
    for item in element.iterchildren("li", "ul", "ol", "menu"):
        if _is_hidden(item):
            continue
        if item.tag != "li":
            yield from _items(item, tab)
            continue
        number = _integer(item.get("value"), number)
        label = _label(element, number)
        number += step
        first, *more = [line for line in _lines(item, tab) if line] or [""]
        yield f"{label}{tab}{first}".rstrip() if first != "\f" else first
        yield from more


def _label(element: Any, number: int) -> str:
    if element.tag != "ol":
        return "•"
    style = element.get("style") or ""
    form = element.get("type") or "1"
    if "alpha" in style or "latin" in style:
        form = "A" if "upper" in style else "a"
    elif "roman" in style:
        form = "I" if "upper" in style else "i"
    if number <= 0 or form not in ("A", "a", "I", "i"):
        return f"{number}."
    printed = to_letters(number) if form in "Aa" else to_roman(number)
    return f"{printed if form.isupper() else printed.lower()}."


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return max(-_HIGHEST, min(int(text or ""), _HIGHEST))
    except ValueError:
        return otherwise


def _table(table: Any) -> Iterator[str]:
    """The caption and rows of a table; a cell that spans rows is empty in those below."""
    for caption in table.iterchildren("caption"):
        yield from ("", collapse(_inline_text(caption)))
    rows: list[list[str]] = []
    spanned: dict[int, int] = {}
    for row in _rows(table):
        texts: list[str] = []
        column = 0
        for cell in row.iterchildren("td", "th"):
            column = _skip_spanned(spanned, column, texts)
            texts.append("\n".join(line for line in _lines(cell, " ") if line and line != "\f"))
            if _integer(cell.get("rowspan"), 1) > 1:
                spanned[column] = _integer(cell.get("rowspan"), 1)
            column += max(_integer(cell.get("colspan"), 1), 1)
        _skip_spanned(spanned, column, texts)
        spanned = {at: left - 1 for at, left in spanned.items() if left > 1}
        rows.append(texts)
    yield from table_lines([row for row in rows if any(text.strip() for text in row)])


def _skip_spanned(spanned: dict[int, int], column: int, texts: list[str]) -> int:
    """The first column that no cell of an earlier row spans; the spanned ones are empty."""
    while column in spanned and column < _HIGHEST:
        texts.append("")
        column += 1
    return column


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _is_hidden(element: Any) -> bool:
    """Whether a browser would not show an element."""
    if element.tag in _NOT_PRINTED or element.get("hidden") is not None:
        return True
    return _HIDDEN.search(element.get("style") or "") is not None


def _has_blocks(element: Any) -> bool:
    return any(
        isinstance(child.tag, str) and child.tag not in _INLINE and child.tag != "br"
        for child in element.iterdescendants()
    )


def _inline_text(element: Any, *, keep: bool = False) -> str:
    """The text of an element, a line end for each `<br>`; `keep` keeps its white space."""
    flat = (lambda text: text or "") if keep else _flat
    text = [flat(element.text)]
    for child in element.iterchildren():
        if isinstance(child.tag, str) and not _is_hidden(child):
            text.append("\n" if child.tag == "br" else _inline_text(child, keep=keep))
        text.append(flat(child.tail))
    return "".join(text)


def _flat(text: str | None) -> str:
    """Text with the white space of the source as spaces, but for no-break ones."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
