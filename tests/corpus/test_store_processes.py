"""The store between processes: a writer is killed, readers watch it replace, many open at once."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Chunk, Manual
from corpus.store import ManualStore, open_store

WRITER = Path(__file__).with_name("replace_for_ever.py")
ROOT = Path(__file__).parents[2]
COUNT = 300
QUESTION = np.ones(64, np.float32)


@pytest.fixture
def source(tmp_path: Path, tiny_manual: Manual, tiny_chunks: list[Chunk]) -> Path:
    """The tiny manual with hundreds of chunks, so that writing takes a moment."""
    chunks = [tiny_chunks[0].model_copy(update={"id": f"c{i}"}) for i in range(COUNT)]
    path = tmp_path / "source.json"
    path.write_text(
        json.dumps(
            {
                "manual": tiny_manual.model_dump(mode="json"),
                "chunks": [chunk.model_dump(mode="json") for chunk in chunks],
            }
        ),
        "utf-8",
    )
    return path


@contextmanager
def writer(
    data_dir: Path, source: Path, first: int = 1, pause: float = 0
) -> Iterator[subprocess.Popen[str]]:
    """A process that replaces the index for ever, `pause` seconds apart; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, str(WRITER), str(data_dir), str(source), str(first), str(pause)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def wait_for_version(process: subprocess.Popen[str]) -> int:
    """The version that the writer says is the active one now."""
    assert process.stdout is not None
    return int(process.stdout.readline())


def whole_version(store: ManualStore, code: str) -> int:
    """The version that the store answers with, once sure that all of its parts belong to it."""
    record = store.indexed(code)
    assert record is not None
    chunks = store.chunks(record)
    assert {chunk.breadcrumb for chunk in chunks} == {record.dependency}
    assert len(chunks) == len(store.search(record, QUESTION, COUNT)) == COUNT
    assert store.manual(record).dependency == record.dependency
    return int(record.dependency)


def test_a_writer_killed_at_any_moment_leaves_a_whole_index(
    tmp_path: Path, source: Path, tiny_manual: Manual
) -> None:
    moments = random.Random(5)
    version = 0
    for _ in range(6):
        with writer(tmp_path, source, version + 1) as process:
            told = wait_for_version(process)
            assert told == version + 1  # what the killed one left is no obstacle
            time.sleep(moments.uniform(0, 0.4))
        version = whole_version(open_store(tmp_path), tiny_manual.code)
        assert version >= told


def test_a_reader_that_stays_sees_every_new_build_whole(
    tmp_path: Path, source: Path, tiny_manual: Manual
) -> None:
    # A build outlives one replacement, not two: the reader needs less than the pause.
    with writer(tmp_path, source, pause=0.5) as process:
        told = wait_for_version(process)
        store = open_store(tmp_path)
        for _ in range(5):
            assert whole_version(store, tiny_manual.code) >= told
            told = wait_for_version(process)


def test_a_build_is_seen_at_once_by_a_reader_that_has_read_before(
    tmp_path: Path, tiny_manual: Manual, source: Path
) -> None:
    store = open_store(tmp_path)
    assert store.catalog() == []
    with writer(tmp_path, source, pause=60) as process:
        wait_for_version(process)
        assert whole_version(store, tiny_manual.code) >= 1


def test_many_processes_may_open_a_new_folder_at_once(tmp_path: Path) -> None:
    code = (
        "import pathlib; from corpus.store import open_store\n"
        f"assert open_store(pathlib.Path({str(tmp_path)!r})).catalog() == []"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)})
        for _ in range(4)
    ]
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
