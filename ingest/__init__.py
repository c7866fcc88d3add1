"""Source file in, typed manual and chunks out.

`read_source` reads a source file; `parse_manual` makes the typed `Manual` of it; `chunk_manual`
cuts that into the units of retrieval. All raise `IngestError` or a child of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.chunks import chunk_manual
    from ingest.errors import IngestError
    from ingest.parser import parse_manual
    from ingest.readers import SourceText, read_source

__all__ = ["IngestError", "SourceText", "chunk_manual", "parse_manual", "read_source"]

_MODULES = {
    "IngestError": "ingest.errors",
    "SourceText": "ingest.readers",
    "chunk_manual": "ingest.chunks",
    "parse_manual": "ingest.parser",
    "read_source": "ingest.readers",
}


def __getattr__(name: str) -> Any:
    """What is asked for, imported now: who only finds a file unchanged needs no parser."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(_MODULES[name]), name)
