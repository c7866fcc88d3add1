"""From which likeness two questions are one need: the desk's threshold, measured.

`python -m evals.grouping DATA_FOLDER` groups questions of which it is known what they ask for, as
the desk groups what was asked (`assistant/desk/groups.py`), at several thresholds: those of the
dependencies that the encoder was not trained on, each dependency for itself, and the office's
wordings of MO-SIG-01, which it was not trained on either. Two questions of one function are one
need; a near miss, which no function answers, is a need of its own.

B-cubed precision: of the questions in a question's group, how many ask for the same; recall: of
those that ask for the same, how many are in its group; both averaged over all questions. Together:
of all pairs of questions that ask for the same, how many are in one group.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from assistant.desk.groups import ALIKE, together
from corpus.embeddings import OnnxEmbeddings
from corpus.finetuning.training_data import read_data
from corpus.office_words import WORDS_FOLDER, read_words, words_path
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder

_TRIED = tuple(round(0.50 + 0.02 * step, 2) for step in range(16))
_WORDS = words_path(WORDS_FOLDER, "MO-SIG-01")


@dataclass(frozen=True)
class Asked:
    """A question, and the need that it has."""

    text: str
    need: str


@dataclass(frozen=True)
class Grouping:
    """How well groups are needs, from 0 to 1."""

    precision: float
    recall: float
    together: float
    """Share of the pairs of one need that are in one group."""


def graded(groups: Sequence[Sequence[int]], needs: Sequence[str]) -> Grouping:
    """How well groups of places in `needs` are the needs. Every place is in one group."""
    sizes = defaultdict[str, int](int)
    for need in needs:
        sizes[need] += 1
    precision = recall = joined = 0.0
    for group in groups:
        inside = defaultdict[str, int](int)
        for at in group:
            inside[needs[at]] += 1
        for need, count in inside.items():
            precision += count * count / len(group)
            recall += count * count / sizes[need]
            joined += _pairs(count)
    pairs = sum(map(_pairs, sizes.values()))
    return Grouping(precision / len(needs), recall / len(needs), joined / pairs if pairs else 0.0)


def _pairs(of: int) -> int:
    return of * (of - 1) // 2


def held_out_sets() -> list[list[Asked]]:
    """The questions of each dependency that was held out of training."""
    _, held_out = read_data()
    by_office = defaultdict[str, list[Asked]](list)
    for at, pairs in enumerate(held_out.pairs):
        asked = [Asked(each, f"function {at}") for each in pairs.questions]
        asked += [Asked(each, f"near miss {each}") for each in pairs.near_misses]
        by_office[pairs.office] += asked
    return [by_office[office] for office in sorted(by_office)]


def office_set() -> list[Asked]:
    """The wordings of MO-SIG-01."""
    return [Asked(each.text, f"{each.section}#{each.function}") for each in read_words(_WORDS)]


def measured(
    sets: Sequence[Sequence[Asked]], embeddings: OnnxEmbeddings
) -> list[tuple[float, Grouping]]:
    """What each threshold gives, averaged over the questions of all sets."""
    vectors = [np.stack([embeddings.query_vector(a.text) for a in each]) for each in sets]
    total = sum(len(each) for each in sets)
    rows = []
    for alike in _TRIED:
        found = [
            graded(together(of_set, alike), [a.need for a in asked])
            for asked, of_set in zip(sets, vectors, strict=True)
        ]
        shares = [len(asked) / total for asked in sets]
        mean = (float(np.dot(shares, each)) for each in zip(*map(astuple, found), strict=True))
        rows.append((alike, Grouping(*mean)))
    return rows


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="data folder with the prepared model")
    folder: Path = parser.parse_args().folder
    embeddings = OnnxEmbeddings(prepared_folder(folder, DEFAULT_MODEL))
    for name, sets in (("held out", held_out_sets()), ("MO-SIG-01", [office_set()])):
        needs = len({(at, asked.need) for at, each in enumerate(sets) for asked in each})
        print(f"{name}: {sum(map(len, sets))} questions, {needs} needs, {len(sets)} sets")
        for alike, found in measured(sets, embeddings):
            mark = " <" if alike == ALIKE else ""
            print(
                f"{alike:.2f}  precision {found.precision:.3f}  recall {found.recall:.3f}"
                f"  together {found.together:.3f}{mark}"
            )


if __name__ == "__main__":
    main()
