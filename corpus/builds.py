"""A build of a manual in Chroma: one collection of its chunks and one of its sheets.

A build is written under a fresh id and never changed. Which build is active is the catalog's to
say, see `corpus.store`.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.model import Chunk, Manual
from corpus.sheets import from_records, to_records

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_OF, _BUILD = "asistente_build_of", "asistente_build"
_CREATED, _COUNT = "asistente_created", "asistente_count"
"""Keys in the metadata of a build's collections: the manual's code, the build's id, when it was
begun, and how many records it has when it is whole."""
_ORPHAN_AGE = timedelta(hours=1)
"""A build that no catalog record names may be one that another process is writing right now. Its
age tells, on a server too, where a lock file would not; no ingest takes an hour."""
_WIDE_COSINE_INDEX: Any = {"hnsw": {"space": "cosine", "ef_search": 512, "max_neighbors": 32}}
"""At some thousand chunks this finds practically what an exact search would."""
_PLACE = "place"
_PAGE_OF_COLLECTIONS = 100


class IncompleteBuildError(Exception):
    """A build lacks records: it is being deleted at this moment."""


def write_build(
    client: "ClientAPI", manual: Manual, chunks: Sequence[Chunk], vectors: NDArray[np.float32]
) -> str:
    """Write a build and give its id. `vectors` is (chunks, dimension), in the chunks' order."""
    build = uuid.uuid4().hex[:12]
    mark = {_OF: manual.code, _BUILD: build, _CREATED: datetime.now(UTC).isoformat()}
    records = to_records(manual)
    sheets = client.create_collection(
        sheets_name(build), metadata={**mark, _COUNT: len(records)}, embedding_function=None
    )
    _add_sheets(sheets, records, client.get_max_batch_size())
    index = client.create_collection(
        chunks_name(build),
        metadata={**mark, _COUNT: len(chunks)},
        embedding_function=None,
        configuration=_WIDE_COSINE_INDEX,
    )
    _add_chunks(index, chunks, vectors, client.get_max_batch_size())
    return build


def read_manual(sheets: "Collection") -> Manual:
    """The manual of a build. Raises NotFoundError, IncompleteBuildError."""
    found = sheets.get(include=["documents"])
    _require_whole(sheets, len(found["ids"]))
    return from_records(zip(found["ids"], found["documents"] or [], strict=True))


def read_chunks(index: "Collection") -> list[Chunk]:
    """The chunks of a build in the order of writing. Raises NotFoundError, IncompleteBuildError."""
    placed: list[dict[str, Any]] = [
        dict(fields) for fields in index.get(include=["metadatas"])["metadatas"] or []
    ]
    _require_whole(index, len(placed))
    placed.sort(key=lambda fields: fields.pop(_PLACE))
    return [Chunk.model_validate(fields) for fields in placed]


def read_vectors(index: "Collection") -> NDArray[np.float32]:
    """The vectors of a build's chunks, (chunks, dimension), in the order of writing.

    Raises NotFoundError, IncompleteBuildError.
    """
    found = index.get(include=["metadatas", "embeddings"])
    fields, vectors = found["metadatas"] or [], found["embeddings"]
    _require_whole(index, len(fields))
    if vectors is None or not len(fields):
        return np.empty((0, 0), np.float32)
    order = np.argsort(np.array([each[_PLACE] for each in fields], np.intp), kind="stable")
    return np.asarray(vectors, np.float32)[order]


def read_embedded(index: "Collection") -> dict[str, NDArray[np.float32]]:
    """The vectors of a build's chunks by the texts that they were made of."""
    found = index.get(include=["documents", "embeddings"])
    vectors = np.asarray(found["embeddings"], np.float32)
    return dict(zip(found["documents"] or [], vectors, strict=True))


def nearest(index: "Collection", vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
    """The ids of the `k` chunks nearest to `vector`, (dimension,), with their cosines.

    Raises NotFoundError.
    """
    found = index.query(vector[np.newaxis], n_results=k, include=["distances"])
    distances = (found["distances"] or [[]])[0]
    return [(id_, 1.0 - far) for id_, far in zip(found["ids"][0], distances, strict=True)]


def sweep(client: "ClientAPI", code: str, *, keep: set[str], drop: set[str]) -> None:
    """Delete a manual's builds in `drop`, and what writers that died left: not in `keep`, and old.

    Safe beside a writer in another process. Chroma frees the rows, but leaves a deleted index's
    files in a local folder (chroma-core/chroma#5259): some 0.2 MB for 500 chunks.
    """
    oldest = (datetime.now(UTC) - _ORPHAN_AGE).isoformat()
    for name, mark in list(_builds_of(client, code)):
        build = mark[_BUILD]
        if build not in keep and (build in drop or mark[_CREATED] < oldest):
            _delete(client, name)


def sheets_name(build: str) -> str:
    """The collection of a build's typed manual."""
    return f"asistente-{build}-sheets"


def chunks_name(build: str) -> str:
    """The collection of a build's chunks."""
    return f"asistente-{build}-chunks"


def _add_sheets(sheets: "Collection", records: dict[str, str], batch_size: int) -> None:
    ids, documents = list(records), list(records.values())
    # Chroma wants a vector for every record, though these are never searched by one.
    vectors = np.zeros((len(ids), 1), np.float32)
    for rows in _batches(len(ids), batch_size):
        sheets.add(ids[rows], vectors[rows], documents=documents[rows])


def _add_chunks(
    index: "Collection", chunks: Sequence[Chunk], vectors: NDArray[np.float32], batch_size: int
) -> None:
    ids = [chunk.id for chunk in chunks]
    documents = [chunk.indexed_text for chunk in chunks]
    fields: list[Any] = [
        {**chunk.model_dump(mode="json", exclude_none=True), _PLACE: place}
        for place, chunk in enumerate(chunks)
    ]
    for rows in _batches(len(chunks), batch_size):
        index.add(ids[rows], vectors[rows], fields[rows], documents[rows])


def _require_whole(collection: "Collection", count: int) -> None:
    if count != (collection.metadata or {}).get(_COUNT):
        raise IncompleteBuildError(collection.name)


def _batches(count: int, size: int) -> Iterator[slice]:
    return (slice(start, start + size) for start in range(0, count, size))


def _builds_of(client: "ClientAPI", code: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and mark of every collection that was written for a manual, ours only."""
    offset = 0
    while page := client.list_collections(_PAGE_OF_COLLECTIONS, offset):
        offset += len(page)
        for collection in page:
            mark = dict(collection.metadata or {})
            if mark.get(_OF) == code:
                yield collection.name, mark


def _delete(client: "ClientAPI", name: str) -> None:
    """Delete a collection, unless another process has just done so."""
    from chromadb.errors import NotFoundError

    with suppress(NotFoundError):
        client.delete_collection(name)
