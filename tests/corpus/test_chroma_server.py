"""The same store on a real Chroma server."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.chroma import StoreUnreachableError
from corpus.model import Chunk, Manual
from corpus.store import ManualStore, open_store
from tests.corpus.conftest import VECTORS, put

CHROMA = shutil.which("chroma", path=os.pathsep.join([str(Path(sys.executable).parent)]))
NOWHERE = Path("/nonexistent")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a Chroma server, and its process."""
    assert CHROMA is not None
    port = free_port()
    process = subprocess.Popen(
        [CHROMA, "run", "--path", str(tmp_path_factory.mktemp("server")), "--host", "127.0.0.1",
         "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


@contextmanager
def opened(address: str) -> Iterator[ManualStore]:
    """A store on a server, its connections closed at the end: Chroma's own client leaves them."""
    store = open_store(NOWHERE, address)
    try:
        yield store
    finally:
        for client in (store._client, store._client._admin_client):  # type: ignore[attr-defined]
            client._server._session.close()


@pytest.fixture
def store(server: tuple[str, subprocess.Popen[bytes]]) -> Iterator[ManualStore]:
    with opened(server[0]) as store:
        yield store


def test_all_goes_as_in_a_folder(
    store: ManualStore, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    assert store.catalog() == []
    for version in ("01", "02", "03"):
        put(store, tiny_manual, tiny_chunks, version)
    store.check()
    record = store.indexed(tiny_manual.code)
    assert record is not None
    assert record.version == "03"
    assert store.manual(record) == tiny_manual.model_copy(update={"version": "03"})
    assert store.chunks(tiny_manual.code) == tiny_chunks
    assert store.search(tiny_manual.code, VECTORS[1], 1)[0] == ("1.1/f2", pytest.approx(1))
    assert len(store._client.list_collections()) == 8  # catalog, editions, three versions
    assert store.forget(tiny_manual.code)
    assert store.catalog() == []


def test_another_client_sees_a_new_build_at_once(
    store: ManualStore,
    server: tuple[str, subprocess.Popen[bytes]],
    tiny_manual: Manual,
    tiny_chunks: list[Chunk],
) -> None:
    with opened(server[0]) as reader:
        for version in ("04", "05"):
            put(store, tiny_manual, tiny_chunks, version)
            assert reader.manual(tiny_manual.code).version == version


def test_a_server_that_is_not_there_is_named() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreUnreachableError, match=f"«{address}» no responde"):
        open_store(NOWHERE, address)


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.chroma._ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StoreUnreachableError, match="no responde"):
            open_store(NOWHERE, address)


@pytest.mark.parametrize(
    "address", ["localhost:8000", "ftp://servidor", "http://", "http://a:b", "http://[::1"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(StoreUnreachableError, match="http://servidor:8000"):
        open_store(NOWHERE, address)


def test_a_server_that_dies_later_is_named(
    store: ManualStore, server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, process = server
    store.check()
    process.kill()
    process.wait()
    for ask in (store.check, store.catalog, lambda: store.forget("MO-X")):
        with pytest.raises(StoreUnreachableError, match=f"«{address}» no responde"):
            ask()
