"""Files that break a reader: one sentence each, and nothing else is harmed."""

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ingest.errors import IngestError, SourceTooBigError, UnreadableSourceError
from ingest.limits import MEGABYTE, Limits
from ingest.readers import read_guarded, read_source
from tests.ingest.readers.conftest import put

Damage = Callable[[bytes], bytes]
PART = "word/document.xml"


def word_file(folder: Path, change: Damage, part: str = PART) -> Path:
    """A Word file one part of which is changed."""
    whole, changed = folder / "entero.docx", folder / "manual.docx"
    document = docx.Document()
    document.add_paragraph("Texto del manual")
    document.save(str(whole))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(
                info.filename, change(data) if info.filename == part else data, zipfile.ZIP_DEFLATED
            )
    return changed


def nested(data: bytes) -> bytes:
    """Elements in elements, ten thousand deep."""
    deep = b"<w:sdt><w:sdtContent>" * 10_000 + b"</w:sdtContent></w:sdt>" * 10_000
    return data.replace(b"<w:body>", b"<w:body>" + deep)


def with_entities(data: bytes) -> bytes:
    """An entity that names a file of the machine."""
    start = data.index(b"<w:document")
    declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return data[:start] + declared + data[start:].replace(b"Texto", b"&e;")


def many_paragraphs(data: bytes) -> bytes:
    """A document of some twenty megabytes that packs into little."""
    paragraph = b"<w:p><w:r><w:t>Una bomba</w:t></w:r></w:p>"
    return data.replace(b"<w:body>", b"<w:body>" + paragraph * (20 * MEGABYTE // len(paragraph)))


@pytest.mark.parametrize("read", [read_source, read_guarded])
@pytest.mark.parametrize(
    "change",
    [lambda data: data[:-200], lambda _: b"", nested, with_entities, many_paragraphs],
    ids=["cut off", "empty part", "deep", "entities", "bomb"],
)
def test_a_hostile_word_file_gets_one_sentence(
    tmp_path: Path, change: Damage, read: Callable[[Path], object]
) -> None:
    with pytest.raises(IngestError) as raised:
        read(word_file(tmp_path, change))
    message = str(raised.value)
    assert "«manual.docx»" in message
    assert message.endswith(".")
    assert "\n" not in message
    assert "passwd" not in message


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
        b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox "
        + b"["
        * 50_000
        + b">>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.7\n" + b"\xff" * 5_000,
        b"<html>",
    ],
    ids=["arrays", "rubbish", "html"],
)
def test_a_hostile_pdf_gets_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "manual.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableSourceError, match=r"«manual\.pdf»") as raised:
        read_guarded(path)
    assert "\n" not in str(raised.value)


def test_what_is_read_guarded_is_what_is_read(
    make_pdf: Callable[..., Path], tmp_path: Path
) -> None:
    pdf = make_pdf(
        lambda canvas: put(canvas, "Añadió «algo»"), lambda canvas: canvas.rect(9, 9, 9, 9)
    )
    page = tmp_path / "manual.html"
    page.write_text("<h1>MANUAL</h1><p>Añadió</p>", "utf-8")
    for path in (pdf, page):
        assert read_guarded(path) == read_source(path)


@pytest.mark.parametrize(
    ("limits", "setting"),
    [
        (Limits(file_bytes=1_000), "ASISTENTE_SOURCE_MAX_MB"),
        (Limits(unpacked_bytes=10_000), "ASISTENTE_SOURCE_MAX_UNPACKED_MB"),
        (Limits(characters=10), "límite es de 10"),
    ],
    ids=["bytes", "unpacked", "characters"],
)
def test_a_limit_that_is_passed_is_told(tmp_path: Path, limits: Limits, setting: str) -> None:
    path = word_file(tmp_path, lambda data: data)
    with pytest.raises(IngestError) as raised:
        read_guarded(path, limits)
    assert re.search(setting, str(raised.value))


def test_a_reader_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "grande.html"
    path.write_text("<p>x</p>" * 500_000, "utf-8")
    with pytest.raises(IngestError, match="memoria"):
        read_guarded(path, Limits(memory_bytes=150 * MEGABYTE))


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    columns = "<td>1</td>" * 300
    path = tmp_path / "lento.html"
    path.write_text(f"<table>{f'<tr>{columns}</tr>' * 2_000}</table>", "utf-8")
    started = time.monotonic()
    with pytest.raises(SourceTooBigError, match="ASISTENTE_SOURCE_MAX_SECONDS"):
        read_guarded(path, Limits(seconds=1))
    assert time.monotonic() - started < 20


def test_a_plain_text_is_not_kept_waiting(tmp_path: Path) -> None:
    path = tmp_path / "manual.txt"
    path.write_text("Texto del manual", "utf-8")
    started = time.monotonic()
    assert read_guarded(path).text == "Texto del manual"
    assert time.monotonic() - started < 0.4
