"""Makes a prepared folder: load, export, check against sentence-transformers, quantise, move."""

import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.embeddings import OnnxEmbeddings
from corpus.model_setup import onnx_export
from corpus.model_setup.encoder import ModelCannotBeServedError, facts_of, heads_of, load_encoder
from corpus.model_setup.quiet import quiet
from corpus.prepared_model import (
    DEFAULT_MODEL,
    FACTS_FILE,
    GRAPH_FILE,
    TOKENIZER_FILE,
    ModelNotPreparedError,
    PreparedModel,
    prepared_folder,
    read_prepared,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

OnProgress = Callable[[str], None]

_SCRATCH = ".preparando-"
_SCRATCH_SECONDS = 24 * 3600
"""After this long a scratch folder is what a killed preparation left, not one under way."""
_PROBES = (
    "¿Quién ve lo de las juntas vecinales?",
    "Coordinación de Mesas Directivas. Estar presente en la conformación de juntas vecinales.",
    "SECRETARÍA DE INNOVACIÓN: 27 funciones, pág. 47 de 68 (artículo 115, fracción III).",
)
_FLOAT_AGREEMENT = 0.999
_INT8_AGREEMENT = 0.96
"""Least cosine of a probe's vectors: the default model has 0.97, and with it finds a held-out
office's own function as often as in float32."""


def prepare_model(
    data_dir: Path, model: str = DEFAULT_MODEL, on_progress: OnProgress = lambda _: None
) -> Path:
    """Prepare the model under `data_dir`, unless it is already, and give its folder.

    `model` is the default, a hub name or the path of a sentence-transformers folder. The default
    one needs no network. Killed at any moment it leaves no half folder in the place.
    Raises ModelCannotBeServedError, PackagedWeightsMissingError.
    """
    folder = prepared_folder(data_dir, model)
    try:
        read_prepared(folder)
        return folder
    except ModelNotPreparedError:
        folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_left_scratch(folder.parent)
    on_progress("Cargando las bibliotecas del modelo…")
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder.parent) as scratch, quiet():
        _move_into_place(_prepare(model, Path(scratch), on_progress), folder)
    on_progress("Modelo listo.")
    return folder


def _prepare(model: str, scratch: Path, on_progress: OnProgress) -> Path:
    """A complete prepared folder inside `scratch`."""
    on_progress("Cargando el modelo con sentence-transformers…")
    encoder = load_encoder(model, scratch / "unpacked")
    facts = facts_of(model, encoder)
    on_progress("Exportando el modelo a ONNX…")
    exported = _folder_without_graph(scratch / "float32", encoder, facts)
    try:
        onnx_export.export(encoder, exported / GRAPH_FILE, heads_of(model))
    except (RuntimeError, TypeError, KeyError, ValueError) as error:
        raise ModelCannotBeServedError.because(model, "no se deja exportar a ONNX") from error
    if _agreement(exported, encoder) < _FLOAT_AGREEMENT:
        raise ModelCannotBeServedError.because(model, "da otros vectores exportado a ONNX")
    on_progress("Cuantizando los pesos a int8…")
    in_int8 = facts.model_copy(update={"quantised": True})
    quantised = _folder_without_graph(scratch / "int8", encoder, in_int8)
    onnx_export.quantise(exported / GRAPH_FILE, quantised / GRAPH_FILE)
    # Some models lose too much as int8; those are served as they are.
    return quantised if _agreement(quantised, encoder) >= _INT8_AGREEMENT else exported


def _folder_without_graph(
    folder: Path, encoder: "SentenceTransformer", facts: PreparedModel
) -> Path:
    """A new prepared folder that lacks only the graph."""
    folder.mkdir()
    encoder.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)
    (folder / FACTS_FILE).write_text(facts.model_dump_json(indent=2), "utf-8")
    return folder


def _agreement(folder: Path, encoder: "SentenceTransformer") -> float:
    """Least cosine between the served vectors and sentence-transformers' own, on the probes."""
    served = OnnxEmbeddings(folder)
    questions = [(served.query_vector(text), encoder.encode_query(text)) for text in _PROBES]
    passages = zip(served.passage_vectors(_PROBES), encoder.encode_document(_PROBES), strict=True)
    return min(
        float(ours @ (theirs / np.linalg.norm(theirs))) for ours, theirs in (*questions, *passages)
    )


def _move_into_place(ready: Path, folder: Path) -> None:
    """One rename; if another process was faster, its folder stays, and a damaged one goes."""
    try:
        read_prepared(folder)
    except ModelNotPreparedError:
        shutil.rmtree(folder, ignore_errors=True)
        ready.rename(folder)


def _clear_left_scratch(models: Path) -> None:
    for left in models.glob(f"{_SCRATCH}*"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _SCRATCH_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
