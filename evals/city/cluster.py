"""Several machines' worth of processes on this one, with one killed amid the load.

`python -m evals.city.cluster FOLDER [--manuals 14] [--clients 8] [--questions 200]`

Starts a Chroma server, PostgreSQL, Redis, four API processes with a data folder each, and HAProxy
before them; ingests manuals into the Chroma server, lets clients ask and follow up, kills one API
process with SIGKILL when half is answered, and prints what the clients saw. Needs Debian's haproxy,
postgresql and redis-server.
"""

import argparse
import os
import pwd
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import numpy as np

from assistant.running.settings import load_settings
from corpus.embeddings import OnnxEmbeddings
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
from corpus.store import open_store
from evals.city.building import VectorsOnDisk, build
from evals.city.manuals import CityManual, manuals, questions

_PROCESSES = 4
_START_SECONDS = 240
_PROXY = """\
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
    retries 3
    option redispatch
    # asking again changes nothing, so what a process that died left unanswered is asked of another
    retry-on all-retryable-errors
    option http-buffer-request
frontend people
    bind 127.0.0.1:{port}
    default_backend processes
backend processes
    balance roundrobin
    option httpchk GET /healthz
    default-server check inter 1s fall 2 rise 1
{servers}
"""


def main() -> None:
    """Run it all."""
    parser = argparse.ArgumentParser(description="Cuatro procesos tras un proxy, uno muere.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--manuals", type=int, default=14)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    made = list(manuals(options.manuals))
    with ExitStack() as stack:
        address, victim = _deployed(stack, options.folder, made)
        _load(address, victim, made, options.clients, options.questions)


def _deployed(
    stack: ExitStack, folder: Path, made: Sequence[CityManual]
) -> tuple[str, "subprocess.Popen[bytes]"]:
    """Start everything; gives the proxy's address and the process that will be killed."""
    models = load_settings().data_dir / "models"
    chroma = stack.enter_context(_chroma(folder / "chroma"))
    database = stack.enter_context(_postgresql(folder))
    redis = stack.enter_context(_redis(folder))
    embeddings = OnnxEmbeddings(prepared_folder(load_settings().data_dir, DEFAULT_MODEL))
    vectors = VectorsOnDisk(folder / "vectors.sqlite", embeddings)
    print(build(made, open_store(folder, chroma), vectors, embeddings.name), flush=True)
    shared = {
        "ASISTENTE_CHROMA_URL": chroma,
        "ASISTENTE_DATABASE_URL": database,
        "ASISTENTE_REDIS_URL": redis,
        "ASISTENTE_RATE_LIMIT": "60000/minute",
        "ASISTENTE_TRUSTED_PROXIES": "127.0.0.1",
        "ASISTENTE_THREADS": "2",
    }
    ports, processes = [_free_port() for _ in range(_PROCESSES)], []
    for number, port in enumerate(ports):
        data = folder / f"machine-{number}"
        data.mkdir(exist_ok=True)
        if not (data / "models").exists():
            (data / "models").symlink_to(models.resolve())
        own = {**shared, "ASISTENTE_DATA_DIR": str(data)}
        code = "from assistant.faces.cli import main; main()"
        command = [sys.executable, "-c", code, "servir", "--port", str(port)]
        processes.append(stack.enter_context(_running(command, folder / f"api-{number}.log", own)))
    started = time.monotonic()
    for port in ports:
        _wait(f"http://127.0.0.1:{port}/readyz")
    print(f"{_PROCESSES} processes ready after {time.monotonic() - started:.0f} s", flush=True)
    proxy = _free_port()
    servers = "\n".join(f"    server api{n} 127.0.0.1:{p}" for n, p in enumerate(ports))
    (folder / "haproxy.cfg").write_text(_PROXY.format(port=proxy, servers=servers), "utf-8")
    haproxy = [str(shutil.which("haproxy", path="/usr/sbin:/usr/bin")), "-f"]
    command = [*haproxy, str(folder / "haproxy.cfg"), "-db"]
    stack.enter_context(_running(command, folder / "haproxy.log", {}))
    _wait(f"http://127.0.0.1:{proxy}/readyz")
    return f"http://127.0.0.1:{proxy}", processes[0]


def _load(
    address: str,
    victim: "subprocess.Popen[bytes]",
    made: list[CityManual],
    clients: int,
    number: int,
) -> None:
    """Let clients ask and follow up; kill the process when half is answered."""
    asked = questions(made, number)
    seen: Counter[str] = Counter()
    spent: list[float] = []
    answered = threading.Semaphore(0)

    def ask(text: str) -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            started = time.perf_counter()
            first = client.post("/api/ask", json={"question": text})
            spent.append((time.perf_counter() - started) * 1000)
            seen[f"question {first.status_code}"] += 1
            if first.status_code == 200:
                conversation = first.json()["conversation_id"]
                further = {"question": "¿y qué página es?", "conversation_id": conversation}
                seen[f"follow-up {client.post('/api/ask', json=further).status_code}"] += 1
        answered.release()

    def kill() -> None:
        for _ in range(number // 2):
            answered.acquire()
        victim.kill()
        print("one process killed", flush=True)

    killer = threading.Thread(target=kill)
    killer.start()
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        failures = [f.exception() for f in [pool.submit(ask, q.text) for q in asked]]
    killer.join()
    wrong = [str(failure) for failure in failures if failure is not None]
    p50, p95 = np.percentile(spent, [50, 95])
    seconds = time.perf_counter() - started
    print(f"{dict(seen)}, without an answer: {len(wrong)} {wrong[:3]}")
    print(f"{sum(seen.values()) / seconds:.1f} answers/s, p50 {p50:.0f} ms, p95 {p95:.0f} ms")


@contextmanager
def _chroma(folder: Path) -> Iterator[str]:
    port = _free_port()
    program = Path(sys.executable).parent / "chroma"
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1"]
    with _running([*command, "--port", str(port)], folder.with_suffix(".log"), {}):
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/api/v2/heartbeat")
        yield address


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    port = _free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with _running(command, folder / "redis.log", {}):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    """An empty PostgreSQL; it refuses to run as root."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    user = "postgres" if os.geteuid() == 0 else None
    own = Path("/tmp") / f"asistente-postgresql-{os.getpid()}"
    own.mkdir()
    try:
        if user is not None:
            account = pwd.getpwnam(user)
            os.chown(own, account.pw_uid, account.pw_gid)
        made = f"{programs / 'initdb'} -D {own / 'data'} -U asistente -A trust -N"
        subprocess.run(made.split(), check=True, capture_output=True, user=user, cwd=own)
        port = _free_port()
        serve = [str(programs / "postgres"), "-D", str(own / "data"), "-h", "127.0.0.1"]
        command = [*serve, "-p", str(port), "-k", str(own)]
        with _running(command, folder / "postgresql.log", {}, user=user):
            _wait_for_port(port)
            yield f"postgresql://asistente@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(own, ignore_errors=True)


@contextmanager
def _running(
    command: Sequence[str], log: Path, more: dict[str, str], user: str | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, env={**os.environ, **more}, user=user, cwd="/tmp"
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def _wait(address: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(address, timeout=60).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise TimeoutError(address)


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(str(port))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
