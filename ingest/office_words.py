"""The file of an office's own words in, what leads to functions of its indexed manual out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.office_words import OfficeWord, Origin, leads_somewhere, read_words, words_path
from corpus.store import ManualStore

if TYPE_CHECKING:
    from corpus.embeddings import OnnxEmbeddings


@dataclass(frozen=True)
class Followed:
    """What came of a file of wordings."""

    added: int
    removed: int
    nowhere: tuple[OfficeWord, ...]
    """Those that lead to nothing of the manual as it is now."""


def follow_words(
    code: str,
    store: ManualStore,
    folder: Path,
    model_name: str,
    embeddings_factory: "Callable[[], OnnxEmbeddings]",
) -> Followed:
    """Let the wordings in `folder/CODE.jsonl` lead to the functions of the indexed manual.

    Those of the file that are in it no more are taken back; what the office added stays. All are
    embedded anew where the model is another one. The factory is called only if there is something
    to embed. Raises WordsError, NoIndexError and StoreUnreachableError.
    """
    due = _due(code, store, folder, model_name)
    store.words.remove(code, due.gone)
    for words, origin in ((due.new, Origin.FILE), (due.stale, Origin.OFFICE)):
        if words:
            add_words(code, words, store, embeddings_factory, origin=origin)
    return Followed(len(due.new), len(due.gone), due.nowhere)


def are_followed(code: str, store: ManualStore, folder: Path, model_name: str) -> bool:
    """Whether `follow_words` would do nothing, and tell nothing. Raises as it does."""
    due = _due(code, store, folder, model_name)
    return not (due.new or due.gone or due.stale or due.nowhere)


@dataclass(frozen=True)
class _Due:
    """What of a file of wordings isn't in the index as it should be."""

    new: list[OfficeWord]
    gone: list[OfficeWord]
    stale: list[OfficeWord]
    """What the office added, embedded by another model."""
    nowhere: tuple[OfficeWord, ...]


def _due(code: str, store: ManualStore, folder: Path, model_name: str) -> _Due:
    path = words_path(folder, code)
    wanted = {word.key: word for word in read_words(path)} if path.is_file() else {}
    kept = {each.word.key: each for each in store.words.of(code)}
    gone = [w for key, w in kept.items() if w.origin is Origin.FILE and key not in wanted]
    nowhere: tuple[OfficeWord, ...] = ()
    if wanted:
        manual = store.manual(code)
        nowhere = tuple(word for word in wanted.values() if not leads_somewhere(word, manual))

    def is_new(word: OfficeWord) -> bool:
        known = kept.get(word.key)
        if known is None:
            return True
        if known.origin is Origin.OFFICE:  # what the office says by hand goes before its file
            return False
        return known.word != word or known.model_name != model_name

    new = [word for word in wanted.values() if word not in nowhere and is_new(word)]
    taught = [each.word for each in kept.values() if each.origin is Origin.OFFICE]
    stale = [w for w in taught if kept[w.key].model_name != model_name]
    return _Due(new, [each.word for each in gone], stale, nowhere)


def add_words(
    code: str,
    words: list[OfficeWord],
    store: ManualStore,
    embeddings_factory: "Callable[[], OnnxEmbeddings]",
    *,
    origin: Origin = Origin.OFFICE,
) -> None:
    """Embed wordings as the questions that they are, and keep them."""
    embeddings = embeddings_factory()
    vectors = np.stack([embeddings.query_vector(word.text) for word in words])
    store.words.add(code, words, vectors, origin=origin, model_name=embeddings.name)
