"""The one interface of the readers: a path in, the text of the manual out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceNotFoundError, UnsupportedFormatError
from ingest.readers.docx import read_docx
from ingest.readers.pdf import read_pdf
from ingest.readers.txt import read_txt


@dataclass(frozen=True)
class SourceText:
    """The text of a source file, as the parser takes it.

    Whatever the format: one row of a table is a line with its cells separated by tabs, and
    pages are separated by a form feed or, where there is none in the whole text, by three or
    more blank lines. Unicode is NFC, lines end in "\\n", and there are no control characters.
    """

    name: str
    """The file's name, to speak of it."""
    text: str


_READERS: dict[str, Callable[[Path], str]] = {
    ".txt": read_txt,
    ".pdf": read_pdf,
    ".docx": read_docx,
}


def read_source(path: Path) -> SourceText:
    """The text of a source file, read by the reader for its suffix.

    Raises an `IngestError` where there is no such file, no reader for its suffix, the reader's
    extra is not installed, or the file is empty, binary or damaged.
    """
    reader = _READERS.get(path.suffix.lower())
    if not path.is_file():
        raise SourceNotFoundError(
            f"No existe el archivo «{path}»: revise la ruta y vuelva a intentarlo."
        )
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise UnsupportedFormatError(
            f"No se puede leer «{path.name}»: convierta el manual a uno de estos formatos: {known}."
        )
    return SourceText(path.name, reader(path))
