"""PDF files as a whole: words as printed, pages without text, files that can't be read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest import read_source
from ingest.errors import SourceTooBigError, UnreadableSourceError
from ingest.limits import Limits
from ingest.readers import ocr
from tests.ingest.readers.conftest import ReadPdf, printed, put

FONT = Path(__file__).parents[3] / "assistant/reports/charting/fonts/LiberationSans-Regular.ttf"


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without Tesseract."""
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    ocr.ocr_languages.cache_clear()
    yield
    ocr.ocr_languages.cache_clear()


def test_a_word_that_a_line_s_end_broke_is_whole(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, "Revisar cada mes los elevadores y la instalación eléctrica de los edi-\n"
            "ficios de la zona Centro-\nNorte, y conservarlos.")  # fmt: skip

    assert printed(read_pdf(page)) == [
        "Revisar cada mes los elevadores y la instalación eléctrica de los edificios de la zona "
        "Centro-Norte, y conservarlos."
    ]


def test_ligatures_and_soft_hyphens_are_letters_and_nothing(read_pdf: ReadPdf) -> None:
    registerFont(TTFont("Libre", str(FONT)))

    def page(canvas: Canvas) -> None:
        canvas.setFont("Libre", 10)
        put(canvas, "La o\ufb01cina de \ufb02ujos y edi\u00adficios")

    assert printed(read_pdf(page)) == ["La oficina de flujos y edificios"]


def test_bullets_of_symbol_fonts_are_bullets(read_pdf: ReadPdf) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Symbol", 10)
        put(canvas, "\u2022\n\u2022")
        canvas.setFont("Helvetica", 10)
        put(canvas, "Guardar los expedientes.\nDar copias.", x=70)

    assert printed(read_pdf(page)) == ["• Guardar los expedientes.", "• Dar copias."]


@pytest.mark.usefixtures("without_ocr")
def test_a_page_without_text_amid_others_is_told(read_pdf: ReadPdf) -> None:
    source = read_pdf(
        lambda canvas: put(canvas, "Primera página"),
        lambda canvas: canvas.rect(50, 50, 400, 400, fill=1),
        lambda canvas: put(canvas, "3"),
        lambda canvas: put(canvas, "Cuarta página"),
    )
    assert source.pages_without_text == (2, 3)
    assert source.pages_by_ocr == ()
    assert source.text.count("\f") == 3


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_says_how_to_get_ocr(make_pdf: Callable[..., Path]) -> None:
    path = make_pdf(lambda canvas: canvas.rect(50, 50, 400, 400, fill=1))
    with pytest.raises(UnreadableSourceError, match="tesseract-ocr-spa"):
        read_source(path)


def test_a_protected_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cerrado.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secreta"))
    put(canvas, "Nada para todos")
    canvas.save()
    with pytest.raises(UnreadableSourceError, match="protegido"):
        read_source(path)


def test_more_pages_than_allowed_are_too_many(make_pdf: Callable[..., Path]) -> None:
    path = make_pdf(*[lambda canvas: put(canvas, "Una página")] * 4)
    with pytest.raises(SourceTooBigError, match="4 páginas y el límite es de 3"):
        read_source(path, Limits(pages=3))


def test_a_damaged_page_leaves_the_others(make_pdf: Callable[..., Path]) -> None:
    path = make_pdf(*[lambda canvas: put(canvas, "Una página con texto")] * 3)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    try:
        pages = read_source(path).text.split("\f")
    except UnreadableSourceError:
        return
    assert len(pages) == len(PdfDocument(path))
