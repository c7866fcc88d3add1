"""Looks for gold questions among what the encoder is trained on: `python -m evals.leaks`.

Two texts are near duplicates if their folded words overlap enough. The training data is written
blind to the gold sets; this says whether blind hands wrote the same all the same, so that it is
taken out of training.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from sklearn.feature_extraction.text import CountVectorizer

from corpus.finetuning.training_data import read_pairs, read_safety, read_wordings
from corpus.spanish import words
from evals.gold import GOLD_FOLDER, read_gold
from evals.gold_sets import CLAIMS

LEAST = 0.8
"""Share of common words (Jaccard) from which texts are near duplicates. At 0.8, eight common words
allow two that differ; below, different questions of everyday form ("¿quién se encarga de …?")
begin to meet."""
SHORTEST = 4
"""Words; a shorter text ("¿quién es mi jefe?") can hardly be asked otherwise."""


@dataclass(frozen=True)
class Leak:
    """A training text that is nearly a gold question."""

    text: str
    gold_set: str
    gold_id: str
    overlap: float


def training_texts() -> Iterator[str]:
    """All questions that the encoder is trained on."""
    yield from (wording.text for wording in read_wordings())
    for pairs in read_pairs():
        yield from (*pairs.questions, *pairs.near_misses)
    yield from (each.text for each in read_safety())


def gold_questions(folder: Path = GOLD_FOLDER) -> Iterator[tuple[str, str, str]]:
    """Set, id and question of all gold sets of questions."""
    for path in sorted(folder.glob("*.jsonl")):
        if path.name.startswith(CLAIMS):
            continue
        for gold in read_gold(path):
            yield path.stem, gold.id, gold.question


def leaks(
    texts: Iterable[str], gold: Sequence[tuple[str, str, str]], least: float = LEAST
) -> list[Leak]:
    """The texts that are near duplicates of a gold question, (set, id, question)."""
    told = [text for text in texts if len(words(text)) >= SHORTEST]
    if not told or not gold:
        return []
    counter = CountVectorizer(analyzer=words, binary=True, dtype=np.int32)
    of_gold = counter.fit_transform(question for _, _, question in gold)
    sizes = np.array([len(set(words(text))) for text in told])
    common = (counter.transform(told) @ of_gold.T).tocoo()
    gold_sizes = np.asarray(of_gold.sum(axis=1)).ravel()
    overlap = common.data / (sizes[common.row] + gold_sizes[common.col] - common.data)
    return [
        Leak(told[i], gold[j][0], gold[j][1], float(share))
        for i, j, share in zip(common.row, common.col, overlap, strict=True)
        if share >= least
    ]


def main() -> None:
    """Print what leaks; the exit status is 1 if anything does."""
    console = Console()
    found = leaks(training_texts(), list(gold_questions()))
    for leak in found:
        console.print(f"{leak.overlap:.2f} {leak.gold_set} {leak.gold_id}: {leak.text}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
