"""Source file in, typed manual and chunks out.

`read_source` reads a .txt, .pdf or .docx; `parse_manual` makes the typed `Manual` of it;
`chunk_manual` cuts that into the units of retrieval. All raise `IngestError` or a child of it.
"""

from ingest.chunks import chunk_manual
from ingest.errors import IngestError
from ingest.parser import parse_manual
from ingest.readers import SourceText, read_source

__all__ = ["IngestError", "SourceText", "chunk_manual", "parse_manual", "read_source"]
