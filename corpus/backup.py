"""A manual of the index as plain files, and back: apart from how and where Chroma keeps it."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from corpus.errors import AsistenteError
from corpus.model import Chunk, Manual
from corpus.office_words import OfficeWord, Origin
from corpus.sheets import from_records, to_records
from corpus.store import ManualStore

_RECORD, _SHEETS = "manual.json", "fichas.json"
_CHUNKS, _VECTORS = "fragmentos.json", "vectores.npy"


class BrokenBackupError(AsistenteError):
    """A backup can't be read, or is none."""

    def __init__(self, what: str) -> None:
        super().__init__(f"El respaldo no se puede leer ({what}); use otro.")


@dataclass(frozen=True)
class KeptManual:
    """All that the index holds of a manual."""

    manual: Manual
    chunks: list[Chunk]
    vectors: NDArray[np.float32]
    """(chunks, dimension)."""
    source_sha256: str
    model_name: str


def kept_manuals(store: ManualStore) -> Iterator[KeptManual]:
    """What the index holds. Raises as the store does."""
    for record in store.catalog():
        yield KeptManual(
            store.manual(record),
            store.chunks(record),
            store.vectors(record),
            record.source_sha256,
            record.model_name,
        )


def put_back(kept: KeptManual, store: ManualStore) -> None:
    """Make it the active build of its manual. Raises as the store does."""
    store.replace(
        kept.manual,
        kept.chunks,
        kept.vectors,
        source_sha256=kept.source_sha256,
        model_name=kept.model_name,
    )


def as_files(kept: KeptManual) -> dict[str, bytes]:
    """The files of a manual, by their names."""
    vectors = io.BytesIO()
    np.save(vectors, kept.vectors, allow_pickle=False)
    facts = {"source_sha256": kept.source_sha256, "model_name": kept.model_name}
    return {
        _RECORD: _json(facts),
        _SHEETS: _json(to_records(kept.manual)),
        _CHUNKS: _json([each.model_dump(mode="json") for each in kept.chunks]),
        _VECTORS: vectors.getvalue(),
    }


def from_files(files: dict[str, bytes]) -> KeptManual:
    """The manual of these files. Raises BrokenBackupError."""
    try:
        facts = json.loads(files[_RECORD])
        kept = KeptManual(
            from_records(json.loads(files[_SHEETS]).items()),
            [Chunk.model_validate(each) for each in json.loads(files[_CHUNKS])],
            np.load(io.BytesIO(files[_VECTORS]), allow_pickle=False).astype(np.float32),
            str(facts["source_sha256"]),
            str(facts["model_name"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError, ValidationError) as error:
        raise BrokenBackupError("un manual está incompleto") from error
    if kept.vectors.ndim != 2 or len(kept.vectors) != len(kept.chunks):
        raise BrokenBackupError("faltan vectores")
    return kept


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def words_as_json(store: ManualStore) -> str:
    """The office's own wordings of all manuals, with their vectors. Raises as the store does."""
    kept = [
        {
            "code": record.code,
            "word": each.word.model_dump(mode="json"),
            "origin": each.origin.value,
            "model": each.model_name,
            "vector": each.vector.tolist(),
        }
        for record in store.catalog()
        for each in store.words.of(record.code)
    ]
    return json.dumps(kept, ensure_ascii=False)


def put_words_back(written: str, store: ManualStore) -> None:
    """Keep these wordings again. Raises BrokenBackupError, and as the store does."""
    try:
        kept = [
            (
                str(each["code"]),
                OfficeWord.model_validate(each["word"]),
                Origin(each["origin"]),
                str(each["model"]),
                np.array([each["vector"]], np.float32),
            )
            for each in json.loads(written)
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenBackupError("las palabras de la oficina") from error
    for code, word, origin, model_name, vector in kept:
        store.words.add(code, [word], vector, origin=origin, model_name=model_name)
