"""Readers: a source file of any known format in, its text in one layout out."""

from ingest.readers.base import SourceText
from ingest.readers.reading import read_source

__all__ = ["SourceText", "read_source"]
