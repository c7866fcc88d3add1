"""Checks an index against the sources that it was made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.desk.limits import limits_of
from assistant.faces.cli.indexing import files_to_read
from assistant.running.settings import Settings
from corpus.catalog import IndexedManual
from corpus.embeddings import OnnxEmbeddings
from corpus.errors import AsistenteError
from corpus.model import Chunk
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
from corpus.store import ManualStore, open_store
from ingest import chunk_manual, parse_manual
from ingest.identity import adjusted, identity_of
from ingest.readers import read_guarded

_SAMPLE = 12
"""Vectors of a manual that are computed again."""
_ALIKE = 0.999
"""Cosine from which two vectors of one text are the same: runs differ by rounding."""
_WELL, _UNKNOWN = "bien", "–"


@dataclass(frozen=True)
class Found:
    """What was found of one manual of the index, in words."""

    code: str
    source: str
    counts: str
    text: str
    vectors: str

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong; a source that is no longer there is no fault of the index."""
        return {self.counts, self.text, self.vectors} <= {_WELL, _UNKNOWN}


def checked_index(settings: Settings, sources: Sequence[Path]) -> Iterator[Found]:
    """Each manual of the index: counts, the text against its source, a sample of the vectors.

    `sources` are files; without any, those of the folder. Raises NoIndexError, OutdatedIndexError,
    StoreUnreachableError, DamagedIndexError, ModelMismatchError.
    """
    store = open_store(settings.data_dir, settings.chroma_url)
    model = settings.embedding_model or DEFAULT_MODEL
    embeddings = OnnxEmbeddings(prepared_folder(settings.data_dir, model))
    by_identity = {identity_of(path): path for path in _files(sources, settings)}
    for record in store.usable(embeddings.name):
        path = by_identity.get(record.source_sha256)
        try:
            chunks = store.chunks(record)
            yield Found(
                record.code,
                path.name if path else "no está, o cambió",
                _counts(record, store, chunks),
                _text(path, chunks, settings) if path else _UNKNOWN,
                _vectors(record, store, chunks, embeddings),
            )
        except AsistenteError as error:
            yield Found(record.code, path.name if path else _UNKNOWN, str(error), "", "")


def _files(sources: Sequence[Path], settings: Settings) -> list[Path]:
    try:
        return files_to_read(sources, settings, "")
    except AsistenteError:  # an index without sources can still be checked in itself
        return []


def _counts(record: IndexedManual, store: ManualStore, chunks: Sequence[Chunk]) -> str:
    manual = store.manual(record)
    functions = sum(len(each.functions) for each in manual.positions)
    told = (record.positions, record.functions, record.chunks)
    return _WELL if told == (len(manual.positions), functions, len(chunks)) else "no coinciden"


def _text(path: Path, chunks: Sequence[Chunk], settings: Settings) -> str:
    source = read_guarded(path, limits_of(settings))
    return _WELL if chunk_manual(parse_manual(source, adjusted(path))) == chunks else "difiere"


def _vectors(
    record: IndexedManual,
    store: ManualStore,
    chunks: Sequence[Chunk],
    embeddings: OnnxEmbeddings,
) -> str:
    vectors = store.vectors(record)
    if len(vectors) != len(chunks):
        return "faltan"
    if not chunks:
        return _WELL
    picked = np.unique(np.linspace(0, len(chunks) - 1, _SAMPLE).astype(int))
    anew = embeddings.passage_vectors([chunks[i].indexed_text for i in picked])
    kept = vectors[picked]
    norms = np.linalg.norm(kept, axis=1) * np.linalg.norm(anew, axis=1)
    cosines = (kept * anew).sum(axis=1) / np.maximum(norms, 1e-12)
    return _WELL if float(cosines.min()) >= _ALIKE else "difieren"
