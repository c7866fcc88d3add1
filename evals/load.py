"""How many people the server can answer at once, as a table.

`python -m evals.load [--seconds N] [--soak QUESTIONS] [--json FILE]`. The server runs on loopback,
on the machine that also puts the load on it, over an index of its own; the questions are all on
topics, which are the dear ones, and unlike each other. `--seconds 0 --soak 20000` only sees how
much memory a worker holds over so many.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from assistant.running.settings import load_settings
from corpus.embeddings import OnnxEmbeddings
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
from corpus.store import open_store
from evals.benchmark import Machine, this_machine
from evals.gold import GOLD_FOLDER, read_gold
from evals.speed.load_generator import Load, put_load
from evals.speed.processes import FreshProcesses, resident_megabytes
from evals.speed.questions import Sort, benchmark_questions

_MANUAL = Path(__file__).parents[1] / "corpus" / "manuals" / "MO-SIG-01.txt"
_CLIENTS = (1, 8, 32, 64)
_WORKERS = (1, 2)
_QUESTIONS = 400
_TIMES = 20
"""How many times each is asked, told apart by a number."""
_WARM_UP_SECONDS = 3
_READY_SECONDS = 60.0
_SOAK_CLIENTS = 8
_SOAK_STEPS = 5


class Row(BaseModel):
    """The load of so many clients on so many workers."""

    workers: int
    clients: int
    load: Load
    embeddings_per_second: float
    """Of the bare model, queries embedded side by side on all cores, just before and after."""


class Soak(BaseModel):
    """The memory of a server while it answers many questions."""

    questions: int
    megabytes: float | None
    """Resident memory of the worker."""


class Figures(BaseModel):
    """What was measured."""

    machine: Machine
    embeddings_per_second: float
    """Of the bare model, the mean over the rows; 0 where only the memory was looked at."""
    rows: list[Row]
    soak: list[Soak]


def measure(seconds: int, soak: int, console: Console) -> Figures:
    """Measure everything, in a data folder that is removed afterwards."""
    settings = load_settings()
    machine = this_machine()
    with TemporaryDirectory(prefix="load-", dir=settings.data_dir) as scratch:
        folder = Path(scratch)
        (folder / "models").symlink_to((settings.data_dir / "models").resolve())
        with console.status("Ingesting"):
            FreshProcesses(folder).ingest(_MANUAL)
        questions = _topical(folder)
        rows, rates = [], []
        for workers in _WORKERS if seconds else ():
            with _serving(folder, workers) as (address, _):
                put_load(address, questions, 8, _WARM_UP_SECONDS, folder)
                for clients in _CLIENTS:
                    with console.status(f"{workers} workers, {clients} clients"):
                        before = _embedding_rate(folder, questions, seconds / 4)
                        load = put_load(address, questions, clients, seconds, folder)
                        rate = (before + _embedding_rate(folder, questions, seconds / 4)) / 2
                    rates.append(rate)
                    rows.append(
                        Row(workers=workers, clients=clients, load=load, embeddings_per_second=rate)
                    )
        with console.status("Soaking"):
            soaked = list(_soaked(folder, questions, soak)) if soak else []
    rate = sum(rates) / len(rates) if rates else 0.0
    return Figures(machine=machine, embeddings_per_second=rate, rows=rows, soak=soaked)


def _topical(folder: Path) -> list[str]:
    manual = open_store(folder).manual(_MANUAL.stem)
    gold = list(read_gold(GOLD_FOLDER / f"{_MANUAL.stem.lower()}.dev.jsonl"))
    asked = benchmark_questions(manual, gold, _QUESTIONS)
    topical = [each.text for each in asked if each.sort is Sort.TOPICAL]
    # more than are kept of what was read before, or the model would be asked no more
    return [f"{each} (oficio {number})" for number in range(_TIMES) for each in topical]


def _embedding_rate(folder: Path, questions: Sequence[str], seconds: float) -> float:
    """Queries embedded a second, one thread each, on as many threads as there are cores."""
    embeddings = OnnxEmbeddings(prepared_folder(folder, DEFAULT_MODEL))
    threads = os.cpu_count() or 1
    until = time.perf_counter() + seconds

    def embed(first: int) -> int:
        done = 0
        while time.perf_counter() < until:
            embeddings.query_vector(questions[(first + done * threads) % len(questions)])
            done += 1
        return done

    embeddings.query_vector(questions[0])
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        count = sum(pool.map(embed, range(threads)))
    return count / (time.perf_counter() - started)


@contextmanager
def _serving(folder: Path, workers: int) -> Iterator[tuple[str, int]]:
    """A server of its own: its address, and the id of its process."""
    ours = {
        "ASISTENTE_DATA_DIR": str(folder),
        "ASISTENTE_CHROMA_URL": "",
        "ASISTENTE_DATABASE_URL": "",
        "ASISTENTE_RATE_LIMIT": "no",
        "ASISTENTE_WORKERS": str(workers),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", "from assistant.faces.cli import main; main()", "servir"]
    process = subprocess.Popen(
        [*command, "--port", "0"],
        env={**os.environ, **ours},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        if found is None:
            raise RuntimeError("the server did not start")
        _wait_until_ready(found[0])
        yield found[0], process.pid
    finally:
        process.terminate()
        process.communicate(timeout=_READY_SECONDS)


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while httpx.get(f"{address}/readyz", timeout=_READY_SECONDS).status_code != 200:
        if time.monotonic() > deadline:
            raise RuntimeError("the server is not ready")
        time.sleep(0.2)


def _soaked(folder: Path, questions: Sequence[str], total: int) -> Iterator[Soak]:
    """The memory of one worker after each of some stretches, until `total` questions."""
    with _serving(folder, 1) as (address, process):
        answered = 0
        for step in range(1, _SOAK_STEPS + 1):
            while answered < total * step / _SOAK_STEPS:
                answered += put_load(address, questions, _SOAK_CLIENTS, 5, folder).requests
            yield Soak(questions=answered, megabytes=resident_megabytes(process))


def load_table(figures: Figures) -> Table:
    """A row for each number of clients and workers."""
    bare = figures.embeddings_per_second
    table = Table(title=f"Topical questions; bare embedding alone: {bare:.0f} a second")
    for column in ("workers", "clients", "answers/s", "of the bare rate", "p50 ms", "p95 ms"):
        table.add_column(column, justify="right")
    table.add_column("p99 ms", justify="right")
    table.add_column("errors", justify="right")
    for row in figures.rows:
        load = row.load
        times = (f"{each:.0f}" for each in (load.p50, load.p95, load.p99))
        rate = (f"{load.rate:.0f}", f"{load.rate / row.embeddings_per_second:.0%}")
        table.add_row(str(row.workers), str(row.clients), *rate, *times, str(load.errors))
    return table


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=10, help="of each load; 0 for the soak alone"
    )
    parser.add_argument("--soak", type=int, default=0, help="questions over which memory is seen")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)
    console = Console()
    figures = measure(options.seconds, options.soak, console)
    if figures.rows:
        console.print(load_table(figures))
    for each in figures.soak:
        console.print(f"{each.questions} questions: {each.megabytes or 0:.0f} MB")
    if options.json is not None:
        options.json.write_text(figures.model_dump_json(indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
