"""Times the embedding of a question and the whole answer to it, side by side in one process."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel

from evals.speed.questions import Asked, Sort

Task = Callable[[str], object]


@dataclass(frozen=True)
class Timing:
    """One question: milliseconds of its embedding alone, and of the whole answer."""

    sort: Sort
    embedding: float
    answer: float


class Latency(BaseModel):
    """Milliseconds over many questions, and how much more an answer costs than an embedding."""

    questions: int
    embedding_p50: float
    embedding_p95: float
    answer_p50: float
    answer_p95: float
    ratio: float
    """The median answer against the median embedding."""


def time_questions(questions: Sequence[Asked], embed: Task, ask: Task) -> Iterable[Timing]:
    """Time each question both ways; which goes first alternates, as machines are noisy."""
    for number, asked in enumerate(questions):
        if number % 2:
            answer = _milliseconds(ask, asked.text)
            embedding = _milliseconds(embed, asked.text)
        else:
            embedding = _milliseconds(embed, asked.text)
            answer = _milliseconds(ask, asked.text)
        yield Timing(asked.sort, embedding, answer)


def latencies(timings: Sequence[Timing]) -> dict[str, Latency]:
    """The figures of each sort, and of all together."""
    by_sort = {sort.value: [t for t in timings if t.sort is sort] for sort in Sort}
    return {name: _latency(some) for name, some in {**by_sort, "all": timings}.items() if some}


def _latency(timings: Sequence[Timing]) -> Latency:
    embedding = np.percentile([t.embedding for t in timings], [50, 95])
    answer = np.percentile([t.answer for t in timings], [50, 95])
    return Latency(
        questions=len(timings),
        embedding_p50=float(embedding[0]),
        embedding_p95=float(embedding[1]),
        answer_p50=float(answer[0]),
        answer_p95=float(answer[1]),
        ratio=float(answer[0] / embedding[0]),
    )


def _milliseconds(task: Task, text: str) -> float:
    started = time.perf_counter()
    task(text)
    return (time.perf_counter() - started) * 1000
