"""The one way into the readers: a path in, the text of the manual out."""

from collections.abc import Callable
from pathlib import Path

from ingest.errors import SourceNotFoundError, UnsupportedFormatError
from ingest.readers.base import SourceText
from ingest.readers.docx import read_docx
from ingest.readers.pdf import read_pdf
from ingest.readers.txt import read_txt

_READERS: dict[str, Callable[[Path], SourceText]] = {
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
    return reader(path)
