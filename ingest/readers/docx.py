"""DOCX files: their text in the layout of the plain text files, one form feed between pages.

Where pages end is decided by whoever renders the file. What the file itself tells is used: page
breaks that were put in, and those that the word processor noted down when it last saved it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from ingest.errors import ReaderNotInstalledError, SourceNotFoundError, UnreadableSourceError
from ingest.limits import Limits
from ingest.readers.base import SourceText
from ingest.readers.layout import table_lines
from ingest.readers.printed import clean_text

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A second copy of a drawing for old word processors."""
_BREAK = "\f"
"""A page break that was put in."""
_SAVED_BREAK = "\v"
"""A page break that the word processor noted down; it notes those that were put in as well."""
_BULLETS = ("- ", "• ", "– ")


def read_docx(path: Path, limits: Limits) -> SourceText:
    """The text of a DOCX file.

    Raises `ReaderNotInstalledError` without the extra `docx`, `SourceNotFoundError` where the file
    can't be opened, `UnreadableSourceError` where it is no DOCX or has no text.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        raise ReaderNotInstalledError(
            "Para leer DOCX falta instalar un complemento: "
            "pip install 'asistente-del-manual[docx]'."
        ) from error
    try:
        with path.open("rb") as file:
            document = docx.Document(file)
    except OSError as error:
        raise SourceNotFoundError(
            f"No se pudo abrir «{path}»: revise que exista y que tenga permiso de lectura."
        ) from error
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UnreadableSourceError(
            f"No se pudo leer «{path.name}»: no es un DOCX válido; guárdelo de nuevo desde Word."
        ) from error
    text = clean_text("\n".join(_document_lines(document)))
    if not text.strip():
        raise UnreadableSourceError(
            f"El archivo «{path.name}» está vacío: indique el archivo con el texto del manual."
        )
    return SourceText(path.name, text)


def _document_lines(document: "Document") -> list[str]:
    """The lines of the document, with form feeds and the page header at the start of pages."""
    section = document.sections[0]
    marks = (_BREAK, _SAVED_BREAK)
    header = [line for line in _lines(section.header._element) if line not in marks]
    lines = [] if section.different_first_page_header_footer else list(header)
    fresh = True
    """Nothing is printed on the page yet."""
    for line in _lines(document.element.body):
        if line == _BREAK or (line == _SAVED_BREAK and not fresh):
            lines += [_BREAK, *header]
            fresh = True
        elif line != _SAVED_BREAK:
            lines.append(line)
            fresh = fresh and not line.strip()
    return lines


def _lines(parent: Any) -> Iterator[str]:
    """The lines of a body or header, and the page breaks between them."""
    in_list = False
    for child in _blocks(parent):
        if child.tag == f"{_W}tbl":
            yield from _table(child)
            continue
        before, text, after = _around_text(_tokens(child))
        yield from before
        is_item = text.startswith(_BULLETS)
        if text and not (in_list and is_item):
            yield ""
        if text:
            in_list = is_item
            yield text
        yield from after


def _blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables, also those inside content controls."""
    for child in parent.iterchildren():
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _blocks(child)


def _table(table: Any) -> Iterator[str]:
    """The rows of a table; a break in the middle of a row is put after it."""
    rows: list[list[str]] = []
    for row in table.iterchildren(f"{_W}tr"):
        cells = [cell for cell in row.iterchildren(f"{_W}tc") if not _is_merged_into_above(cell)]
        parts = [_around_text(_cell_tokens(cell)) for cell in cells]
        before = [mark for marks, _, _ in parts[:1] for mark in marks]
        after = [mark for marks, _, more in parts[1:] for mark in (*marks, *more)]
        if before:
            yield from (*table_lines(rows), before[0])
            rows = []
        rows.append([text for _, text, _ in parts])
        if after:
            yield from (*table_lines(rows), after[0])
            rows = []
    yield from table_lines(rows)


def _is_merged_into_above(cell: Any) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _cell_tokens(cell: Any) -> Iterator[str]:
    for at, paragraph in enumerate(cell.iter(f"{_W}p")):
        if at:
            yield "\n"
        yield from _tokens(paragraph)


def _tokens(paragraph: Any) -> Iterator[str]:
    """The pieces of text of a paragraph, and the page breaks among them."""
    ends_section = paragraph.find(f"{_W}pPr/{_W}sectPr")
    if paragraph.find(f"{_W}pPr/{_W}pageBreakBefore") is not None:
        yield _BREAK
    for node in paragraph.iter():
        if any(above.tag == _FALLBACK for above in node.iterancestors()):
            continue
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag == f"{_W}tab":
            yield "\t" if node.getparent().tag == f"{_W}r" else ""
        elif node.tag == f"{_W}br":
            yield _BREAK if node.get(f"{_W}type") == "page" else "\n"
        elif node.tag == f"{_W}lastRenderedPageBreak":
            yield _SAVED_BREAK
    if ends_section is not None:
        kind = ends_section.find(f"{_W}type")
        if kind is None or kind.get(f"{_W}val") != "continuous":
            yield _BREAK


def _around_text(tokens: Iterable[str]) -> tuple[list[str], str, list[str]]:
    """The page breaks before the text, the text, and the page breaks in it or after it."""
    before: list[str] = []
    after: list[str] = []
    text = ""
    for token in tokens:
        if token in (_BREAK, _SAVED_BREAK):
            (after if text.strip() else before).append(token)
        else:
            text += token
    return before, text.strip(), after
