"""`python -m evals.city FOLDER [--manuals 1,20,100] [--questions 200] [--choose 500] [--written N]`

Makes an index of so many manuals in FOLDER/N (kept: what is there is not made again) and prints how
fast answers are, the memory, the start, the disk, and how often the right manual is chosen. With
`--written 7`, manuals of municipalities after the seventh have the texts of those before, whose
vectors are reused.
"""

import argparse
import os
import platform
import sys
from datetime import date
from pathlib import Path

from assistant.asking.core import Assistant, open_assistant
from assistant.running.settings import Settings, load_settings
from corpus.embeddings import OnnxEmbeddings
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
from corpus.store import open_store
from evals.city.building import VectorsOnDisk, build
from evals.city.manuals import MUNICIPALITIES, CityManual, manuals, questions
from evals.city.measuring import (
    Chosen,
    Speed,
    again,
    chosen,
    disk_megabytes,
    times,
)
from evals.speed.processes import FreshProcesses, resident_megabytes


def main() -> None:
    """Build and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--manuals", default="1,20,100")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--choose", type=int, default=500)
    parser.add_argument("--written", type=int, default=len(MUNICIPALITIES))
    options = parser.parse_args()
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {load}", flush=True)
    for number in map(int, options.manuals.split(",")):
        _measure(options.folder, number, options.questions, options.choose, options.written)


def _measure(folder: Path, number: int, asked: int, choose: int, written: int) -> None:
    settings = load_settings()
    data = folder / str(number)
    data.mkdir(parents=True, exist_ok=True)
    models = settings.data_dir / "models"
    if not (data / "models").exists():
        (data / "models").symlink_to(models.resolve())
    embeddings = OnnxEmbeddings(prepared_folder(data, DEFAULT_MODEL))
    made = list(manuals(number, written))
    vectors = VectorsOnDisk(folder / "vectors.sqlite", embeddings)
    store = open_store(data)
    built = build(made, store, vectors, embeddings.name, _progress)
    print(f"\n{built}", flush=True)
    assistant = open_assistant(Settings(data_dir=data, chroma_url=None))
    if number >= 20 and choose:
        result = chosen(assistant, questions(made, choose))
        (data / "chosen.json").write_text(result.model_dump_json(indent=1), "utf-8")
        _tell(result)
    print(_speed(data, assistant, made, asked).model_dump_json(), flush=True)


def _speed(data: Path, assistant: Assistant, made: list[CityManual], asked: int) -> Speed:
    put = questions(made, min(asked, 40 * len(made)), seed=5)
    cold = times(assistant, put)
    warm = again(assistant, put[:100])
    records = open_store(data).catalog()
    return Speed(
        manuals=len(records),
        chunks=sum(record.chunks for record in records),
        structural=cold[0],
        topical=cold[1],
        structural_open=warm[0],
        topical_open=warm[1],
        megabytes=resident_megabytes(),
        start_seconds=FreshProcesses(data).answer(put[0].text),
        disk_megabytes=disk_megabytes(data / "chroma") + disk_megabytes(data / "atlas"),
    )


def _tell(result: Chosen) -> None:
    print(
        f"right manual {result.right}/{result.questions} ({result.share:.1%}), asked back with it "
        f"{result.asked_back}, wrong {result.wrong}",
        flush=True,
    )
    for miss in result.misses[:40]:
        print("  ", miss, flush=True)


def _progress(done: int) -> None:
    if done % 10 == 0:
        sys.stderr.write(f"\r{done} manuals")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
