"""Scanned pages, with the real Tesseract; without it these tests are skipped, but in CI."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import read_source
from ingest.limits import Limits
from ingest.readers import read_guarded
from ingest.readers.ocr import has_ocr
from tests.ingest.readers.conftest import Draw, put

TEXT = "La Jefatura de Archivo guarda los expedientes\nde la dirección y entrega copias."
MUST_RUN = os.environ.get("TESTS_MUST_ALL_RUN") == "1"

pytestmark = pytest.mark.skipif(
    not has_ocr() and not MUST_RUN, reason="tesseract-ocr-spa is not installed"
)


@pytest.fixture
def scanned(make_pdf: Callable[..., Path]) -> Callable[[str], Draw]:
    """Draws a page that is a picture of a printed text."""

    def draw(text: str) -> Draw:
        def large(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 16)
            put(canvas, text, pitch=22)

        printed = pypdfium2.PdfDocument(make_pdf(large, name="impreso.pdf"))
        picture = BytesIO()
        printed[0].render(scale=2.5).to_pil().save(picture, "PNG")
        printed.close()

        def page(canvas: Canvas) -> None:
            width, height = canvas._pagesize
            canvas.drawImage(ImageReader(BytesIO(picture.getvalue())), 0, 0, width, height)

        return page

    return draw


def test_a_scanned_page_amid_others_is_read_and_told(
    make_pdf: Callable[..., Path], scanned: Callable[[str], Draw]
) -> None:
    page = lambda canvas: put(canvas, "Una página con su texto")  # noqa: E731
    source = read_guarded(make_pdf(page, scanned(TEXT), page))
    assert source.pages_by_ocr == (2,)
    assert source.pages_without_text == ()
    assert " ".join(source.text.split("\f")[1].split()) == TEXT.replace("\n", " ")


def test_a_scan_is_read_as_a_whole(
    make_pdf: Callable[..., Path], scanned: Callable[[str], Draw]
) -> None:
    assert read_source(make_pdf(scanned(TEXT))).pages_by_ocr == (1,)


def test_a_picture_without_text_stays_without(make_pdf: Callable[..., Path]) -> None:
    page = lambda canvas: put(canvas, "Una página con su texto")  # noqa: E731
    source = read_source(make_pdf(page, lambda canvas: canvas.rect(50, 50, 300, 300, fill=1)))
    assert (source.pages_by_ocr, source.pages_without_text) == ((), (2,))


def test_ocr_can_be_turned_off(
    make_pdf: Callable[..., Path], scanned: Callable[[str], Draw]
) -> None:
    page = lambda canvas: put(canvas, "Una página con su texto")  # noqa: E731
    source = read_source(make_pdf(page, scanned(TEXT)), Limits(ocr_seconds=0))
    assert (source.pages_by_ocr, source.pages_without_text) == ((), (2,))
