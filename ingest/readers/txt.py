"""Plain text files: bytes in, clean Unicode text out."""

import codecs
import re
import unicodedata
from pathlib import Path

from ingest.errors import SourceNotFoundError, UnreadableSourceError
from ingest.readers.base import SourceText

_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff]")
_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x0b|\x85")


def read_txt(path: Path) -> SourceText:
    """The text of a file in UTF-8 (or UTF-16 with its mark); stray bytes are taken as cp1252.

    Raises `SourceNotFoundError` where it can't be opened, `UnreadableSourceError` where it is
    empty or binary.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceNotFoundError(
            f"No se pudo abrir «{path}»: revise que exista y que tenga permiso de lectura."
        ) from error
    text = clean_text(decode(data, path.name))
    if not text.strip():
        raise UnreadableSourceError(
            f"El archivo «{path.name}» está vacío: indique el archivo con el texto del manual."
        )
    return SourceText(path.name, text)


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


def clean_text(text: str) -> str:
    """Text in NFC, with "\\n" for every line end, without control characters.

    Tabs, form feeds and no-break spaces stay.
    """
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    return _UNWANTED.sub("", text)


def _decode_stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that are not UTF-8 as cp1252: whole old files, and mixed ones."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


_CP1252 = "asistente-cp1252"
codecs.register_error(_CP1252, _decode_stray_bytes)
