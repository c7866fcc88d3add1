"""A segment of the atlas: some builds, indexed together in files that never change."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from assistant.retrieval.atlas.names import ListedName, NamesIndex, write_names
from corpus.spanish import stems

if TYPE_CHECKING:
    import bm25s
    from usearch.index import Index

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it asks for DEBUG when it is imported

_META, _VECTORS, _LEXICAL = "segment.json", "vectors.usearch", "lexical"
_FLAT = "vectors.npy"
"""The vectors row by row, for narrowed questions: in single precision, as converting from half
takes longer than reading twice as much."""
_CONNECTIVITY, _EXPANSION_ADD, _EXPANSION_SEARCH = 16, 64, 128
"""Of the graph of neighbours: on 50,000 clustered vectors of 384 numbers it finds 99.9 % of the
hundred nearest."""
_NEAREST = 200
_FEW_ROWS = 12_000
"""Chunks of a narrowed question that are compared one by one, in some 5 ms, rather than found in
the graph, which may have none of them among the nearest."""
_SEVERAL = 10
"""Chunks that speak for a manual together, where each is compared: of everyday questions the right
manual then comes first in 86 %, by the nearest chunk alone in 83 %."""
_WORTH_SEARCHING = 0.25
"""A word that more of the chunks hold says nothing on which manual is meant."""

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Leaf:
    """What of a build is indexed."""

    build: str
    texts: Sequence[str]
    """Of the chunks."""
    vectors: Vector
    """(chunks, dimension)"""
    names: Sequence[ListedName]


@dataclass(frozen=True)
class Found:
    """What a segment has for a question, an array over its manuals each."""

    builds: Sequence[str]
    cosine: Vector
    """Of the nearest chunk; of a narrowed question halfway from it to the mean of the ten nearest.
    0 where none is among the nearest."""
    lexical: Vector
    """BM25 of the best chunk."""
    named: Vector
    """Weight of the heaviest name of a position that is said."""


class Segment:
    """Opened for searching, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / _META).read_text("utf-8"))
        self.folder = folder
        self.builds: list[str] = meta["builds"]
        self._at = {build: at for at, build in enumerate(self.builds)}
        self._starts = np.array(meta["starts"], np.int64)
        """The first row of each manual, and at the end the number of rows."""
        self._names = NamesIndex(folder)
        self._vectors: Index | None = None
        self._lexical: bm25s.BM25 | None = None
        if self.rows:
            self._vectors = _graph(meta["dimension"])
            self._vectors.view(str(folder / _VECTORS))
            self._flat = np.load(folder / _FLAT, mmap_mode="r")
            self._lexical = _bm25s().BM25.load(str(folder / _LEXICAL), mmap=True)
            self._common = _WORTH_SEARCHING * self.rows

    @property
    def rows(self) -> int:
        """How many chunks it holds."""
        return int(self._starts[-1])

    def vectors(self, build: str) -> Vector | None:
        """The vectors of a build's chunks, (chunks, dimension); None where it isn't of here."""
        at = self._at.get(build)
        if self._vectors is None or at is None:
            return None
        rows: Vector = self._flat[self._starts[at] : self._starts[at + 1]]
        return rows

    def rows_of(self, builds: frozenset[str]) -> int:
        """How many of its chunks are of these builds."""
        own = self._places(builds)
        return int((self._starts[own + 1] - self._starts[own]).sum())

    def _places(self, builds: frozenset[str]) -> NDArray[np.int64]:
        """Where these builds stand among those of here."""
        return np.array(sorted(self._at[b] for b in builds if b in self._at), np.int64)

    def find(
        self, question: str, words: Sequence[str], vector: Vector, among: frozenset[str] | None
    ) -> Found:
        """What there is for a question: its text, the stems of its topic, its vector. `among` are
        the builds that it is narrowed to."""
        count = len(self.builds)
        named = self._names.scores(question, count)
        zeros = np.zeros(count, np.float32)
        if self._vectors is None:
            return Found(self.builds, zeros, zeros, named)
        cosine = self._cosines(vector, among)
        return Found(self.builds, cosine, self._bm25(words), named)

    def _cosines(self, vector: Vector, among: frozenset[str] | None) -> Vector:
        assert self._vectors is not None
        result = np.zeros(len(self.builds), np.float32)
        if among is not None and self.rows_of(among) <= _FEW_ROWS:
            for at in self._places(among):
                own = self._flat[self._starts[at] : self._starts[at + 1]]
                result[at] = _nearness(own @ vector) if len(own) else 0.0
            return result
        found = self._vectors.search(vector, _NEAREST)
        manuals = np.searchsorted(self._starts, found.keys.astype(np.int64), side="right") - 1
        np.maximum.at(result, manuals, (1.0 - found.distances).astype(np.float32))
        return result

    def _bm25(self, words: Sequence[str]) -> Vector:
        assert self._lexical is not None
        result = np.zeros(len(self.builds), np.float32)
        known = [word for word in words if self._count(word)]
        if not known:
            return result
        scores = self._lexical.get_scores(known)
        filled = np.flatnonzero(np.diff(self._starts))
        result[filled] = np.maximum.reduceat(scores, self._starts[filled])
        return result

    def _count(self, word: str) -> int:
        """In how many chunks a word stands; 0 for one that is as good as everywhere."""
        assert self._lexical is not None
        at = self._lexical.vocab_dict.get(word)
        if at is None:
            return 0
        starts = self._lexical.scores["indptr"]
        count = int(starts[at + 1] - starts[at])
        return count if count <= max(self._common, 50) else 0


def _nearness(cosines: Vector) -> float:
    """How near a manual comes, by its nearest chunk and by its nearest together."""
    several = np.partition(cosines, -_SEVERAL)[-_SEVERAL:] if len(cosines) > _SEVERAL else cosines
    return (float(cosines.max()) + float(several.mean())) / 2


def write_segment(folder: Path, leaves: Sequence[Leaf]) -> None:
    """Write the files of a segment into an empty folder."""
    starts = np.concatenate([[0], np.cumsum([len(leaf.texts) for leaf in leaves])])
    write_names(folder, [leaf.names for leaf in leaves])
    filled = [leaf for leaf in leaves if len(leaf.texts)]
    if filled:
        index = _graph(filled[0].vectors.shape[1])
        shape = (int(starts[-1]), filled[0].vectors.shape[1])
        flat = open_memmap(folder / _FLAT, "w+", np.float32, shape)
        for leaf, start in zip(leaves, starts, strict=False):
            if len(leaf.texts):
                index.add(np.arange(start, start + len(leaf.texts)), leaf.vectors)
                flat[start : start + len(leaf.texts)] = leaf.vectors
        flat.flush()
        index.save(str(folder / _VECTORS))
        lexical = _bm25s().BM25(k1=1.2, b=0.6)
        documents = [stems(text) or ["-"] for leaf in filled for text in leaf.texts]
        lexical.index(documents, show_progress=False)
        lexical.save(str(folder / _LEXICAL))
    meta = {
        "builds": [leaf.build for leaf in leaves],
        "starts": starts.tolist(),
        "dimension": filled[0].vectors.shape[1] if filled else 0,
    }
    (folder / _META).write_text(json.dumps(meta), "utf-8")


def _bm25s() -> Any:
    """The library, imported late, as it takes long: who asks few manuals needs no segment."""
    import bm25s

    return bm25s


def _graph(dimension: int) -> "Index":
    """An empty graph of neighbours."""
    from usearch.index import Index

    return Index(
        ndim=dimension,
        metric="cos",
        dtype="f16",
        connectivity=_CONNECTIVITY,
        expansion_add=_EXPANSION_ADD,
        expansion_search=_EXPANSION_SEARCH,
    )
