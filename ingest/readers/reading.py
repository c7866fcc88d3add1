"""The one way into the readers: a path in, the text of the manual out."""

from collections.abc import Callable
from pathlib import Path

from ingest.errors import (
    IngestError,
    SourceNotFoundError,
    SourceTooBigError,
    UnreadableSourceError,
    UnsupportedFormatError,
)
from ingest.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from ingest.readers.base import SourceText
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf
from ingest.readers.txt import read_txt

_READERS: dict[str, Callable[[Path, Limits], SourceText]] = {
    ".txt": read_txt,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
SUFFIXES = frozenset(_READERS)
"""Of the files that can be read, in small letters."""


def read_source(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """The text of a source file, read in this process by the reader for its suffix.

    Raises an `IngestError`, and nothing else, where there is no such file, no reader for its
    suffix, the reader's extra is not installed, or the file is empty, binary, damaged or too big.
    What a hostile file may take of memory and time is limited by `read_guarded` only.
    """
    reader = check_source(path, limits)
    try:
        source = reader(path, limits)
    except IngestError:
        raise
    except MemoryError as error:
        raise too_much(path, limits) from error
    except Exception as error:  # what a damaged file may raise in a library is not to be foreseen
        raise damaged(path) from error
    if not source.text.strip():
        raise UnreadableSourceError(
            f"El archivo «{path.name}» está vacío: indique el archivo con el texto del manual."
        )
    if len(source.text) > limits.characters:
        raise SourceTooBigError(
            f"«{path.name}» tiene {len(source.text)} caracteres de texto y el límite es de "
            f"{limits.characters}: divida el archivo."
        )
    return source


def check_source(path: Path, limits: Limits) -> Callable[[Path, Limits], SourceText]:
    """The reader of a file. Raises an `IngestError` where it can't be tried."""
    if not path.is_file():
        raise SourceNotFoundError(
            f"No existe el archivo «{path}»: revise la ruta y vuelva a intentarlo."
        )
    try:
        path.open("rb").close()
    except OSError as error:
        raise SourceNotFoundError.closed(path) from error
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise UnsupportedFormatError(
            f"No se puede leer «{path.name}»: convierta el manual a uno de estos formatos: {known}."
        )
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise SourceTooBigError(
            f"«{path.name}» ocupa {size / MEGABYTE:.0f} MB y el límite es de "
            f"{limits.file_bytes / MEGABYTE:.0f}: divida el archivo o aumente "
            "ASISTENTE_SOURCE_MAX_MB."
        )
    return reader


def damaged(path: Path) -> UnreadableSourceError:
    """The error for a file that a reader breaks on."""
    return UnreadableSourceError(
        f"No se pudo leer «{path.name}»: el archivo está dañado o pide demasiada memoria; ábralo "
        "con el programa con que se hizo, guárdelo de nuevo y repita."
    )


def too_much(path: Path, limits: Limits) -> SourceTooBigError:
    """The error for a file that takes more time or memory than is allowed."""
    return SourceTooBigError(
        f"Se dejó de leer «{path.name}»: necesita más de {limits.seconds} segundos o de "
        f"{limits.memory_bytes / MEGABYTE:.0f} MB de memoria; revise el archivo o aumente "
        "ASISTENTE_SOURCE_MAX_SECONDS o ASISTENTE_SOURCE_MAX_MEMORY_MB."
    )
