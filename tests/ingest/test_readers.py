"""Source files: what can be read, and what is said of what can't."""

import builtins
import unicodedata
from pathlib import Path
from typing import Any

import docx
import pytest

from corpus.errors import AsistenteError
from ingest import IngestError, parse_manual, read_source
from ingest.errors import (
    NotAManualError,
    ReaderNotInstalledError,
    SourceNotFoundError,
    UnreadableSourceError,
    UnsupportedFormatError,
)

DATA = Path(__file__).parents[1] / "data" / "manuals"
TEXT = "I. INTRODUCCIÓN\n\nAñadió: «güero» — 5\u00a0%\n"


def write(folder: Path, data: bytes | str, name: str = "manual.txt") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("ó", "\x07ó\u200b\u00ad").encode(),
        TEXT.encode().replace("ó".encode(), b"\xf3"),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16", "crlf", "cr", "nfd", "control", "mixed"],
)
def test_a_text_reads_the_same_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    source = read_source(write(tmp_path, data))
    assert source.text == TEXT
    assert source.name == "manual.txt"


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, TEXT, "MANUAL.TXT")).text == TEXT


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "vacio.txt", UnreadableSourceError),
        (b" \n\t\n", "blanco.txt", UnreadableSourceError),
        (b"\x00\x01\x02PK", "binario.txt", UnreadableSourceError),
        (b"no es un PDF", "roto.pdf", UnreadableSourceError),
        (b"no es un DOCX", "roto.docx", UnreadableSourceError),
        (b"a,b", "tabla.csv", UnsupportedFormatError),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    tmp_path: Path, data: bytes, name: str, error: type[IngestError]
) -> None:
    with pytest.raises(error) as raised:
        read_source(write(tmp_path, data, name))
    message = str(raised.value)
    assert name in message
    assert message.endswith(".")
    assert "\n" not in message
    assert isinstance(raised.value, AsistenteError)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="No existe el archivo"):
        read_source(tmp_path / "nada.txt")
    with pytest.raises(SourceNotFoundError, match="No existe el archivo"):
        read_source(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "Una receta de cocina.\n\nMezcle todo.\n",
        "I. INTRODUCCIÓN\n\nUn informe con capítulos, pero sin código.\n",
        "CÓDIGO:\tMO-X-01\nVERSIÓN:\t01\nEMISIÓN:\t01/01/24\nPÁGINA:\t1 de 1\n\nSin capítulos.\n",
    ],
)
def test_a_text_that_is_no_manual_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotAManualError, match="no parece un Manual de Organización"):
        parse_manual(read_source(write(tmp_path, text)))


@pytest.mark.parametrize(("suffix", "package"), [("pdf", "pdfplumber"), ("docx", "docx")])
def test_a_reader_whose_extra_is_missing_says_which(
    monkeypatch: pytest.MonkeyPatch, suffix: str, package: str
) -> None:
    real_import = builtins.__import__

    def without_package(name: str, *args: Any, **options: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ImportError(name)
        return real_import(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without_package)
    with pytest.raises(ReaderNotInstalledError, match=rf"\[{suffix}\]"):
        read_source(DATA / f"MO-SFA-04.{suffix}")


def test_a_word_file_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vacio.docx"
    docx.Document().save(str(path))
    with pytest.raises(UnreadableSourceError, match="está vacío"):
        read_source(path)


def test_word_tables_breaks_and_tabs_keep_the_text_layout(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Antes")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Identificación:"
    for column, text in enumerate(("Puesto funcional:", "Jefe", "Fecha: hoy")):
        table.cell(1, column).text = text
    document.add_page_break()
    document.add_paragraph("uno\tdos")
    path = tmp_path / "tabla.docx"
    document.save(str(path))
    lines = [line for line in read_source(path).text.split("\n") if line]
    assert lines == [
        "Antes", "Identificación:", "Puesto funcional:\tJefe\tFecha: hoy", "\f", "uno\tdos"
    ]  # fmt: skip
