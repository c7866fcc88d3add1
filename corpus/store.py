"""Where the manuals live: a catalog in Chroma that names the build in force of each.

One upsert in the catalog makes a finished build the one in force. So a reader sees a whole manual
or the earlier whole manual, at whatever moment the writer is killed. A second collection names the
builds of all versions; the one in force is among them at the latest when another takes its place.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus import builds
from corpus.catalog import (
    IndexedManual,
    IndexReplacedError,
    NoFormerError,
    NoIndexError,
    OutdatedIndexError,
    no_index,
    read_record,
)
from corpus.chroma import failures_for_people, index_file, location, open_client
from corpus.codes import canonical_code
from corpus.editions import Edition, VersionInForceError, meant, newest_first, succeeds
from corpus.model import Chunk, Manual, SectionKind
from corpus.words_store import WordStore

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_CATALOG = "asistente-catalog"
_EDITIONS = "asistente-editions"
_FORMER = "former"
"""Field of a catalog record: the record before it as JSON, so that it can be put back."""

Result = TypeVar("Result")


def open_store(data_dir: Path, chroma_url: str | None = None) -> "ManualStore":
    """The store on the Chroma server at `chroma_url`, or else in the folder `data_dir/chroma`.

    Raises StoreUnreachableError.
    """
    client, where = open_client(data_dir, chroma_url), location(data_dir, chroma_url)
    if chroma_url is not None:
        return ManualStore(client, where)
    return ManualStore(client, where, index_file(data_dir), lambda: open_client(data_dir, None))


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

    @property
    def words(self) -> WordStore:
        """The office's own words, beside the builds."""
        return WordStore(self._client, self._where)

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
        """The digests of the sources that the versions of a manual are indexed from, also in other
        formats."""
        kept = (stored.get("source_sha256") for stored in self._all_stored(code))
        return list(dict.fromkeys(str(each) for each in kept if each))

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

    def editions(self, code: str) -> list[Edition]:
        """All versions of a manual that are kept: the one in force, then from the newest on.

        Raises NoIndexError, OutdatedIndexError.
        """
        current = self.indexed(code)
        if current is None:
            raise no_index(code if self._stored() else None)
        kept = {each.edition: each for each in self._kept(current.code)}
        kept[current.edition] = current
        return newest_first([Edition(r, r.edition == current.edition) for r in kept.values()])

    def all_editions(self) -> list[Edition]:
        """All versions of all manuals, by code. Raises OutdatedIndexError."""
        current = {record.code: record for record in self.catalog()}
        kept = {(each.code, each.edition): each for each in self._kept()}
        kept |= {(each.code, each.edition): each for each in current.values()}
        by_code: dict[str, list[Edition]] = {code: [] for code in current}
        for record in kept.values():
            if record.code in by_code:
                in_force = record.edition == current[record.code].edition
                by_code[record.code].append(Edition(record, in_force))
        return [edition for code in sorted(by_code) for edition in newest_first(by_code[code])]

    def edition(self, code: str, version: str) -> Edition:
        """The version that a text names. Raises what `editions` and `meant` do."""
        return meant(canonical_code(code), version, self.editions(code))

    def put_in_force(self, code: str, version: str) -> Edition:
        """Let answers come from another version that is kept, at once.

        Raises UnknownVersionError, AmbiguousVersionError, NoIndexError, OutdatedIndexError.
        """
        wanted = self.edition(code, version)
        with failures_for_people(self._where):
            self._keep(self.indexed(code))
            self._keep(wanted.record)
            self._flip(wanted.record)
        return Edition(wanted.record, True)

    def replace(
        self,
        manual: Manual,
        chunks: Sequence[Chunk],
        vectors: NDArray[np.float32],
        *,
        source_sha256: str,
        model_name: str,
    ) -> IndexedManual:
        """Write a build of this version of the manual, put it in force unless a newer version is,
        and clear old builds away.

        `vectors` is (chunks, dimension), row by row those of `chunks`. Until the last moment, and
        if the process is killed, readers get what was in force. An earlier build of the same
        version stays until the next `replace`, for those who are in the middle of reading it.
        """
        if len(vectors) != len(chunks):
            raise ValueError(f"{len(vectors)} vectors for {len(chunks)} chunks")
        with failures_for_people(self._where):
            build = builds.write_build(self._client, manual, chunks, vectors)
            current = self._readable(manual.code)
            record = IndexedManual(
                code=manual.code,
                version=manual.version,
                emission_date=manual.emission_date,
                emission_printed=manual.emission_printed,
                dependency=manual.dependency,
                municipality=manual.municipality or "",
                build=build,
                previous="",
                source_sha256=source_sha256,
                model_name=model_name,
                pages=manual.page_count,
                chapters=sum(each.kind is SectionKind.CHAPTER for each in manual.sections),
                positions=len(manual.positions),
                functions=sum(len(each.functions) for each in manual.positions),
                chunks=len(chunks),
                ingested_at=datetime.now(UTC),
            )
            known = {each.edition: each for each in self._kept(manual.code)}
            if current is not None:
                known[current.edition] = current
            before = set(self._stored_builds(manual.code))
            if record.edition in known:
                earlier = known[record.edition].build
                record = record.model_copy(update={"previous": earlier})
            elif current is None:  # nothing, or what is in a format that isn't read any more
                stored = next(iter(self._stored_builds(manual.code)), "")
                record = record.model_copy(update={"previous": stored})
            self._keep(current)
            if current is None or succeeds(record, current):
                self._flip(record)
            self._keep(record)
            others = (each for edition, each in known.items() if edition != record.edition)
            keep = {build for each in (record, *others) for build in (each.build, each.previous)}
            builds.sweep(self._client, manual.code, keep=keep, drop=before - keep)
        return record

    def former(self, code: str) -> IndexedManual | None:
        """The record that was in force before, of this version or another, if its build can be read
        still; else None."""
        for kept, stored in self._stored(code):
            try:
                record = _former_of(kept, stored)
                self.manual(record)
            except (ValueError, OutdatedIndexError, IndexReplacedError):
                return None
            return record
        return None

    def undoable(self) -> dict[str, IndexedManual]:
        """By code, what was in force before under the same version, if its build is kept still:
        the file was published again, which left no version of its own."""
        found = {}
        for code, stored in self._stored():
            with suppress(ValueError, OutdatedIndexError):
                current, former = read_record(code, stored), _former_of(code, stored)
                if former.edition == current.edition and self._is_kept(former):
                    found[current.code] = former
        return found

    def reinstate(self, code: str) -> IndexedManual:
        """Put what was in force before in force again; what is now is then what was before.

        Raises NoFormerError where there is none, and NoIndexError.
        """
        former = self.former(code)
        current = self.indexed(code)
        if current is None:
            raise no_index(code)
        if former is None:
            raise NoFormerError(
                f"De «{code}» no se conserva una versión anterior; suba su archivo otra vez."
            )
        record = former.model_copy(
            update={"previous": current.build, "ingested_at": datetime.now(UTC)}
        )
        with failures_for_people(self._where):
            self._keep(current)
            self._flip(record)
            self._keep(record)
        return record

    def forget(self, code: str, version: str | None = None) -> bool:
        """Take a manual out of the index, or one version of it; False if it wasn't there.

        Raises UnknownVersionError, AmbiguousVersionError, and VersionInForceError for the version
        in force while others are kept.
        """
        if version is not None:
            return self._forget_edition(code, version)
        stored = self._stored_builds(code)
        known = [kept for kept, _ in self._stored(code)]
        if not stored:
            return False
        with failures_for_people(self._where):
            self._collection(_CATALOG).delete(known)
            for kept in known:
                self._drop_kept({"code": kept})
                builds.sweep(self._client, kept, keep=set(), drop=set(stored))
        return True

    def embedded(self, code: str, model_name: str) -> dict[str, NDArray[np.float32]]:
        """The vectors that a model made of texts of any version of a manual, by the texts: what
        needs no embedding again. Nothing for an index that can't be read."""
        try:
            records = [each.record for each in self.editions(code)]
        except (NoIndexError, OutdatedIndexError):
            return {}
        known: dict[str, NDArray[np.float32]] = {}
        for record in records:
            if record.model_name == model_name:
                with suppress(IndexReplacedError):
                    known |= self._read(record, builds.chunks_name, builds.read_embedded)
        return known

    def _forget_edition(self, code: str, version: str) -> bool:
        editions = self.editions(code)
        wanted = meant(canonical_code(code), version, editions)
        if wanted.in_force and len(editions) > 1:
            raise VersionInForceError(
                f"La versión {wanted.record.edition_name} de {wanted.record.code} está en vigor: "
                "ponga antes otra en vigor («asistente volver»), o quite el manual entero "
                "(«asistente olvidar»)."
            )
        if wanted.in_force:
            return self.forget(code)
        record = wanted.record
        with failures_for_people(self._where):
            self._drop_kept({"$and": [{"code": record.code}, {"edition": record.edition}]})
            others = (each.record for each in editions if each is not wanted)
            keep = {build for each in others for build in (each.build, each.previous)}
            own = {record.build, record.previous}
            builds.sweep(self._client, record.code, keep=keep, drop=own)
        return True

    def _readable(self, code: str) -> IndexedManual | None:
        """What is in force, or None where it is in a format that isn't read any more."""
        with suppress(OutdatedIndexError):
            return self.indexed(code)
        return None

    def _kept(self, code: str | None = None) -> list[IndexedManual]:
        """The versions of a manual, or of all, as they were kept; not those in another format."""
        records = []
        for _, stored in self._records(_EDITIONS, where=_of(code) if code is not None else None):
            with suppress(OutdatedIndexError):
                records.append(read_record(str(stored.get("code")), stored))
        return records

    def _is_kept(self, record: IndexedManual) -> bool:
        """Whether the build of a record is there, without reading it."""
        from chromadb.errors import NotFoundError

        with failures_for_people(self._where):
            try:
                self._client.get_collection(
                    builds.sheets_name(record.build), embedding_function=None
                )
            except NotFoundError:
                return False
        return True

    def _keep(self, record: IndexedManual | None) -> None:
        """Note a version among those that are kept."""
        if record is not None:
            self._put(_EDITIONS, f"{record.code}\n{record.edition}", _as_stored(record))

    def _flip(self, record: IndexedManual) -> None:
        """Put a record in force, with what was in force before to be put back."""
        stored = self._stored(record.code)
        id_, before = stored[0] if stored else (record.code, None)
        self._put(_CATALOG, id_, _as_stored(record, before))

    def _put(self, collection: str, id_: str, fields: dict[str, Any]) -> None:
        into = self._client.get_or_create_collection(collection, embedding_function=None)
        into.upsert(id_, [0.0], fields)

    def _drop_kept(self, where: Any) -> None:
        known = [id_ for id_, _ in self._records(_EDITIONS, where=where)]
        if known:
            self._collection(_EDITIONS).delete(known)

    def _stored(self, code: str | None = None) -> list[tuple[str, Any]]:
        """The catalog's codes and fields as Chroma keeps them, of all manuals or of one."""
        self._follow_file()
        wanted = [*{canonical_code(code), code}] if code is not None else None
        return self._records(_CATALOG, ids=wanted)

    def _records(self, collection: str, **wanted: Any) -> list[tuple[str, Any]]:
        """Ids and fields of a collection's records; none where there is no such collection."""
        from chromadb.errors import NotFoundError

        with failures_for_people(self._where):
            try:
                found = self._collection(collection).get(**wanted, include=["metadatas"])
            except NotFoundError:
                self._opened.pop(collection, None)
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
        """The builds that a manual's records name, that in force first; also in other formats."""
        records = self._all_stored(code)
        named = (r[key] for r in records for key in ("build", "previous") if r.get(key))
        return list(dict.fromkeys(map(str, named)))

    def _all_stored(self, code: str) -> list[Any]:
        """The fields of all records of a manual's versions, that in force first."""
        kept = self._records(_EDITIONS, where=_of(code))
        return [stored for _, stored in (*self._stored(code), *kept)]

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


def _of(code: str) -> Any:
    """Chroma's condition for the records of a manual, whatever the case of its code."""
    return {"code": {"$in": [*{canonical_code(code), code}]}}


def _as_stored(record: IndexedManual, former: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A record as Chroma keeps it, with the one before it."""
    before = {name: value for name, value in (former or {}).items() if name != _FORMER}
    own = {**record.model_dump(mode="json"), "edition": record.edition}
    return {**own, _FORMER: json.dumps(before) if before else ""}


def _former_of(code: str, stored: Mapping[str, Any]) -> IndexedManual:
    """The record before a stored one. Raises ValueError and OutdatedIndexError."""
    return read_record(code, json.loads(stored.get(_FORMER) or "null"))


def _number_of(file: Path | None) -> int | None:
    """What tells a file from another of its name; None where there is none."""
    try:
        return file.stat().st_ino if file is not None else None
    except OSError:
        return None
