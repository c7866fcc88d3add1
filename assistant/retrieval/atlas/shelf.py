"""Local copies of builds, so that a manual that is not open is opened in milliseconds.

A build never changes, so a copy is right as long as its name is; what is forgotten in the store
goes from here when the catalog is next looked at.
"""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.catalog import IndexedManual
from corpus.model import Chunk, Manual

_CHUNKS = TypeAdapter(list[Chunk])
_LEVEL = 1


@dataclass(frozen=True)
class Copy:
    """What a manual is opened from."""

    manual: Manual
    chunks: Sequence[Chunk]


class Shelf:
    """Copies of builds in a folder. Safe for threads and processes: a file is moved into place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, record: IndexedManual, read: Callable[[], Copy]) -> Copy:
        """The copy of a build; made now, by reading the store, where there is none."""
        path = self._folder / f"{record.build}.json.z"
        try:
            manual, chunks = json.loads(zlib.decompress(path.read_bytes()))
            return Copy(Manual.model_validate_json(manual), _CHUNKS.validate_json(chunks))
        except (OSError, zlib.error, ValueError, ValidationError):
            made = read()
        self._write(path, made)
        return made

    def keep_only(self, records: Sequence[IndexedManual]) -> None:
        """Delete the copies of all other builds."""
        if self._folder.is_dir():
            wanted = {f"{record.build}.json.z" for record in records}
            for path in self._folder.iterdir():
                if path.name not in wanted and path.suffix == ".z":
                    path.unlink(missing_ok=True)

    def _write(self, path: Path, made: Copy) -> None:
        texts = (made.manual.model_dump_json(), _CHUNKS.dump_json(list(made.chunks)).decode())
        self._folder.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_bytes(zlib.compress(json.dumps(texts).encode(), _LEVEL))
        new.replace(path)
