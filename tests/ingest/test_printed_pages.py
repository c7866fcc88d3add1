"""An ingest of a PDF keeps pictures of its pages, the latest ones, and gives them up when told."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from assistant.render.printed_page import printed_page
from corpus.embeddings import OnnxEmbeddings
from corpus.printed_pages import WIDTHS, PageSet, PrintedPages
from corpus.store import ManualStore, open_store
from ingest import parse_manual, read_source
from ingest.indexing import index_manual
from ingest.limits import Limits
from ingest.readers.pdf.drawing import draw_pages

PDF = Path(__file__).parents[1] / "data" / "manuals" / "MO-SFA-04.pdf"
QUOTE = "Programar y efectuar las transferencias de pago a proveedores y contratistas"
Kept = tuple[ManualStore, PrintedPages, PageSet]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, embeddings: OnnxEmbeddings) -> Kept:
    """MO-SFA-04 as PDF, indexed with its pictures."""
    folder = tmp_path_factory.mktemp("printed")
    store, printed = open_store(folder), PrintedPages(folder)
    index_manual(PDF, store, embeddings.name, lambda: embeddings, printed=printed)
    record = store.indexed("MO-SFA-04")
    assert record is not None
    pages = printed.of(record.source_sha256)
    assert pages is not None
    return store, printed, pages


def test_each_page_has_a_picture_for_a_phone_and_a_larger_one(kept: Kept) -> None:
    _, _, pages = kept
    for page in (1, 38, 64):
        for width in WIDTHS:
            picture = pages.picture(page, width)
            assert picture is not None
            image = Image.open(io.BytesIO(picture))
            assert (image.format, image.width) == ("WEBP", width)
            assert image.height > image.width
            assert len(picture) < 100_000
    assert not pages.has(65)
    assert pages.picture(65, 800) is None
    assert pages.picture(1, 5000) is None


def test_the_quote_is_marked_where_it_is_printed(kept: Kept) -> None:
    store, _, pages = kept
    page = printed_page(store.manual("MO-SFA-04"), 38, pages, {"2.2.2": [QUOTE]})
    assert page.picture is not None
    (mark,) = page.picture.marks
    picture = pages.picture(38, 1200)
    assert picture is not None
    image = Image.open(io.BytesIO(picture)).convert("L")
    box = (mark.left, mark.top, mark.left + mark.width, mark.top + mark.height)
    sides = (image.width, image.height, image.width, image.height)
    stretch = image.crop(
        tuple(round(at * side / 1000) for at, side in zip(box, sides, strict=True))
    )
    darkest, lightest = stretch.getextrema()
    assert isinstance(darkest, int)
    assert darkest < 120  # there is print in it
    assert lightest == 255
    words = " ".join(word.text for word in pages.words(38))
    assert QUOTE in words


def test_a_source_that_is_no_pdf_has_none_and_takes_the_place_of_the_pdf(
    tmp_path: Path, embeddings: OnnxEmbeddings, kept: Kept
) -> None:
    shutil.copytree(kept[1]._folder, tmp_path / "paginas")
    printed = PrintedPages(tmp_path)
    store = open_store(tmp_path)
    text = PDF.with_suffix(".txt")
    index_manual(text, store, embeddings.name, lambda: embeddings, printed=printed)
    record = store.indexed("MO-SFA-04")
    assert record is not None
    assert printed.of(record.source_sha256) is None
    assert list((tmp_path / "paginas").iterdir()) == []


def test_pictures_that_are_missing_are_drawn_for_an_unchanged_file_too(
    tmp_path: Path, embeddings: OnnxEmbeddings
) -> None:
    """Whoever switches the setting on later need not ingest anew."""
    store, printed = open_store(tmp_path), PrintedPages(tmp_path)

    def ingest(pages: PrintedPages | None) -> tuple[bool, int]:
        done = index_manual(PDF, store, embeddings.name, lambda: embeddings, printed=pages)
        return done.unchanged, done.pictures

    assert ingest(None) == (False, 0)
    assert ingest(printed) == (True, 64)
    assert ingest(printed) == (True, 0)


def test_what_is_kept_of_another_manual_stays_when_one_is_forgotten(
    tmp_path: Path, kept: Kept
) -> None:
    shutil.copytree(kept[1]._folder, tmp_path / "paginas")
    printed = PrintedPages(tmp_path)
    printed.sweep("MO-OTRO-01")
    assert len(list((tmp_path / "paginas").iterdir())) == 1
    printed.sweep("MO-SFA-04")
    assert list((tmp_path / "paginas").iterdir()) == []


def test_a_damaged_file_or_no_time_gives_the_pages_that_could_be_drawn(
    tmp_path: Path, make_folder: Callable[[], Path]
) -> None:
    damaged = tmp_path / "roto.pdf"
    damaged.write_bytes(b"%PDF-1.4\nnothing of it")
    assert draw_pages(damaged, make_folder(), Limits()) == {}
    some = draw_pages(PDF, make_folder(), Limits(seconds=1))
    assert len(some) < 64


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[[], Path]:
    """Makes empty folders."""
    made = iter(range(10))

    def make() -> Path:
        folder = tmp_path / f"folder-{next(made)}"
        folder.mkdir()
        return folder

    return make


def test_the_physical_pages_are_known_by_their_printed_numbers() -> None:
    manual = parse_manual(read_source(PDF))
    assert manual.physical_pages == tuple(range(1, 65))
