"""`asistente servir` as a process: it says where it is, and goes when it is told to."""

import os
import re
import signal
import socket
import subprocess
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers import ASISTENTE, ROOT, SECONDS, as_process


def serving(
    folder: Path, **settings: str
) -> AbstractContextManager[tuple[str, "subprocess.Popen[str]"]]:
    """The address that it prints, and the process."""
    says = r"^Asistente del Manual en (http://127\.0\.0\.1:\d+)\n$"
    return as_process(folder, "servir", says=says, **settings)


def wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if httpx.get(f"{address}/readyz", timeout=SECONDS).status_code == 200:
            return
        time.sleep(0.2)
    raise AssertionError("not ready")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_answers_at_the_address_that_it_prints_until_it_is_told_to_stop(
    served_folder: Path, workers: str
) -> None:
    with serving(served_folder, workers=workers, rate_limit="no") as (address, process):
        wait_until_ready(address)
        first = ask(address, "¿A quién le reporta la Jefatura de Geomática?")
        for _ in range(8):  # whichever worker it is that answers, it knows the conversation
            then = ask(address, "¿Y cuál es su objetivo?", first["conversation_id"])
            assert then["citations"][0]["section"] == "2.1.5.1"
        counted = httpx.get(f"{address}/metrics").text
        answers = re.search(
            r'asistente_answers_total\{endpoint="ask",kind="answer",reason="none"\} (\S+)', counted
        )
        assert answers is not None
        assert float(answers[1]) == 9
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{address}/healthz")


def test_it_finishes_the_stream_under_way_when_it_is_told_to_stop(served_folder: Path) -> None:
    with serving(served_folder, rate_limit="no") as (address, process):
        wait_until_ready(address)
        asked = {"question": "¿Cuáles son las funciones de la Jefatura de Geomática?"}
        with httpx.stream("POST", f"{address}/api/ask/stream", json=asked) as response:
            pieces = response.iter_text()
            text = next(pieces)
            process.send_signal(signal.SIGTERM)
            text += "".join(pieces)
        assert "event: done" in text
        assert process.wait(SECONDS) in (0, -signal.SIGTERM)


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [ASISTENTE, "servir", "--port", port],
            cwd=ROOT,
            env={**os.environ, "ASISTENTE_DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"No se puede escuchar en 127.0.0.1:{port};")
    assert "Traceback" not in done.stderr


def ask(address: str, question: str, conversation: str | None = None) -> dict[str, Any]:
    asked = {"question": question, "conversation_id": conversation}
    answer: dict[str, Any] = httpx.post(f"{address}/api/ask", json=asked, timeout=30).json()
    return answer


@pytest.fixture(scope="module")
def served_folder(tmp_path_factory: pytest.TempPathFactory, data_with_real: Path) -> Path:
    """A data folder for these processes: the index is read only, the database their own."""
    folder = tmp_path_factory.mktemp("served")
    for each in ("models", "chroma"):
        (folder / each).symlink_to(data_with_real / each)
    return folder
