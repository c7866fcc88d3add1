"""The pages of a PDF that are pictures: rendered, recognised, and read like the others."""

import math
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

from ingest.readers.ocr import OcrClock, recognised
from ingest.readers.pdf.engine import open_document, read_page
from ingest.readers.pdf.page_text import page_text

_POINTS = 72
_DPI = 300
_MOST_PIXELS = 40_000_000
"""Of a picture of a page: A3 at 300 dots an inch has 17 million."""


def recognise_pages(
    document: pdfium.PdfDocument, pages: Sequence[int], seconds: float
) -> dict[int, str]:
    """The text of pages (from 1) by OCR, without those on which there is none.

    Stops after so many seconds, with what is recognised by then.
    """
    clock = OcrClock(seconds)
    found: dict[int, str] = {}
    with TemporaryDirectory(prefix="asistente-ocr-") as folder:
        for number in pages:
            if clock.left <= 0:
                break
            picture = Path(folder) / f"{number}.png"
            _render(document, number, picture)
            text = _recognised_text(picture, clock)
            if text.strip():
                found[number] = text
            for file in Path(folder).iterdir():
                file.unlink()
    return found


def _render(document: pdfium.PdfDocument, number: int, picture: Path) -> None:
    with closing(document[number - 1]) as page:
        width, height = page.get_size()
        scale = _DPI / _POINTS
        scale *= min(1.0, math.sqrt(_MOST_PIXELS / max(width * height * scale * scale, 1.0)))
        image = page.render(scale=scale, grayscale=True).to_pil()
        image.save(picture, dpi=(_DPI, _DPI))


def _recognised_text(picture: Path, clock: OcrClock) -> str:
    made = recognised(picture, clock)
    if made is None:
        return ""
    with closing(open_document(made)) as document:
        return page_text(read_page(document, 0))
