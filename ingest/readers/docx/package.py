"""The ZIP archive that a DOCX is: what it may hold and how much, looked at before it is read."""

from pathlib import Path
from zipfile import ZipFile, ZipInfo

from ingest.errors import SourceTooBigError, UnreadableSourceError
from ingest.limits import MEGABYTE, Limits

_BOMB_RATIO = 100
"""Bytes that a packed one may unpack to: what Word writes stays below 40."""
_BOMB_BYTES = 10 * MEGABYTE
"""From here on that ratio is looked at."""
_DECLARATION = b"<!DOCTYPE"
_LOOKED_AT = 4_096
"""Bytes at the start of a part in which a declaration must stand to be one."""
_MOST_PARTS = 20_000


def check_package(path: Path, limits: Limits) -> None:
    """Raise `SourceTooBigError` or `UnreadableSourceError` for an archive that would do harm.

    `BadZipFile` is raised where it is no archive, `OSError` where it can't be opened.
    """
    with ZipFile(path) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > limits.unpacked_bytes or len(parts) > _MOST_PARTS:
            raise SourceTooBigError(
                f"«{path.name}» ocupa {unpacked / MEGABYTE:.0f} MB al descomprimirse y el límite es"
                f" de {limits.unpacked_bytes / MEGABYTE:.0f}: divida el archivo o aumente "
                "ASISTENTE_SOURCE_MAX_UNPACKED_MB."
            )
        for part in parts:
            if _is_bomb(part):
                raise SourceTooBigError(
                    f"«{path.name}» se descomprime a mucho más de lo que un documento ocupa: "
                    "ábralo en Word, guárdelo de nuevo y repita."
                )
            if part.filename.endswith((".xml", ".rels")) and _declares_entities(archive, part):
                raise UnreadableSourceError(
                    f"«{path.name}» trae declaraciones XML que ningún documento de Word tiene: "
                    "ábralo en Word, guárdelo de nuevo y repita."
                )


def _is_bomb(part: ZipInfo) -> bool:
    is_big = part.file_size > _BOMB_BYTES
    return is_big and part.file_size > _BOMB_RATIO * max(part.compress_size, 1)


def _declares_entities(archive: ZipFile, part: ZipInfo) -> bool:
    with archive.open(part) as file:
        start = file.read(_LOOKED_AT)
    return _DECLARATION in start.replace(b"\0", b"").upper()
