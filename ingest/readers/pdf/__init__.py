"""PDF files: their text in the layout of the plain text files, one form feed between pages.

The steps stand in `read_pdf`. The modules beside this one need the extra `pdf`.
"""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReaderNotInstalledError, SourceTooBigError, UnreadableSourceError
from ingest.limits import Limits
from ingest.readers.base import SourceText
from ingest.readers.hyphens import mend_hyphens
from ingest.readers.ocr import HOW_TO_INSTALL, has_ocr
from ingest.readers.printed import clean_text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PAGE_BREAK = "\n\f\n"


def read_pdf(path: Path, limits: Limits) -> SourceText:
    """The text of a PDF file; its pages that are pictures by OCR, where that is installed.

    Raises `ReaderNotInstalledError` without the extra `pdf`, `SourceTooBigError` where it has too
    many pages, `UnreadableSourceError` where it is no PDF, is protected, or has no text.
    """
    try:
        import pdfplumber  # noqa: F401
        from pypdfium2 import PdfiumError

        from ingest.readers.pdf.engine import open_document
    except ImportError as error:
        raise ReaderNotInstalledError.lacking("pdf", "PDF") from error
    try:
        document = open_document(path)
    except PdfiumError as error:
        raise UnreadableSourceError(
            f"No se pudo leer «{path.name}»: no es un PDF válido o está protegido; "
            "guárdelo de nuevo sin contraseña."
        ) from error
    with closing(document):
        return _read(document, path, limits)


def _read(document: "PdfDocument", path: Path, limits: Limits) -> SourceText:
    if len(document) > limits.pages:
        raise SourceTooBigError(
            f"«{path.name}» tiene {len(document)} páginas y el límite es de {limits.pages}: divida "
            "el archivo o aumente ASISTENTE_SOURCE_MAX_PAGES."
        )
    pages, empty, pictures = _printed_pages(document)
    by_ocr: dict[int, str] = {}
    if pictures and limits.ocr_seconds and has_ocr():
        from ingest.readers.pdf.scanned import recognise_pages

        by_ocr = recognise_pages(document, pictures, limits.ocr_seconds)
    for number, text in by_ocr.items():
        pages[number - 1] = text
    text = clean_text(mend_hyphens(_PAGE_BREAK.join(pages)))
    if not text.strip():
        raise UnreadableSourceError(_no_text(path))
    return SourceText(
        path.name,
        text,
        pages_without_text=tuple(number for number in empty if number not in by_ocr),
        pages_by_ocr=tuple(by_ocr),
    )


def _printed_pages(document: "PdfDocument") -> tuple[list[str], list[int], list[int]]:
    """The text of each page, the numbers of those without, and of these which aren't blank."""
    from pypdfium2 import PdfiumError

    from ingest.readers.pdf.engine import read_page
    from ingest.readers.pdf.page_text import page_text

    pages: list[str] = []
    empty: list[int] = []
    pictures: list[int] = []
    for at in range(len(document)):
        try:
            page = read_page(document, at)
        except PdfiumError:
            pages.append("")
            empty.append(at + 1)
            continue
        pages.append(page_text(page) if page.is_legible else "")
        if not page.is_legible:
            empty.append(at + 1)
            if not page.is_blank:
                pictures.append(at + 1)
    return pages, empty, pictures


def _no_text(path: Path) -> str:
    if has_ocr():
        return (
            f"El PDF «{path.name}» no tiene texto y el OCR no reconoció ninguno: revise que el "
            "escaneo se lea bien."
        )
    return (
        f"El PDF «{path.name}» no tiene texto (¿es un escaneo?): instale el OCR con "
        f"«{HOW_TO_INSTALL}» y repita, o páselo antes por otro OCR."
    )
