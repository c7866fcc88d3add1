"""Times whole processes: what a person waits for who starts `asistente` anew."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

_ASISTENTE = (sys.executable, "-c", "from assistant.faces.cli import main; main()")
_AT_REST = (sys.executable, "-m", "evals.speed.at_rest")


class ProcessFailedError(Exception):
    """A measured process ended with an error."""


def resident_megabytes(process: int | str = "self") -> float | None:
    """The memory that a process holds right now, pages of mapped files included, as Linux tells it;
    None where the system doesn't."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return None
    lines = status.read_text("utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) / 1024


class FreshProcesses:
    """Runs `asistente` over one data folder, each time in a process of its own."""

    def __init__(self, data_dir: Path) -> None:
        # an empty address keeps a server that `.env` may name out of it
        ours = {"ASISTENTE_DATA_DIR": str(data_dir), "ASISTENTE_CHROMA_URL": ""}
        self._environment = {**os.environ, **ours}

    def ingest(self, manual: Path) -> float:
        """Seconds of `asistente ingerir`, from start to exit."""
        return self._run([*_ASISTENTE, "ingerir", str(manual)])[0]

    def answer(self, question: str, times: int = 1) -> float:
        """Seconds of `asistente preguntar`, from start to exit: the median of some runs."""
        command = [*_ASISTENTE, "preguntar", question, "--json"]
        return median(self._run(command)[0] for _ in range(times))

    def megabytes_at_rest(self, questions: Sequence[str]) -> float | None:
        """Resident memory of a process that has answered some questions; None if not known."""
        megabytes: float | None = json.loads(self._run(_AT_REST, json.dumps(list(questions)))[1])
        return megabytes

    def _run(self, command: Sequence[str], given: str = "") -> tuple[float, str]:
        started = time.perf_counter()
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, env=self._environment, check=False
        )
        seconds = time.perf_counter() - started
        if done.returncode:
            raise ProcessFailedError(f"{command}: {done.stderr.strip()}")
        return seconds, done.stdout
