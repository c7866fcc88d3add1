"""What the tests of the model share: the default one as sentence-transformers has it."""

import socket
from typing import TYPE_CHECKING

import pytest

from corpus.model_setup.encoder import load_encoder
from corpus.model_setup.quiet import quiet
from corpus.prepared_model import DEFAULT_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> "SentenceTransformer":
    """The default model, as float32, loaded on a machine whose network fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    with pytest.MonkeyPatch.context() as patch, quiet():
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        return load_encoder(DEFAULT_MODEL, tmp_path_factory.mktemp("default") / "unpacked")
