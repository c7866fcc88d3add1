"""What the fault tests share: `asistente servir` as a process, and ways to stop what it needs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from corpus.embeddings import OnnxEmbeddings
from corpus.store import open_store
from evals.generated_manuals import generate
from ingest.indexing import index_manual
from tests.conftest import made_once

ROOT = Path(__file__).parents[2]
_MADE = generate(11, 8, ())
CODE = _MADE.truth.code
STRUCTURAL = "¿A quién le reporta la Coordinación de Primer Empleo?"
TOPICAL = "¿Quién integra el cabildo juvenil?"
_SECONDS = 60.0
Serving = Callable[..., AbstractContextManager["Server"]]


class Server:
    """`asistente servir` as a process of its own, and a client of it."""

    def __init__(self, process: "subprocess.Popen[bytes]", client: httpx.Client, log: Path) -> None:
        self.process = process
        self.client = client
        self._log = log

    @property
    def log(self) -> str:
        """All that it has logged."""
        return self._log.read_text("utf-8")

    def ask(self, question: str, **more: str) -> httpx.Response:
        return self.client.post("/api/ask", json={"question": question, **more})

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds: services come back by themselves, but not at once."""
        deadline = time.monotonic() + _SECONDS
        while not holds():
            assert time.monotonic() < deadline, self.log[-4000:]
            time.sleep(0.2)


@contextmanager
def _serving(
    folder: Path, data: Path, port: int, open_files: int | None, **settings: str
) -> Iterator[Server]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ASISTENTE_DATA_DIR": str(data),
        "ASISTENTE_PORT": str(port),
        "ASISTENTE_LOG_FORMAT": "json",
        "ASISTENTE_WORKERS": "1",
        **{f"ASISTENTE_{name}".upper(): value for name, value in settings.items()},
    }
    program = [sys.executable, "-c", "from assistant.faces.cli.app import main; main()", "servir"]
    if open_files is not None:
        program = ["prlimit", f"--nofile={open_files}:{open_files}", *program]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(program, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_SECONDS) as client:
            server = Server(process, client, folder / "server.log")
            server.until(lambda: _answers(server))
            yield server
    finally:
        process.kill()
        process.wait()


def _answers(server: Server) -> bool:
    assert server.process.poll() is None, server.log
    try:
        return server.client.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small manual, alone in its folder: faults are the same with it, and ingests quick."""
    path = tmp_path_factory.mktemp("manuales") / f"{CODE}.txt"
    path.write_text(_MADE.text, "utf-8")
    return path


@pytest.fixture
def own_data(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
    manual: Path,
) -> Path:
    """A data folder of the test's own, with the index of the manual."""

    def make(folder: Path) -> None:
        lend_model(folder)
        index_manual(manual, open_store(folder), embeddings.name, lambda: embeddings)

    folder = tmp_path / "own"
    shutil.copytree(made_once(tmp_path_factory, "small", make), folder, symlinks=True)
    return folder


@pytest.fixture
def serving(tmp_path: Path, own_data: Path) -> Serving:
    """Serves with settings, over an index in a folder unless they name another."""

    def serve(
        data: Path | None = None, open_files: int | None = None, **settings: str
    ) -> AbstractContextManager[Server]:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        return _serving(tmp_path, data or own_data, port, open_files, **settings)

    return serve


@contextmanager
def _stopped(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """A process and its children hang: their connections stay open, and nothing is said."""
    family = [process.pid, *_children(process.pid)]
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _children(pid: int) -> list[int]:
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, check=False
    )
    return [int(each) for each in told.stdout.split()]


@pytest.fixture
def stopped() -> Callable[["subprocess.Popen[bytes]"], AbstractContextManager[None]]:
    """Stops a process for a while."""
    return _stopped


@pytest.fixture
def data_with_model(tmp_path: Path, lend_model: Callable[[Path], None]) -> Path:
    """A data folder with the prepared model and no index."""
    folder = tmp_path / "data"
    lend_model(folder)
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 40 MB of the test's own.

    Mounting needs root; elsewhere the test is skipped by name. By hand:
    `sudo mount -t tmpfs -o size=40m tmpfs FOLDER`.
    """
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small disk can't be mounted here (mount -t tmpfs needs root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
