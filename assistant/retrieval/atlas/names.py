"""The names of the positions of many manuals, in one index of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.structure.naming import NameIndex, Rank, leading_rank
from assistant.structure.tokens import tokenize
from corpus.model import Manual
from corpus.spanish import stem

_RANKS = tuple(Rank)
_WHOLE = 1 - 1e-4
"""Share of a name's weight from which on all of it is said."""
_LEAST_MISSPELT = 5
_SIMILAR = 0.79

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class ListedName:
    """A name of a position, to be indexed."""

    rank: int
    """Place of its rank among all ranks."""
    stems: tuple[str, ...]


def names_of(manual: Manual) -> list[ListedName]:
    """All names of a manual's positions, each once."""
    parsed = (name for names in NameIndex(manual).names.values() for name in names)
    listed = {
        (_RANKS.index(name.rank), tuple(sorted({stem(word) for word in name.topic})))
        for name in parsed
        if name.rank is not None and name.topic
    }
    return [ListedName(rank, stems) for rank, stems in sorted(listed)]


class NamesIndex:
    """Finds the manuals with a position whose whole name a question says."""

    def __init__(self, folder: Path) -> None:
        """Open what `write_names` wrote."""
        self._vocabulary = (folder / "names.txt").read_text("utf-8").split("\n")
        self._id = {word: at for at, word in enumerate(self._vocabulary)}
        self._postings = np.load(folder / "names-postings.npy", mmap_mode="r")
        self._starts = np.load(folder / "names-starts.npy")
        self._weights = np.load(folder / "names-weights.npy")
        self._totals = np.load(folder / "names-totals.npy")
        self._ranks = np.load(folder / "names-ranks.npy")
        self._manuals = np.load(folder / "names-manuals.npy")

    def scores(self, question: str, manuals: int) -> Scores:
        """For each of the segment's manuals the weight of the heaviest name that is said, with its
        rank; 0 where none is."""
        result = np.zeros(manuals, np.float32)
        tokens = tokenize(question)
        said = [token.word for token in tokens]
        ranks = {leading_rank(said[at : at + 4])[0] for at in range(len(said))} - {None}
        if not ranks or not len(self._totals):
            return result
        matched = np.zeros(len(self._totals), np.float32)
        for word in {self._known(token.stem) for token in tokens if token.is_content} - {None}:
            at = self._id[str(word)]
            rows = self._postings[self._starts[at] : self._starts[at + 1]]
            matched[rows] += self._weights[at]
        wanted = np.isin(self._ranks, [_RANKS.index(rank) for rank in ranks if rank])
        whole = wanted & (matched >= _WHOLE * self._totals)
        np.maximum.at(result, self._manuals[whole], matched[whole])
        return result

    def _known(self, word: str) -> str | None:
        """The stem as names have it, slips of spelling set right; None where no name has it."""
        if word in self._id or len(word) < _LEAST_MISSPELT:
            return word if word in self._id else None
        near = process.extractOne(
            word,
            self._vocabulary,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_SIMILAR,
        )
        return near[0] if near and near[0][0] == word[0] else None


def write_names(folder: Path, of_manuals: Sequence[Sequence[ListedName]]) -> None:
    """Write the names of a segment's manuals, in the order of the manuals."""
    rows = [(at, name) for at, names in enumerate(of_manuals) for name in names]
    gathered: dict[str, list[int]] = {}
    for row, (_, name) in enumerate(rows):
        for word in name.stems:
            gathered.setdefault(word, []).append(row)
    vocabulary = sorted(gathered)
    counts = np.array([len(gathered[word]) for word in vocabulary], np.int64)
    weights = (np.log((1 + len(rows)) / (0.5 + counts)) + 0.5).astype(np.float32)
    weight_of = dict(zip(vocabulary, weights.tolist(), strict=True))
    postings = [row for word in vocabulary for row in gathered[word]]
    (folder / "names.txt").write_text("\n".join(vocabulary), "utf-8")
    arrays: dict[str, NDArray[Any]] = {
        "postings": np.array(postings, np.int32),
        "starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "weights": weights,
        "totals": np.array([sum(weight_of[w] for w in n.stems) for _, n in rows], np.float32),
        "ranks": np.array([n.rank for _, n in rows], np.int8),
        "manuals": np.array([at for at, _ in rows], np.int32),
    }
    for array, values in arrays.items():
        np.save(folder / f"names-{array}.npy", values)
