"""Where the office's own words live: one collection of Chroma for all manuals.

It stands apart from the builds of the manuals, so that a wording takes effect without an ingest and
outlives one.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.chroma import failures_for_people
from corpus.codes import canonical_code
from corpus.office_words import OfficeWord, Origin

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_WORDS = "asistente-wordings"
_REVISION = "asistente_revision"
_CODE, _MODEL, _ORIGIN = "code", "model", "origin"
_SECTION, _FUNCTION, _OFF_TOPIC = "section", "function", "off_topic"
_COSINE: Any = {"hnsw": {"space": "cosine"}}


@dataclass(frozen=True)
class StoredWord:
    """A wording with where it comes from and its vector, (dimension,)."""

    word: OfficeWord
    origin: Origin
    model_name: str
    vector: NDArray[np.float32]


class WordStore:
    """The wordings of all manuals. All methods raise StoreUnreachableError if Chroma doesn't
    answer. A code is looked up whatever its case."""

    def __init__(self, client: "ClientAPI", where: str) -> None:
        self._client = client
        self._where = where

    def revision(self) -> str:
        """Another one after each change; "" where nothing was ever added."""
        with failures_for_people(self._where):
            found = self._found()
            return str((found.metadata or {}).get(_REVISION, "")) if found else ""

    def of(self, code: str) -> list[StoredWord]:
        """The wordings of a manual, by text."""
        with failures_for_people(self._where):
            found = self._found()
            if found is None:
                return []
            kept = found.get(
                where={_CODE: canonical_code(code)},
                include=["documents", "metadatas", "embeddings"],
            )
        texts, fields = kept["documents"] or [], kept["metadatas"] or []
        vectors = np.asarray(kept["embeddings"], dtype=np.float32)
        stored = [
            StoredWord(
                OfficeWord(
                    text=text,
                    section=str(told[_SECTION]) if told.get(_SECTION) else None,
                    function=int(str(told[_FUNCTION])) if told.get(_FUNCTION) else None,
                    off_topic=bool(told.get(_OFF_TOPIC)),
                ),
                Origin(str(told[_ORIGIN])),
                str(told[_MODEL]),
                vector,
            )
            for text, told, vector in zip(texts, fields, vectors, strict=True)
        ]
        return sorted(stored, key=lambda each: each.word.text)

    def add(
        self,
        code: str,
        words: Sequence[OfficeWord],
        vectors: NDArray[np.float32],
        *,
        origin: Origin,
        model_name: str,
    ) -> None:
        """Add wordings, or put them in the place of those with the same text.

        `vectors` is (words, dimension): the texts as questions, by the model of that name.
        """
        if not words:
            return
        code = canonical_code(code)
        told: list[Any] = [
            {
                _CODE: code,
                _MODEL: model_name,
                _ORIGIN: origin.value,
                _SECTION: word.section or "",
                _FUNCTION: word.function or 0,
                _OFF_TOPIC: word.off_topic,
            }
            for word in words
        ]
        with failures_for_people(self._where):
            into = self._client.get_or_create_collection(
                _WORDS, embedding_function=None, configuration=_COSINE
            )
            step = self._client.get_max_batch_size()
            for at in range(0, len(words), step):
                into.upsert(
                    [f"{code}:{word.key}" for word in words[at : at + step]],
                    np.ascontiguousarray(vectors[at : at + step]),
                    told[at : at + step],
                    [word.text for word in words[at : at + step]],
                )
            self._changed(into)

    def remove(self, code: str, words: Iterable[OfficeWord]) -> int:
        """Take wordings back, by their texts; how many there were."""
        ids = [f"{canonical_code(code)}:{word.key}" for word in words]
        with failures_for_people(self._where):
            found = self._found()
            if found is None or not ids:
                return 0
            known = found.get(ids, include=[])["ids"]
            if known:
                found.delete(known)
                self._changed(found)
            return len(known)

    def _changed(self, words: "Collection") -> None:
        words.modify(metadata={_REVISION: uuid.uuid4().hex})

    def _found(self) -> "Collection | None":
        """The collection, looked up anew: its revision is another process's to change."""
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(_WORDS, embedding_function=None)
        except NotFoundError:
            return None
