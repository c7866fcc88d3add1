"""How fast the assistant is on this machine, as a table.

`python -m evals.benchmark [--questions N] [--runs N] [--manual FILE] [--json FILE]`. It works in
a folder of its own beside the prepared model, and leaves the index alone.
"""

import argparse
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asking.core import open_assistant
from assistant.running.settings import Settings, load_settings
from corpus.model import Manual
from corpus.prepared_model import DEFAULT_MODEL
from corpus.store import open_store
from evals.gold import GOLD_FOLDER, GoldQuestion, read_gold
from evals.speed.answering import Latency, latencies, time_questions
from evals.speed.processes import FreshProcesses
from evals.speed.questions import Asked, Sort, benchmark_questions
from evals.workbench import served_embeddings

_MANUAL = Path(__file__).parents[1] / "corpus" / "manuals" / "MO-SIG-01.txt"
_WARM_UP = ("¿Quién eres?", "¿Quién atiende los asuntos del archivo?", "¿Cuántos puestos hay?")
_ANSWERS_BEFORE_REST = 20


class Machine(BaseModel):
    """Where it was measured."""

    processor: str
    cores: int
    python: str
    load: float
    """How many processes wanted the cores in the minute before."""


class Figures(BaseModel):
    """What was measured."""

    machine: Machine
    latency: dict[str, Latency]
    """Milliseconds by sort of question, and of all."""
    ingest_seconds: float
    """`asistente ingerir` into an empty index: start, model load, reading, embedding, storing."""
    unchanged_seconds: float
    """`asistente ingerir` again."""
    first_topical_seconds: float
    """`asistente preguntar` on a topic, from start to exit."""
    first_structural_seconds: float
    megabytes_at_rest: float | None


@dataclass(frozen=True)
class Extent:
    """How much is measured, and on what."""

    questions: int = 200
    """How many different ones."""
    runs: int = 3
    """Fresh processes for a first answer, of which the median counts."""
    manual: Path = _MANUAL


def measure(extent: Extent, settings: Settings, console: Console) -> Figures:
    """Measure everything, in a data folder that is removed afterwards."""
    machine = this_machine()
    with TemporaryDirectory(prefix="bench-", dir=_existing(settings.data_dir)) as scratch:
        own = settings.model_copy(update={"data_dir": Path(scratch), "chroma_url": None})
        _share_model(settings, own)
        processes = FreshProcesses(own.data_dir)
        with console.status("Ingesting in fresh processes"):
            ingest = processes.ingest(extent.manual)
            unchanged = processes.ingest(extent.manual)
        manual = open_store(own.data_dir).manual(extent.manual.stem)
        questions = benchmark_questions(manual, _gold(manual), extent.questions)
        with console.status("Answering in fresh processes"):
            topical, structural = (
                _first_answer(sort, questions, processes, extent.runs) for sort in Sort
            )
            texts = [asked.text for asked in questions[:_ANSWERS_BEFORE_REST]]
            megabytes = processes.megabytes_at_rest(texts)
        latency = _measured_latency(questions, own, manual, console)
    return Figures(
        machine=machine,
        latency=latency,
        ingest_seconds=ingest,
        unchanged_seconds=unchanged,
        first_topical_seconds=topical,
        first_structural_seconds=structural,
        megabytes_at_rest=megabytes,
    )


def this_machine() -> Machine:
    """The machine that this runs on."""
    return Machine(
        processor=platform.machine(),
        cores=os.cpu_count() or 1,
        python=platform.python_version(),
        load=os.getloadavg()[0],
    )


def _existing(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _share_model(settings: Settings, own: Settings) -> None:
    """Let the benchmark's own folder have the prepared model; prepare it if it isn't yet."""
    from corpus.model_setup import prepare_model

    model = settings.embedding_model or DEFAULT_MODEL
    prepare_model(settings.data_dir, model)
    (own.data_dir / "models").symlink_to((settings.data_dir / "models").resolve())


def _gold(manual: Manual) -> list[GoldQuestion]:
    """The dev questions on a manual, if there are any."""
    file = GOLD_FOLDER / f"{manual.code.lower()}.dev.jsonl"
    return list(read_gold(file)) if file.exists() else []


def _first_answer(
    sort: Sort, questions: Sequence[Asked], processes: FreshProcesses, runs: int
) -> float:
    question = next(asked.text for asked in questions if asked.sort is sort)
    return processes.answer(question, runs)


def _measured_latency(
    questions: Sequence[Asked], own: Settings, manual: Manual, console: Console
) -> dict[str, Latency]:
    assistant = open_assistant(own)
    embeddings = served_embeddings(own)

    def ask(question: str) -> object:
        return assistant.ask(question, manual=manual.code)

    for text in _WARM_UP:
        embeddings.query_vector(text)
        ask(text)
    timings = time_questions(questions, embeddings.query_vector, ask)
    return latencies(list(track(timings, "Answering", len(questions), console=console)))


def latency_table(figures: Figures) -> Table:
    """Milliseconds a question."""
    table = Table(title=f"Milliseconds a question, {_place(figures.machine)}")
    table.add_column("questions")
    ratio = "ratio (aim ≤ 1.5; all 1.2)"
    for column in ("number", "embedding p50", "p95", "whole answer p50", "p95", ratio):
        table.add_column(column, justify="right")
    for name, figure in figures.latency.items():
        values = (
            figure.embedding_p50,
            figure.embedding_p95,
            figure.answer_p50,
            figure.answer_p95,
            figure.ratio,
        )
        table.add_row(name, str(figure.questions), *(f"{value:.1f}" for value in values))
    return table


def process_table(figures: Figures) -> Table:
    """What a fresh process costs."""
    table = Table(title="A fresh process, from start to exit")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("aim", justify="right")
    rest = figures.megabytes_at_rest
    rows = (
        ("ingest into an empty index", f"{figures.ingest_seconds:.1f} s", "≤ 30 s"),
        ("ingest again, unchanged", f"{figures.unchanged_seconds:.2f} s", "≤ 0.5 s"),
        ("first answer, topical", f"{figures.first_topical_seconds:.2f} s", "≤ 2 s"),
        ("first answer, structural", f"{figures.first_structural_seconds:.2f} s", "≤ 2 s"),
        (
            f"memory at rest after {_ANSWERS_BEFORE_REST} answers",
            "–" if rest is None else f"{rest:.0f} MB",
            "",
        ),
    )
    for row in rows:
        table.add_row(*row)
    return table


def _place(machine: Machine) -> str:
    return (
        f"{machine.cores} cores ({machine.processor}), Python {machine.python}, "
        f"load {machine.load:.1f}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--questions", type=int, default=Extent.questions, help="how many different ones"
    )
    parser.add_argument("--runs", type=int, default=Extent.runs, help="of each first answer")
    parser.add_argument("--manual", type=Path, default=Extent.manual, help="its text file")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)
    console = Console()
    extent = Extent(options.questions, options.runs, options.manual)
    figures = measure(extent, load_settings(), console)
    console.print(latency_table(figures), process_table(figures))
    if options.json is not None:
        options.json.write_text(figures.model_dump_json(indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
