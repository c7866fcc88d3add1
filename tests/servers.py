"""Servers of the tests: an app on a thread of this process, and `asistente` as a process."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

ROOT = Path(__file__).parents[1]
ASISTENTE = Path(sys.executable).with_name("asistente")
SECONDS = 60.0


@contextmanager
def on_thread(config: uvicorn.Config, port: int = 0) -> Iterator[str]:
    """Serve until the end of the block; the address."""
    config.port = port
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + SECONDS
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(SECONDS)
        assert not thread.is_alive()


def environment(data: Path, **settings: str) -> dict[str, str]:
    """What a process of `asistente` is told of its data and settings."""
    own = {f"ASISTENTE_{name}".upper(): value for name, value in settings.items()}
    return {"ASISTENTE_DATA_DIR": str(data), "PYTHONPATH": str(ROOT), **own}


@contextmanager
def as_process(
    data: Path, *command: str, says: str, **settings: str
) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Serve as a process, on any free port; the address that it prints, within what it `says`."""
    process = subprocess.Popen(
        [ASISTENTE, *command, "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment(data, **settings)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.search(says, said)
        assert address, said
        yield address[1], process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=SECONDS)
