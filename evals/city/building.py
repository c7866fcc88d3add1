"""Indexes the made-up manuals; every distinct text is embedded once, as its vector is the same."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from corpus.embeddings import OnnxEmbeddings, Vector
from corpus.store import ManualStore
from evals.city.manuals import CityManual, source_of
from ingest import parse_manual
from ingest.chunks import chunk_manual


@dataclass(frozen=True)
class Built:
    """What an index took."""

    manuals: int
    chunks: int
    embedded: int
    """Distinct texts that were embedded now."""
    seconds_embedding: float
    seconds_all: float


class VectorsOnDisk:
    """The vectors of texts, by the hash of text and model, kept from one run to the next."""

    def __init__(self, path: Path, embeddings: OnnxEmbeddings) -> None:
        self._embeddings = embeddings
        self._database = sqlite3.connect(path)
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)"
        )
        self.embedded, self.seconds = 0, 0.0

    def of(self, texts: Sequence[str]) -> Vector:
        """The vectors, (texts, dimension); shorter texts are embedded first, so that those that run
        side by side take about as long."""
        keys = {t: sha256(f"{self._embeddings.name}\n{t}".encode()).digest() for t in texts}
        known: dict[str, Vector] = {}
        for text, key in keys.items():
            row = self._database.execute("SELECT vector FROM vectors WHERE key = ?", (key,))
            found = row.fetchone()
            if found is not None:
                known[text] = np.frombuffer(found[0], np.float32)
        new = sorted((t for t in keys if t not in known), key=len)
        started = time.perf_counter()
        made = self._embeddings.passage_vectors(new)
        self.seconds += time.perf_counter() - started
        self.embedded += len(new)
        known |= dict(zip(new, made, strict=True))
        rows = [(keys[text], known[text].tobytes()) for text in new]
        self._database.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
        self._database.commit()
        return np.stack([known[text] for text in texts])


def build(
    manuals: Sequence[CityManual],
    store: ManualStore,
    vectors: VectorsOnDisk,
    model_name: str,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Built:
    """Index what of these manuals isn't indexed yet."""
    started, embedded, seconds = time.perf_counter(), vectors.embedded, vectors.seconds
    have = {record.code for record in store.catalog()}
    chunks = 0
    for done, manual in enumerate(manuals, 1):
        if manual.code not in have:
            parsed = parse_manual(source_of(manual))
            if (parsed.code, parsed.municipality) != (manual.code, manual.municipality):
                raise ValueError(f"{parsed.code} {parsed.municipality}, not {manual.code}")
            made = chunk_manual(parsed)
            own = vectors.of([chunk.indexed_text for chunk in made])
            digest = sha256(manual.text.encode()).hexdigest()
            store.replace(parsed, made, own, source_sha256=digest, model_name=model_name)
        on_progress(done)
    chunks = sum(record.chunks for record in store.catalog())
    return Built(
        len(manuals),
        chunks,
        vectors.embedded - embedded,
        vectors.seconds - seconds,
        time.perf_counter() - started,
    )
