"""Plain text files: bytes in, clean Unicode text out."""

import codecs
from pathlib import Path

from ingest.errors import UnreadableSourceError
from ingest.limits import Limits
from ingest.readers.base import SourceText
from ingest.readers.printed import clean_text


def read_txt(path: Path, limits: Limits) -> SourceText:  # noqa: ARG001 (as all readers)
    """The text of a file in UTF-8 (or UTF-16 with its mark); stray bytes are taken as cp1252.

    Raises `UnreadableSourceError` where it is binary.
    """
    return SourceText(path.name, clean_text(decode(path.read_bytes(), path.name)))


def decode(data: bytes, name: str) -> str:
    """Bytes as text. Raises `UnreadableSourceError` where they are no text."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data:
        raise UnreadableSourceError(
            f"El archivo «{name}» no es de texto: guarde el manual como .txt, .pdf o .docx."
        )
    return data.decode("utf-8-sig", errors=_CP1252)


def _decode_stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that are not UTF-8 as cp1252: whole old files, and mixed ones."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


_CP1252 = "asistente-cp1252"
codecs.register_error(_CP1252, _decode_stray_bytes)
