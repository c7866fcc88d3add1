"""What came of a source file, as it is told to people."""

import time
from dataclasses import dataclass
from pathlib import Path

from corpus.editions import Edition
from corpus.model import ParseWarning


@dataclass(frozen=True)
class IngestSummary:
    """What came of a source file. Of an unchanged one no warnings are told again."""

    code: str
    path: Path
    unchanged: bool
    pages: int
    chapters: int
    positions: int
    functions: int
    chunks: int
    warnings: tuple[ParseWarning, ...]
    seconds: float
    pictures: int = 0
    """Pages of which pictures were kept now."""
    version: str = ""
    in_force: bool = True
    """Whether answers come from it: not where a newer version is in force."""
    embedded: int = 0
    """Chunks that had to be embedded; the others stood in a version that is indexed."""


def summary_of(
    edition: Edition,
    path: Path,
    warnings: tuple[ParseWarning, ...],
    started: float,
    *,
    unchanged: bool = False,
    embedded: int = 0,
) -> IngestSummary:
    """That of a version that is indexed, by its record; `started` is by `time.perf_counter`."""
    record = edition.record
    return IngestSummary(
        code=record.code,
        path=path,
        unchanged=unchanged,
        pages=record.pages,
        chapters=record.chapters,
        positions=record.positions,
        functions=record.functions,
        chunks=record.chunks,
        warnings=warnings,
        seconds=time.perf_counter() - started,
        version=record.version,
        in_force=edition.in_force,
        embedded=embedded,
    )
