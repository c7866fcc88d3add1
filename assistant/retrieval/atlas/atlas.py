"""The atlas: segments that follow the catalog, shared by the processes of a machine."""

import json
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.retrieval.atlas.names import names_of
from assistant.retrieval.atlas.segment import Leaf, Segment, Vector, write_segment
from assistant.retrieval.atlas.shelf import Copy, Shelf
from corpus.catalog import IndexedManual, IndexReplacedError
from corpus.store import ManualStore

_LIST, _LOCK, _BUILDS = "atlas.json", "building.lock", "builds"
_MOST_SEGMENTS = 6
_MOST_DEAD = 0.25
"""Share of chunks of builds no longer in force from which on all is made anew."""
_TURN_SECONDS = 3_600


@dataclass(frozen=True)
class Evidence:
    """What speaks for a manual."""

    build: str
    cosine: float
    lexical: float
    named: float


class Atlas:
    """One search over all manuals. Safe for threads, and for several processes in one folder."""

    def __init__(self, folder: Path, store: ManualStore) -> None:
        self._folder = folder
        self._store = store
        self._shelf = Shelf(folder / _BUILDS)
        self._segments: tuple[Segment, ...] = ()
        self._in_force: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    def sync(self, records: Sequence[IndexedManual]) -> None:
        """Index what of these builds isn't yet, and leave the others out of what is found.

        One process does so at a time; a manual that is replaced meanwhile comes with the next call.
        """
        wanted = frozenset(record.build for record in records)
        with self._lock:
            if wanted == self._in_force:
                return
            if not self._covers(wanted):
                self._folder.mkdir(parents=True, exist_ok=True)
                with self._alone():
                    self._read()  # another process may have done it meanwhile
                    if not self._covers(wanted):
                        self._build(records, wanted)
                        self._read()
            self._shelf.keep_only(records)
            self._in_force = wanted

    def copy(self, record: IndexedManual) -> Copy:
        """A build's manual and chunks, from the local copy or, the first time, from the store.

        Raises as `ManualStore.manual` does.
        """
        return self._shelf.copy(
            record, lambda: Copy(self._store.manual(record), self._store.chunks(record))
        )

    def vectors(self, record: IndexedManual) -> Vector | None:
        """The vectors of a build's chunks in their order; None where it isn't indexed here."""
        found = (segment.vectors(record.build) for segment in self._segments)
        return next((vectors for vectors in found if vectors is not None), None)

    def evidence(
        self,
        question: str,
        words: Sequence[str],
        vector: Vector,
        among: frozenset[str] | None = None,
    ) -> list[Evidence]:
        """What speaks for each manual, of those with anything that does. `words` are the stems of
        the question's topic; `among` are the builds that it is narrowed to, if it is."""
        result = []
        allowed = self._in_force if among is None else self._in_force & among
        for segment in self._segments:
            found = segment.find(question, words, vector, among)
            told = (found.cosine > 0) | (found.named > 0)
            if not told.any():  # nothing near: the words alone
                told = found.lexical > 0
            for i in map(int, np.flatnonzero(told)):
                if found.builds[i] in allowed:
                    scores = (float(s[i]) for s in (found.cosine, found.lexical, found.named))
                    result.append(Evidence(found.builds[i], *scores))
        return result

    def _covers(self, wanted: frozenset[str]) -> bool:
        return wanted <= {build for segment in self._segments for build in segment.builds}

    def _build(self, records: Sequence[IndexedManual], wanted: frozenset[str]) -> None:
        """Write the segment that is missing, or all anew where too much is scattered or dead."""
        have = {build for segment in self._segments for build in segment.builds}
        rows = sum(segment.rows for segment in self._segments)
        dead = rows - sum(segment.rows_of(wanted) for segment in self._segments)
        anew = len(self._segments) >= _MOST_SEGMENTS or dead > _MOST_DEAD * rows
        missing = [each for each in records if anew or each.build not in have]
        leaves = [leaf for record in missing if (leaf := self._leaf(record)) is not None]
        name = f"{uuid.uuid4().hex[:12]}"
        made = self._folder / f"{name}.new"
        made.mkdir()
        try:
            write_segment(made, leaves)
            made.rename(self._folder / name)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        kept = [] if anew else [segment.folder.name for segment in self._segments]
        self._list([*kept, name])

    def _leaf(self, record: IndexedManual) -> Leaf | None:
        try:
            copy = self.copy(record)
            vectors = self._store.vectors(record)
        except IndexReplacedError:
            return None
        texts = [chunk.indexed_text for chunk in copy.chunks]
        return Leaf(record.build, texts, vectors, names_of(copy.manual))

    def _read(self) -> None:
        """Open the segments that are listed. What is listed no more is deleted; those who still
        read it keep their mappings."""
        listed = self._folder / _LIST
        names: list[str] = json.loads(listed.read_text("utf-8")) if listed.is_file() else []
        opened = {segment.folder.name: segment for segment in self._segments}
        try:
            self._segments = tuple(
                opened[name] if name in opened else Segment(self._folder / name) for name in names
            )
        except (OSError, ValueError, KeyError, RuntimeError):  # damaged, or of another version
            self._segments = ()
            self._list([])
        for each in self._folder.iterdir():
            if each.is_dir() and each.name not in names and each.name != _BUILDS:
                shutil.rmtree(each, ignore_errors=True)

    def _list(self, names: Sequence[str]) -> None:
        new = self._folder / f"{_LIST}.new"
        new.write_text(json.dumps(list(names)), "utf-8")
        new.replace(self._folder / _LIST)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time; SQLite's lock dies with its process."""
        lock = sqlite3.connect(self._folder / _LOCK, timeout=_TURN_SECONDS, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()
