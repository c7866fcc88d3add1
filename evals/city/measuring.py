"""What is measured of an index of many manuals: the right manual, answers' times, memory, start."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from assistant.asking.core import Assistant
from assistant.asking.selection import choose_manual
from assistant.understanding.focus import NOTHING
from evals.city.manuals import CityQuestion

_Spent = tuple[float, float]
"""Milliseconds that passed, and of the processor."""


class Chosen(BaseModel):
    """How often the right manual was chosen."""

    questions: int
    right: int
    asked_back: int
    """Asked back with the right one among those offered."""
    wrong: int
    misses: list[str]

    @property
    def share(self) -> float:
        """Of all questions."""
        return self.right / self.questions


class Times(BaseModel):
    """Milliseconds of whole answers: as they pass, and of the processor, which tells more where
    others use the machine too."""

    p50: float
    p95: float
    processor_p50: float
    processor_p95: float


class Speed(BaseModel):
    """An assistant over an index of so many manuals."""

    manuals: int
    chunks: int
    structural: Times
    """Each manual is asked about for the first time, or was closed since: it is opened for it."""
    topical: Times
    structural_open: Times
    """The same questions, about manuals that are open."""
    topical_open: Times
    megabytes: float | None
    """Resident memory after all of them."""
    start_seconds: float
    """A fresh process that answers a question, from its start to its end."""
    disk_megabytes: float


def chosen(assistant: Assistant, questions: Sequence[CityQuestion]) -> Chosen:
    """Ask which manual each question is about."""
    library = assistant.library
    right = asked_back = 0
    misses = []
    for asked in questions:
        routed = library.router.route(asked.text, library.manuals())
        made = choose_manual(asked.text, NOTHING, routed.manuals, routed.question, near=routed.near)
        offered = {each.record.code for each in made.candidates}
        code = made.manual.record.code if made.manual else None
        if code in asked.right or (made.each and offered & asked.right):
            right += 1
        elif code is None and offered & asked.right:
            asked_back += 1
            misses.append(f"? {asked.text} → {sorted(offered)}")
        else:
            misses.append(f"✗ {asked.text} → {code or sorted(offered)}, {sorted(asked.right)}")
    wrong = len(questions) - right - asked_back
    return Chosen(
        questions=len(questions), right=right, asked_back=asked_back, wrong=wrong, misses=misses
    )


def times(assistant: Assistant, questions: Sequence[CityQuestion]) -> tuple[Times, Times]:
    """Milliseconds of the answers to structural and to topical questions."""
    spent: dict[bool, list[_Spent]] = {True: [], False: []}
    for asked in questions:
        spent[asked.structural].append(_timed(assistant, asked.text))
    return _times(spent[True]), _times(spent[False])


def again(assistant: Assistant, questions: Sequence[CityQuestion]) -> tuple[Times, Times]:
    """The same, each asked twice, the second counting: its manuals are open, and in other words,
    so that no reading of it is kept."""
    spent: dict[bool, list[_Spent]] = {True: [], False: []}
    for asked in questions:
        assistant.ask(asked.text)
        spent[asked.structural].append(_timed(assistant, f"Hola, {asked.text}"))
    return _times(spent[True]), _times(spent[False])


def disk_megabytes(folder: Path) -> float:
    """What the files of a folder take."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6


def _timed(assistant: Assistant, question: str) -> _Spent:
    wall, processor = time.perf_counter(), time.process_time()
    assistant.ask(question)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def _times(spent: Sequence[_Spent]) -> Times:
    columns = np.array(spent or [(0.0, 0.0)])
    (p50, processor_p50), (p95, processor_p95) = np.percentile(columns, [50, 95], axis=0)
    return Times(
        p50=float(p50),
        p95=float(p95),
        processor_p50=float(processor_p50),
        processor_p95=float(processor_p95),
    )
