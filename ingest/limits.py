"""How much of a source file is read: what is beyond it is told, and nothing is harmed."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What a source file may cost. The defaults read a manual of some thousand pages.

    A 600-page PDF takes some 10 seconds and 150 MB here, so each limit leaves room for a manual
    several times as big on a machine several times as slow.
    """

    file_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    """Of all that is packed in a DOCX."""
    pages: int = 3_000
    """Physical pages of a PDF."""
    characters: int = 10_000_000
    """Of the text that is read: some three thousand full pages."""
    seconds: int = 120
    """Computing time for reading, without OCR."""
    memory_bytes: int = 2_048 * MEGABYTE
    """Of the process that reads."""
    ocr_seconds: int = 1_800
    """Time for recognising the pages that are pictures; with 0 there is no OCR."""


DEFAULT_LIMITS = Limits()
