"""A process that replaces a manual's index again and again, for tests that kill or watch it.

Arguments: the data folder, a JSON file with the manual and its chunks, the number of the first
build, the seconds between two. All are of one version of the manual, so that each takes the place
of the one before; its number stands in for the dependency. Prints it once the build is in force.
The vectors are random: what is tested is the writing.
"""

import json
import sys
import time
from itertools import count
from pathlib import Path

import numpy as np

from corpus.model import Chunk, Manual
from corpus.store import open_store


def main(data_dir: Path, source: Path, first: int, pause: float) -> None:
    stored = json.loads(source.read_text("utf-8"))
    manual = Manual.model_validate(stored["manual"])
    chunks = [Chunk.model_validate(fields) for fields in stored["chunks"]]
    vectors = np.random.default_rng(1).normal(size=(len(chunks), 64)).astype(np.float32)
    store = open_store(data_dir)
    for number in count(first):
        version = str(number)
        store.replace(
            manual.model_copy(update={"dependency": version}),
            [chunk.model_copy(update={"breadcrumb": version}) for chunk in chunks],
            vectors,
            source_sha256=version,
            model_name="modelo@1",
        )
        print(version, flush=True)
        time.sleep(pause)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
