"""What reading a source file may cost, by the settings."""

from assistant.running.settings import Settings
from ingest.limits import MEGABYTE, Limits


def limits_of(settings: Settings) -> Limits:
    """The limits of a reader."""
    return Limits(
        file_bytes=settings.source_max_mb * MEGABYTE,
        unpacked_bytes=settings.source_max_unpacked_mb * MEGABYTE,
        pages=settings.source_max_pages,
        seconds=settings.source_max_seconds,
        memory_bytes=settings.source_max_memory_mb * MEGABYTE,
        ocr_seconds=settings.ocr_max_seconds,
    )
