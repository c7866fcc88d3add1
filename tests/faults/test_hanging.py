"""What people see when a process hangs that the service depends on: it keeps its connections open
and says nothing (`kill -STOP`). No question may wait longer than the answer's limit."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from corpus.embeddings import OnnxEmbeddings
from corpus.store import open_store
from ingest.indexing import index_manual
from tests.faults.conftest import STRUCTURAL, TOPICAL

Serving = Callable[..., AbstractContextManager[Any]]
Process = tuple[str, "subprocess.Popen[bytes]"]
Stopped = Callable[["subprocess.Popen[bytes]"], AbstractContextManager[None]]


def fill_server(address: str, manual: Path, embeddings: OnnxEmbeddings) -> None:
    """Index the manual on a Chroma server."""
    store = open_store(Path("/nonexistent"), address)
    index_manual(manual, store, embeddings.name, lambda: embeddings)
    store._client._server._session.close()  # type: ignore[attr-defined]  # Chroma leaves it open


def ready(server: Any) -> dict[str, Any]:
    told: dict[str, Any] = server.client.get("/readyz").json()
    return told


def test_a_chroma_that_hangs_is_not_missed_by_who_asks(
    chroma_process: Process,
    stopped: Stopped,
    serving: Serving,
    embeddings: OnnxEmbeddings,
    manual: Path,
    data_with_model: Path,
) -> None:
    address, chroma = chroma_process
    fill_server(address, manual, embeddings)
    with serving(data_with_model, chroma_url=address, answer_timeout="20") as server:
        server.until(lambda: ready(server).get("status") == "ok")
        with stopped(chroma):
            for _ in range(3):
                for question in (STRUCTURAL, TOPICAL):
                    answered = server.ask(question)
                    assert answered.status_code == 200
                    assert answered.json()["kind"] == "answer"
                    assert answered.json()["citations"]
            server.until(lambda: ready(server)["status"] == "degraded")
            assert address not in str(ready(server))
        server.until(lambda: ready(server)["status"] == "ok")


def test_a_service_that_starts_while_chroma_hangs_says_so_and_comes_back(
    chroma_process: Process,
    stopped: Stopped,
    serving: Serving,
    embeddings: OnnxEmbeddings,
    manual: Path,
    data_with_model: Path,
) -> None:
    address, chroma = chroma_process
    fill_server(address, manual, embeddings)
    with stopped(chroma), serving(data_with_model, chroma_url=address) as server:
        refused = server.ask(TOPICAL)
        assert refused.status_code == 503
        assert refused.json()["detail"].startswith("El índice no responde")
        assert address not in refused.text
        assert address in server.log  # for those who run it
        os.kill(chroma.pid, signal.SIGCONT)
        server.until(lambda: server.ask(TOPICAL).status_code == 200)


def test_it_stops_at_once_while_chroma_hangs(
    chroma_process: Process,
    stopped: Stopped,
    serving: Serving,
    data_with_model: Path,
) -> None:
    address, chroma = chroma_process
    served = serving(data_with_model, chroma_url=address, shutdown_timeout="300")
    with served as server, stopped(chroma):
        assert server.client.get("/readyz").status_code == 503
        server.process.terminate()
        server.process.wait(timeout=60)  # far below what answers under way may take


def test_a_postgresql_that_hangs_costs_the_memory_and_not_the_answer(
    mortal_postgresql: Process,
    stopped: Stopped,
    serving: Serving,
) -> None:
    url, postgres = mortal_postgresql
    with serving(database_url=url) as server:
        server.until(lambda: ready(server).get("status") == "ok")
        first = server.ask(STRUCTURAL).json()
        assert "remembered" not in first
        with stopped(postgres):
            for _ in range(6):
                answered = server.ask(STRUCTURAL, conversation_id=first["conversation_id"])
                assert answered.status_code == 200
                assert answered.json()["kind"] == "answer"
                assert answered.headers["conversation-memory"] == "unavailable"
            assert ready(server)["status"] == "degraded"
        server.until(lambda: ready(server)["status"] == "ok")
        server.until(lambda: "remembered" not in server.ask(STRUCTURAL).json())


def test_a_postgresql_that_is_killed_costs_the_memory_and_not_the_answer(
    mortal_postgresql: Process, serving: Serving
) -> None:
    url, postgres = mortal_postgresql
    with serving(database_url=url) as server:
        server.until(lambda: ready(server).get("status") == "ok")
        server.ask(STRUCTURAL)
        postgres.kill()
        postgres.wait()
        answered = server.ask(STRUCTURAL)
        assert answered.json()["kind"] == "answer"
        assert answered.json()["remembered"] is False
        assert ready(server)["status"] == "degraded"


def test_a_redis_that_hangs_is_asked_once_in_a_while_only(
    redis_process: Process,
    stopped: Stopped,
    serving: Serving,
) -> None:
    url, redis = redis_process
    with serving(redis_url=url, rate_limit="30/minute") as server:
        server.until(lambda: ready(server).get("status") == "ok")
        assert server.ask(STRUCTURAL).status_code == 200
        with stopped(redis):
            statuses = [server.ask(STRUCTURAL).status_code for _ in range(35)]
        # counted here, all the same
        assert statuses[:30] == [200] * 30
        assert statuses[-1] == 429
        assert server.log.count("redis does not answer") == 1


def test_a_full_disk_costs_the_memory_and_not_the_answer(
    small_disk: Path, own_data: Path, serving: Serving
) -> None:
    shutil.copytree(own_data / "chroma", small_disk / "chroma")
    (small_disk / "models").symlink_to(own_data / "models")
    with serving(small_disk) as server:
        server.until(lambda: ready(server).get("status") == "ok")
        assert "remembered" not in server.ask(STRUCTURAL).json()
        fill(small_disk)
        for number in range(40):  # what is left in the pages of the file must be used up too
            answered = server.ask(STRUCTURAL, conversation_id=f"conversación-{number:04}")
            assert answered.json()["kind"] == "answer"
        assert answered.json()["remembered"] is False
        (small_disk / "filler").unlink()
        server.until(lambda: "remembered" not in server.ask(STRUCTURAL).json())


def fill(folder: Path) -> None:
    """Leave no byte free."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
