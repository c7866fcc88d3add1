"""DOCX files: their text in the layout of the plain text files, one form feed between pages.

Where pages end is decided by whoever renders the file. What the file itself tells is used: page
breaks that were put in, and those that the word processor noted down when it last saved it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from ingest.errors import ReaderNotInstalledError, UnreadableSourceError
from ingest.limits import Limits
from ingest.readers.base import SourceText
from ingest.readers.docx.package import check_package
from ingest.readers.headings import marked_source

if TYPE_CHECKING:
    from docx.document import Document


def read_docx(path: Path, limits: Limits) -> SourceText:
    """The text of a DOCX file, with its headings by style.

    Raises `ReaderNotInstalledError` without the extra `docx`, `SourceTooBigError` where it unpacks
    to too much, `UnreadableSourceError` where it is no DOCX.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        raise ReaderNotInstalledError.lacking("docx", "DOCX") from error
    try:
        check_package(path, limits)
        with path.open("rb") as file:
            document = docx.Document(file)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UnreadableSourceError(
            f"No se pudo leer «{path.name}»: no es un DOCX válido; guárdelo de nuevo desde Word."
        ) from error
    return marked_source(path.name, _document_lines(document))


def _document_lines(document: "Document") -> Iterator[str]:
    """The lines of the document, with form feeds and the page header at the start of pages."""
    from ingest.readers.docx.body import BodyReader
    from ingest.readers.docx.numbering import Numbering
    from ingest.readers.docx.sections import PageHeaders
    from ingest.readers.docx.styles import Styles
    from ingest.readers.docx.tokens import BREAK, SAVED_BREAK, SECTION_END

    styles = Styles(_part(document, "styles"))
    numbering = Numbering(_part(document, "numbering"), styles)
    headers = PageHeaders(document, styles)
    yield from headers.of_next_page()
    fresh = True
    """Nothing is printed on the page yet."""
    for line in BodyReader(styles, numbering).lines(document.element.body):
        starts_page = line == BREAK or (line == SAVED_BREAK and not fresh)
        if line == SECTION_END:
            starts_page = headers.next_section() and not fresh
        if starts_page:
            yield from (BREAK, *headers.of_next_page())
            fresh = True
        elif line not in (SAVED_BREAK, SECTION_END):
            yield line
            fresh = fresh and not line.strip()


def _part(document: "Document", kind: str) -> Any:
    """The root element of a part of the document, or None where it has none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None
