"""Readers: a source file of any known format in, its text in one layout out."""

from ingest.readers.base import SourceText
from ingest.readers.guarded import read_guarded
from ingest.readers.reading import SUFFIXES, read_source

__all__ = ["SUFFIXES", "SourceText", "read_guarded", "read_source"]
