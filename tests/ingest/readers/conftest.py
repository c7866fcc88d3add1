"""Small files that the tests of the readers make, and what is read from them."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import SourceText, read_source

Draw = Callable[[Canvas], None]
ReadPdf = Callable[..., SourceText]
ReadDocx = Callable[[Callable[[Document], None]], SourceText]
ReadText = Callable[[str], SourceText]

HEIGHT = A4[1]


def put(canvas: Canvas, lines: str, x: float = 60, top: float = 80, pitch: float = 14) -> None:
    """Prints lines one under the other, from `top` points below the page's upper edge on."""
    for at, line in enumerate(lines.split("\n")):
        canvas.drawString(x, HEIGHT - top - at * pitch, line)


def printed(source: SourceText) -> list[str]:
    """The lines that hold something, or are a page break."""
    return [line for line in source.text.split("\n") if line.strip() or line == "\f"]


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Makes a PDF of pages, each of which a function draws."""

    def make(*pages: Draw, name: str = "manual.pdf") -> Path:
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=A4)
        for draw in pages:
            canvas.setFont("Helvetica", 10)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def read_pdf(make_pdf: Callable[..., Path]) -> ReadPdf:
    """What is read from a PDF of such pages."""
    return lambda *pages: read_source(make_pdf(*pages))


@pytest.fixture
def read_docx(tmp_path: Path) -> ReadDocx:
    """What is read from a Word file that a function fills."""

    def read(fill: Callable[[Document], None]) -> SourceText:
        document = docx.Document()
        fill(document)
        path = tmp_path / "manual.docx"
        document.save(str(path))
        return read_source(path)

    return read
