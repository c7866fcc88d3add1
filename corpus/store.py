"""Where the manuals live: a catalog in Chroma that names the active build of each.

One upsert in the catalog makes a finished build the active one. So a reader sees a whole manual or
the earlier whole manual, at whatever moment the writer is killed.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus import builds
from corpus.catalog import IndexedManual, IndexReplacedError, no_index, read_record
from corpus.chroma import failures_for_people, location, open_client
from corpus.codes import canonical_code
from corpus.model import Chunk, Manual, SectionKind

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_CATALOG = "asistente-catalog"
FILE_NAME = "chroma.sqlite3"
"""Chroma's own file in its folder."""

Result = TypeVar("Result")


def open_store(data_dir: Path, chroma_url: str | None = None) -> "ManualStore":
    """The store on the Chroma server at `chroma_url`, or else in the folder `data_dir/chroma`.

    Raises StoreUnreachableError.
    """
    client, where = open_client(data_dir, chroma_url), location(data_dir, chroma_url)
    if chroma_url is not None:
        return ManualStore(client, where)
    return ManualStore(
        client, where, data_dir / "chroma" / FILE_NAME, lambda: open_client(data_dir, None)
    )


class ManualStore:
    """All that is kept of the indexed manuals. Safe for threads and for several processes.

    A code is looked up whatever its case.

    What reads a manual takes its code, and then reads the build that is active now, or an
    `IndexedManual`, and then reads that very build. All methods raise StoreUnreachableError if
    Chroma doesn't answer.
    """

    def __init__(
        self,
        client: "ClientAPI",
        where: str,
        file: Path | None = None,
        reopened: "Callable[[], ClientAPI] | None" = None,
    ) -> None:
        """`file` is Chroma's own in a folder: when another takes its place, as after
        `asistente ingerir --de-nuevo`, the folder is opened again by `reopened`."""
        self._client = client
        self._where = where
        self._file, self._reopened = file, reopened
        self._number = _number_of(file)
        self._opened: dict[str, Collection] = {}

    def check(self) -> None:
        """Raise StoreUnreachableError unless Chroma answers."""
        with failures_for_people(self._where):
            self._client.heartbeat()

    def catalog(self) -> list[IndexedManual]:
        """The indexed manuals, by code. Raises OutdatedIndexError."""
        records = [read_record(code, stored) for code, stored in self._stored()]
        return sorted(records, key=lambda record: record.code)

    def indexed(self, code: str) -> IndexedManual | None:
        """The record of one manual, or None if it isn't indexed. Raises OutdatedIndexError."""
        for _, stored in self._stored(code):
            return read_record(code, stored)
        return None

    def sources(self, code: str) -> list[str]:
        """The digests of the sources that a manual is indexed from, also in other formats."""
        kept = [stored.get("source_sha256") for _, stored in self._stored(code)]
        return [str(each) for each in kept if each]

    def usable(self, model_name: str) -> list[IndexedManual]:
        """The catalog, once it is sure that it can be searched with this embedding model.

        Raises NoIndexError, OutdatedIndexError, ModelMismatchError.
        """
        records = self.catalog()
        if not records:
            raise no_index()
        for record in records:
            record.require_model(model_name)
        return records

    def manual(self, of: str | IndexedManual) -> Manual:
        """The typed manual. Raises NoIndexError, OutdatedIndexError, IndexReplacedError."""
        return self._read(of, builds.sheets_name, builds.read_manual)

    def chunks(self, of: str | IndexedManual) -> list[Chunk]:
        """The chunks in the manual's order. Raises as `manual` does."""
        return self._read(of, builds.chunks_name, builds.read_chunks)

    def vectors(self, of: str | IndexedManual) -> NDArray[np.float32]:
        """The vectors of the chunks, (chunks, dimension), in order. Raises as `manual` does."""
        return self._read(of, builds.chunks_name, builds.read_vectors)

    def search(
        self, of: str | IndexedManual, vector: NDArray[np.float32], k: int
    ) -> list[tuple[str, float]]:
        """The ids of the `k` nearest chunks with their cosine similarities, best first.

        `vector` is (dimension,). Raises as `manual` does.
        """
        return self._read(of, builds.chunks_name, lambda index: builds.nearest(index, vector, k))

    def replace(
        self,
        manual: Manual,
        chunks: Sequence[Chunk],
        vectors: NDArray[np.float32],
        *,
        source_sha256: str,
        model_name: str,
    ) -> IndexedManual:
        """Write a new build of the manual, make it the active one, and clear old builds away.

        `vectors` is (chunks, dimension), row by row those of `chunks`. Until the last moment, and
        if the process is killed, readers get the earlier build; that one stays until the next
        `replace`, for those who are in the middle of reading it.
        """
        if len(vectors) != len(chunks):
            raise ValueError(f"{len(vectors)} vectors for {len(chunks)} chunks")
        with failures_for_people(self._where):
            build = builds.write_build(self._client, manual, chunks, vectors)
            before = self._stored_builds(manual.code)
            record = IndexedManual(
                code=manual.code,
                version=manual.version,
                build=build,
                previous=before[0] if before else "",
                source_sha256=source_sha256,
                model_name=model_name,
                pages=manual.page_count,
                chapters=sum(each.kind is SectionKind.CHAPTER for each in manual.sections),
                positions=len(manual.positions),
                functions=sum(len(each.functions) for each in manual.positions),
                chunks=len(chunks),
                ingested_at=datetime.now(UTC),
            )
            catalog = self._client.get_or_create_collection(_CATALOG, embedding_function=None)
            catalog.upsert(manual.code, [0.0], record.model_dump(mode="json"))
            keep = {record.build, record.previous}
            builds.sweep(self._client, manual.code, keep=keep, drop=set(before) - keep)
        return record

    def forget(self, code: str) -> bool:
        """Take a manual out of the index; False if it wasn't there."""
        stored = self._stored_builds(code)
        known = [kept for kept, _ in self._stored(code)]
        if not stored:
            return False
        with failures_for_people(self._where):
            self._collection(_CATALOG).delete(known)
            for kept in known:
                builds.sweep(self._client, kept, keep=set(), drop=set(stored))
        return True

    def _stored(self, code: str | None = None) -> list[tuple[str, Any]]:
        """The catalog's codes and fields as Chroma keeps them, of all manuals or of one."""
        from chromadb.errors import NotFoundError

        self._follow_file()
        wanted = [*{canonical_code(code), code}] if code is not None else None
        with failures_for_people(self._where):
            try:
                found = self._collection(_CATALOG).get(wanted, include=["metadatas"])
            except NotFoundError:
                self._opened.pop(_CATALOG, None)
                return []
        return list(zip(found["ids"], found["metadatas"] or [], strict=True))

    def _follow_file(self) -> None:
        number = _number_of(self._file)
        if self._reopened is None or number is None or number == self._number:
            return
        self._client.close()  # type: ignore[attr-defined]  # Chroma's interface leaves it out
        self._client, self._number = self._reopened(), number
        self._opened.clear()

    def _stored_builds(self, code: str) -> list[str]:
        """The builds that a manual's record names, active first; also in other formats."""
        for _, stored in self._stored(code):
            return [str(stored[key]) for key in ("build", "previous") if stored.get(key)]
        return []

    def _read(
        self,
        of: str | IndexedManual,
        name_of: Callable[[str], str],
        read: Callable[["Collection"], Result],
    ) -> Result:
        """Read a collection of the given build, or of the active one, also amid a replacement."""
        from chromadb.errors import NotFoundError

        with failures_for_people(self._where):
            for record in self._candidates(of):
                name = name_of(record.build)
                try:
                    return read(self._collection(name))
                except (NotFoundError, builds.IncompleteBuildError):
                    self._opened.pop(name, None)
        code = of if isinstance(of, str) else of.code
        raise IndexReplacedError(
            f"El índice de «{code}» cambió mientras se consultaba; repita la pregunta."
        )

    def _candidates(self, of: str | IndexedManual) -> Iterator[IndexedManual]:
        """The given build, or the active one, twice: it may be swept between look-up and read."""
        if isinstance(of, IndexedManual):
            yield of
            return
        for _ in range(2):
            record = self.indexed(of)
            if record is None:
                raise no_index(of if self._stored() else None)
            yield record

    def _collection(self, name: str) -> "Collection":
        """The collection, looked up once. Raises NotFoundError."""
        if name not in self._opened:
            self._opened[name] = self._client.get_collection(name, embedding_function=None)
        return self._opened[name]


def _number_of(file: Path | None) -> int | None:
    """What tells a file from another of its name; None where there is none."""
    try:
        return file.stat().st_ino if file is not None else None
    except OSError:
        return None
