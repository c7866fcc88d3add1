"""What many tests share: the prepared model, manuals, assistants over them, and servers.

PostgreSQL and Redis are the real ones, started for the tests and stopped after them. Where they
are not installed, the tests that need them are skipped, by name; with `TESTS_MUST_ALL_RUN=1`, as
CI sets it, a test that is skipped fails.
"""

import functools
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant, open_assistant
from assistant.running.settings import Settings
from assistant.understanding.aspect_reader import AspectReader
from corpus.embeddings import OnnxEmbeddings, Vector
from corpus.model import (
    Chunk,
    ChunkKind,
    Function,
    Manual,
    Passage,
    PassageKind,
    Position,
    Printed,
    Section,
    SectionKind,
)
from corpus.model_setup import prepare_model
from corpus.store import open_store
from ingest import parse_manual, read_source
from ingest.indexing import index_manual
from tests.terminal import Ran, run_apart, run_here

ROOT = Path(__file__).parents[1]
REAL = ROOT / "corpus" / "manuals" / "MO-SIG-01.txt"
MADE_UP = ROOT / "tests" / "data" / "manuals" / "MO-SFA-04.txt"
_START_SECONDS = 30

# A developer's runs explore; the run that judges a commit gives the same verdict each time.
# How long an example takes says nothing on a machine that does other things too.
hypothesis_settings.register_profile("exploring", deadline=None)
hypothesis_settings.register_profile("judging", derandomize=True, deadline=None, print_blob=True)
hypothesis_settings.load_profile("judging" if os.environ.get("TESTS_MUST_ALL_RUN") else "exploring")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail where all must run."""
    report = yield
    if os.environ.get("TESTS_MUST_ALL_RUN") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid} was skipped, but all tests must run: {report.longreprtext}"
        )
    return report


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """An empty PostgreSQL on loopback."""
    with _postgresql_server() as (url, _):
        yield url


@pytest.fixture
def mortal_postgresql() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A PostgreSQL of one test's own, and its first process, that of the server."""
    with _postgresql_server() as (url, process):
        yield url, process


@contextmanager
def _postgresql_server() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    initdb, postgres = _postgresql("initdb"), _postgresql("postgres")
    # it refuses to run as root, and must be able to enter its folder
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="asistente-postgresql-"))
    try:
        if user is not None:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        made = [initdb, "-D", folder / "data", "-U", "asistente", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run(made, check=True, capture_output=True, user=user, cwd=folder)
        port = free_port()
        serve = [postgres, "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port), "-k", folder]
        url = f"postgresql://asistente@127.0.0.1:{port}/postgres"
        with _running([*serve, "-F"], port, user, folder) as process:
            _await_database(url)
            yield url, process
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _await_database(url: str) -> None:
    """It listens before it takes connections: "the database system is starting up"."""
    import psycopg

    for _ in range(100):
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("PostgreSQL takes no connections")


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty Redis on loopback."""
    with _redis(tmp_path_factory.mktemp("redis")) as (url, _):
        yield url


@pytest.fixture
def mortal_redis(tmp_path: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """A Redis of one test's own, and how to end it."""
    with _redis(tmp_path) as (url, process):
        yield url, lambda: _end(process)


@pytest.fixture
def redis_process(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A Redis of one test's own, and its process."""
    with _redis(tmp_path) as (url, process):
        yield url, process


@pytest.fixture
def chroma_process(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A Chroma server of one test's own, and its process."""
    program = Path(sys.executable).parent / "chroma"
    port = free_port()
    folder = tmp_path / "chroma-server"
    folder.mkdir()
    serve = [program, "run", "--path", folder / "data", "--host", "127.0.0.1", "--port", port]
    with _running(serve, port, None, folder) as process:
        yield f"http://127.0.0.1:{port}", process


def _postgresql(program: str) -> str:
    """Debian keeps the programs out of the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = shutil.which(program) or (str(installed[-1]) if installed else None)
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    return found


@contextmanager
def _redis(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("Redis is not installed (Debian: redis-server)")
    port = free_port()
    settings = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with _running([server, *settings], port, None, folder) as process:
        yield f"redis://127.0.0.1:{port}/0", process


@contextmanager
def _running(
    command: list[object], port: int, user: str | None, folder: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """A server that listens on a port, until the end of the block."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(each) for each in command], stdout=log, stderr=log, user=user, cwd=folder
        )
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "log").read_text("utf-8"))
            time.sleep(0.05)
        yield process
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        process.send_signal(signal.SIGCONT)  # a test may have stopped it
    process.wait(timeout=_START_SECONDS)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The default model, as the install prepared it; prepared now if it hasn't."""
    return prepare_model(Path(os.environ.get("ASISTENTE_DATA_DIR", ROOT / "data")))


class RememberingEmbeddings(OnnxEmbeddings):
    """The model itself, by which no passage is embedded twice in a run: many tests index the same
    manuals, at five seconds each."""

    def __init__(self, folder: Path, kept: Path) -> None:
        super().__init__(folder)
        self._kept = kept
        with closing(self._open()) as kept_vectors, kept_vectors:
            kept_vectors.execute("CREATE TABLE IF NOT EXISTS v (text PRIMARY KEY, vector BLOB)")

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._kept, timeout=60)

    def passage_vectors(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> Vector:
        with closing(self._open()) as kept_vectors:
            found = {
                text: np.frombuffer(row[0], np.float32)
                for text in texts
                for row in kept_vectors.execute("SELECT vector FROM v WHERE text = ?", (text,))
            }
            new = [text for text in dict.fromkeys(texts) if text not in found]
            made = dict(zip(new, super().passage_vectors(new), strict=True))
            with kept_vectors:
                rows = [(text, vector.tobytes()) for text, vector in made.items()]
                kept_vectors.executemany("INSERT OR IGNORE INTO v VALUES (?, ?)", rows)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = found[text] if text in found else made[text]
            if on_progress is not None:
                on_progress(row + 1, len(texts))
        return vectors


@pytest.fixture(scope="session")
def embeddings(tmp_path_factory: pytest.TempPathFactory, model_folder: Path) -> OnnxEmbeddings:
    """The prepared model; what one worker had embedded, another need not."""
    kept = _of_all_workers(tmp_path_factory) / "vectors.sqlite3"
    return RememberingEmbeddings(model_folder, kept)


@pytest.fixture(scope="session")
def tiny_manual() -> Manual:
    """One sheet, two functions, two pages."""
    functions = (
        Function(number=1, text="Atender las juntas vecinales;", page=1),
        Function(number=2, text="Custodiar las actas «firmadas».", page=2),
    )
    sheet = Section(
        number="1.1",
        title="Jefatura de Oficina",
        kind=SectionKind.SHEET,
        parent="X",
        page=1,
        passages=tuple(
            Passage(
                text=each.text,
                page=each.page,
                line=10 + each.number,
                kind=PassageKind.FUNCTION,
                function=each.number,
            )
            for each in functions
        ),
    )
    chapter = Section(
        number="X",
        title="PUESTOS Y FUNCIONES",
        kind=SectionKind.CHAPTER,
        parent=None,
        page=1,
        passages=(),
    )
    return Manual(
        code="MO-MINI-01",
        version="01",
        emission_date=None,
        emission_printed="enero de 2024",
        dependency="Secretaría Mínima",
        municipality=None,
        page_count=2,
        sections=(chapter, sheet),
        positions=(
            Position(
                number="1.1",
                title="Jefatura de Oficina",
                page=1,
                reports_to=Printed(text="Dirección", page=1),
                functions=functions,
            ),
        ),
        structure=(),
        chart_headings=(),
        index=(),
        officers=(),
        changes=(),
        warnings=(),
    )


@pytest.fixture(scope="session")
def tiny_chunks(tiny_manual: Manual) -> list[Chunk]:
    """A chunk for each function of the tiny manual."""
    return [
        Chunk(
            id=f"1.1/f{each.number}",
            manual=tiny_manual.code,
            section="1.1",
            title="Jefatura de Oficina",
            breadcrumb="X PUESTOS Y FUNCIONES › 1.1 Jefatura de Oficina",
            page=each.page,
            kind=ChunkKind.FUNCTION,
            quote=each.text,
            function=each.number,
        )
        for each in tiny_manual.positions[0].functions
    ]


@pytest.fixture(scope="session")
def aspect_reader(embeddings: OnnxEmbeddings) -> AspectReader:
    """Tells what a question asks."""
    return AspectReader(embeddings)


@pytest.fixture(scope="session")
def real(aspect_reader: AspectReader) -> Knowledge:
    """What there is to know of MO-SIG-01."""
    return Knowledge(parse_manual(read_source(REAL)), aspect_reader)


@pytest.fixture(scope="session")
def made_up(aspect_reader: AspectReader) -> Knowledge:
    """What there is to know of MO-SFA-04."""
    return Knowledge(parse_manual(read_source(MADE_UP)), aspect_reader)


@pytest.fixture(scope="session")
def data_with_real(
    tmp_path_factory: pytest.TempPathFactory, model_folder: Path, embeddings: OnnxEmbeddings
) -> Path:
    """A data folder with the prepared model and the index of MO-SIG-01. Read only."""

    def make(folder: Path) -> None:
        _lend_model(folder, model_folder)
        index_manual(REAL, open_store(folder), embeddings.name, lambda: embeddings)

    return made_once(tmp_path_factory, "real", make)


@pytest.fixture(scope="session")
def data_with_both(
    tmp_path_factory: pytest.TempPathFactory, data_with_real: Path, embeddings: OnnxEmbeddings
) -> Path:
    """The same, and MO-SFA-04 beside it. Read only."""

    def make(folder: Path) -> None:
        shutil.copytree(data_with_real, folder, symlinks=True, dirs_exist_ok=True)
        index_manual(MADE_UP, open_store(folder), embeddings.name, lambda: embeddings)

    return made_once(tmp_path_factory, "both", make)


@pytest.fixture
def own_data(tmp_path: Path, data_with_real: Path) -> Path:
    """A data folder of one test's own, with the index of MO-SIG-01 and no database yet."""
    folder = tmp_path / "data"
    shutil.copytree(data_with_real, folder, symlinks=True)
    return folder


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """A folder that the first worker to need it makes, and the others find."""
    of_all_workers = _of_all_workers(tmp_path_factory)
    folder = of_all_workers / f"data-{name}"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            scratch = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=of_all_workers))
            make(scratch)
            scratch.rename(folder)
    return folder


def _of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that the workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _lend_model(folder: Path, model_folder: Path) -> None:
    (folder / "models").mkdir(parents=True, exist_ok=True)
    (folder / "models" / model_folder.name).symlink_to(model_folder, target_is_directory=True)


@pytest.fixture(scope="session")
def lend_model(model_folder: Path) -> Callable[[Path], None]:
    """Puts the prepared model into a data folder, without a copy."""
    return lambda folder: _lend_model(folder, model_folder)


@pytest.fixture(scope="session")
def asistente(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ran]:
    """Runs a command of `asistente` in an empty folder, within this process."""
    return functools.partial(run_here, tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="session")
def asistente_apart(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ran]:
    """Runs it as a process of its own."""
    return functools.partial(run_apart, tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="session")
def assistant(data_with_real: Path) -> Assistant:
    """The assistant over MO-SIG-01."""
    return open_assistant(Settings(data_dir=data_with_real))


@pytest.fixture(scope="session")
def librarian(data_with_both: Path) -> Assistant:
    """The assistant over MO-SIG-01 and MO-SFA-04."""
    return open_assistant(Settings(data_dir=data_with_both))


@pytest.fixture(scope="session")
def data_to_serve(tmp_path_factory: pytest.TempPathFactory, data_with_real: Path) -> Path:
    """A data folder of the server's own, with the index of MO-SIG-01."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(data_with_real, folder, symlinks=True)
    return folder
